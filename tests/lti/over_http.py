"""A visitor who speaks real HTTP to this site, with a cookie jar; and the server in a thread that answers.

The server shares the test's database connection, so that what a test makes is seen without being committed and is
gone afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import urllib3
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test.testcases import LiveServerThread, _StaticFilesHandler


class _Server(ThreadedWSGIServer):
    """Leaves the connection open."""

    def _close_connections(self) -> None:
        pass


class _Thread(LiveServerThread):
    server_class = _Server


@contextmanager
def serving() -> Iterator[str]:
    """Serve this site at a free port of localhost; yields its address."""
    shared = connections["default"]
    shared.close_if_unusable_or_obsolete = lambda: None  # type: ignore[method-assign]  # it is the test's
    shared.inc_thread_sharing()
    thread = _Thread("localhost", _StaticFilesHandler, connections_override={"default": shared})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield f"http://localhost:{thread.port}"
    finally:
        thread.terminate()
        shared.dec_thread_sharing()
        del shared.close_if_unusable_or_obsolete


@dataclass
class Answered:
    """An answer in the shape that Django's own test client gives."""

    status_code: int
    content: bytes
    headers: Mapping[str, str]
    cookies: SimpleCookie

    def __getitem__(self, name: str) -> str:
        return self.headers[name]

    def __contains__(self, name: str) -> bool:
        return name in self.headers

    def json(self) -> Any:
        import json

        return json.loads(self.content)


@dataclass
class Visitor:
    """A browser without scripts: keeps cookies, follows nothing."""

    base: str
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def __post_init__(self) -> None:
        self._pool = urllib3.PoolManager(timeout=60, retries=False)

    def get(
        self, path: str, data: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answered:
        query = urlencode(dict(data or {}), doseq=True)
        return self._ask("GET", f"{path}?{query}" if query else path, None, headers)

    def post(
        self, path: str, data: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answered:
        typed = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self._ask("POST", path, urlencode(dict(data or {}), doseq=True).encode(), typed)

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str] | None) -> Answered:
        sent = dict(headers or {})
        kept = "; ".join(f"{name}={each.value}" for name, each in self.cookies.items() if each.value)
        if kept:
            sent["Cookie"] = kept
        answer = self._pool.request(method, self.base + path, body=body, headers=sent, redirect=False)
        found: SimpleCookie = SimpleCookie()
        for line in answer.headers.getlist("Set-Cookie"):
            found.load(line)
        self.cookies.update(found)
        return Answered(answer.status, answer.data, answer.headers, found)

    def close(self) -> None:
        self._pool.clear()
