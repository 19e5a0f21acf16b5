"""Moments: what counts of one opportunity that was met once, twice, or not quite."""

from fractions import Fraction

import pytest

from scenario_engine.actions import Answer, Continue, Hint
from scenario_engine.play import advance, start
from scenario_engine.scoring import Judgement, MomentScore, Score, score
from scenario_engine.story import Story, compile_story
from tests.engine.driving import play, scenario_of

LOOP = """
competencies: {care: {title: Care}, pace: {title: Pace}}
scoring: {retry_credit: %s, weights: {pace: 2}}
scenes:
  - id: ask
    kind: decision
    %s
    choices:
      - {id: poor, text: a, points: {care: -1, pace: 1}, goto: ask}
      - {id: good, text: b, points: {care: 4}, goto: ask}
      - {id: even, text: c, points: {pace: 2}, goto: ask}
      - {id: out, text: d, goto: done}
  - {id: done, kind: ending, outcome: good}
"""


def loop(retry: float = 0.5, own: str = "") -> Story:
    return compile_story(scenario_of(LOOP % (retry, own)))


def only_moment(story: Story, *picks: object) -> MomentScore:
    (moment,) = score(story, play(story, *picks)).moments
    return moment


@pytest.mark.parametrize(
    ("retry", "counted"),
    [
        (0, {"care": -1, "pace": 1}),
        (0.5, {"care": Fraction(3, 2), "pace": Fraction(1, 2)}),
        (1, {"care": 4}),
    ],
)
def test_a_later_try_counts_the_share_that_the_author_gives(retry, counted):
    assert only_moment(loop(retry), "poor", "good", "out").counted == counted


def test_a_scene_may_have_a_share_of_its_own():
    assert only_moment(loop(0, "retry_credit: 1"), "poor", "good", "out").counted == {"care": 4}


def test_a_worse_or_equal_later_try_changes_nothing():
    moment = only_moment(loop(), "good", "poor", "even", "out")

    assert moment.first == moment.best == moment.counted == {"care": 4}
    assert len(moment.tries) == 4


def test_the_earliest_of_equally_good_later_tries_counts():
    assert only_moment(loop(1), "poor", "even", "good", "out").counted == {"pace": 2}


def test_what_was_offered_at_the_first_visit_is_what_the_profile_measures():
    scored = score(loop(), play(loop(), "poor", "good", "out"))

    assert scored.moments[0].offered == {"care": 4}
    shown = {entry.competency: (entry.shown, entry.offered, entry.moments) for entry in scored.profile}
    assert shown == {"care": (Fraction(3, 2), Fraction(4), 1), "pace": (Fraction(1, 2), Fraction(0), 0)}


HUB = """
competencies: {care: {title: Care}, pace: {title: Pace}}
scenes:
  - id: hub
    kind: decision
    counting: collect
    %s
    choices:
      - {id: one, text: a, points: {care: 2}, goto: hub}
      - {id: two, text: b, points: {care: 1, pace: 1}, goto: hub}
      - {id: bad, text: c, points: {pace: -1}, goto: hub}
      - {id: out, text: d, goto: done}
  - {id: done, kind: ending, outcome: good}
"""


def hub(own: str = "") -> Story:
    return compile_story(scenario_of(HUB % own))


def test_each_choice_of_a_hub_counts_once():
    assert only_moment(hub(), "one", "one", "two", "one", "out").counted == {"care": 3, "pace": 1}


def test_a_cap_cuts_what_a_hub_adds_but_not_what_it_costs():
    moment = only_moment(hub("cap: 2"), "one", "two", "bad", "out")

    assert moment.counted == {"care": Fraction(3, 2), "pace": Fraction(1, 2) - 1}
    assert moment.offered == {"care": Fraction(3, 2), "pace": Fraction(1, 2)}
    assert moment.maximum == 2


