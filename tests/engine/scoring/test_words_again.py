"""Words written more than once at one moment: they are compared on the criteria that no try lacks (rule 6)."""

from fractions import Fraction

import pytest

from scenario_engine.scoring import Judgement, MomentScore, score
from scenario_engine.story import Story, compile_story
from tests.engine.driving import play, scenario_of

LOOP = """
competencies: {care: {title: Care}, pace: {title: Pace}}
scoring: {retry_credit: 0.5, while_pending: send_rest}
variables: {again: {type: flag}}
criteria:
  warm: {competency: care, points: 4, anchors: ["0", "1", "2", "3", "4"]}
  brief: {competency: pace, points: 4, anchors: ["0", "1", "2", "3", "4"]}
scenes:
  - id: ask
    kind: reply
    criteria: [{use: warm}, {use: brief}]
    counts: %s
    branch: [{when: {visits: ask, at_most: 1}, goto: ask}]
    otherwise: {goto: other}
    if_not_assessed: {ask: Which?, samples: [{id: again, text: s, goto: ask}, {id: on, text: t, goto: other}]}
  - {id: other, kind: decision, choices: [{id: good, text: g, points: {care: 2}, goto: done}, {id: poor, text: p, goto: done}]}
  - {id: done, kind: ending, outcome: good}
"""


def words(counts: str = '"yes"') -> Story:
    return compile_story(scenario_of(LOOP % counts))


def moment(story: Story, *picks: object, judgements: tuple[Judgement, ...] = ()) -> MomentScore:
    return score(story, play(story, *picks, "good"), judgements).moments[0]


def level(seq: int, criterion: str, value: int | None) -> Judgement:
    return Judgement(kind="level", seq=seq, criterion=criterion, value=value)


@pytest.mark.parametrize(
    ("first", "second", "counted"),
    [
        ({"warm": 2, "brief": None}, {"warm": 4, "brief": 4}, Fraction(3)),
        ({"warm": 2, "brief": 2}, {"warm": 4, "brief": None}, Fraction(3)),
        ({"warm": 2, "brief": 4}, {"warm": 1, "brief": None}, Fraction(2)),
    ],
)
def test_a_criterion_that_one_try_lacks_counts_in_none(first, second, counted):
    found = moment(words(), first, second)

    assert (found.status, found.excused, found.counted) == ("counted", ["brief"], {"care": counted})
    assert (found.offered, found.maximum, found.left_out) == ({"care": 4}, 8, 4)


def test_the_maximum_is_less_by_what_no_try_is_compared_on():
    story = words()
    scored = score(story, play(story, {"warm": 4, "brief": 4}, {"warm": 4, "brief": None}, "good"))

    assert (scored.total, scored.maximum, scored.measured_against, scored.grade) == (6, 10, 6, 1)
    assert [(each.competency, each.shown, each.offered) for each in scored.profile] == [("care", 6, 6), ("pace", 0, 0)]


def test_a_try_of_which_nothing_could_be_assessed_is_as_if_it_had_not_been_made():
    found = moment(words(), "again", {"warm": 4, "brief": 2})

    assert (found.status, found.excused, found.counted) == ("counted", [], {"care": 4, "pace": 2})
    assert (found.left_out, len(found.tries)) == (0, 1)


def test_a_moment_of_which_no_try_could_be_assessed_is_excused_whole():
    found = moment(words(), "again", "on")

    assert (found.status, found.counted, found.left_out) == ("excused", {}, 8)


def test_a_criterion_that_waits_in_one_try_waits_in_all():
    story = words("confirmed")
    levels = (level(0, "warm", 2), level(2, "warm", 4), level(2, "brief", 4))
    found = moment(story, {"warm": 0, "brief": 0}, {"warm": 0, "brief": 0}, judgements=levels)

    assert (found.status, found.pending, found.counted) == ("pending", ["brief"], {"care": 3})
    assert (found.offered, found.left_out) == ({"care": 4}, 4)


def test_all_confirmed_is_counted_as_a_whole_try():
    story = words("confirmed")
    levels = (level(0, "warm", 0), level(0, "brief", 4), level(2, "warm", 4), level(2, "brief", 2))
    found = moment(story, {"warm": 0, "brief": 0}, {"warm": 0, "brief": 0}, judgements=levels)

    assert (found.status, found.counted) == ("counted", {"care": 2, "pace": 3})


def test_a_coach_may_excuse_one_criterion_and_take_it_back():
    story = words()
    excuse = Judgement(kind="excuse", seq=0, criterion="brief")
    taken_back = Judgement(kind="withdraw", seq=0, criterion="brief", value="excuse")
    read = ({"warm": 4, "brief": 4}, {"warm": 4, "brief": 4})

    assert moment(story, *read, judgements=(excuse,)).counted == {"care": 4}
    assert moment(story, *read, judgements=(excuse, level(0, "brief", 3))).counted == {"care": 4}
    assert moment(story, *read, judgements=(excuse, taken_back)).counted == {"care": 4, "pace": 4}
