"""Findings, search, test-play and comments in the browser, and what a checker of accessibility says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from authoring.drafts import save_draft
from authoring.models import Scenario, SceneComment

from ..conftest import House, broken_document
from .conftest import OpenEditor, document_in

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]

AXE = Path(__file__).resolve().parents[3] / "frontend/node_modules/axe-core/axe.min.js"


def test_a_finding_leads_to_its_place(open_editor: OpenEditor, house: House) -> None:
    broken = save_draft(house.organisation, broken_document(), by=house.designer).scenario
    page = open_editor(of=Scenario.objects.get(pk=broken.pk))
    expect(page.get_by_role("status").get_by_text("1 error keeps this from being published.")).to_be_visible()
    page.get_by_role("button", name="1 error").click()
    page.locator(".bw-findingspanel .bw-finding").first.click()
    leads = page.locator('[data-path=".scenes[0].choices[0].goto"] select')
    expect(leads).to_be_focused()
    leads.select_option("calm")
    expect(page.get_by_text("keeps this from being published")).to_have_count(0)


def test_play_from_here_reaches_an_ending(open_editor: OpenEditor) -> None:
    page = open_editor("Outline")
    page.get_by_role("button", name="Play from At the door").click()
    player = page.locator("scenario-player")
    player.get_by_role("button", name="Begin").click()
    player.get_by_text("Tell me what it was for.").click()
    expect(page.locator(".bw-play__foot")).to_contain_text("Trust3")
    player.get_by_role("button", name="Go on").click()
    expect(player.get_by_text("A new date").first).to_be_visible()
    page.get_by_role("button", name="Close test-play").click()
    expect(player).to_have_count(0)


def test_what_cannot_be_played_says_why(open_editor: OpenEditor, house: House) -> None:
    empty = save_draft(
        house.organisation, {"format": 1, "id": "empty", "title": "Empty", "scenes": []}, by=house.designer
    )
    page = open_editor(of=Scenario.objects.get(pk=empty.scenario.pk))
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("alert").get_by_text("This cannot be played yet.")).to_be_visible()


def test_a_comment_is_pinned_to_its_scene(open_editor: OpenEditor) -> None:
    page = open_editor("Outline")
    page.get_by_role("button", name="At the door", exact=True).click()
    page.get_by_role("button", name="Comments").click()
    page.get_by_label("New comment").fill("Is this how she would say it?")
    page.get_by_role("button", name="Add the comment").click()
    expect(page.get_by_text("Is this how she would say it?")).to_be_visible()
    page.get_by_role("button", name="Resolve").click()
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    comment = SceneComment.objects.get()
    assert (comment.scene, comment.text, comment.resolved_at is not None) == (
        "door",
        "Is this how she would say it?",
        True,
    )


def test_the_scene_that_a_refusal_names_is_a_link_to_its_field(open_editor: OpenEditor, house: House) -> None:
    broken = save_draft(house.organisation, broken_document(), by=house.designer).scenario
    page = open_editor("Outline", of=Scenario.objects.get(pk=broken.pk))
    page.locator("[data-controller~='w-dropdown'] [data-w-dropdown-target='toggle']").last.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Submit to Review").click()
    page.locator(".bw-editor").wait_for()
    link = page.locator(".scenario-refusal").get_by_role("link", name="At the door")
    link.click()
    expect(page.locator(".bw-side .bw-field--open select")).to_be_focused()
    address = link.evaluate("link => link.href")
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator(".bw-side .bw-field--open select")).to_be_focused()


def test_a_condition_is_built_from_selects(open_editor: OpenEditor) -> None:
    page = open_editor("Outline")
    page.get_by_role("button", name="way", exact=True).click()
    page.locator(".bw-side summary").filter(has_text="Rule 1: if").click()
    page.get_by_label("Compared").select_option("between")
    page.get_by_label("At most", exact=True).fill("4")
    page.get_by_label("At most", exact=True).blur()
    assert document_in(page)["scenes"][1]["rules"][0]["when"] == {"var": "trust", "at_least": 2, "at_most": 4}


def violations(page: Page) -> list[dict[str, Any]]:
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        """() => axe.run(document.querySelector('.bw-editor'), {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})"""
    )
    return [
        {"id": each["id"], "nodes": [node["html"][:200] for node in each["nodes"]][:4]} for each in found["violations"]
    ]


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm ci in frontend/)")
@pytest.mark.parametrize("view", ["Graph", "Outline"])
def test_both_views_are_accessible(open_editor: OpenEditor, view: str) -> None:
    page = open_editor(view)
    expect(page.get_by_text("It can be published").first).to_be_visible()
    problems = violations(page)
    for tab in ("Scenario", "Findings", "Comments"):
        page.get_by_role("group", name="What to show").get_by_role("button", name=tab).click()
        problems += violations(page)
    assert problems == []


def test_nothing_scrolls_sideways_on_a_phone_and_the_outline_comes_first(open_editor: OpenEditor) -> None:
    page = open_editor("Outline", width=320, height=700)
    assert page.evaluate("document.querySelector('.bw-editor').scrollWidth") <= 320
    page.get_by_role("button", name="At the door", exact=True).click()
    expect(page.get_by_label("Title", exact=True)).to_be_visible()
    page.get_by_role("button", name="Back to the story").click()
    expect(page.get_by_role("button", name="At the door", exact=True)).to_be_visible()
