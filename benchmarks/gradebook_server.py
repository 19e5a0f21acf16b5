"""An LMS that gives tokens and takes every score, for benchmarks.delivery. Prints its port; /count tells of tokens."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Handler(BaseHTTPRequestHandler):
    """Keeps connections open, as LMSs do."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    tokens = 0

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/token":
            type(self).tokens += 1
            self._answer({"access_token": f"token-{self.tokens}", "expires_in": 3600})
        else:
            self._answer({})

    def do_GET(self) -> None:
        self._answer({"tokens": self.tokens})

    def _answer(self, document: Any) -> None:
        body = json.dumps(document).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.wfile.write(head.encode() + body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
