"""Yarn of all releases: comments, escapes, links of release 1, visits, groups, luck, detours, JSON."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from scenario_exchange import Imported, ImportRefused, read
from tests.exchange.readers.test_twine import entries, scenes


def yarn(*nodes: tuple[str, str]) -> Imported:
    text = "".join(f"title: {head}\n---\n{body}\n===\n" for head, body in nodes)
    return read(io.BytesIO(text.encode()), "talk.yarn")


def said(found: Imported, scene: str) -> list[str]:
    return [beat["text"] for beat in scenes(found)[scene]["beats"]]


def choices(found: Imported, scene: str) -> list[tuple[Any, ...]]:
    listed = scenes(found)[scene].get("choices") or scenes(found)[scene]["choose"]
    return [(each["text"], each["goto"], each.get("when")) for each in listed]


def test_comments_go_and_escaped_signs_mean_themselves() -> None:
    found = yarn(
        (
            "Start",
            "A line // for me\nOne \\#hash \\{0\\} \\[b\\] \\<\\<x\\>\\> and \\/\\/ too\n// gone\n"
            "<<set $n to 1>> // why\n-> Go <<if $n > 0>> // when\n    <<jump End>>\n-> See http://example.org",
        ),
        ("End", "Bye. #line:1 #loud"),
    )
    assert said(found, "start_shown") == ["A line", "One #hash '{'0'}' \\[b\\] <<x>> and // too"]
    assert choices(found, "start_shown") == [
        ("Go", "end", {"not": {"var": "n", "at_most": 0}}),
        ("See http://example.org", "start_2", None),
    ]
    assert entries(found, "dropped") == [("End", "Not converted: #loud.")]


def test_links_of_release_1_are_offered_together_under_their_conditions() -> None:
    found = yarn(
        ("Start", 'Hi.\n<<if not visited("Watch")>>\n    [[Ask|Watch]] #line:1\n<<endif>>\n[[Go|End]]'),
        ("Watch", "Not really.\n[[Start]]"),
        ("End", "Bye."),
    )
    assert choices(found, "start") == [
        ("Ask", "watch", {"not": {"visits": "watch", "at_least": 1}}),
        ("Go", "end", None),
    ]


@pytest.mark.parametrize(
    ("claim", "when"),
    [
        ('visited("Start")', {"visits": "start", "at_least": 2}),
        ('visited("Start") is false', {"not": {"visits": "start", "at_least": 2}}),
        ('visited_count("Start") > 1', {"not": {"visits": "start", "at_most": 2}}),
        ('visited("End")', {"visits": "end", "at_least": 1}),
        (
            'not visited("Start") and $n == 2',
            {"all": [{"not": {"visits": "start", "at_least": 2}}, {"var": "n", "is": 2}]},
        ),
    ],
)
def test_a_visit_counts_in_its_own_node_once_it_is_over(claim: str, when: dict[str, Any]) -> None:
    found = yarn(("Start", f"<<if {claim}>>\nAgain.\n<<endif>>\n-> On\n    <<jump End>>"), ("End", "Bye."))
    assert scenes(found)["start"]["beats"] == [{"text": "Again.", "when": when}]


def test_nodes_of_one_title_are_a_group_and_none_is_lost() -> None:
    found = yarn(
        ("Start", "<<declare $rude = false>>\n<<jump Guard>>"),
        ("Guard\nwhen: $rude", "Hm."),
        ("Guard\nwhen: always", "Hello."),
        ("Guard\nwhen: always", "Yes?"),
        ("Guard\nwhen: once if $rude", "You again."),
    )
    story = scenes(found)
    assert [said(found, f"guard_{number}") for number in (1, 2, 3, 4)] == [
        ["Hm."],
        ["Hello."],
        ["Yes?"],
        ["You again."],
    ]
    once = {"all": [{"not": {"visits": "guard_4", "at_least": 1}}, {"var": "rude", "is": True}]}
    assert story["guard"]["rules"] == [{"when": once, "goto": "guard_4"}]
    assert story["guard_then"]["rules"] == [{"when": {"var": "rude", "is": True}, "goto": "guard_1"}]
    assert story["guard_then"]["otherwise"] == "guard_luck"
    assert story["guard_luck"]["random"] == [{"goto": "guard_2"}, {"goto": "guard_3"}]
    second = yarn(("Start", "One."), ("Start", "Two."))
    assert entries(second, "dropped") == [("Start", "A second node with this title is left out.")]


def test_lines_drawn_by_luck_are_no_choices_of_the_learner() -> None:
    found = yarn(("Start", "=> Ann: Hello!\n=> Ann: Hi!\n-> Go\n-> Stay"))
    story = scenes(found)
    assert story["start"]["random"] == [{"goto": "start_3"}, {"goto": "start_4"}]
    assert [story[f"start_{number}"]["beats"] for number in (3, 4)] == [
        [{"text": "Hello!", "who": "ann"}],
        [{"text": "Hi!", "who": "ann"}],
    ]
    assert choices(found, "start_2") == [("Go", "start_5", None), ("Stay", "start_5", None)]


def test_what_is_said_once_is_said_on_the_first_visit() -> None:
    found = yarn(("Start", "<<once>>\nNew.\n<<else>>\nOld.\n<<endonce>>\nLine <<once>>\n-> Go <<once>>\n-> Stay"))
    first = {"not": {"visits": "start", "at_least": 2}}
    assert scenes(found)["start"]["beats"] == [
        {"text": "New.", "when": first},
        {"text": "Old.", "when": {"visits": "start", "at_least": 2}},
        {"text": "Line", "when": first},
    ]
    assert scenes(found)["start"]["choices"][0]["once"] is True


def test_a_detour_to_a_node_that_only_speaks_comes_back() -> None:
    found = yarn(
        ("Start", "One.\n<<detour Aside>>\nThree.\n<<detour Ask>>"),
        ("Aside", "Two.\n<<return>>\nNever."),
        ("Ask", "-> Yes"),
    )
    assert said(found, "start") == ["One.", "Two.", "Three."]
    assert scenes(found)["start"]["goto"] == "ask"
    assert ("Start", "The detour to “Ask” does not come back.") in entries(found, "changed")


def test_a_variable_worked_out_of_others_is_asked_by_them() -> None:
    found = yarn(
        ("Start", "<<if $rich>>\nMore?\n<<endif>>\n-> Go\n    <<set $gold += 5>>\n    <<jump Start>>"),
        ("Names", "<<declare $gold = 1>>\n<<declare $rich = $gold > 3>>"),
    )
    assert scenes(found)["start"]["beats"][0]["when"] == {"not": {"var": "gold", "at_most": 3}}
    assert list(scenes(found)) == ["start"]
    assert list(found.documents[0]["variables"]) == ["gold"]


def test_a_line_of_an_arm_is_said_although_the_arm_changes_its_condition() -> None:
    found = yarn(
        ("Start", "<<declare $met = false>>\n<<if not $met>>\nWho are you?\n<<set $met to true>>\n<<endif>>\n-> On")
    )
    assert scenes(found)["start_shown"]["beats"] == [{"text": "Who are you?", "when": {"var": "was_met", "is": True}}]


def test_the_list_of_nodes_of_the_first_editors_is_read() -> None:
    nodes = [
        {"title": "Start", "tags": "", "body": "Hi.\n[[Bye|End]]", "position": {"x": 10, "y": 20}, "colorID": 0},
        {"title": "End", "tags": "", "body": "Bye.", "position": {"x": 30, "y": 20}, "colorID": 0},
    ]
    found = read(io.BytesIO(json.dumps(nodes).encode()), "talk.json")
    assert found.format == "yarn"
    assert choices(found, "start") == [("Bye", "end", None)]
    assert found.layouts["talk"]["end"] == {"x": 30.0, "y": 20.0}


def test_a_file_of_too_many_lines_is_refused_before_it_is_read() -> None:
    with pytest.raises(ImportRefused) as refused:
        yarn(("Start", "a\n" * 60_001))
    assert refused.value.code == "import.too-large"


def test_cases_of_enumerations_are_words_and_descriptions_are_left_out() -> None:
    found = yarn(
        (
            "Start",
            '<<declare $met = false "Whether they met.">>\n<<set $state = State.Started>>\n'
            "<<if $state == .Done and $met>>\nDone.\n<<endif>>\n-> On",
        )
    )
    assert found.documents[0]["variables"] == {
        "met": {"type": "flag", "start": False},
        "state": {"type": "choice", "of": ["", "Started", "Done"], "start": ""},
    }
    when = {"all": [{"var": "state", "is": "Done"}, {"var": "met", "is": True}]}
    assert scenes(found)["start_shown"]["beats"] == [{"text": "Done.", "when": when}]


def test_nodes_that_only_declare_are_no_story() -> None:
    with pytest.raises(ImportRefused) as refused:
        yarn(("A", "<<declare $x = 1>>"), ("B", "<<declare $y = 2>>"))
    assert (refused.value.code, refused.value.message) == ("import.empty", "Its nodes only declare variables.")
