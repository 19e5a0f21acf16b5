"""The checked ICU subset."""

from datetime import time

import pytest

from scenario_engine.messages import check_message, format_message, slot_names


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("plain", "en", "plain"),
        ("Hi {name}", "en", "Hi Ada"),
        ("Hi {nobody}", "en", "Hi …"),
        ("{n, plural, =0 {none} one {# day} other {# days}}", "en", "1,200 days"),
        ("{n, plural, one {# Tag} other {# Tage}}", "de", "1.200 Tage"),
        ("{few, plural, one {one} few {few} many {many} other {other}}", "ar", "few"),
        ("{zero, plural, =0 {none} other {#}}", "en", "none"),
        ("{who, select, she {her} he {him} other {them}}", "en", "her"),
        ("{clock, time, short}", "de", "17:40"),
        ("{n, number}", "fr", "1\u202f200"),
        ("it's '{'n'}' fine", "en", "it's {n} fine"),
        ("broken {", "en", "broken {"),
    ],
)
def test_slots_are_filled_in_the_readers_language(text: str, locale: str, expected: str) -> None:
    values = {"name": "Ada", "n": 1200, "few": 3, "zero": 0, "who": "she", "clock": time(17, 40)}
    assert format_message(text, values, locale) == expected


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a {", 2),
        ("a }", 2),
        ("{n, colour}", 3),
        ("{n, plural, one {x}}", 19),
        ("{n, time, tiny}", 9),
        ("{n plural}", 3),
        ("{" + "n, plural, other {{" * 9, 0),
    ],
)
def test_braces_that_say_nothing_are_named_with_their_place(text: str, at: int) -> None:
    error = check_message(text)
    assert error is not None
    assert error.at >= at


def test_names_are_found_inside_cases() -> None:
    assert slot_names("{n, plural, other {{who, select, other {{name}}}}}") == {"n", "who", "name"}
