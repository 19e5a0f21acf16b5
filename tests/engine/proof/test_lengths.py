"""How long plays are, in moments met: what a draw brings and what nobody has judged are met like everything else."""

import pytest

from scenario_engine.proof import explore
from scenario_engine.proof.worths import Worths
from scenario_engine.story import compile_story
from tests.engine.driving import scenario_of

DRAWN = """
competencies: {a: {title: A}}
start: lot
scenes:
  - {id: lot, kind: route, draw: {count: 2, from: [q1, q2, q3], then: last}}
  - {id: q1, kind: question, type: single, competency: a, points: 2, options: [{id: a1, text: x, right: true}, {id: b1, text: y}], goto: next_drawn}
  - {id: q2, kind: question, type: single, competency: a, points: 2, options: [{id: a2, text: x, right: true}, {id: b2, text: y}], goto: next_drawn}
  - {id: q3, kind: question, type: single, competency: a, points: 2, options: [{id: a3, text: x, right: true}, {id: b3, text: y}], goto: next_drawn}
  - {id: last, kind: decision, choices: [{id: yes, text: x, points: {a: 1}, goto: e}, {id: no, text: y, goto: e}]}
  - {id: e, kind: ending, outcome: good}
"""
WRITTEN = """
competencies: {a: {title: A}}
criteria: {warm: {competency: a, points: 4, anchors: [a, b, c, d, e]}}
start: say
scenes:
  - id: say
    kind: reply
    criteria: [{use: warm}]
    otherwise: {goto: e}
    if_not_assessed: {ask: Which?, samples: [{id: kind, text: x, goto: e}, {id: cold, text: y, goto: e}]}
  - {id: e, kind: ending, outcome: good}
"""


@pytest.mark.parametrize(("text", "moments", "best"), [(DRAWN, 3, 5), (WRITTEN, 1, 4)])
def test_every_play_meets_as_many_moments(text, moments, best):
    found = Worths(explore(compile_story(scenario_of(text)))).by_length({"e"})

    assert found == ((moments, best), (moments, best))
