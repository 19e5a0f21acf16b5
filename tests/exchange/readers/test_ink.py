"""Compiled ink: alternatives, conditions inside a line, glue, choices in arms, places that stay one place."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from scenario_exchange import Imported, ImportRefused, read
from tests.exchange.readers.test_twine import entries, scenes

END: list[Any] = ["end", None]


def ink(root: list[Any], **named: Any) -> Imported:
    data = {"inkVersion": 21, "root": [root, "done", named or None], "listDefs": {}}
    return read(io.BytesIO(json.dumps(data).encode()), "tale.json")


def alternatives(kind: str, number: int, *words: str) -> list[Any]:
    """Return {one|two} as it is compiled."""
    listed: list[Any] = ["ev", "visit", number, kind, "/ev"]
    for index in range(len(words)):
        listed += ["ev", "du", index, "==", "/ev", {"->": f".^.s{index}", "c": True}]
    end = len(listed)
    arms = {f"s{index}": ["pop", f"^{word}", {"->": f".^.^.{end}"}, None] for index, word in enumerate(words)}
    return [*listed, "nop", {**arms, "#f": 5}]


def choice(text: str, path: str, flags: int = 4) -> list[Any]:
    return ["ev", "str", f"^{text}", "/str", "/ev", {"*": path, "flg": flags}]


def test_alternatives_follow_the_visits_of_their_scene() -> None:
    found = ink(
        [
            "^Well.",
            "\n",
            alternatives("MIN", 2, "Hello", "Hi", "Oh, you"),
            "\n",
            *choice("Again", "0"),
            *choice("Go", "out"),
            None,
        ],
        out=END,
    )
    first = {"visits": "beginning", "is": 1}
    assert scenes(found)["beginning"]["beats"] == [
        {"text": "Well."},
        {"text": "Hello", "when": first},
        {"text": "Hi", "when": {"all": [{"not": first}, {"visits": "beginning", "is": 2}]}},
        {"text": "Oh, you", "when": {"all": [{"not": first}, {"not": {"visits": "beginning", "is": 2}}]}},
    ]


def test_alternatives_that_go_round_or_are_shuffled_are_named() -> None:
    round_ = ink(
        [alternatives("%", 2, "Tick", "Tock"), "\n", *choice("Again", "0"), *choice("Go", "out"), None], out=END
    )
    what = "Alternatives that go round stay at the last one."
    assert ("beginning", what) in entries(round_, "changed")
    shuffled = ink(["^So.", "\n", alternatives("seq", 2, "Heads", "Tails"), "\n", {"->": "out"}, None], out=END)
    drawn = [scene for scene in scenes(shuffled).values() if "random" in scene]
    texts = [scenes(shuffled)[arm["goto"]]["beats"][0]["text"] for arm in drawn[0]["random"]]
    assert texts == ["Heads", "Tails"]
    assert ("beginning", "Shuffled alternatives are drawn anew each time.") in entries(shuffled, "changed")


def test_a_condition_inside_a_line_is_text_under_a_condition() -> None:
    row = [
        "^She ", "ev", {"VAR?": "met"}, "/ev",
        [{"->": ".^.b", "c": True}, {"b": ["^nods.", {"->": "0.6"}, None]}],
        [{"->": ".^.b"}, {"b": ["^waits.", {"->": "0.6"}, None]}],
        "nop", "\n", "ev", True, "/ev", {"VAR=": "met", "re": True}, {"->": "out"}, None,
    ]  # fmt: skip
    declared = ["ev", False, {"VAR=": "met"}, "/ev", "end", None]
    found = ink(row, **{"out": END, "global decl": declared})
    assert [(beat["text"], beat.get("when")) for beat in scenes(found)["beginning_shown"]["beats"]] == [
        ("She nods.", {"var": "was_met", "is": True}),
        ("She waits.", {"not": {"var": "was_met", "is": True}}),
    ]


def test_choices_under_a_condition_stand_beside_the_others() -> None:
    row = [
        "ev", {"VAR?": "met"}, "/ev",
        [{"->": ".^.b", "c": True}, {"b": [*choice("Ask", "out"), {"->": "0.4"}, None]}],
        "nop", *choice("Go", "out"), None,
    ]  # fmt: skip
    found = ink(row, out=END)
    assert [(each["text"], each.get("when")) for each in scenes(found)["beginning"]["choices"]] == [
        ("Ask", {"var": "met", "is": True}),
        ("Go", None),
    ]


def test_glue_joins_lines_and_strings_keep_their_signs() -> None:
    declared = ["ev", "str", "^a_b", "/str", {"VAR=": "job"}, "/ev", "end", None]
    row = [
        "^One ",
        "<>",
        "\n",
        "^two.",
        "\n",
        "ev",
        "str",
        "^a_b",
        "/str",
        "/ev",
        {"VAR=": "job", "re": True},
        {"->": "out"},
        None,
    ]
    found = ink(row, **{"out": END, "global decl": declared})
    assert scenes(found)["beginning_shown"]["beats"] == [{"text": "One two."}]
    assert found.documents[0]["variables"]["job"] == {"type": "choice", "of": ["a_b"], "start": "a_b"}


def test_a_place_with_choices_that_is_come_back_to_stays_one_place() -> None:
    top = ["^What now?", "\n", *choice("Again", "back", 20), *choice("Go", "out", 20), {"#n": "top", "#f": 5}]
    found = ink(["^Hello.", "\n", top, None], back=[{"->": "0.top"}, None], out=END)
    assert scenes(found)["beginning"]["goto"] == "scene_0_top"
    listed = [each["text"] for scene in found.documents[0]["scenes"] for each in scene.get("choices", [])]
    assert listed == ["Again", "Go"]


def test_the_way_taken_when_no_choice_is_left_is_a_choice_and_said_to_be() -> None:
    found = ink([*choice("Go", "out", 20), {"*": "out", "flg": 24}, None], out=END)
    assert [each["text"] for each in scenes(found)["beginning"]["choices"]] == ["Go", "…"]
    what = "The way that is taken when no choice is left became a choice, “…”, that is always there."
    assert ("beginning", what) in entries(found, "changed")


def test_tags_are_named() -> None:
    found = ink(["#", "^mood: sad", "/#", "^Hello.", "\n", {"->": "out"}, None], out=END)
    assert ("beginning", "The tag “#mood: sad”.") in entries(found, "dropped")


def test_words_of_a_choice_that_depend_on_a_condition_are_refused_by_name() -> None:
    arm = [{"->": ".^.b", "c": True}, {"b": ["^it", {"->": "0.6"}, None]}]
    row = ["ev", "str", "^Take ", "ev", {"VAR?": "x"}, "/ev", arm, "nop", "/str", "/ev", {"*": "out", "flg": 4}, None]
    with pytest.raises(ImportRefused) as refused:
        ink(row, out=END)
    assert "a choice whose words depend on a condition" in refused.value.message
