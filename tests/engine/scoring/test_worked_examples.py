"""The worked examples of docs/scoring.md, on the scenario they were computed on."""

from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest

from scenario_engine.document import Reply
from scenario_engine.proof import prove
from scenario_engine.scoring import (
    Judgement,
    ModuleGrade,
    Score,
    combine_attempts,
    course_grade,
    round_ratio,
    score,
)
from scenario_engine.story import Story, compile_story
from tests.engine.driving import play, read_scenario, read_story

PERFECT = ("fw_both", "q_party", "q_fault", "q_done", "a1", "s1", "op_choice", "ho_warm")
REPAIRED = (
    "fw_policy", "st_own", "st_ask", "q_bill", "q_fault", "q_done", "a1", "s1", "op_choice", "ho_warm",
)  # fmt: skip
WALKED = ("fw_queue",)
REFUNDED = ("fw_both", "q_bill", "q_fault", "q_done", "a2", "s2", "op_refund")


def story_with(**scoring: object) -> Story:
    scenario = read_scenario("faulty-gift")
    return compile_story(
        msgspec.structs.replace(scenario, scoring=msgspec.structs.replace(scenario.scoring, **scoring))
    )


def with_practice_reply() -> Story:
    scenario = read_scenario("faulty-gift")
    scenes = [
        msgspec.structs.replace(scene, counts="practice") if isinstance(scene, Reply) else scene
        for scene in scenario.scenes
    ]
    return compile_story(msgspec.structs.replace(scenario, scenes=scenes))


def reply_seq(story: Story, picks: tuple[str, ...]) -> int:
    return next((visit.seq for visit in play(story, *picks).trail if visit.scene == "your_words"), -1)


def with_excused_reply(story: Story, picks: tuple[str, ...]) -> Score:
    excuse = Judgement(kind="excuse", seq=reply_seq(story, picks))
    return score(story, play(story, *picks), [excuse])


def rounded(grade: Fraction | None) -> Decimal | None:
    return None if grade is None else round_ratio(grade)


TABLE = [
    ("A", PERFECT, 16, "1.0000", "0.8000"),
    ("B", REPAIRED, 13, "0.8125", "0.6500"),
    ("D", WALKED, -3, "0.0000", "0.0000"),
    ("E", REFUNDED, 6, "0.3750", "0.3000"),
]


@pytest.mark.parametrize(("learner", "picks", "total", "best_path", "declared"), TABLE)
def test_the_worked_table(learner, picks, total, best_path, declared):
    by_best_path = with_excused_reply(read_story("faulty-gift"), picks)
    # 20 for everything but the reply, which leaves the declared maximum with its 8.
    by_declared = with_excused_reply(story_with(grade="declared_max", max=28), picks)

    assert by_best_path.total == by_declared.total == total
    assert rounded(by_best_path.grade) == Decimal(best_path)
    assert rounded(by_declared.grade) == Decimal(declared)


@pytest.mark.parametrize(("learner", "picks", "total", "best_path", "declared"), TABLE)
def test_the_worked_table_where_the_reply_is_practice(learner, picks, total, best_path, declared):
    scored = score(with_practice_reply(), play(with_practice_reply(), *picks))

    assert scored.total == total
    assert scored.maximum == 16
    assert rounded(scored.grade) == Decimal(best_path)


def test_the_maximum_with_and_without_the_reply():
    proof, without = prove(read_story("faulty-gift")), prove(with_practice_reply())

    assert proof.maximum == 24
    assert without.maximum == 16
    ranges = {each.ending: (each.least, each.greatest) for each in without.endings}
    assert ranges["walked"][1] == 12
    assert ranges["moon"][0] == 11


def test_a_repair_counts_half_of_what_it_improves():
    story = with_practice_reply()
    first_words = score(story, play(story, *REPAIRED)).moments[0]

    assert first_words.id == "first_words"
    assert first_words.first == {"acknowledgement": -1, "problem_solving": 1}
    assert first_words.best == {"reassurance": 2}
    assert first_words.counted == {
        "acknowledgement": Fraction(-1, 2),
        "reassurance": 1,
        "problem_solving": Fraction(1, 2),
    }


def confirm(story: Story, **levels: int | None) -> list[Judgement]:
    seq = reply_seq(story, PERFECT)
    return [Judgement(kind="level", seq=seq, criterion=name, value=level) for name, level in levels.items()]


def test_a_pending_reply_sends_nothing():
    story = read_story("faulty-gift")
    scored = score(story, play(story, *PERFECT))

    assert (scored.grade, scored.reason, scored.held) == (None, "pending", True)
    assert scored.total == 16
    assert scored.measured_against == 16
    assert scored.so_far == 1


@pytest.mark.parametrize(
    ("levels", "grade"),
    [
        ({"ack": 4, "reass": 3}, "0.9583"),
        ({"ack": 4, "reass": 2}, "0.9167"),
        ({"ack": 3, "reass": None}, "0.9500"),
    ],
)
def test_a_coach_confirms_levels(levels, grade):
    story = read_story("faulty-gift")
    scored = score(story, play(story, *PERFECT), confirm(story, **levels))

    assert (rounded(scored.grade), scored.reason, scored.held) == (Decimal(grade), "", False)


def test_a_later_level_replaces_an_earlier_one():
    story = read_story("faulty-gift")
    judgements = [*confirm(story, ack=4, reass=3), *confirm(story, reass=2)]

    assert rounded(score(story, play(story, *PERFECT), judgements).grade) == Decimal("0.9167")


def graded(*grades: float) -> list[Score]:
    return [Score(grade=Fraction(repr(grade))) for grade in grades]


@pytest.mark.parametrize(
    ("policy", "grade"), [("best", "0.8125"), ("first", "0.3750"), ("last", "0.6875"), ("mean", "0.6250")]
)
def test_attempts_combine(policy, grade):
    combined = combine_attempts(policy, graded(0.375, 0.8125, 0.6875))

    assert rounded(combined.grade) == Decimal(grade)


def modules(second: float | None, excused: bool = False) -> list[ModuleGrade]:
    grades = [(1, 1.0), (3, second), (2, 0.7)]
    return [
        ModuleGrade(
            id=f"m{i}",
            weight=Fraction(weight),
            grade=None if grade is None else Fraction(repr(grade)),
            excused=excused and i == 1,
        )
        for i, (weight, grade) in enumerate(grades)
    ]


def test_a_course_is_the_weighted_mean_of_its_modules():
    assert rounded(course_grade(modules(0.8125))) == Decimal("0.8063")
    assert course_grade(modules(None)) is None
    assert rounded(course_grade(modules(None), "running")) == Decimal("0.4000")
    assert rounded(course_grade(modules(None, excused=True))) == Decimal("0.8000")
