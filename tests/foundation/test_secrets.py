"""Secrets: made once, for their owner alone, and never readable in rows or logs."""

import json
import logging
import stat
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pytest_django import Settings

from foundation import encryption, logs
from foundation.api import CannotDecrypt, decrypt, encrypt, redact
from foundation.secrets import read_or_create


def test_a_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "key"
    made = iter(["first", "second"])
    assert read_or_create(path, lambda: next(made)) == "first"
    assert read_or_create(path, lambda: next(made)) == "first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == ["key"]


def test_of_two_processes_that_start_together_the_second_takes_the_first_s(tmp_path: Path) -> None:
    path = tmp_path / "key"

    def make_late() -> str:
        path.write_text("from the other process")
        return "mine"

    assert read_or_create(path, make_late) == "from the other process"


class TestEncryption:
    @pytest.fixture(autouse=True)
    def fresh_keys(self) -> None:
        encryption._keys.cache_clear()

    def test_what_is_sealed_comes_back_and_is_not_readable(self) -> None:
        sealed = encrypt("sk-live-ü")
        assert "live" not in sealed
        assert decrypt(sealed) == "sk-live-ü"
        assert encrypt("sk-live-ü") != sealed

    def test_old_keys_still_open_after_a_new_one_came_first(self, settings: Settings) -> None:
        old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
        settings.FIELD_KEYS = [old]
        sealed = encrypt("x")
        encryption._keys.cache_clear()
        settings.FIELD_KEYS = [new, old]
        assert decrypt(sealed) == "x"
        encryption._keys.cache_clear()
        settings.FIELD_KEYS = [new]
        with pytest.raises(CannotDecrypt, match="lacks its key"):
            decrypt(sealed)
        encryption._keys.cache_clear()

    def test_rubbish_is_not_decrypted(self) -> None:
        for sealed in ("", "rubbish", "ünreadable"):
            with pytest.raises(CannotDecrypt):
                decrypt(sealed)


TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"got {TOKEN} back", "got [hidden] back"),
        ("Authorization: Bearer abc.def-123", "Authorization: Bearer [hidden]"),
        ("client_assertion=abc&x=1", "client_assertion=[hidden]&x=1"),
        ('{"access_token": "abc", "a": 1}', '{"access_token": "[hidden]", "a": 1}'),
        ("key sk-abcdefghijklmnop used", "key [hidden] used"),
        ("password=hunter2", "password=[hidden]"),
        ("the token was refused", "the token was refused"),
        ("GET /play/0198/ 200", "GET /play/0198/ 200"),
    ],
)
def test_secrets_are_taken_out_of_text(text: str, expected: str) -> None:
    assert redact(text) == expected


class TestLogs:
    def record(self, message: str, **extra: object) -> logging.LogRecord:
        record = logging.LogRecord("x", logging.WARNING, __file__, 1, message, (), None)
        vars(record).update(extra)
        return record

    def test_an_input_with_line_breaks_stays_one_line(self) -> None:
        forged = "a\nERROR forged\r\u2028b"
        assert logs.TextLines().format(self.record(forged)).endswith("a\\nERROR forged\\r\\u2028b")
        assert "\n" not in logs.JsonLines().format(self.record(forged))

    def test_a_json_line_carries_extras_and_the_request_without_secrets(self) -> None:
        token = logs.request_id.set("abcd1234")
        try:
            line = json.loads(logs.JsonLines().format(self.record(f"sent {TOKEN}", attempt=7, note="token=abc")))
        finally:
            logs.request_id.reset(token)
        assert line.pop("at")
        assert line == {
            "level": "WARNING",
            "logger": "x",
            "message": "sent [hidden]",
            "request": "abcd1234",
            "attempt": 7,
            "note": "token=[hidden]",
        }

    @pytest.mark.parametrize("form", [logs.TextLines, logs.JsonLines])
    def test_a_traceback_is_written_without_secrets(self, form: type[logging.Formatter]) -> None:
        record = self.record("failed")
        try:
            raise ValueError(f"id_token={TOKEN}")
        except ValueError:
            record.exc_info = sys.exc_info()
        text = form().format(record)
        assert "Traceback" in text
        assert "eyJ" not in text
