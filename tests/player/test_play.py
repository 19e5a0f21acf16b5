"""Playing in a real browser: by keyboard alone, through lost connections, inside frames, and on a hostile page."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.player.conftest import Show

pytestmark = pytest.mark.chromium


def focused(page: Page) -> str:
    """The words of the element that has focus inside the player."""
    words: str = page.evaluate("player.shadowRoot.activeElement?.textContent ?? ''")
    return " ".join(words.split())


def press(page: Page, name: str) -> None:
    """Go to a control by Tab alone and press Enter."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if focused(page).startswith(name):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never reached “{name}”; it stands at “{focused(page)}”.")


def wait_for_focus(page: Page, words: str) -> None:
    page.wait_for_function(
        "words => (player.shadowRoot.activeElement?.textContent ?? '').replace(/\\s+/g, ' ').trim().startsWith(words)",
        arg=words,
    )


def sent(page: Page) -> list[Any]:
    actions: list[Any] = page.evaluate("transport.log.filter(each => each.action).map(each => each.action)")
    return actions


def test_a_whole_attempt_by_keyboard_alone(show: Show) -> None:
    page = show("about")
    press(page, "Begin")
    wait_for_focus(page, "Your shift")
    press(page, "Go on")
    wait_for_focus(page, "At the desk")
    press(page, "Go on")
    wait_for_focus(page, "First words")
    press(page, "I can help with that")
    wait_for_focus(page, "You I can help with that.")
    press(page, "Go on")
    wait_for_focus(page, "A quiet meeting")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    while page.evaluate("player.shadowRoot.activeElement?.type") != "radio":
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    wait_for_focus(page, "Your answer ask Kenji directly")
    press(page, "Go on")
    wait_for_focus(page, "Say it in your own words")
    while page.evaluate("player.shadowRoot.activeElement?.tagName") != "TEXTAREA":
        page.keyboard.press("Tab")
    page.keyboard.type("It was not her fault.")
    press(page, "Say it")
    page.get_by_text("Which of these is nearest to what you wrote?").wait_for()
    press(page, "“It was the gears")
    wait_for_focus(page, "The moon on Saturday")
    press(page, "Look back on it")
    page.locator("article.debrief").wait_for()  # the debrief, whose head is the ending's again
    wait_for_focus(page, "The moon on Saturday")
    press(page, "A better wording")
    page.get_by_text("I'm so sorry it went that way for Elin.").first.wait_for()
    assert [each["type"] for each in sent(page)] == [
        *["continue", "continue", "choose", "continue", "answer", "continue", "write", "choose"]
    ]
    finished = page.evaluate("events.filter(each => each.name === 'scenario-finished').map(each => each.grade)")
    assert finished == [0.8125]


def test_a_page_that_comes_late_calls_nobody_back(show: Show) -> None:
    """The debrief is fetched while the ending is read: it takes the focus only from who waits for it."""
    page = show("match")
    held: list[Route] = []
    page.route("**/player-debrief*", lambda route: held.append(route))
    press(page, "“It was the gears")
    wait_for_focus(page, "The moon on Saturday")
    page.keyboard.press("Tab")
    assert focused(page) == "Look back on it"
    for route in held:
        route.continue_()
    page.wait_for_function("() => Object.getOwnPropertySymbols(globalThis).some(each => globalThis[each]?.debrief)")
    page.wait_for_timeout(100)
    assert focused(page) == "Look back on it"
    page.keyboard.press("Enter")
    page.locator("article.debrief").wait_for()


def test_a_double_click_sends_one_action(show: Show) -> None:
    page = show("decision", "trouble=slow")
    page.get_by_role("button", name="I can help with that").dblclick()
    page.locator(".card.sending").wait_for()
    assert sent(page) == [{"type": "choose", "choice": "fw_policy"}]
    page.evaluate("transport.release()")
    page.get_by_text("The bill.", exact=True).wait_for()
    assert len(sent(page)) == 1


def test_words_survive_a_lost_connection(show: Show) -> None:
    page = show("reply", "trouble=offline")
    page.get_by_label("Your reply").fill("It was not her fault.")
    page.get_by_role("button", name="Say it").click()
    page.get_by_text("What you wrote is still here.").locator("visible=true").first.wait_for()
    assert page.get_by_label("Your reply").input_value() == "It was not her fault."
    page.evaluate("transport.heal()")
    page.get_by_role("button", name="Try again now").click()
    page.get_by_text("Your words are saved and are being read.").wait_for()
    assert sent(page) == [{"type": "write", "text": "It was not her fault."}] * 2


def test_a_host_that_ends_the_session_says_why_and_what_to_do(show: Show) -> None:
    page = show("decision", "trouble=ended")
    page.get_by_role("button", name="I can help with that").click()
    notice = page.locator(".notice")
    notice.wait_for()
    assert notice.inner_text().split("\n\n") == [
        "Your session has ended. The launch is more than a day old.",
        "Open the activity again from your course. Everything saved so far is kept.",
    ]


def test_an_lms_around_the_frame_hears_the_height(show: Show, player_pages: str) -> None:
    page = show("about")
    height = page.evaluate(
        """address => new Promise(resolve => {
            addEventListener("message", event => {
                const said = JSON.parse(event.data);
                if (said.subject === "lti.frameResize" && said.height > 300) resolve(said.height);
            });
            const frame = document.createElement("iframe");
            frame.src = address;
            document.body.append(frame);
        })""",
        f"{player_pages}/index.html?state=decision&resize",
    )
    assert 300 < height < 2000


def test_the_classic_script_twice_on_a_hostile_page(page: Page, player_pages: str) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{player_pages}/classic.html")
    first = page.locator("scenario-player").first
    first.get_by_role("button", name="Hier aufhören").wait_for()
    page.locator("scenario-player").nth(1).get_by_role("button", name="Go on").wait_for()
    look = first.locator("button.card").first.evaluate(
        "each => { const s = getComputedStyle(each); return [s.textTransform, s.letterSpacing, s.textAlign, s.borderStyle] }"
    )
    assert look == ["none", "normal", "start", "solid"]
    assert first.locator(".page").evaluate("each => parseFloat(getComputedStyle(each).fontSize)") >= 17
    assert problems == []


def test_a_frame_without_storage_still_plays(page: Page, player_pages: str) -> None:
    page.goto(f"{player_pages}/index.html?state=about")
    page.evaluate(
        """address => {
            const frame = document.createElement("iframe");
            frame.sandbox = "allow-scripts";
            frame.src = address;
            document.body.append(frame);
        }""",
        f"{player_pages}/classic.html",
    )
    frame = page.frame_locator("iframe")
    frame.locator("body").wait_for()
    # A module does not run in an opaque origin, so the page's own script cannot mount; the classic bundle must load.
    inner = next(each for each in page.frames if each.url.endswith("classic.html"))
    outcome = inner.evaluate(
        """async () => {
            const { mount } = BranchwisePlayer;
            const view = { seq: 1, title: "T", language: "en", direction: "ltr", scene: "s", kind: "reply", stage: "scene",
                awaits: "learner", reply: { max_characters: 50 } };
            const player = mount(document.querySelector("#first"), { load: async () => ({ view }), act: async () => ({ view }) });
            while (!player.shadowRoot?.querySelector("textarea")) await new Promise(next => setTimeout(next, 20));
            const area = player.shadowRoot.querySelector("textarea");
            area.value = "kept in memory";
            area.dispatchEvent(new Event("input"));
            await player.updateComplete;
            return player.shadowRoot.querySelector("#count").textContent;
        }"""
    )
    assert outcome == "14 of 50 characters"
