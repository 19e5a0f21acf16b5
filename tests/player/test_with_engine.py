"""The player in front of the engine itself: a whole scenario of the course pack, over the site's HTTP transport."""

import json
from collections.abc import Callable

import msgspec
import pytest
from playwright.sync_api import Page, Route

from scenario_engine.actions import LearnerAction
from scenario_engine.codec import decode
from scenario_engine.errors import ActionRefused
from scenario_engine.hosting import advance_without_judge, serve
from scenario_engine.play import start
from scenario_engine.story import Story, compile_story
from scenario_engine.views import Served
from tests.player.conftest import ROOT

pytestmark = pytest.mark.chromium

PACK = ROOT / "course_packs/customer-care"


class SmallHost:
    """Answers as the site does: 200, 409 when stale, 422 when refused; once, on wish, not at all."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.state = start(story, "seed")
        self.bearers: set[str | None] = set()
        self.lose_next_answer = False

    def answer(self, route: Route) -> None:
        self.bearers.add(route.request.headers.get("authorization"))
        status, error, code = 200, "", ""
        if route.request.method == "POST":
            asked = json.loads(route.request.post_data or "")
            status, error, code = self.act(asked["seq"], asked["action"])
            if self.lose_next_answer:
                self.lose_next_answer = False
                route.abort("connectionreset")
                return
        served = msgspec.structs.replace(self._served(), error=error, error_code=code)
        route.fulfill(status=status, content_type="application/json", body=msgspec.json.encode(served).decode())

    def act(self, seq: int, action: object) -> tuple[int, str, str]:
        if seq != self.state.seq:
            return 409, "stale", "play.stale"
        try:
            taken = msgspec.convert(action, LearnerAction)
            self.state, _ = advance_without_judge(self.story, self.state, taken)
        except ActionRefused as refused:
            return 422, str(refused), refused.code
        return 200, "", ""

    def _served(self) -> Served:
        return serve(self.story, self.state, lambda keys: {key: f"/course_packs/customer-care/{key}" for key in keys})


def read_pack(name: str) -> Story:
    decoded = decode((PACK / f"scenarios/{name}.yaml").read_bytes())
    assert decoded.scenario is not None
    return compile_story(decoded.scenario)


def do_next(page: Page, host: SmallHost) -> None:
    """Do what a hurried learner does: the first thing that can be done here."""
    player = page.locator("scenario-player")
    stage = player.locator(".stage")
    seq = host.state.seq
    begin = stage.get_by_role("button", name="Begin")
    if begin.count():
        begin.click()
    if stage.locator("textarea").count():
        stage.locator("textarea").fill("I hear you. I will call you myself before noon.")
        stage.get_by_role("button", name="Say it").click()
    elif stage.locator("input[type=radio], input[type=checkbox]").count():
        stage.locator("label.card").first.click()
        stage.get_by_role("button", name="Answer").click()
    elif stage.locator("button.card").count():
        stage.locator("button.card").first.click()
    else:
        stage.get_by_role("button", name="Go on").click()
    page.wait_for_function("seq => player.shadowRoot && player.session.served.view.seq > seq", arg=seq)


@pytest.mark.parametrize("name", ["fourth-date", "which-sentence"])
def test_a_scenario_of_the_pack_to_its_debrief(
    page: Page, player_pages: str, find_barriers: Callable[[Page], list[str]], name: str
) -> None:
    host = SmallHost(read_pack(name))
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/play/api/**", host.answer)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{player_pages}/site.html")
    page.locator("scenario-player .stage").wait_for()
    for step in range(60):
        if host.state.over:
            break
        host.lose_next_answer = step == 3  # the action arrived, only its answer was lost
        do_next(page, host)
        assert page.locator("scenario-player .notice").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert host.state.over
    page.get_by_role("button", name="Look back on it").click()
    page.locator(".entry").nth(3).wait_for()
    assert find_barriers(page) == []
    assert complaints == []
    assert host.bearers == {"Bearer secret"}


def test_a_second_window_that_is_behind_is_shown_where_the_attempt_is(page: Page, player_pages: str) -> None:
    host = SmallHost(read_pack("fourth-date"))
    page.route("**/play/api/**", host.answer)
    page.goto(f"{player_pages}/site.html")
    page.locator("scenario-player .stage").wait_for()
    begin = page.get_by_role("button", name="Begin")
    if begin.count():
        begin.click()
    host.act(host.state.seq, {"type": "continue"})
    page.get_by_role("button", name="Go on").click()
    notice = page.locator(".notice")
    notice.wait_for()
    assert notice.inner_text() == "This moved on in another window. Here is where you are now."
    assert page.evaluate("player.session.served.view.seq") == host.state.seq
