"""The whole way in a real browser that blocks third-party cookies: the tool is framed from another site, as in an LMS.

Pictures of the pages at 1280 and 320 px are kept in var/journeys/.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from scenario_engine.codec import decode_raw
from scenario_engine.story import compile_story
from tests.authoring.conftest import document as small
from tests.journeys import walking
from tests.journeys.browsing import shoot, tab_to, tool_frame, without_third_party_cookies
from tests.journeys.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Frame, Page, Playwright

pytestmark = [pytest.mark.chromium, pytest.mark.long]
TITLE = "The late parcel, in a frame"


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[BrowserContext]:
    with without_third_party_cookies(playwright) as context:
        yield context


@pytest.fixture
def page(chromium: BrowserContext) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


class Cookies(BaseHTTPRequestHandler):
    """Sets a plain and a partitioned cookie, then answers with those it gets back; on 127.0.0.1 it frames itself."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        if self.path == "/set":
            self.send_header("Set-Cookie", "plain=1; Secure; SameSite=None")
            self.send_header("Set-Cookie", "partitioned=1; Secure; SameSite=None; Partitioned; Path=/")
        self.end_headers()
        assert isinstance(self.server, ThreadingHTTPServer)
        port = self.server.server_port
        framing = f'<iframe src="http://localhost:{port}/set"></iframe>'
        self.wfile.write((framing if self.path == "/" else f"<p>{self.headers.get('Cookie', '')}</p>").encode())

    def log_message(self, *args: Any) -> None:
        pass


def test_this_browser_really_blocks_third_party_cookies(page: Page) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Cookies)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    page.frame_locator("iframe").locator("p").wait_for(state="attached")
    page.frames[1].goto(f"http://localhost:{server.server_port}/read")
    framed = page.frames[1].locator("p").inner_text()
    page.goto(f"http://localhost:{server.server_port}/set")
    page.goto(f"http://localhost:{server.server_port}/read")
    first_party = page.locator("p").inner_text()
    server.shutdown()
    server.server_close()
    assert framed == "partitioned=1"
    assert "plain=1" in first_party


def enter(page: Page, lms: Any, name: str) -> None:
    """Become somebody at the LMS and open the course."""
    page.goto(f"{lms.issuer}/")
    if page.get_by_role("button", name="Switch person").count():
        page.get_by_role("button", name="Switch person").click()
    page.get_by_role("button", name=name).click()
    page.get_by_role("link", name="Service and leadership").click()


def add_by_deep_linking(page: Page, site: Site, lms: Any, title: str) -> None:
    enter(page, lms, "Dana Whitfield")
    page.get_by_role("button", name="Branchwise").click()
    frame = tool_frame(page, site.url)
    frame.get_by_role("radio", name=title).or_(frame.get_by_role("checkbox", name=title)).first.wait_for()
    scrolls = shoot(page, "picker")
    assert [scrolls[width]["page"]["sideways"] for width in scrolls] == [0, 0]
    frame.get_by_label("Search courses and scenarios").fill("parcel")
    frame.get_by_role("button", name="Search").click()
    frame.get_by_role("radio", name=title).or_(frame.get_by_role("checkbox", name=title)).first.check()
    frame.get_by_role("button", name="Use this").click()
    inside = page.frame_locator("iframe")
    inside.get_by_role("button", name="Save and return to course").click()
    page.get_by_role("link", name=title).wait_for()


def open_activity(page: Page, site: Site, lms: Any, name: str, title: str) -> Frame:
    enter(page, lms, name)
    page.get_by_role("link", name=title).click()
    frame = tool_frame(page, f"{site.url}/")
    return frame


def choose_by_keyboard(page: Page, frame: Frame, words: str) -> None:
    tab_to(page, frame, words)
    page.keyboard.press("Enter")


