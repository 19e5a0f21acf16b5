"""The learner's and the coach's pages in a real browser: in a foreign frame, after a reload, without a token.

BRANCHWISE_TEST_SHOTS=folder keeps a picture of each page at 1280 and 320 px, light and dark.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from django.utils.translation import trans_real

from config.running.messages import compile_messages
from foundation.api import Organisation
from learning import api
from learning.models import Attempt, Judgement, Placement
from tests.learning.catalogue import Shelf
from tests.learning.conftest import Playing, launch, place
from tests.learning.kinds import TO_REFLECTION, visit_home
from tests.learning.scenarios import call, chat
from tests.learning.test_play import GOOD, NEXT, RIGHT, TO_THE_END

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
PLAYER = Path(__file__).parents[2] / "learning/static/learning/built/player.js"
pytestmark = [
    pytest.mark.chromium,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not PLAYER.exists(), reason="the player is not built (make build)"),
]
SHOTS = os.environ.get("BRANCHWISE_TEST_SHOTS", "")


def shoot(page: Page, name: str) -> None:
    """Keep the page at two widths and in two colour schemes, where that was asked for; it must never scroll sideways."""
    for width, scheme in ((1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}-{scheme}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light")


@pytest.fixture
def problems(page: Page) -> Iterator[list[str]]:
    """What the browser complained about; nothing is allowed to be there at the end."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    yield found
    assert [each for each in found if "favicon" not in each] == []


@pytest.fixture
def acme(transactional_db: None) -> Organisation:
    return Organisation.objects.create(name="Acme", slug="acme", support_contacts="The help desk")


def address(live_server: Any, playing: Playing) -> str:
    return f"{live_server.url}{api.play_path(playing.participation, playing.token)}"


def coach_address(live_server: Any, placement: Placement, locale: str = "") -> str:
    coach = api.new_learner(placement.organisation, "Kim Berg")
    back = "https://lms.example/course/7"
    token = api.issue_coach_session(placement, coach, timezone.now(), locale=locale, return_url=back)
    return f"{live_server.url}{api.coach_path(placement, token)}"


def test_a_learner_plays_reloads_and_finishes(
    live_server: Any, page: Page, acme: Organisation, shelf: Shelf, problems: list[str]
) -> None:
    placement = place(acme, "scenario", shelf.publish(call()))
    ana = launch(placement, api.new_learner(acme, "Ana Reis"), return_url="https://lms.example/course/7")
    page.goto(address(live_server, ana))
    page.get_by_role("button", name="Begin").or_(page.get_by_role("button", name="Start")).first.click()
    page.get_by_text("I waited the whole day.").wait_for()
    assert "#" not in page.url
    shoot(page, "play-decision")
    page.get_by_role("button", name="You took a day off").click()
    page.get_by_text("You named what it cost her.").wait_for()
    shoot(page, "play-reaction")
    page.reload()
    page.get_by_text("You named what it cost her.").wait_for()
    assert Attempt.objects.get().seq == 1
    assert (
        page.get_by_role("link", name="Back to the course").first.get_attribute("href")
        == "https://lms.example/course/7"
    )
    ana.play([NEXT, RIGHT, NEXT, *TO_THE_END[4:]])
    page.reload()
    page.get_by_text("She writes a thank-you note").first.wait_for()
    shoot(page, "play-debrief")


class Frame(BaseHTTPRequestHandler):
    """A foreign page that frames whatever its query names."""

    def do_GET(self) -> None:
        from urllib.parse import unquote

        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        source = unquote(self.path.partition("?")[2]).replace('"', "")
        self.wfile.write(f'<!doctype html><title>LMS</title><iframe src="{source}" width="700" height="600">'.encode())

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def foreign_site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Frame)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_it_plays_in_a_foreign_frame_without_any_cookie(
    live_server: Any, browser: Browser, acme: Organisation, shelf: Shelf, foreign_site: str
) -> None:
    from urllib.parse import quote

    ana = launch(place(acme, "scenario", shelf.publish(chat())), api.new_learner(acme))
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{foreign_site}/?{quote(address(live_server, ana), safe='')}")
    frame = page.frame_locator("iframe")
    frame.get_by_text("Somebody is at the door.").or_(frame.get_by_role("button", name="Begin")).first.wait_for()
    begin = frame.get_by_role("button", name="Begin")
    if begin.count():
        begin.first.click()
    frame.get_by_role("button", name="Go on").first.click()
    frame.get_by_role("button", name="Open").click()
    frame.get_by_text("Tea").first.wait_for()
    assert context.cookies() == []
    assert Attempt.objects.get().ratio == Decimal("1.0000")
    context.close()


