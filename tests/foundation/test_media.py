"""Uploaded files are served, but none acts as a page of ours."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "a").mkdir()
    return tmp_path


@pytest.mark.parametrize(("name", "shown"), [("x.svg", True), ("x.PNG", True), ("x.html", False), ("x.js", False)])
def test_files_are_sandboxed_and_only_media_are_shown(client: Client, root: Path, name: str, shown: bool) -> None:
    (root / "a" / name).write_text("<svg/>")
    response = client.get(f"/media/a/{name}")
    assert b"".join(response.streaming_content) == b"<svg/>"
    response.close()
    assert response["Content-Security-Policy"] == (
        "frame-ancestors 'none'; default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == (f'inline; filename="{name}"' if shown else "attachment")
    assert (response["Content-Type"] == "application/octet-stream") is not shown


@pytest.mark.parametrize(
    "path", ["none.png", "../secrets/django", "%2e%2e/secrets/django", ".hidden.png", "a/.b/x.png", "a"]
)
def test_nothing_else_is_there(client: Client, root: Path, path: str) -> None:
    (root / ".hidden.png").write_text("x")
    assert client.get(f"/media/{path}").status_code == 404
