"""The threaded HTTP server. It can drop a connection on purpose, which no ordinary WSGI server can.

One process, one thread per connection. Django's own server classes are enough: this is a sandbox.
"""

import contextlib
import socket
from collections.abc import Callable
from typing import Any, cast

from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.http import HttpRequest

DROP = "sandbox_lms.drop"
IDLE_S = 60


class RequestHandler(WSGIRequestHandler):
    """Puts a way to drop the connection into the environ, and lets idle connections go."""

    timeout = IDLE_S
    # Head and body leave in two writes; Nagle's algorithm would hold the second back for 40 ms.
    disable_nagle_algorithm = True

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        environ[DROP] = self._drop
        return environ

    def _drop(self) -> None:
        with contextlib.suppress(OSError):
            cast(socket.socket, self.connection).shutdown(socket.SHUT_RDWR)

    def handle(self) -> None:
        with contextlib.suppress(TimeoutError, ConnectionError):
            super().handle()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: addresses here carry one-use hints."""


class Server(ThreadedWSGIServer):
    """Listens with a queue long enough for parallel deliveries."""

    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that we dropped ourselves is not an error worth a traceback."""


def drop_connection(request: HttpRequest) -> None:
    """Close the client's connection without an answer; without our server nothing happens."""
    drop: Callable[[], None] | None = request.META.get(DROP)
    if drop is not None:
        drop()


def make_server(host: str, port: int, application: WSGIHandler) -> Server:
    """Return a server that is bound already; port 0 takes a free one (`server.server_port`)."""
    server = Server((host, port), RequestHandler, ipv6=":" in host)
    server.set_app(application)
    return server
