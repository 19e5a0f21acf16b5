"""The player's own pages (`frontend/player/dev`) served to a real browser, with axe at hand."""

import json
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests import needs

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "frontend/player/dev/fixtures"
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
BUILT = (ROOT / "learning/static/learning/built/player.js", ROOT / "xblocks/scenario_xblock/public/built/player.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

STATES = sorted(path.stem for path in FIXTURES.glob("*.json"))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def player_pages() -> Iterator[str]:
    """The address of the folder with the player's pages."""
    missing = [path for path in (*BUILT, AXE) if not path.exists()]
    if missing:
        reason = "the player is not built (in frontend/: npm ci, npm run build)"
        if needs.is_ci():
            pytest.fail(f"CI=true, but {reason}.", pytrace=False)
        pytest.skip(reason)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(ROOT)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/frontend/player/dev"
    server.shutdown()
    server.server_close()
    thread.join()


Show = Callable[..., Page]


@pytest.fixture
def show(browser: Browser, player_pages: str) -> Iterator[Show]:
    """`show("decision", width=320, scheme="dark")` opens a state; what the console complains of fails the test."""
    contexts = []
    complaints: list[str] = []

    def open_state(state: str, query: str = "", width: int = 1280, scheme: Any = "light", **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{player_pages}/index.html?state={state}&{query}")
        page.locator("scenario-player .stage, scenario-player .notice").first.wait_for()
        return page

    yield open_state
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def find_barriers() -> Callable[[Page], list[str]]:
    """What axe finds on a page: rule, and the elements it names."""
    source = AXE.read_text(encoding="utf-8") if AXE.exists() else ""

    def run(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: rules}).then(r => JSON.stringify({v: r.violations, p: r.passes.length}))",
            RULES,
        )
        result = json.loads(found)
        assert result["p"] > 15, "axe looked at nothing"
        return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in result["v"]]

    return run
