"""Numbers as people type them in their language."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenario_engine.numbers import read_number, show_exactly


@pytest.mark.parametrize(
    ("typed", "locale", "number"),
    [
        ("8", "en", 8),
        ("8.5", "en", Fraction(17, 2)),
        ("8,5", "de", Fraction(17, 2)),
        ("8.5", "de", Fraction(17, 2)),
        ("8,5", "en", Fraction(17, 2)),
        ("1.250", "de", 1250),
        ("1,250", "en", 1250),
        ("1.250,75", "de", Fraction(5003, 4)),
        ("1 250,75", "fr", Fraction(5003, 4)),
        ("1\u202f250", "fr", 1250),
        ("12,34,567", "hi", 1234567),
        ("1’250.5", "de-CH", Fraction(2501, 2)),
        ("٣٫٥", "ar", Fraction(7, 2)),
        ("−4", "en", -4),
        ("+.5", "en", Fraction(1, 2)),
        ("  7 ", "xx-unknown", 7),
    ],
)
def test_a_number_is_read_by_the_rules_of_its_language(typed: str, locale: str, number: Fraction) -> None:
    assert read_number(typed, locale) == number


@pytest.mark.parametrize(
    "typed", ["", " ", "-", "eight", "1e3", "1/2", "1,2,3", "1.2.3", "12 %", "0x1f", "1" * 41, "--1", "½"]
)
@pytest.mark.parametrize("locale", ["en", "de", "fr", "ar"])
def test_anything_else_is_not_a_number(typed: str, locale: str) -> None:
    assert read_number(typed, locale) is None


@given(st.fractions(max_denominator=1000), st.sampled_from(["en", "de", "fr", "ar"]))
def test_what_is_stored_is_read_back_exactly(number: Fraction, locale: str) -> None:
    assert Fraction(show_exactly(number)) == number


@given(st.text(max_size=50), st.sampled_from(["en", "de", "fr", "fa", "hi"]))
def test_any_text_is_a_number_or_none(typed: str, locale: str) -> None:
    assert read_number(typed, locale) is None or isinstance(read_number(typed, locale), Fraction)
