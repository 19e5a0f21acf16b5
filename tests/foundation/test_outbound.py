"""Outbound calls: what is refused, what is pinned, and what ends in time."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from foundation.api import (
    BadStatus,
    Client,
    Interrupted,
    NotJson,
    Refused,
    TimedOut,
    TooLarge,
    Unreachable,
)
from foundation.outbound.addresses import Policy, is_public

Handle = Callable[[BaseHTTPRequestHandler], None]
LOOPBACK = Policy(allow_loopback=True)


@contextmanager
def server(handle: Handle) -> Iterator[str]:
    """Run a server whose every request goes to `handle`; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            handle(self)

        do_POST = do_PUT = do_DELETE = do_GET

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    threading.Thread(target=running.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{running.server_port}"
    finally:
        running.shutdown()
        running.server_close()


def answer(status: int, body: bytes = b"", **headers: str) -> Handle:
    def handle(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return handle


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 (refused, not bound)
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.9.9.9",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2001:db8::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "ff02::1",
    ],
)
def test_addresses_inside_are_refused(address: str) -> None:
    policy = Policy(resolver=lambda host, port: [address])
    with pytest.raises(Refused, match="which is not a public address"):
        policy.checked_addresses("lms.example", 443)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses_are_called(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
    assert Policy(resolver=lambda host, port: [address]).checked_addresses("lms.example", 443) == [address]


def test_one_private_address_among_public_ones_refuses_the_host() -> None:
    policy = Policy(resolver=lambda host, port: ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(Refused):
        policy.checked_addresses("lms.example", 443)


@pytest.mark.parametrize(
    ("listed", "host", "port", "address", "allowed"),
    [
        ("moodle.internal", "moodle.internal", 443, "10.0.0.5", True),
        ("moodle.internal", "Moodle.Internal", 8443, "fd00::5", True),
        ("moodle.internal:8443", "moodle.internal", 8443, "10.0.0.5", True),
        ("moodle.internal:8443", "moodle.internal", 443, "10.0.0.5", False),
        ("moodle.internal", "other.internal", 443, "10.0.0.5", False),
        ("moodle.internal", "moodle.internal", 443, "169.254.169.254", False),
        ("moodle.internal", "moodle.internal", 443, "::ffff:169.254.169.254", False),
    ],
)
def test_an_operator_may_list_private_hosts(listed: str, host: str, port: int, address: str, allowed: bool) -> None:
    policy = Policy(private_hosts={listed}, resolver=lambda host, port: [address])
    if allowed:
        assert policy.checked_addresses(host, port) == [address]
    else:
        with pytest.raises(Refused):
            policy.checked_addresses(host, port)


@pytest.mark.parametrize(
    "url",
    [
        "http://lms.example/jwks",
        "ftp://lms.example/",
        "file:///etc/passwd",
        "gopher://lms.example/",
        "lms.example/jwks",
        "https://",
        "",
        "https://user:secret@lms.example/",
        "http://localhost.example/",
        "https://[::1",
    ],
)
def test_only_https_addresses_are_called(url: str) -> None:
    with pytest.raises(Refused):
        Client(Policy(allow_loopback=True, resolver=_no_resolver)).get(url)


@pytest.mark.parametrize("host", ["localhost", "lms.localhost", "127.0.0.1", "[::1]", "2130706433", "0x7f.1", "0"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_loopback_is_refused_unless_allowed(host: str, scheme: str) -> None:
    with pytest.raises(Refused):
        Client(Policy()).get(f"{scheme}://{host}:9/")


def test_localhost_names_never_ask_dns() -> None:
    policy = Policy(allow_loopback=True, resolver=_no_resolver)
    assert policy.checked_addresses("lms.localhost", 80) == ["127.0.0.1"]
    assert policy.checked_addresses("localhost", 80) == ["127.0.0.1"]


def test_an_unknown_name_is_unreachable() -> None:
    def fail(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(Unreachable, match=r"The host name lms\.example cannot be resolved\.") as caught:
        Client(Policy(resolver=fail)).get("https://lms.example/")
    assert caught.value.may_have_arrived is False


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    """A second answer of DNS, pointing inside, never counts."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    asked: list[str] = []

    def rebind(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    dialled: list[object] = []

    def dial(address: object, *args: Any, **options: Any) -> socket.socket:
        dialled.append(address)
        raise ConnectionRefusedError("closed")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("urllib3.util.connection.create_connection", dial)
        with pytest.raises(Unreachable):
            Client(Policy(resolver=rebind)).get("https://lms.example/")
    assert asked == ["lms.example"]
    assert dialled == [("93.184.216.34", 443)]


def test_the_certificate_must_be_the_named_host_s() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    listener = socket.create_server(("127.0.0.1", 0))

    def shake() -> None:
        sock, _ = listener.accept()
        with sock, pytest.raises((ssl.SSLError, OSError)):
            context.wrap_socket(sock, server_side=True)

    thread = threading.Thread(target=shake)
    thread.start()
    with listener, pytest.raises((Unreachable, Interrupted)):
        Client(LOOPBACK).get(f"https://localhost:{listener.getsockname()[1]}/")
    thread.join(10)


def test_a_call_carries_method_headers_and_json() -> None:
    got: dict[str, object] = {}

    def handle(request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        got.update(method=request.command, path=request.path, type=request.headers["Content-Type"], body=body)
        got["authorization"] = request.headers["Authorization"]
        answer(201, b'{"id": 7}', Content_Type="application/json")(request)

    with server(handle) as url:
        reply = Client(LOOPBACK).put(f"{url}/scores?x=1", json={"a": 1}, headers={"Authorization": "Bearer t"})
    assert (reply.status, reply.ok, reply.json()) == (201, True, {"id": 7})
    assert got == {
        "method": "PUT",
        "path": "/scores?x=1",
        "type": "application/json",
        "body": b'{"a":1}',
        "authorization": "Bearer t",
    }


def test_a_form_is_encoded() -> None:
    got: list[bytes] = []

    def handle(request: BaseHTTPRequestHandler) -> None:
        got.append(request.rfile.read(int(request.headers["Content-Length"])))
        answer(200)(request)

    with server(handle) as url:
        Client(LOOPBACK).post(url, form={"scope": "a b", "x": "ü"})
    assert got == [b"scope=a+b&x=%C3%BC"]


def test_connections_are_kept() -> None:
    ports: set[int] = set()

    def handle(request: BaseHTTPRequestHandler) -> None:
        ports.add(request.client_address[1])
        answer(200, b"ok")(request)

    with server(handle) as url:
        client = Client(LOOPBACK)
        for _ in range(5):
            client.get(url)
    assert len(ports) == 1


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    paths: list[str] = []

    def handle(request: BaseHTTPRequestHandler) -> None:
        paths.append(request.path)
        answer(302, b"", Location="http://169.254.169.254/latest/")(request)

    with server(handle) as url:
        reply = Client(LOOPBACK).get(f"{url}/start")
    assert (reply.status, reply.ok, paths) == (302, False, ["/start"])
    with pytest.raises(BadStatus, match="answered 302") as caught:
        reply.check()
    assert caught.value.status == 302


@pytest.mark.parametrize("chunked", [False, True])
def test_an_answer_above_the_cap_is_cut(chunked: bool) -> None:
    def handle(request: BaseHTTPRequestHandler) -> None:
        if not chunked:
            return answer(200, b"x" * 300_000)(request)
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        try:
            while True:
                request.wfile.write(b"1000\r\n" + b"x" * 4096 + b"\r\n")
        except OSError:
            request.close_connection = True

    with server(handle) as url, pytest.raises(TooLarge, match="larger than 100,000 bytes"):
        Client(LOOPBACK, max_bytes=100_000).get(url)


def test_a_silent_server_times_out() -> None:
    gate = threading.Event()

    def handle(request: BaseHTTPRequestHandler) -> None:
        gate.wait(30)
        request.close_connection = True

    with server(handle) as url:
        try:
            with pytest.raises(TimedOut, match="did not answer in time") as caught:
                Client(LOOPBACK, read_timeout_s=0.2).post(url, json={})
        finally:
            gate.set()
    assert caught.value.may_have_arrived is True


@pytest.mark.parametrize("where", ["headers", "body", "body without length"])
def test_an_answer_that_drips_is_cut(where: str) -> None:
    done = threading.Event()

    def handle(request: BaseHTTPRequestHandler) -> None:
        request.close_connection = True
        if where == "headers":
            request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        elif where == "body":
            request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        else:
            request.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while not done.wait(0.02):
                request.wfile.write(b"x")
        except OSError:
            pass

    with server(handle) as url:
        try:
            with pytest.raises(TimedOut):
                Client(LOOPBACK, read_timeout_s=5, total_timeout_s=0.5).get(url)
        finally:
            done.set()


def test_a_broken_connection_may_have_arrived() -> None:
    def handle(request: BaseHTTPRequestHandler) -> None:
        request.close_connection = True
        request.connection.shutdown(socket.SHUT_RDWR)

    with server(handle) as url, pytest.raises(Interrupted) as caught:
        Client(LOOPBACK).post(url, json={})
    assert caught.value.may_have_arrived is True


def test_a_body_cut_short_is_not_taken_for_whole() -> None:
    def handle(request: BaseHTTPRequestHandler) -> None:
        request.close_connection = True
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{}")

    with server(handle) as url, pytest.raises(Interrupted):
        Client(LOOPBACK).get(url)


def test_nobody_listening_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Unreachable) as caught:
        Client(LOOPBACK).get(f"http://localhost:{port}/")
    assert caught.value.may_have_arrived is False


@pytest.mark.parametrize("body", [b"<html>", b'{"a": NaN}', b"\xff\xfe", b"[" * 100_000, b""])
def test_what_is_not_json_says_so(body: bytes) -> None:
    with server(answer(200, body)) as url:
        reply = Client(LOOPBACK).get(f"{url}/jwks?token=secret")
    with pytest.raises(NotJson) as caught:
        reply.json()
    assert "secret" not in str(caught.value)


def _no_resolver(host: str, port: int) -> list[str]:
    raise AssertionError(f"DNS was asked about {host}")