def test_without_a_token_the_page_says_what_to_do(
    live_server: Any, page: Page, acme: Organisation, shelf: Shelf
) -> None:
    ana = launch(place(acme, "scenario", shelf.publish(chat())), api.new_learner(acme))
    page.goto(f"{live_server.url}/play/{ana.participation.uuid}/")
    page.get_by_role("heading", name="Open the activity again from your course").wait_for()
    shoot(page, "play-without-token")
    page.goto("about:blank")
    page.goto(f"{live_server.url}/play/{ana.participation.uuid}/#{ana.token[:-3]}abc")
    page.get_by_role("heading", name="Open the activity again from your course").wait_for()
    assert not Attempt.objects.exists()


def course(acme: Organisation, shelf: Shelf) -> Placement:
    one, two = shelf.publish(call()), shelf.publish(chat())
    modules = [
        shelf.module("warm-up", two, title="At the door"),
        shelf.module("call", one, weight=Decimal(3), gate="finished"),
        shelf.module("later", two, title="The day after", gate="finished"),
        shelf.module("extra", two, title="One more door", weight=Decimal(0), required=False),
    ]
    return place(acme, "course", shelf.publish_course("Calls that matter", modules))


def test_a_course_leads_into_its_modules_and_back(
    live_server: Any, page: Page, acme: Organisation, shelf: Shelf, problems: list[str]
) -> None:
    ana = launch(course(acme, shelf), api.new_learner(acme, "Ana Reis"), return_url="https://lms.example/course/7")
    ana.play([NEXT, {"type": "choose", "choice": "ch_open"}], "warm-up")
    ana.play([GOOD], "call")
    page.goto(address(live_server, ana))
    page.get_by_role("heading", name="Calls that matter").wait_for()
    assert page.get_by_text("1 of 3 modules finished.").is_visible()
    assert page.get_by_text("Opens after “A late delivery”").is_visible()
    assert not page.get_by_role("link", name="The day after").count()
    shoot(page, "course")
    page.get_by_role("link", name="A late delivery").click()
    page.get_by_text("You named what it cost her.").wait_for()
    page.get_by_role("link", name="Calls that matter").click()
    page.get_by_role("heading", name="Calls that matter").wait_for()
    page.go_back()
    page.get_by_text("You named what it cost her.").wait_for()


def test_a_course_reads_from_right_to_left_in_arabic(
    live_server: Any, page: Page, acme: Organisation, shelf: Shelf
) -> None:
    ana = launch(course(acme, shelf), api.new_learner(acme), locale="ar", return_url="https://lms.example/")
    page.goto(address(live_server, ana))
    page.get_by_role("heading", name="Calls that matter").wait_for()
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    shoot(page, "course-ar")


def test_a_coach_finds_reads_and_corrects_an_attempt(
    live_server: Any, page: Page, acme: Organisation, shelf: Shelf, problems: list[str]
) -> None:
    placement = place(acme, "scenario", shelf.publish(call()))
    ana = launch(placement, api.new_learner(acme, "Ana Reis"))
    ana.play(TO_THE_END)
    launch(placement, api.new_learner(acme, "Ben Okafor")).play([GOOD])
    launch(placement, api.new_learner(acme, "Chen Li")).play([{"type": "choose", "choice": "dc_rude"}, NEXT])
    launch(placement, api.new_learner(acme))
    page.goto(coach_address(live_server, placement))
    page.get_by_text("1 of 4 learners has finished.").or_(page.get_by_text("1 of 4 learners have finished.")).wait_for()
    assert page.get_by_text("1 waits for you to read what they wrote.").is_visible()
    shoot(page, "coach-placement")
    page.get_by_role("link", name="What the group chose first").click()
    page.get_by_text("2 of 3 chose “You took a day off for this. I am sorry.” first.").wait_for()
    shoot(page, "coach-choices")
    page.get_by_role("row", name="You took a day off").get_by_role("link").click()
    page.get_by_role("link", name="Ben Okafor").wait_for()
    page.get_by_role("link", name="A late delivery").click()
    page.get_by_role("link", name="Waiting for you").click()
    page.get_by_role("link", name="Ana Reis").click()
    page.get_by_role("link", name="Attempt 1").click()
    page.get_by_text("You waited a whole day, and I am sorry.").wait_for()
    shoot(page, "coach-attempt")
    form = page.locator("form", has_text="Confirm the level")
    form.get_by_label("Level").select_option("3")
    form.get_by_label("Why (the learner reads this)").fill("A feeling and a fact, said warmly.")
    page.route("**/coach/**", lambda route: route.abort())
    form.get_by_role("button", name="Confirm the level").click()
    form.get_by_role("alert").filter(has_text="nothing was sent").wait_for()
    shoot(page, "coach-unsent")
    page.unroute("**/coach/**")
    assert "net::ERR_FAILED" in problems.pop()
    form.get_by_role("button", name="Confirm the level").click()
    page.get_by_text("Saved. The grade was worked out again").wait_for()
    assert Attempt.objects.get(participation=ana.participation).ratio == Decimal("0.8889")
    assert Judgement.objects.get().reason == "A feeling and a fact, said warmly."
    shoot(page, "coach-corrected")
    page.reload()
    page.get_by_text("A feeling and a fact, said warmly.").wait_for()
    page.goto(address(live_server, ana))
    page.get_by_text("A feeling and a fact, said warmly.").first.wait_for()
    shoot(page, "play-corrected")


