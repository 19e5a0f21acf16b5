"""The form of a role-play in the browser: everything that the scene holds can be written, and findings lead to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from authoring.drafts import save_draft
from authoring.models import Scenario
from scenario_engine import codec

from ..conftest import House
from .conftest import OpenEditor, document_in

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]

STORY = Path(__file__).resolve().parents[2] / "scenarios/letting-someone-go.yaml"
AXE = Path(__file__).resolve().parents[3] / "frontend/node_modules/axe-core/axe.min.js"


def document() -> dict[str, Any]:
    """The story as JSON carries it: with every id."""
    decoded = codec.decode(STORY.read_bytes())
    assert decoded.scenario is not None
    return codec.to_raw(decoded.scenario)


@pytest.fixture
def story(house: House) -> Scenario:
    kept = save_draft(house.organisation, document(), by=house.designer)
    return Scenario.objects.get(pk=kept.scenario.pk)


def talk_in(page: Page) -> dict[str, Any]:
    return next(each for each in document_in(page)["scenes"] if each["kind"] == "roleplay")


def open_talk(page: Page) -> None:
    page.locator('[data-scene="talk"]').get_by_role("button").first.click()
    expect(page.get_by_role("heading", name="Who plays whom")).to_be_visible()


def unfold(page: Page, *titles: str) -> None:
    for title in titles:
        page.locator(".bw-side summary").filter(has_text=title).click()


def test_every_part_of_a_roleplay_can_be_written(open_editor: OpenEditor, story: Scenario) -> None:
    page = open_editor("Outline", of=story)
    before = talk_in(page)
    open_talk(page)
    side = page.locator(".bw-side")
    unfold(page, "Goals", "Authored lines", "Ends and ways on", "Cues to listen for")
    side.get_by_label("Goal 1", exact=True).fill("She knows when, and how much")
    side.get_by_label("Line 1 when still").fill("I see. Go on.")
    side.get_by_label("Most turns").fill("9")
    cue = side.locator("details").filter(has_text="Cues to listen for").get_by_label("Name of a new cue")
    cue.fill("Offers a break")
    cue.press("Enter")
    side.get_by_label("offers-a-break: wordings, one a line").fill("a (short)? break\nsome water")
    side.get_by_role("button", name="Add a goal").click()
    side.get_by_label("Goal 4", exact=True).fill("You offered a pause")
    side.get_by_label("Met when this cue is heard").last.select_option("offers-a-break")
    page.keyboard.press("Tab")
    after = talk_in(page)
    assert after["goals"] == [
        {**before["goals"][0], "text": "She knows when, and how much"},
        *before["goals"][1:],
        {"id": "g4", "text": "You offered a pause", "met_by": {"cue": "offers-a-break", "learner": True}},
    ]
    assert after["cues"] == {**before.get("cues", {}), "offers-a-break": ["a (short)? break", "some water"]}
    assert after["lines"]["still"] == [
        {**before["lines"]["still"][0], "text": "I see. Go on."},
        *before["lines"]["still"][1:],
    ]
    assert after["ends"] == {**before["ends"], "turns": 9}
    changed = {"goals", "cues", "lines", "ends"}
    assert {name: value for name, value in after.items() if name not in changed} == {
        name: value for name, value in before.items() if name not in changed
    }


def test_the_form_of_a_roleplay_is_folded_and_stays_as_it_was_left(open_editor: OpenEditor, story: Scenario) -> None:
    page = open_editor("Outline", of=story, width=320)
    open_talk(page)
    folded = page.locator(".bw-side details.bw-group:not(details details)")
    assert [each.get_attribute("open") for each in folded.all()] == [None] * folded.count()
    assert page.locator(".bw-side .bw-form").bounding_box()["height"] < 1800  # type: ignore[index]
    unfold(page, "Goals")
    page.reload()
    page.locator(".bw-editor").wait_for()
    open_talk(page)
    expect(page.get_by_label("Goal 1", exact=True)).to_be_visible()
    expect(page.get_by_label("Most turns")).to_be_hidden()
    unfold(page, "Goals")
    expect(page.get_by_label("Goal 1", exact=True)).to_be_hidden()


def test_a_finding_about_a_roleplay_leads_to_its_field(open_editor: OpenEditor, house: House) -> None:
    broken = document()
    talk = next(each for each in broken["scenes"] if each["id"] == "talk")
    talk["ends"]["goals"] = 9
    kept = save_draft(house.organisation, broken, by=house.designer)
    page = open_editor("Outline", of=Scenario.objects.get(pk=kept.scenario.pk))
    open_talk(page)
    ends = page.locator(".bw-side summary").filter(has_text="Ends and ways on")
    expect(ends).to_contain_text("1 warning")
    expect(page.get_by_label("Goals that end it")).to_be_hidden()
    page.locator(".bw-side").get_by_role("button", name="Findings").click()
    page.locator(".bw-findingspanel .bw-finding").filter(has_text="9 goals end it").click()
    expect(page.get_by_label("Goals that end it")).to_be_focused()


@pytest.mark.parametrize("width", [1440, 320])
def test_the_form_of_a_roleplay_has_no_accessibility_faults(
    open_editor: OpenEditor, story: Scenario, width: int
) -> None:
    page = open_editor("Outline", of=story, width=width)
    open_talk(page)
    page.evaluate("document.querySelectorAll('.bw-side details').forEach(each => { each.open = true; })")
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "axe.run('.bw-side').then(seen => seen.violations.map(each => [each.id, each.nodes.map(n => n.html)]))"
    )
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