QUESTION = """
competencies: {care: {title: Care}}
scoring: {retry_credit: 0.5, feedback: at_once}
scenes:
  - id: ask
    kind: question
    type: single
    tries: 3
    competency: care
    points: 8
    hints: [{text: one, cost: 0.5}]
    options: [{id: a, text: a, credit: 0.25}, {id: b, text: b, credit: 1}, {id: c, text: c, credit: 0}]
    goto: done
  - {id: done, kind: ending, outcome: good}
"""


def answered(*actions: object) -> Score:
    story = compile_story(scenario_of(QUESTION))
    state = start(story, "seed")
    for action in actions:
        state = advance(story, state, action)
    return score(story, state)


def test_tries_are_visits():
    (moment,) = answered(Answer(["a"]), Answer(["b"])).moments

    assert [each.credit for each in moment.tries] == [Fraction(1, 4), 1]
    assert moment.counted == {"care": 8 * Fraction("0.625")}


def test_a_hint_costs_only_the_tries_after_it():
    (moment,) = answered(Answer(["a"]), Hint(), Answer(["b"])).moments

    assert [each.credit for each in moment.tries] == [Fraction(1, 4), Fraction(1, 2)]
    assert moment.counted == {"care": 3}


def test_a_coach_sets_the_credit_of_an_answer():
    story = compile_story(scenario_of(QUESTION))
    state = advance(story, start(story, "seed"), Answer(["c"]))
    seq = state.trail[0].seq

    assert score(story, state).points == {}
    assert score(story, state, [Judgement(kind="credit", seq=seq, value=0.75)]).points == {"care": 6}
    withdrawn = [Judgement(kind="credit", seq=seq, value=0.75), Judgement(kind="withdraw", seq=seq, value="credit")]
    assert score(story, state, withdrawn).points == {}


def test_an_answer_that_a_coach_confirms_waits_whatever_it_is():
    story = compile_story(scenario_of(QUESTION.replace("tries: 3", "counts: confirmed")))
    state = advance(story, start(story, "seed"), Answer(["b"]))
    (waiting,) = score(story, state).moments
    (confirmed,) = score(story, state, [Judgement(kind="credit", seq=0, value=0.5)]).moments

    assert (waiting.status, waiting.counted, waiting.left_out) == ("pending", {}, 8)
    assert (confirmed.status, confirmed.counted, confirmed.left_out) == ("counted", {"care": 4}, 0)


BONUS = """
competencies: {care: {title: Care}}
scenes:
  - {id: first, kind: decision, choices: [{id: good, text: a, points: {care: 2}, goto: more}, {id: poor, text: b, goto: more}]}
  - {id: more, kind: decision, bonus: true, choices: [{id: extra, text: a, points: {care: 1}, goto: try_out}, {id: none, text: b, goto: try_out}]}
  - {id: try_out, kind: decision, counts: practice, choices: [{id: lot, text: a, points: {care: 9}, goto: done}]}
  - {id: done, kind: ending, outcome: good, points: {care: 1}, afterwards: later}
  - {id: later, kind: decision, choices: [{id: late, text: a, points: {care: 9}, goto: bye}]}
  - {id: bye, kind: page, done: true, text: x}
"""


@pytest.mark.parametrize(
    ("picks", "total", "grade"),
    [(("good", "extra"), 4, 1), (("poor", "extra"), 2, Fraction(2, 3)), (("good", "none"), 3, 1)],
)
def test_a_bonus_adds_but_is_not_asked_and_practice_never_counts(picks, total, grade):
    story = compile_story(scenario_of(BONUS))
    scored = score(story, play(story, *picks, "lot"))

    assert scored.total == total
    assert scored.maximum == 3
    assert scored.grade == grade
    assert [(moment.id, moment.status) for moment in scored.moments] == [
        ("first", "counted"),
        ("more", "bonus"),
        ("try_out", "practice"),
        ("done", "counted"),
    ]


def test_scenes_after_the_ending_are_not_scored():
    story = compile_story(scenario_of(BONUS))
    state = play(story, "good", "none", "lot")
    later = play(story, "good", "none", "lot", Continue(), "late")

    assert score(story, later).total == score(story, state).total == 3