def barriers(page: Page) -> list[str]:
    """What axe finds on the page."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(done => done.violations.map("
        "each => `${each.id}: ${each.nodes.map(one => one.target).join(', ')}`))",
        ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    )
    return found


@pytest.mark.skipif(not AXE.exists(), reason="axe is not installed (in frontend/: npm ci)")
def test_a_coach_reads_from_right_to_left_in_arabic(
    live_server: Any, page: Page, acme: Organisation, shelf: Shelf, problems: list[str]
) -> None:
    compile_messages(Path(__file__).parents[2])
    trans_real._translations.clear()
    placement = place(acme, "scenario", shelf.publish(call()))
    ana = launch(placement, api.new_learner(acme, "Ana Reis"))
    ana.play(TO_THE_END)
    launch(placement, api.new_learner(acme, "Ben Okafor")).play([GOOD])
    page.goto(coach_address(live_server, placement, "ar"))
    page.get_by_text("بانتظارك").first.wait_for()
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    for name, address_of_page in {
        "placement": f"/coach/{placement.uuid}/",
        "choices": f"/coach/{placement.uuid}/choices/",
        "learner": f"/coach/{placement.uuid}/learners/{ana.participation.uuid}/",
        "attempt": f"/coach/{placement.uuid}/attempts/{Attempt.objects.get(participation=ana.participation).pk}/",
    }.items():
        page.goto(f"{live_server.url}{address_of_page}")
        page.locator("h1").wait_for()
        shoot(page, f"coach-{name}-ar")
        assert barriers(page) == [], name
        english = page.get_by_text("learner").or_(page.get_by_text("attempt")).or_(page.get_by_text("grade"))
        assert english.count() == 0, name


def test_a_coach_tries_it_without_being_graded(live_server: Any, page: Page, acme: Organisation, shelf: Shelf) -> None:
    placement = place(acme, "scenario", shelf.publish(chat()))
    page.goto(coach_address(live_server, placement))
    page.get_by_text("Nobody has opened this activity yet.").wait_for()
    shoot(page, "coach-empty")
    page.get_by_role("button", name="Try it yourself").click()
    page.get_by_text("Preview: not graded, nothing is sent").wait_for()
    page.get_by_role("link", name="Back").first.click()
    page.get_by_text("Nobody has opened this activity yet.").wait_for()


def test_a_learner_writes_for_themselves_shares_one_thing_and_takes_it_back(
    live_server: Any, page: Page, acme: Organisation, shelf: Shelf, problems: list[str]
) -> None:
    placement = place(acme, "scenario", shelf.publish(visit_home()))
    ana = launch(placement, api.new_learner(acme, "Ana Reis"))
    ana.play(TO_REFLECTION)
    page.goto(address(live_server, ana))
    page.get_by_role("textbox", name="What did you hear?").fill("I heard that I was afraid.")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.get_by_text("Saved, for you alone").wait_for()
    page.get_by_role("checkbox").first.check()
    shoot(page, "play-reflection")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("link", name="What you wrote for yourself").click()
    page.get_by_text("your coach can read it").wait_for()
    shoot(page, "own-words")
    coach = page.context.new_page()
    coach.goto(coach_address(live_server, placement))
    coach.get_by_role("link", name="Ana Reis").click()
    coach.get_by_label("Time for timed decisions").select_option("1.5")
    coach.get_by_role("button", name="Save").click()
    coach.get_by_text("Saved. It holds from the learner's next step on").wait_for()
    shoot(coach, "coach-learner-time")
    coach.get_by_role("link", name="Attempt 1").click()
    coach.get_by_text("I heard that I was afraid.").wait_for()
    coach.get_by_text("Waits for you: nobody foresaw this answer").wait_for()
    shoot(coach, "coach-attempt-kinds")
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("Taken back. Your coach cannot read it any more.").wait_for()
    page.get_by_role("button", name="Delete").click()
    page.get_by_text("Nothing is kept here.").wait_for()
    coach.reload()
    coach.get_by_text("The attempt as a whole").wait_for()
    assert coach.get_by_text("I heard that I was afraid.").count() == 0