def test_a_grade_travels_through_frames_without_third_party_cookies(site: Site, page: Page) -> None:
    document = small(title=TITLE, purpose="coached")
    scenario = decode_raw(document).scenario
    assert scenario is not None
    published = site.inside("publish", document=document)
    lms, _ = walking.connect(site, "moodle", "moodle-frames")
    add_by_deep_linking(page, site, lms, TITLE)
    (link,) = lms.links(lms.course)

    frame = open_activity(page, site, lms, "Amara Okoye", TITLE)
    frame.get_by_role("button", name="Begin").wait_for()
    looks = {"launch": shoot(page, "launch")}
    choose_by_keyboard(page, frame, "Begin")
    frame.get_by_text("It was promised for Tuesday.").wait_for()
    looks["play"] = shoot(page, "play")
    site_republishes(page, site, published["uuid"])

    choose_by_keyboard(page, frame, "Tell me what it was for.")
    frame.get_by_text("You asked.").wait_for()
    looks["reaction"] = shoot(page, "reaction")
    choose_by_keyboard(page, frame, "Go on")
    frame.get_by_role("heading", name="A new date").first.wait_for()
    looks["ending"] = shoot(page, "ending")
    choose_by_keyboard(page, frame, "Look back on it")
    frame.get_by_text("It was promised for Tuesday.").wait_for()
    looks["debrief"] = shoot(page, "debrief")
    assert [name for name in looks if any(one["page"]["sideways"] for one in looks[name].values())] == []
    nested = {
        name: [w for w in look if any(one["down"] > 1 for one in look[w]["frames"])] for name, look in looks.items()
    }
    assert nested == {name: [] for name in looks}, f"the frame is shorter than what it shows: {looks}"

    outcome = walking.expected(compile_story(scenario), [{"type": "choose", "choice": "ask"}, {"type": "continue"}])
    assert outcome.grade == "1.0000"
    site.wait(lambda: walking.shown_share(lms, link, "amara") == 1.0, "The grade did not arrive.", 40)
    (attempt,) = site.inside("attempts", participation=participation_of(frame))
    assert (attempt["version"], attempt["ratio"]) == (1, "1.0000")

    frame = open_activity(page, site, lms, "Jonas Lindqvist", TITLE)
    frame.get_by_role("button", name="Begin").click()
    frame.get_by_text("It was promised for Friday.").wait_for()
    frame = open_activity(page, site, lms, "Amara Okoye", TITLE)
    frame.get_by_text("It was promised for Tuesday.").first.wait_for()

    frame = open_activity(page, site, lms, "Dana Whitfield", TITLE)
    frame.get_by_role("link", name="Amara Okoye").wait_for()
    coach = shoot(page, "coach")
    frame.get_by_role("link", name="Amara Okoye").click()
    frame.get_by_role("link", name="Attempt 1").click()
    frame.get_by_role("heading", name="What was said").wait_for()
    attempt_page = shoot(page, "coach-attempt")
    for look in (coach, attempt_page):
        assert [one["page"]["sideways"] for one in look.values()] == [0, 0]
        assert [frame["sideways"] for one in look.values() for frame in one["frames"]] == [0, 0]
    page.goto(f"{lms.issuer}/course/{lms.course}/gradebook/")
    page.get_by_text("100").first.wait_for()
    shoot(page, "gradebook")


def participation_of(frame: Frame) -> str:
    return frame.url.split("/play/")[1].split("/")[0]


def site_republishes(page: Page, site: Site, uuid: str) -> None:
    """A designer changes the words in the admin, a publisher publishes them, each in a tab of their own."""
    context = page.context
    pk = site.inside("scenario_pk", uuid=uuid)
    for name in ("designer", "publisher"):
        tab = context.new_page()
        tab.route("**/editor*.js", lambda route: route.abort())  # the form works without the drawing as well
        tab.goto(f"{site.url}/admin/login/")
        tab.fill("input[name=username]", name)
        tab.fill("input[name=password]", site.sign_ins[name])
        tab.click("button[type=submit]")
        tab.goto(f"{site.url}/admin/scenarios/edit/{pk}/")
        area = tab.locator("textarea[name=drawing], textarea[name=document]").first
        area.wait_for()
        if name == "designer":
            area.fill(area.input_value().replace("promised for Tuesday", "promised for Friday"))
            tab.get_by_role("button", name="Save draft").first.click()
        else:
            assert "promised for Friday" in area.input_value()
            shoot(tab, "admin-edit")
            tab.locator("[data-controller~='w-dropdown'] [data-w-dropdown-target='toggle']").last.click()
            tab.get_by_role("button", name="Publish", exact=True).click()
        tab.locator(".messages .success").wait_for()
        context.clear_cookies(name="sessionid")
        tab.close()
