"""The Internet of the tests: addresses and what they answer. Nothing leaves the process."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from foundation.api import Answer, OutboundError, Unreachable


@dataclass
class Call:
    """One outbound call as it was made."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None

    @property
    def path(self) -> str:
        return self.url.split("?", 1)[0]

    def json(self) -> Any:
        return json.loads(self.body or b"null")

    def form(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs((self.body or b"").decode()).items()}


Handler = Callable[[Call], "Answer | OutboundError"]


@dataclass
class FakeWeb:
    """Stands in for the guarded client; every call is kept."""

    handlers: dict[tuple[str, str], Handler] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)

    def on(self, method: str, url: str, handler: Handler) -> None:
        self.handlers[method, url] = handler

    def serve_json(self, url: str, document: Any, status: int = 200, method: str = "GET") -> None:
        self.on(method, url, lambda call: answer(call, status, document))

    def made(self, method: str, url: str) -> list[Call]:
        return [call for call in self.calls if call.method == method and call.path == url]

    def get(self, url: str, **options: Any) -> Answer:
        return self.request("GET", url, **options)

    def post(self, url: str, **options: Any) -> Answer:
        return self.request("POST", url, **options)

    def request(self, method: str, url: str, **options: Any) -> Answer:
        body = options.get("body")
        if options.get("json") is not None:
            body = json.dumps(options["json"]).encode()
        if options.get("form") is not None:
            from urllib.parse import urlencode

            body = urlencode(options["form"]).encode()
        call = Call(method, url, options.get("headers") or {}, body)
        self.calls.append(call)
        handler = self.handlers.get((method, call.path))
        if handler is None:
            raise Unreachable(f"Nothing answers {method} {call.path}.")
        result = handler(call)
        if isinstance(result, OutboundError):
            raise result
        return result


def answer(call: Call, status: int = 200, document: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
    body = document if isinstance(document, bytes) else json.dumps(document).encode() if document is not None else b""
    return Answer(call.url, status, headers or {}, body)
