"""Studio's dialog in a browser, with a runtime that only notes what it is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.xblocks.workbench import ROOT

pytestmark = pytest.mark.chromium

PUBLIC = ROOT / "xblocks/scenario_xblock/public"
STUDIO = "http://studio.test/"
RUNTIME = """
window.told = [];
window.BranchwiseScenarioStudio(
  { handlerUrl: (_, handler) => "/" + handler, notify: (event, data) => window.told.push([event, data]) },
  document.body,
);
"""


@pytest.fixture
def dialog(page: Page) -> Page:
    form = (PUBLIC / "studio.html").read_text().format(display_name="Café", weight="1", max_attempts="", document="{}")
    page.route(f"{STUDIO}**", lambda route: route.fulfill(body=form, content_type="text/html; charset=utf-8"))
    page.goto(STUDIO)
    page.add_script_tag(path=str(PUBLIC / "studio.js"))
    page.evaluate(RUNTIME)
    return page


def answer(page: Page, handler: str, data: dict[str, Any], status: int = 200) -> None:
    def fulfil(route: Route) -> None:
        route.fulfill(status=status, body=json.dumps(data), content_type="application/json")

    page.route(f"{STUDIO}{handler}", fulfil)


def test_a_refused_save_keeps_the_dialog_open_and_lists_why(dialog: Page) -> None:
    finding = {"level": "error", "scene": "door", "message": "Nothing leads on.", "hint": "Add a way."}
    answer(dialog, "studio_submit", {"saved": False, "findings": [finding]})
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("listitem")).to_have_text("error in scene door: Nothing leads on. Add a way.")
    expect(dialog.get_by_text("Nothing was saved: mend these first.")).to_be_visible()
    # Studio closes the dialog at the end of saving.
    assert [event for event, data in dialog.evaluate("told") if data.get("state") == "end"] == []
    assert dialog.evaluate("told.at(-1)[0]") == "error"


def test_a_saved_scenario_ends_the_saving(dialog: Page) -> None:
    answer(dialog, "studio_submit", {"saved": True, "findings": []})
    dialog.get_by_role("button", name="Save").click()
    dialog.wait_for_function("told.length === 2")
    assert dialog.evaluate("told") == [["save", {"state": "start"}], ["save", {"state": "end"}]]


def test_a_server_that_fails_is_said_in_the_dialog(dialog: Page) -> None:
    answer(dialog, "studio_submit", {"error": "The document is too large."}, 413)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("status")).to_have_text("The document is too large.")
    assert dialog.evaluate("told.at(-1)") == ["error", {"title": "Not saved", "message": "The document is too large."}]
