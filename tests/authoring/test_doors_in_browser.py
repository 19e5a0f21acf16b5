"""Imports, proof, translations, versions and exports in a real browser: a file dropped or chosen, and what axe finds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from authoring.drafts import save_draft
from authoring.imports.jobs import MAX_BYTES
from authoring.models import ImportJob, Scenario, ScenarioText
from config.work import KINDS
from foundation.api import run_due

from .conftest import House, document, make_house
from .test_in_browser import AXE, _faults, need, open_page

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
OURS = [kind for kind in KINDS if kind.name in ("authoring.imports", "authoring.proofs", "authoring.moving")]


@pytest.fixture(autouse=True)
def real_kinds(settings: Any) -> None:
    settings.WORK_KINDS = "config.work.KINDS"


@pytest.fixture
def house(db: None, transactional_db: None) -> House:
    return make_house("harbour")


def listen(page: Page) -> list[str]:
    """Collect what the console says: a script or style that the policy blocks is said there."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            said.append(message.text)

    page.on("console", note)
    return said


def test_a_chosen_file_becomes_a_report_while_one_watches(
    browser: Browser, live_server: LiveServer, house: House, tmp_path: Path
) -> None:
    file = tmp_path / "parcel.json"
    file.write_text(json.dumps(document()))
    page = open_page(browser, live_server, house)
    said = listen(page)
    page.goto(live_server.url + reverse("authoring_imports:upload"))
    page.set_input_files("input[type=file]", file)
    page.locator("[data-drop-chosen]", has_text="parcel.json").wait_for()
    page.locator("input[type=file]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Waiting for its turn").wait_for()
    run_due(kinds=OURS)
    page.get_by_role("link", name="The late parcel", exact=True).wait_for()  # the page noticed by itself
    assert Scenario.objects.get().live is False
    assert said == []
    page.context.close()


def test_a_dropped_file_is_taken_and_a_large_one_is_told_before_it_is_sent(
    browser: Browser, live_server: LiveServer, house: House
) -> None:
    page = open_page(browser, live_server, house)
    page.goto(live_server.url + reverse("authoring_imports:upload"))
    chosen, button = page.locator("[data-drop-chosen]"), page.locator("[data-upload-button]")
    _drop(page, "story.html", 2_000)
    assert "story.html" in chosen.inner_text()
    assert button.is_enabled()
    _drop(page, "film.zip", MAX_BYTES + 1)
    assert "at most 50.0 MB are accepted" in chosen.inner_text()
    assert button.is_disabled()
    page.context.close()


def _drop(page: Page, name: str, size: int) -> None:
    page.evaluate(
        """([name, size]) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(size)], name));
            document.querySelector("[data-drop]").dispatchEvent(
                new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        [name, size],
    )


def test_the_pages_have_no_accessibility_faults_and_never_scroll_sideways(
    browser: Browser, live_server: LiveServer, house: House
) -> None:
    need(AXE, "axe is not installed (in frontend/: npm ci)")
    draft = save_draft(house.organisation, document(), by=house.designer)
    scenario = draft.scenario
    ScenarioText.objects.create(scenario=scenario, locale="ar", texts={"scenes.door.prompt": "ماذا تقول؟"})
    long_name = "a-very-long-name-without-any-place-to-break-" * 4 + ".html"
    entries = [{"kind": kind, "place": f"Scene {kind}", "what": "W" * 300, "hint": "H"} for kind in ("kept", "dropped")]
    done, refused = (
        ImportJob.objects.create(
            organisation=house.organisation, by=house.designer, name=long_name, size=1, state=state, due_at=None,
            entries=entries, counts={"kept": 1, "changed": 0, "dropped": 1},
            problem={"code": "import.json", "message": "M" * 200, "hint": "h", "place": "p" * 200},
        )
        for state in ("done", "refused")
    )  # fmt: skip
    page = open_page(browser, live_server, house)
    proof = live_server.url + reverse("scenarios:proof_page", args=[scenario.pk])
    page.goto(proof)
    run_due(kinds=OURS)
    page.context.close()
    places = [
        reverse("authoring_imports:upload"),
        *(reverse("authoring_imports:job", args=[job.uuid]) for job in (done, refused)),
        *(reverse(f"scenarios:{name}", args=[scenario.pk]) for name in ("versions", "languages", "proof_page")),
        reverse("scenarios:export", args=[scenario.pk]) + "?format=csv",
        reverse("scenarios:language", args=[scenario.pk, "ar"]),
        reverse("authoring_checks"),
    ]
    for width in (320, 1280):
        page = open_page(browser, live_server, house, width)
        said = listen(page)
        for place in places:
            page.goto(live_server.url + place)
            assert _faults(page) == [], (place, width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (place, width)
        assert said == []
        page.context.close()
