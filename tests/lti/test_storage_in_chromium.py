"""Platform storage in a real browser, with an LMS page of the test's own: who is asked, and whose answer counts."""

import json
import threading
from collections.abc import Callable
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from learning.api import Participation
from lti.models import LaunchRecord
from tests.lti.signing_platform import SigningPlatform
from tests.lti.test_in_chromium import lose_cookies, wait_for_play

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]

# Keeps what it is asked to, as a platform does, and notes who asked.
KEEPER = """
window.kept = {}; window.asked = [];
addEventListener("message", (event) => {
  const {subject, message_id, key, value} = event.data || {};
  asked.push([subject, event.origin]);
  if (!ANSWERS.includes(subject)) return;
  if (subject === "lti.put_data") kept[key] = value;
  event.source.postMessage({subject: subject + ".response", message_id, key, value: kept[key]}, event.origin);
});
"""


class Pages:
    """A site of its own on this machine: what stands at which path."""

    def __init__(self, host: str) -> None:
        self.at: dict[str, Callable[[str], str]] = {}
        pages = self.at

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                make = pages.get(urlsplit(self.path).path)
                body = make(self.path).encode() if make else b""
                self.send_response(200 if make else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer((host, 0), Handler)
        self.url = f"http://{host}:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def put(self, path: str, html: str) -> str:
        self.at[path] = lambda _: f"<!doctype html>{html}"
        return self.url + path

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Stage:
    """An LMS and another site, and a login that begins in a frame of one of them."""

    storage_target = "_parent"

    def __init__(self, page: Any, platform: SigningPlatform, site: str) -> None:
        self.page, self.platform, self.site = page, platform, site
        self.lms, self.evil = Pages("127.0.0.1"), Pages("127.0.0.2")
        self.lms.at["/auth"] = self._authenticate
        type(platform.row).objects.update(auth_url=f"{self.lms.url}/auth", settings={"origins": [self.lms.url]})

    def show(self, pages: Pages, script: str, more: str = "") -> None:
        """Show a page of a site whose frame begins a login here."""
        fields = self.platform.login_parameters(
            target_link_uri=f"{self.site}/lti/launch/", lti_storage_target=self.storage_target
        )
        inputs = "".join(f'<input name="{name}" value="{escape(value)}">' for name, value in fields.items())
        body = f'<form method="post" target="tool" action="{self.site}/lti/login/">{inputs}</form>'
        frame = '<iframe name="tool" data-tool width="900" height="500"></iframe>'
        send = "<script>document.forms[0].submit()</script>"
        self.page.goto(pages.put("/course", f"<title>LMS</title><script>{script}</script>{more}{frame}{body}{send}"))

    def stop(self) -> None:
        self.lms.stop()
        self.evil.stop()

    def _authenticate(self, path: str) -> str:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        token = self.platform.sign(self.platform.claims(asked["nonce"], target=f"{self.site}/lti/launch/"))
        fields = f'<input name="id_token" value="{token}"><input name="state" value="{asked["state"]}">'
        form = f'<form method="post" action="{self.site}/lti/launch/">{fields}</form>'
        return f"<!doctype html>{form}<script>document.forms[0].submit()</script>"


@pytest.fixture
def stage(page, lms, site):
    found = Stage(page, lms, site)
    yield found
    found.stop()


def keeper(*answers):
    return KEEPER.replace("ANSWERS", json.dumps(answers))


def wait_for_new_tab(page):
    page.frame_locator("iframe[data-tool]").get_by_role("link", name="Open in a new tab").wait_for()


def test_k2_secret_kept_by_the_platform_carries_the_launch(stage, page):
    lose_cookies(page)
    stage.show(stage.lms, keeper("lti.put_data", "lti.get_data"))
    wait_for_play(page)
    assert LaunchRecord.objects.latest("pk").way == "storage"
    assert {origin for _, origin in page.evaluate("asked")} == {stage.site}
    # One secret per login, kept under its state, and not the nonce itself: that is tied to it here.
    assert len(page.evaluate("Object.keys(kept)")) == 1


def test_k3_page_of_another_site_is_told_nothing(stage, page):
    """Somebody else frames our login: what is to be kept goes to the registered LMS or to nobody."""
    lose_cookies(page)
    stage.show(stage.evil, keeper("lti.put_data", "lti.get_data"))
    wait_for_new_tab(page)
    assert page.evaluate("asked") == []
    assert Participation.objects.count() == 0


def test_k3_answer_from_another_site_does_not_count(stage, page):
    """The LMS never answers; a frame of another site on its page answers in its place, with the right number."""
    lose_cookies(page)
    hostile = """<!doctype html><script>addEventListener("message", (event) => {
        const reply = {...event.data, subject: event.data.subject + ".response", value: "planted"};
        parent.frames.tool.postMessage(reply, "*");
    });</script>"""
    address = stage.evil.put("/x", hostile)
    tell = """
    window.asked = [];
    addEventListener("message", (event) => {
      asked.push(event.data.subject);
      frames.evil.postMessage(event.data, "*");
    });"""
    stage.show(stage.lms, tell, f'<iframe name="evil" src="{address}"></iframe>')
    wait_for_new_tab(page)
    assert "lti.get_data" in page.evaluate("asked")
    assert Participation.objects.count() == 0
    assert not LaunchRecord.objects.filter(code="launch.other_browser").exists()  # the planted value was never sent


def test_k4_missing_sibling_frame_is_made_good_by_the_parent(stage, page):
    lose_cookies(page)
    stage.storage_target = "post_message_forwarding"
    stage.show(stage.lms, keeper("lti.put_data", "lti.get_data"))
    wait_for_play(page)
    assert Participation.objects.count() == 1


def test_k4_sibling_frame_that_is_there_is_asked(stage, page):
    lose_cookies(page)
    stage.storage_target = "post_message_forwarding"
    script = keeper("lti.put_data", "lti.get_data")
    address = stage.lms.put("/forwarding", f"<script>{script}</script>")
    frame = f'<iframe name="post_message_forwarding" src="{address}"></iframe>'
    stage.show(stage.lms, "window.asked = [];", frame)
    wait_for_play(page)
    assert Participation.objects.count() == 1


def test_k5_where_nothing_is_kept_a_tab_is_offered_and_nothing_entered(stage, page):
    lose_cookies(page)
    stage.show(stage.lms, keeper())
    wait_for_new_tab(page)
    assert Participation.objects.count() == 0


def test_k6_play_page_is_shown_in_the_frame_and_keeps_no_cookie(stage, page):
    stage.show(stage.lms, keeper("lti.put_data", "lti.get_data"))
    wait_for_play(page)
    inside = page.frame_locator("iframe[data-tool]")
    inside.locator("main").first.wait_for()
    [frame] = [each for each in page.frames if "/play/" in each.url]
    assert frame.evaluate("() => document.cookie") == ""
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"lti-cookies-last"}


def test_play_page_of_one_lms_is_not_shown_in_a_frame_of_another_site(stage, page):
    stage.show(stage.lms, keeper("lti.put_data", "lti.get_data"))
    wait_for_play(page)
    address = f"{stage.site}/play/{Participation.objects.get().uuid}/"
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(stage.evil.put("/steal", f'<iframe src="{address}"></iframe>'))
    page.wait_for_timeout(500)
    assert any("frame-ancestors" in text for text in refused)
