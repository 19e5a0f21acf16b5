"""Every state in a real browser: no barrier that axe knows, nothing sideways at 320 px, targets of 44 px."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.player.conftest import STATES, Show

pytestmark = pytest.mark.chromium

# Everything that can be pressed, but words inside running text, which WCAG 2.5.8 excepts.
TARGETS = """
root => [...root.querySelectorAll("button:not(.term), summary, select, textarea, input[type=text], label.card, .steps label")]
    .map(each => [each.textContent.trim().slice(0, 30), each.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.height < 44 || box.width < 44))
    .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)
"""


# Every state on a phone in the dark; on a wide page in the light the states that differ there.
WIDE = ["about", "arabic-debrief", "debrief", "page", "question-matching", "reaction", "reply"]
VIEWS = [(state, 320, "dark") for state in STATES] + [(state, 1280, "light") for state in WIDE]


@pytest.mark.parametrize(("state", "width", "scheme"), VIEWS)
def test_no_barriers(
    show: Show, find_barriers: Callable[[Page], list[str]], state: str, width: int, scheme: str
) -> None:
    page = show(state, width=width, scheme=scheme)
    assert find_barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("scenario-player").evaluate(f"player => ({TARGETS})(player.shadowRoot)") == []


def test_opened_parts_have_no_barriers_either(show: Show, find_barriers: Callable[[Page], list[str]]) -> None:
    page = show("page", width=320)
    for summary in page.locator("summary").all():
        summary.click()
    page.get_by_role("button", name="remedy").click()
    meaning = page.get_by_role("note").inner_text().split()
    assert " ".join(meaning) == "remedy What a buyer may ask for by law: repair, replacement, or the money back."
    assert find_barriers(page) == []
    page = show("decision", width=320)
    page.get_by_role("button", name="Notebook").click()
    page.get_by_role("button", name="Stop here").click()
    assert page.get_by_role("heading", name="Stop here?").evaluate("each => each.getRootNode().activeElement === each")
    assert find_barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_text_twice_as_large_still_fits(show: Show) -> None:
    page = show("decision", width=320)
    page.locator("scenario-player").evaluate("each => each.style.setProperty('font-size', '32px', 'important')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_nothing_moves_for_those_who_asked_for_stillness(show: Show) -> None:
    page = show("decision", reduced_motion="reduce")
    assert page.locator(".stage").evaluate("each => getComputedStyle(each).animationName") == "none"
    assert page.locator(".card").first.evaluate("each => getComputedStyle(each).transitionDuration") == "0s"


def test_bars_and_marks_survive_forced_colours(show: Show) -> None:
    page = show("debrief", forced_colors="active")
    parts = page.locator(".competency .bar").first
    assert parts.evaluate("each => getComputedStyle(each.children[0]).fill !== getComputedStyle(each.children[1]).fill")
    assert page.locator(".script .verdict").all_inner_texts() == ["Missed", "Strong", "Mixed", "Strong", "Strong"]
