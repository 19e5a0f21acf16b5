"""Cues: what a pattern stands for, and how words are compared, in several languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenario_engine.cues import MAX_PHRASES, PatternError, is_found, phrases_of
from scenario_engine.folding import clean, fold


@pytest.mark.parametrize(
    ("pattern", "phrases"),
    [
        ("last day", ("last day",)),
        ("a|b c", ("a", "b c")),
        ("you'll (definitely )?be (re)?hired", (
            "you'll definitely be rehired", "you'll definitely be hired", "you'll be rehired", "you'll be hired",
        )),
        ("(a|b) (c|d)", ("a c", "a d", "b c", "b d")),
        ("(a|(b|c)?) d", ("a d", "b d", "c d", "d")),
        ("", ()),
    ],
)  # fmt: skip
def test_a_pattern_stands_for_phrases(pattern: str, phrases: tuple[str, ...]) -> None:
    assert phrases_of(pattern) == phrases


@pytest.mark.parametrize("pattern", ["(a", "a)", "((a)", "(a)?" * 9])
def test_a_pattern_that_does_not_close_or_grows_too_large_is_told(pattern: str) -> None:
    with pytest.raises(PatternError):
        phrases_of(pattern)
    assert len(phrases_of("(a|b)" * 7)) <= MAX_PHRASES


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("let down", "She was LET   down, badly."),
        ("you'll be hired", "You’ll be hired!"),
        ("well-being", "about your well being"),
        ("friend*", "Her friends came."),
        ("*place", "a workplace"),
        ("dis* me", "you disappoint me"),
        ("Straße", "auf der STRASSE"),
        ("対不起", "真的対不起了"),
        ("ごめん", "本当にごめんなさい"),
        ("آسف", "أنا آسِف جدا"),
        ("*مشكلة", "هذه المشكلة"),
        ("извини", "Ну, извини же"),
        ("café", "cafe\u0301 noir"),
    ],
)
def test_what_is_found(pattern: str, words: str) -> None:
    assert is_found([pattern], words)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("hired", "rehired"),
        ("friend", "friends"),
        ("let down", "let me down"),
        ("cafe", "café"),
        ("a.c", "abc"),
        ("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa!"),
        ("*", "anything"),
        ("", "anything"),
        ("мир", "мирный"),
    ],
)
def test_what_is_not_found(pattern: str, words: str) -> None:
    assert not is_found([pattern], words)


@given(st.text(max_size=60), st.text(max_size=200))
def test_no_pattern_of_an_author_can_fail(pattern: str, words: str) -> None:
    assert is_found([pattern], words) in (True, False)


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert clean(clean(text)) == clean(text)
