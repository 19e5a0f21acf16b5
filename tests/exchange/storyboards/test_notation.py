"""The notation of storyboards: points, changes and conditions as people write them, and the words of columns."""

from typing import Any

import pytest

from scenario_exchange.storyboards.conditions import Unclear, parse_condition
from scenario_exchange.storyboards.naming import make_id
from scenario_exchange.storyboards.notation import parse_changes, parse_points
from scenario_exchange.storyboards.words import column_of, kind_of
from scenario_exchange.writers.board.labels import english_of, labels_for


@pytest.mark.parametrize(
    ("line", "points"),
    [
        ("empathy +2; clarity -1", {"empathy": 2, "clarity": -1}),
        ("+2 empathy, -1 clarity", {"empathy": 2, "clarity": -1}),
        ("empathy: 1,5", {"empathy": 1.5}),
        ("empathy −2", {"empathy": -2}),
        ("2", {"": 2}),
        ("3 points for care", {"care": 3}),
        ("empathy +1; empathy +1", {"empathy": 2}),
        ("", {}),
    ],
)
def test_points_are_read_as_people_write_them(line: str, points: dict[str, float]) -> None:
    assert parse_points(line) == points


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("trust +3; tone = kind; learn party", {"add": {"trust": 3}, "set": {"tone": "kind"}, "learn": ["party"]}),
        ("set told to true", {"set": {"told": True}}),
        ('tone = "true; yes"', {"set": {"tone": "true; yes"}}),
        ("$trust -1", {"add": {"trust": -1}}),
    ],
)
def test_changes_are_read_as_people_write_them(line: str, changes: dict[str, Any]) -> None:
    assert parse_changes(line) == changes


@pytest.mark.parametrize(
    ("line", "condition"),
    [
        ("told", {"var": "told", "is": True}),
        ("not told", {"not": {"var": "told", "is": True}}),
        ("trust > 2", {"var": "trust", "at_least": 3}),
        ("trust >= 2 and (learned party or chose ask)",
         {"all": [{"var": "trust", "at_least": 2}, {"any": [{"fact": "party"}, {"chosen": "ask"}]}]}),
        ("visits hall >= 2 or attempt = 1",
         {"any": [{"visits": "hall", "at_least": 2}, {"attempt": "number", "is": 1}]}),
        ("level reply.warmth ≥ 3", {"level": "reply.warmth", "at_least": 3}),
    ],
)  # fmt: skip
def test_conditions_are_read_as_people_write_them(line: str, condition: dict[str, Any]) -> None:
    assert parse_condition(line) == condition


@pytest.mark.parametrize(
    "line", ["", "and", "trust >=", "(trust", "trust >= 1 2 3 x", "1 = 1", "a" * 5000, "not " * 40 + "a"]
)
def test_a_line_that_says_nothing_clear_is_called_so(line: str) -> None:
    with pytest.raises(Unclear):
        parse_condition(line)


def test_columns_and_kinds_are_known_in_several_languages() -> None:
    heads = ["Scene", "Führt zu", "Choix", "Puntos", "المشهد", "Better phrasing", "SPEAKER"]
    assert [column_of(head) for head in heads] == ["scene", "goto", "choice", "points", "scene", "better", "who"]
    assert [kind_of(word) for word in ("Entscheidung", "décision", "Fin", "سؤال")] == [
        "decision",
        "decision",
        "ending",
        "question",
    ]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ar"])
def test_the_labels_of_our_storyboard_are_columns_that_its_reader_knows(language: str) -> None:
    label = labels_for(language)
    named = {
        "Scene": "scene", "Kind": "kind", "Text": "text", "Who": "who", "Mood": "mood", "When": "when", "Choice": "choice",
        "Leads to": "goto", "Points": "points", "Changes": "changes", "Reaction": "then", "Feedback": "feedback",
        "Better phrasing": "better",
    }  # fmt: skip
    assert {english: column_of(label(english)) for english in named} == named
    assert {english_of(label(english)) for english in ("Narration", "Otherwise", "Only once")} == {
        "Narration",
        "Otherwise",
        "Only once",
    }


def test_names_in_other_scripts_get_ids_too() -> None:
    assert [make_id(name, {"scene_1"}, "scene_1") for name in ("Über uns!", "ok-1", "المشهد", "9 lives")] == [
        "uber_uns",
        "ok-1",
        "scene_1_2",
        "n9_lives",
    ]
