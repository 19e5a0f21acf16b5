"""Explorations of the releases between the oldest and today's, and what stands inside their texts."""

from __future__ import annotations

import io
from typing import Any

import pytest

from scenario_exchange import Imported, read
from tests.exchange import fixtures

HEAD = "init_state_name: Ask\nlanguage_code: en\nschema_version: {release}\nstates:\n"
END = "  End:\n    content: [{type: text, value: Bye}]\n    interaction: {id: EndExploration, default_outcome: null}\n"
# States are named as today, and ask as they did at first.
EARLY = (
    HEAD.format(release=3)
    + """  Ask:
    content: [{type: text, value: "More than six.<br>"}]
    widget:
      widget_id: NumericInput
      handlers:
      - name: submit
        rule_specs:
        - {definition: {name: IsGreaterThan, inputs: {x: 6.0}, rule_type: atomic}, dest: END, feedback: [Yes.]}
        - {definition: {rule_type: default}, dest: Ask, feedback: [No.]}
"""
)


def opened(source: str) -> Imported:
    return read(io.BytesIO(source.encode()), "x.yaml")


def ask(found: Imported) -> dict[str, Any]:
    return next(scene for scene in found.documents[0]["scenes"] if scene["id"] == "ask")


def told(found: Imported, kind: str) -> list[str]:
    return [entry.what for entry in found.report.entries if entry.kind == kind]


def test_texts_answers_and_feedback_of_a_middle_release_arrive() -> None:
    found = opened(fixtures.OPPIA_MIDDLE)
    scene = ask(found)
    assert (scene["prompt"], scene["goto"], scene["tries"]) == ("Which word is warm?", "end", 3)
    assert scene["answers"] == [
        {"any": ["snow"], "credit": 0, "feedback": "That is cold."},
        {"any": ["sun", "fire"], "credit": 1, "feedback": "Yes."},
    ]
    assert told(found, "dropped") == [
        "Parts of its content that are no text: 1.",
        "What it says after several wrong answers.",
        "Further feedbacks, of which one was drawn: 1.",
        "What it fills in: {{answer}} stands as it is written.",
    ]


def test_states_with_widgets_of_an_early_release_arrive() -> None:
    found = opened(EARLY)
    scene = ask(found)
    assert (scene["type"], scene["prompt"], scene["no_match"]) == ("numeric", "More than six.", {"feedback": "No."})
    (answer,) = scene["answers"]
    assert answer["value"] - answer["tolerance"] > 6 and answer["value"] + answer["tolerance"] == 1_000_000
    assert scene["goto"] == "the_end"


def state(html: str, interaction: str = "{id: Continue, default_outcome: {dest: Ask}}") -> str:
    return HEAD.format(release=47) + f"  Ask:\n    content: {{html: '{html}'}}\n    interaction: {interaction}\n" + END


def element(kind: str, **values: str) -> str:
    given = " ".join(f'{name}-with-value="{value}"' for name, value in values.items())
    return f"<oppia-noninteractive-{kind} {given}></oppia-noninteractive-{kind}>"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            element("link", url="&amp;quot;https://example.org&amp;quot;", text="&amp;quot;the rules&amp;quot;"),
            "[the rules](https://example.org)",
        ),
        (element("math", raw_latex="&amp;quot;x=1&amp;quot;"), "`x=1`"),
        (element("video", video_id="&quot;abc&quot;"), "[Video](https://www.youtube.com/watch?v=abc)"),
        (
            element("collapsible", heading="&quot;More&quot;", content="&quot;&lt;p&gt;Here.&lt;/p&gt;&quot;"),
            "**More**\n\nHere.",
        ),
    ],
)
def test_elements_inside_texts_become_words(source: str, text: str) -> None:
    assert ask(opened(state(source)))["text"] == text


def test_pictures_inside_texts_are_named() -> None:
    found = opened(state(element("image", filepath="&quot;tea.png&quot;", alt="&quot;A cup&quot;")))
    assert "The picture “tea.png” (A cup)." in told(found, "dropped")


def test_a_state_that_asks_nothing_here_leads_on() -> None:
    """It asked for a place on a map again and again; a page that leads to itself would never end."""
    rules = "[{outcome: {dest: End, feedback: {html: Found}}, rule_specs: [{rule_type: Within, inputs: {d: 1}}]}]"
    found = opened(state("Find it.", f"{{id: InteractiveMap, answer_groups: {rules}, default_outcome: {{dest: Ask}}}}"))
    assert (ask(found)["kind"], ask(found)["goto"]) == ("page", "end")
    assert "What it says on going on: “Found”." in told(found, "dropped")


CHOICES = "customization_args: {choices: {value: [{content_id: a, html: tea}, {content_id: b, html: ink}, {content_id: c, html: milk}]}}"


def test_items_to_select_become_a_question_with_several_answers() -> None:
    rules = "[{outcome: {dest: End}, rule_specs: [{rule_type: Equals, inputs: {x: [a, c]}}]}]"
    asked = f"{{id: ItemSelectionInput, answer_groups: {rules}, default_outcome: {{dest: Ask}}, {CHOICES}}}"
    scene = ask(opened(state("What do you drink?", asked)))
    assert [(each["text"], each["right"]) for each in scene["options"]] == [
        ("tea", True),
        ("ink", False),
        ("milk", True),
    ]
    assert (scene["partial"], scene["goto"]) == (False, "end")


def test_items_to_sort_become_an_order() -> None:
    rules = "[{outcome: {dest: End}, rule_specs: [{rule_type: IsEqualToOrdering, inputs: {x: [[c], [a], [b]]}}]}]"
    asked = f"{{id: DragAndDropSortInput, answer_groups: {rules}, default_outcome: {{dest: Ask}}, {CHOICES}}}"
    assert [each["text"] for each in ask(opened(state("Sort.", asked)))["items"]] == ["milk", "tea", "ink"]


def test_an_answer_that_leads_elsewhere_than_the_right_one_earns_nothing() -> None:
    rules = """[{outcome: {dest: End}, rule_specs: [{rule_type: Equals, inputs: {x: 4}}]},
        {outcome: {dest: Other}, rule_specs: [{rule_type: IsInclusivelyBetween, inputs: {a: 5, b: 7}}]}]"""
    source = state("How many?", f"{{id: NumericInput, answer_groups: {rules}, default_outcome: {{dest: Ask}}}}")
    other = "  Other:\n    content: {html: Hm}\n    interaction: {id: EndExploration}\n"
    assert [(each["value"], each["tolerance"], each["credit"]) for each in ask(opened(source + other))["answers"]] == [
        (4.0, 0, 1),
        (6.0, 1.0, 0),
    ]
