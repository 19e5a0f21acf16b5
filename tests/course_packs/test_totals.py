"""What the conversations of the customer care pack can come to: story and grade say the same."""

from fractions import Fraction

import pytest

from scenario_engine.proof import Proof, prove
from scenario_engine.scoring import score
from scenario_engine.story import compile_story
from tests.course_packs.packs import customer_care
from tests.course_packs.test_customer_care import CONVERSATIONS, PERFECT, POOR, REPAIRED, picks, played

# Ending: (outcome, least, greatest). The greatest of the call includes four points that a coach confirms.
RANGES = {
    "envelope-4417": {
        "the_wall": ("good", Fraction(12), Fraction(24)),
        "twenty_three": ("mixed", Fraction(-4), Fraction(22)),
        "half_a_docket": ("poor", Fraction(-8), Fraction(9)),
    },
    "fourth-date": {
        "a_bed_that_stays": ("good", Fraction(23, 2), Fraction(31)),
        "half_past_nine": ("mixed", Fraction(-13, 2), Fraction(29)),
        "the_list": ("poor", Fraction(-17, 2), Fraction(11)),
    },
}


def proof_of(name: str) -> Proof:
    return prove(compile_story(customer_care(name)))


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_endings_come_to_what_they_deserve(name: str) -> None:
    found = {each.ending: (each.outcome, each.least, each.greatest) for each in proof_of(name).endings}
    assert found == RANGES[name]
    least_good = min(least for outcome, least, _ in found.values() if outcome == "good")
    assert all(greatest < least_good for outcome, _, greatest in found.values() if outcome == "poor")


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_best_play_is_a_sensible_one(name: str) -> None:
    """Everything can be earned on the way that a thoughtful person takes, without going wrong first."""
    story = compile_story(customer_care(name), maximum=proof_of(name).maximum)
    earned = score(story, played(name, picks(PERFECT[name])), [])
    assert earned.total == earned.measured_against
    assert (earned.so_far, earned.outcome) == (Fraction(1), "good")


@pytest.mark.parametrize(
    ("name", "play", "total", "so_far"),
    [
        ("envelope-4417", REPAIRED, Fraction(11), Fraction(11, 24)),
        ("envelope-4417", POOR, Fraction(-7), Fraction(0)),
        ("fourth-date", REPAIRED, Fraction(12), Fraction(12, 27)),
        ("fourth-date", POOR, Fraction(-1), Fraction(0)),
    ],
)
def test_lesser_plays_earn_less(name: str, play: dict[str, str], total: Fraction, so_far: Fraction) -> None:
    story = compile_story(customer_care(name), maximum=proof_of(name).maximum)
    earned = score(story, played(name, picks(play[name])), [])
    assert (earned.total, earned.so_far) == (total, so_far)


def test_the_call_waits_for_a_coach_and_the_counter_does_not() -> None:
    """The words written at the counter are practice; those on the telephone count once a coach has confirmed them."""
    held = {
        name: score(
            compile_story(customer_care(name), maximum=proof_of(name).maximum), played(name, picks(PERFECT[name])), []
        ).held
        for name in CONVERSATIONS
    }
    assert held == {"envelope-4417": False, "fourth-date": True}
