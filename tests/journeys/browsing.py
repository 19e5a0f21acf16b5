"""A Chromium without third-party cookies, and walking its pages by keyboard. What a page must show is the tests' matter."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests import needs
from tests.conftest import CHROMIUM_ARGUMENTS

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Frame, Page, Playwright

SHOTS = Path(__file__).resolve().parents[2] / "var" / "journeys"
MOST_TABS = 60

# What has focus, through shadow roots: its words and what it is.
FOCUSED = """() => {
    let at = document.activeElement;
    while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
    if (!at || at === document.body) return ["", ""];
    return [(at.getAttribute("aria-label") || at.innerText || at.value || "").trim(), at.tagName.toLowerCase()];
}"""


@contextmanager
def without_third_party_cookies(playwright: Playwright) -> Iterator[BrowserContext]:
    """A browser profile of its own that keeps no third-party cookie, as people's browsers do."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "Default" / "Preferences"
        settings.parent.mkdir()
        settings.write_text(json.dumps({"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": True}}))
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=needs.find_chromium(),
            args=[*CHROMIUM_ARGUMENTS, "--test-third-party-cookie-phaseout"],
            viewport={"width": 1280, "height": 800},
        )
        context.set_default_timeout(20_000)
        yield context
        context.close()


def tool_frame(page: Page, url: str) -> Frame:
    """Return the frame that shows the site at `url`, once it is there."""
    page.wait_for_function("() => document.querySelector('iframe[data-tool]')")
    for _ in range(100):
        found = [frame for frame in page.frames if frame.url.startswith(url)]
        if found:
            return found[-1]
        page.wait_for_timeout(100)
    raise AssertionError(f"No frame of {url}: {[frame.url for frame in page.frames]}")


def tab_to(page: Page, frame: Frame, words: str, tag: str = "") -> None:
    """Press Tab until what has focus in `frame` says `words`."""
    seen = []
    for _ in range(MOST_TABS):
        said, kind = frame.evaluate(FOCUSED)
        seen.append(said[:40])
        if words in said and (not tag or tag == kind):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to “{words}”, only to {seen}")


def settle(page: Page) -> None:
    """Wait until what is framed has the width of its frame, and nothing changes height any more."""
    before: Any = None
    for _ in range(50):
        page.wait_for_timeout(150)  # the frame tells its height, the page answers
        widths = page.evaluate(
            "() => [...document.querySelectorAll('iframe[data-tool]')].map((one) => one.clientWidth)"
        )
        inside = [
            one.evaluate("() => [innerWidth, innerHeight, document.body?.scrollHeight]") for one in page.frames[1:]
        ]
        if inside == before and all(width in [one[0] for one in inside] for width in widths):
            return
        before = inside
    raise AssertionError(f"The frames never came to rest: {widths} wide, {before} inside")


def shoot(page: Page, name: str) -> dict[int, Any]:
    """Keep pictures at 1280 and 320 px in var/journeys; return per width how page and frame scroll.

    The window is made as tall as the page: Chromium paints frames of other sites wrongly in pictures beyond it.
    """
    SHOTS.mkdir(parents=True, exist_ok=True)
    found = {}
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        settle(page)
        found[width] = {"page": page.evaluate(SCROLLS), "frames": [one.evaluate(SCROLLS) for one in page.frames[1:]]}
        page.set_viewport_size({"width": width, "height": min(4000, max(800, found[width]["page"]["needs"]))})
        settle(page)
        page.screenshot(path=str(SHOTS / f"{name}-{width}.png"))
    page.set_viewport_size({"width": 1280, "height": 800})
    return found


SCROLLS = """() => {
    const root = document.documentElement;
    return {sideways: root.scrollWidth - root.clientWidth, down: root.scrollHeight - root.clientHeight, at: location.pathname, width: innerWidth, height: innerHeight, needs: root.scrollHeight};
}"""
