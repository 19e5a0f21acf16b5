"""Every kind of moment in a real browser: dragging and typing, a conversation with the engine, private pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from scenario_engine.codec import decode
from scenario_engine.hosting import serve
from scenario_engine.story import Story, compile_story
from tests.player.conftest import ROOT, Show
from tests.player.test_play import focused, sent
from tests.player.test_with_engine import SmallHost

pytestmark = pytest.mark.chromium

SCENARIOS = ROOT / "tests/scenarios"
ARRIVED = "seq => player.session.served.view.seq > seq && !player.shadowRoot.querySelector('.loading')"


class PrivateHost(SmallHost):
    """Also keeps what a learner writes for themselves, apart from the state."""

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self.own_words: dict[str, str] = {}

    def act(self, seq: int, action: Any) -> tuple[int, str, str]:
        answer = super().act(seq, action)
        if answer[0] == 200 and action["type"] == "reflect":
            self.own_words[action["prompt"]] = action.get("text", "")
        return answer

    def _served(self) -> Any:
        return serve(self.story, self.state, lambda keys: {}, private=self.own_words)


def open_story(page: Page, player_pages: str, host: SmallHost) -> list[str]:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/play/api/**", host.answer)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{player_pages}/site.html")
    page.locator("scenario-player .stage").wait_for()
    return complaints


def story(name: str) -> Story:
    scenario = decode((SCENARIOS / f"{name}.yaml").read_bytes()).scenario
    assert scenario is not None
    return compile_story(scenario)


def order(page: Page) -> list[str]:
    return page.locator(".order .what").all_inner_texts()


def test_steps_are_dragged_into_their_order(show: Show) -> None:
    page = show("question-ordering")
    first = page.locator(".order .grip").first.bounding_box()
    last = page.locator(".order li").last.bounding_box()
    assert first and last
    page.mouse.move(first["x"] + 10, first["y"] + 10)
    page.mouse.down()
    page.mouse.move(first["x"] + 10, last["y"] + last["height"] - 6, steps=12)
    assert page.locator(".dragged .what").inner_text() == "Silent writing"
    page.mouse.up()
    assert order(page)[-1] == "Silent writing"
    assert page.locator(".dragged").count() == 0
    page.get_by_role("button", name="Answer").click()
    assert sent(page)[0]["value"][-1] == "i0"


def test_steps_are_ordered_by_keyboard_and_the_focus_goes_with_them(show: Show) -> None:
    page = show("question-ordering", width=320)
    page.get_by_role("button", name="Move down: Silent writing").focus()
    for place in (2, 3):
        page.keyboard.press("ArrowDown")
        page.locator("[role=status]").get_by_text(f"Silent writing: place {place} of 5", exact=True).wait_for()
    assert order(page)[2] == "Silent writing"
    assert page.evaluate("player.shadowRoot.activeElement.getAttribute('aria-label')") == "Move down: Silent writing"


def test_a_conversation_is_held_by_keyboard_with_the_focus_left_where_one_writes(show: Show) -> None:
    page = show("roleplay")
    page.get_by_label("What do you say?").fill("I am sorry, Ilse.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("And what do I tell them at home?").wait_for()
    assert sent(page) == [{"type": "say", "text": "I am sorry, Ilse."}]
    assert page.evaluate("player.shadowRoot.activeElement.id") == "words"
    page.get_by_label("What do you say?").fill("Take your time.")
    page.get_by_role("button", name="Say it").click()
    page.get_by_text("That was the last turn.").wait_for()
    assert focused(page).startswith("That was the last turn.")


def test_a_character_that_is_waited_for_answers_by_itself(page: Page, player_pages: str) -> None:
    answers: list[Route] = []
    page.route("**/fixtures/roleplay-ai.json", lambda route: answers.append(route))
    with page.expect_request("**/fixtures/roleplay-ai.json"):
        page.goto(f"{player_pages}/index.html?state=roleplay-waiting")
    assert page.get_by_text("Ilse Moreau is answering.").is_visible()
    answers[0].continue_()
    page.get_by_text("written by AI", exact=True).wait_for()
    assert page.get_by_text("Ilse Moreau is answering.").count() == 0


def test_stopping_a_conversation_says_what_that_means_here(show: Show) -> None:
    page = show("roleplay")
    page.get_by_role("button", name="Stop here").click()
    page.get_by_text("The conversation ends at once, and nobody is told why.").wait_for()


def test_a_page_that_does_not_come_is_asked_for_again(page: Page, player_pages: str) -> None:
    reachable = [False]
    page.route("**/built/player-reflection.js", lambda route: route.continue_() if reachable[0] else route.abort())
    page.goto(f"{player_pages}/index.html?state=reflection")
    page.get_by_text("We could not reach the server.").locator("visible=true").first.wait_for()
    reachable[0] = True
    page.reload()
    page.get_by_text("Yours alone").wait_for()
    assert page.locator(".notice").count() == 0


def test_the_classic_script_fetches_its_later_pages_too(page: Page, player_pages: str) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{player_pages}/classic.html")
    page.locator("scenario-player .stage").first.wait_for()
    page.evaluate(
        """async () => {
            const served = await (await fetch("fixtures/roleplay-going.json")).json();
            const place = document.querySelector("#first");
            BranchwisePlayer.mount(place, { load: async () => served, act: async () => served }, { language: "en" });
        }"""
    )
    page.locator("#first").get_by_role("log").wait_for()
    assert page.locator("#first scenario-player .log .beat").count() == 5
    assert page.locator("#first .log .said").first.evaluate("each => getComputedStyle(each).display") == "grid"
    assert problems == []


def test_the_hardest_conversation_from_the_door_to_the_private_page(
    page: Page, player_pages: str, find_barriers: Callable[[Page], list[str]]
) -> None:
    host = PrivateHost(story("letting-someone-go"))
    complaints = open_story(page, player_pages, host)
    stage = page.locator("scenario-player .stage")
    for _ in range(80):
        if stage.locator(".reflection").count():
            break
        seq = host.state.seq
        one_step(page)
        page.wait_for_function(ARRIVED, arg=seq)
        assert page.locator("scenario-player .notice").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    stage.locator("textarea").first.fill("The folder.")
    stage.get_by_role("button", name="Save", exact=True).first.click()
    expect(stage.get_by_text("Saved, for you alone")).to_be_visible()
    stage.get_by_role("checkbox").first.check()
    stage.get_by_role("button", name="Save my choice").click()
    expect(stage.get_by_text("Your coach can read what is ticked.")).to_be_visible()
    assert find_barriers(page) == []
    stage.locator("textarea").nth(1).fill("say it first")
    stage.get_by_role("button", name="Save and go on").click()
    page.wait_for_function("() => player.session.served.view.over")
    assert list(host.own_words.values())[:1] == ["The folder."]
    assert "say it first" in host.own_words.values()
    assert "folder" not in str(host.state)
    page.get_by_role("button", name="Look back on it").click()
    page.get_by_text("How sure you were").first.wait_for()
    assert find_barriers(page) == []
    assert complaints == []


def one_step(page: Page) -> None:
    """Do the first thing that can be done, in conversations too."""
    stage = page.locator("scenario-player .stage")
    begin = stage.get_by_role("button", name="Begin", exact=True)
    if stage.locator(".briefing").count():
        begin.click()
    if stage.locator("textarea").count():
        stage.locator("textarea").fill("I am sorry. It is final, and I will stay as long as you want.")
        stage.get_by_role("button", name="Say it").click()
    elif stage.locator("input[type=radio], input[type=checkbox]").count():
        stage.locator("label.card").first.click()
        for sure in stage.get_by_label("Fairly sure").all():
            sure.check()
        stage.get_by_role("button", name="Answer").click()
    elif stage.locator("button.card").count():
        stage.locator("button.card").first.click()
    else:
        stage.get_by_role("button", name="Go on").click()
