"""Editing in the browser: what is done in the graph, outline and inspector arrives in the draft, and nothing else does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, expect

from authoring.models import Scenario

from .conftest import OpenEditor, document_in, scene_in

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


def save(page: Page) -> None:
    """Save the draft as a designer does, and wait for the page that comes back."""
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()


def draft() -> dict[str, object]:
    found: dict[str, object] = Scenario.objects.get().get_latest_revision_as_object().document
    return found


def choose(page: Page, label: str, value: str) -> None:
    """Pick in a “Leads to” select, which offers every scene once it has focus."""
    field = page.get_by_label(label, exact=True)
    field.focus()
    field.select_option(value)


def test_a_page_left_alone_is_not_saved(open_editor: OpenEditor) -> None:
    page = open_editor()
    posts: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and "/edit/" in request.url:
            posts.append(request.url)

    before = page.locator("textarea[name=document]").input_value()
    page.on("request", note)
    page.get_by_role("group", name="View", exact=True).get_by_role("button", name="Outline").click()
    page.get_by_role("button", name="A new date", exact=True).click()
    page.wait_for_timeout(5_000)  # longer than the baseline (2 s), two comparisons and the wait before an autosave
    assert posts == []
    assert page.locator("textarea[name=document]").input_value() == before


def test_a_scene_is_added_and_connected_by_keyboard_alone(open_editor: OpenEditor) -> None:
    page = open_editor("Outline")
    page.get_by_role("button", name="Add a scene", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert document_in(page)["scenes"][1] == {"kind": "page", "id": "page"}
    leads = page.get_by_label("These things happen.: leads to", exact=True)
    leads.focus()
    page.keyboard.type("2. page")
    assert scene_in(page, "door")["choices"][1]["goto"] == "page"
    expect(page.locator(".bw-side").get_by_role("heading", name="Page")).to_be_visible()


def test_what_was_edited_is_the_draft(open_editor: OpenEditor) -> None:
    page = open_editor("Outline")
    before = document_in(page)
    page.get_by_role("button", name="At the door", exact=True).click()
    page.get_by_label("Choice 1", exact=True).fill("What was it for?")
    page.get_by_role("button", name="Add a choice", exact=True).click()
    page.get_by_label("Choice 3", exact=True).fill("I will find out.")
    choose(page, "I will find out.: leads to", "calm")
    save(page)
    expected = before["scenes"][0]
    expected["choices"][0]["text"] = "What was it for?"
    expected["choices"].append({"id": "door_c", "text": "I will find out.", "goto": "calm"})
    assert draft() == before


def test_saving_by_shortcut_takes_words_still_being_typed(open_editor: OpenEditor) -> None:
    page = open_editor("Outline")
    page.get_by_role("button", name="At the door", exact=True).click()
    title = page.get_by_label("Title", exact=True)
    title.fill("")
    title.press_sequentially("Half a")
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    assert Scenario.objects.get().get_latest_revision_as_object().document["scenes"][0]["title"] == "Half a"


def test_every_edit_is_undone_and_done_again(open_editor: OpenEditor) -> None:
    page = open_editor("Outline")
    before = document_in(page)
    text = page.locator("textarea[name=document]").input_value()
    page.get_by_role("button", name="Delete A new date").first.click()
    expect(page.get_by_text("Deleted “A new date”. One way on now leads nowhere.")).to_be_visible()
    deleted = document_in(page)
    assert [scene["id"] for scene in deleted["scenes"]] == ["door", "way", "gone"]
    page.locator(".bw-toast").get_by_role("button", name="Undo").click()
    assert document_in(page) == before
    page.keyboard.press("Control+Shift+z")
    assert document_in(page) == deleted
    page.keyboard.press("Control+z")
    expect(page.locator("textarea[name=document]")).to_have_value(text)


def test_enter_in_a_field_does_not_send_the_form(open_editor: OpenEditor) -> None:
    page = open_editor("Outline")
    url = page.url
    page.get_by_label("Search the scenario").fill("tuesday")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Mara says", exact=True)).to_be_focused()
    page.get_by_label("Title", exact=True).focus()
    page.keyboard.press("Enter")
    assert page.url == url


def test_the_page_shortcuts_stay_out_of_the_editor(open_editor: OpenEditor) -> None:
    page = open_editor("Outline")
    page.get_by_role("button", name="At the door", exact=True).focus()
    page.keyboard.press("?")
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="At the door", exact=True)).to_be_focused()


def test_a_card_moves_by_arrow_opens_by_enter_and_goes_by_delete(open_editor: OpenEditor) -> None:
    page = open_editor("Graph")
    card = page.locator(".react-flow__node[data-id=door]")
    card.click(position={"x": 60, "y": 40})
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".bw-side").get_by_text("Decision")).to_be_visible()
    assert [scene["id"] for scene in document_in(page)["scenes"]] == ["door", "way", "calm", "gone"]
    card.focus()
    page.keyboard.press("Delete")
    expect(page.get_by_text("Deleted “At the door”.")).to_be_visible()
    assert [scene["id"] for scene in document_in(page)["scenes"]] == ["way", "calm", "gone"]


def test_a_way_is_drawn_by_dragging_and_a_scene_by_dropping_it_on_paper(open_editor: OpenEditor) -> None:
    page = open_editor("Graph")
    handle = page.locator(".react-flow__node[data-id=door] .react-flow__handle.source").first
    target = page.locator(".react-flow__node[data-id=door]").bounding_box()
    start = handle.bounding_box()
    assert start and target
    page.mouse.move(start["x"] + 6, start["y"] + 6)
    page.mouse.down()
    page.mouse.move(target["x"] + 60, target["y"] + target["height"] + 60, steps=5)
    page.mouse.up()
    page.get_by_role("group", name="A new scene here").get_by_role("button", name="Lines").click()
    scene = document_in(page)["scenes"][1]
    assert (scene["kind"], scene_in(page, "door")["choices"][0]["goto"]) == ("line", scene["id"])


def test_a_locked_scenario_can_be_read_and_not_changed(open_editor: OpenEditor, scenario: Scenario) -> None:
    from django.utils import timezone

    scenario.locked, scenario.locked_at = True, timezone.now()
    scenario.save()
    page = open_editor("Outline")
    expect(page.get_by_text("This scenario is locked: it can be read, not changed.").first).to_be_visible()
    page.get_by_role("button", name="At the door", exact=True).click()
    expect(page.get_by_label("Choice 1", exact=True)).to_have_attribute("readonly", "")
    expect(page.get_by_role("button", name="Add a choice", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Add a scene", exact=True)).to_have_count(0)
