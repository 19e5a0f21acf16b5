"""Access tokens: one for all processes while it lasts, another one only when there is a reason."""

import json
import os
import subprocess
import sys
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from foundation.api import encrypt
from lti.models import Platform, PlatformToken
from lti.products.base import RESULT, SCORE
from lti.services import tokens
from lti.services.errors import PlatformDown
from tests.lti.fake_lms import FakeLms
from tests.lti.fake_web import answer

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 4


@pytest.fixture
def book(lms, web):
    return FakeLms(web, lms.row.issuer)


def shared():
    return PlatformToken.objects.get()


def test_token_is_asked_once_and_kept_encrypted(lms, book):
    assert tokens.access_token(lms.row, (SCORE,)) == tokens.access_token(lms.row, (SCORE,)) == "token-1"
    assert "token-1" not in shared().sealed
    assert timedelta(minutes=58) < shared().expires_at - timezone.now() <= timedelta(minutes=59)


def test_another_process_takes_the_token_that_is_there(lms, book):
    tokens.access_token(lms.row, (SCORE,))
    tokens.forget_all()  # what a process just started knows
    assert (tokens.access_token(lms.row, (SCORE,)), book.tokens) == ("token-1", 1)


def test_other_scopes_are_another_token(lms, book):
    assert tokens.access_token(lms.row, (SCORE,)) != tokens.access_token(lms.row, (RESULT,))
    assert tokens.access_token(lms.row, (RESULT, SCORE)) == tokens.access_token(lms.row, (SCORE, RESULT))
    assert book.tokens == 3


def test_token_near_its_end_is_replaced(lms, book):
    tokens.access_token(lms.row, (SCORE,))
    PlatformToken.objects.update(expires_at=timezone.now())
    tokens.forget_all()
    assert (tokens.access_token(lms.row, (SCORE,)), book.tokens) == ("token-2", 2)


def test_refused_token_is_dropped_for_all_but_a_newer_one_stays(lms, book):
    tokens.access_token(lms.row, (SCORE,))
    tokens.forget(lms.row, (SCORE,), "token-1")
    assert tokens.access_token(lms.row, (SCORE,)) == "token-2"
    tokens.forget(lms.row, (SCORE,), "token-1")
    assert (tokens.access_token(lms.row, (SCORE,)), book.tokens) == ("token-2", 2)


def test_process_that_died_while_asking_holds_nobody_up_for_long(lms, book):
    now = timezone.now()
    PlatformToken.objects.create(platform=lms.row, scopes=SCORE, asking_until=now - timedelta(seconds=1))
    assert tokens.access_token(lms.row, (SCORE,)) == "token-1"
    assert shared().asking_until is None


def test_who_waits_gets_the_answer_of_who_asks(lms, book, monkeypatch):
    row = PlatformToken.objects.create(platform=lms.row, scopes=SCORE, asking_until=timezone.now() + tokens.ASKING)

    def come_in(_: float) -> None:
        until = timezone.now() + timedelta(hours=1)
        PlatformToken.objects.filter(pk=row.pk).update(sealed=encrypt("theirs"), expires_at=until, asking_until=None)

    monkeypatch.setattr(tokens.time, "sleep", come_in)
    assert (tokens.access_token(lms.row, (SCORE,)), book.tokens) == ("theirs", 0)


def test_who_waited_for_the_database_does_not_ask_beside_who_asks(lms, monkeypatch):
    began = timezone.now()
    row = PlatformToken.objects.create(platform=lms.row, scopes=SCORE, asking_until=began + tokens.ASKING)
    monkeypatch.setattr(tokens.timezone, "now", lambda: began - timedelta(seconds=3))
    assert tokens._claim(row) is False
    monkeypatch.setattr(tokens.timezone, "now", lambda: began - timedelta(hours=1))
    assert tokens._claim(row) is True  # a clock was set back


def test_failing_to_get_one_lets_the_next_ask(lms, book, web):
    web.on("POST", lms.row.token_url, lambda call: answer(call, 503))
    with pytest.raises(PlatformDown):
        tokens.access_token(lms.row, (SCORE,))
    web.on("POST", lms.row.token_url, book.token)
    assert tokens.access_token(lms.row, (SCORE,)) == "token-1"


def test_token_sealed_with_a_lost_key_is_replaced(lms, book):
    until = timezone.now() + timedelta(hours=1)
    PlatformToken.objects.create(platform=lms.row, scopes=SCORE, sealed="gAAAnonsense", expires_at=until)
    assert tokens.access_token(lms.row, (SCORE,)) == "token-1"


class _Endpoint(BaseHTTPRequestHandler):
    asked = 0

    def do_POST(self) -> None:
        type(self).asked += 1
        time.sleep(0.5)  # long enough for everybody else to want one too
        body = json.dumps({"access_token": f"token-{type(self).asked}", "expires_in": 3600}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.django_db(transaction=True)
def test_processes_that_want_a_token_at_once_ask_for_one(organisation):
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Platform.objects.create(
        organisation=organisation,
        issuer="https://crowd.example.org",
        client_id="crowd",
        status="active",
        auth_url="https://crowd.example.org/auth",
        token_url=f"http://127.0.0.1:{server.server_port}/token",
    )
    name = connection.settings_dict["NAME"]
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")},
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{name}" if connection.vendor == "sqlite" else _postgres_url(name),
        "BRANCHWISE_ALLOW_LOOPBACK": "1",
    }
    command = [sys.executable, "-m", "tests.lti.asking_process", "crowd"]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running = [subprocess.Popen(command, cwd=ROOT, env=environment, **pipes) for _ in range(PROCESSES)]
    try:
        assert [process.stdout.readline() for process in running] == ["ready\n"] * PROCESSES
        for process in running:
            process.stdin.write("go\n")
            process.stdin.flush()
        assert {process.communicate(timeout=60)[0] for process in running} == {"token-1\n"}
        assert _Endpoint.asked == 1
    finally:
        for process in running:
            process.kill()
            process.wait()
        server.shutdown()
        server.server_close()


def _postgres_url(name: str) -> str:
    base = os.environ["BRANCHWISE_TEST_DATABASE"].rpartition("/")[0]
    return f"{base}/{name}"
