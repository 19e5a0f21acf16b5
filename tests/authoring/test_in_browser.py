"""The admin of authoring in a real browser: autosave of the plain form, the preview, and what axe finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from authoring.drafts import save_draft
from authoring.models import Scenario
from tests import needs

from .conftest import House, broken_document, make_house, sign_in

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
PLAYER = ROOT / "learning/static/learning/built/player.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(db: None, transactional_db: None) -> House:
    return make_house("harbour")


@pytest.fixture
def scenario(house: House) -> Scenario:
    return save_draft(house.organisation, broken_document(), by=house.designer).scenario


def open_page(browser: Browser, live_server: LiveServer, house: House, width: int = 1280) -> Page:
    """A page signed in as the designer."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    cookie = sign_in(house.designer).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return context.new_page()


def need(file: Path, reason: str) -> None:
    if not file.exists():
        if needs.is_ci():
            pytest.fail(f"CI=true, but {reason}.", pytrace=False)
        pytest.skip(reason)


def test_only_what_the_author_types_is_autosaved(
    browser: Browser, live_server: LiveServer, house: House, scenario: Scenario
) -> None:
    page = open_page(browser, live_server, house)
    address = live_server.url + reverse("scenarios:edit", args=[scenario.pk])
    saves: list[str] = []
    page.on("request", lambda sent: saves.append(sent.url) if sent.method == "POST" and sent.url == address else None)
    page.clock.install()  # Wagtail compares every half second, two seconds after loading
    page.goto(address)
    page.clock.run_for(10_000)
    assert saves == []
    area = page.locator("textarea[name=document]")
    with page.expect_response(lambda got: got.url == address and got.request.method == "POST") as answer:
        # As the editor writes: the field itself is hidden behind it.
        edited = area.input_value().replace("promised for Tuesday", "promised for Monday")
        area.evaluate("(field, text) => { field.value = text; }", edited)
        page.clock.run_for(10_000)
    assert answer.value.status == 200
    draft = Scenario.objects.get().get_latest_revision_as_object()
    assert draft.document["scenes"][0]["beats"][0]["text"] == "It was promised for Monday."
    assert len(saves) == 1
    page.context.close()


def test_the_preview_plays_a_draft_with_the_real_player(
    browser: Browser, live_server: LiveServer, house: House, scenario: Scenario
) -> None:
    need(PLAYER, "the player is not built (in frontend/: npm ci, npm run build)")
    page = open_page(browser, live_server, house)
    revision = scenario.latest_revision_id
    page.goto(live_server.url + reverse("scenarios:revisions_view", args=[scenario.pk, revision]) + "?mode=play")
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("These things happen.").click()
    page.get_by_text("You shrugged.").wait_for()
    page.reload()
    page.get_by_text("You shrugged.").wait_for()  # the tab remembers the path
    page.context.close()


def test_pages_have_no_accessibility_faults_and_never_scroll_sideways(
    browser: Browser, live_server: LiveServer, house: House, scenario: Scenario
) -> None:
    need(AXE, "axe is not installed (in frontend/: npm ci)")
    names: list[tuple[str, list[int]]] = [("wagtailadmin_home", []), ("scenarios:add", []), ("courses:add", [])]
    names += [(f"scenarios:{name}", [scenario.pk]) for name in ("outline", "share", "copy")]
    for width in (320, 1280):
        page = open_page(browser, live_server, house, width)
        for name, arguments in names:
            page.goto(live_server.url + reverse(name, args=arguments))
            assert _faults(page) == [], (name, width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        page.context.close()


def _faults(page: Page) -> list[Any]:
    """Return what axe finds in our part of the page; the frame around it is Wagtail's."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "rules => axe.run('#main', {runOnly: rules}).then(done => done.violations.map("
        "fault => [fault.id, fault.nodes.map(node => node.html.slice(0, 300))]))",
        RULES,
    )
    return list(found)
