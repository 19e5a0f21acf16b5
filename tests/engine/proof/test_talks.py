"""Role-plays in the search: what has come up by an event, who leaves before the first word, what is left half-way."""

import pytest

from scenario_engine.actions import Action, Choose, Continue, Judged, Leave, Say
from scenario_engine.checks import check
from scenario_engine.errors import ActionRefused
from scenario_engine.play import advance, start
from scenario_engine.proof import explore, prove
from scenario_engine.scoring import Judgement, score
from scenario_engine.state import State
from scenario_engine.story import Story
from tests.engine.stories import story

ON = "{id: on, text: o, goto: return}"


def talk(*, ends: str = "{turns: 2}", inside: str = ON, turn: int = 1, more: str = "", turns: str = "done") -> Story:
    """Return a role-play with a decision inside."""
    return story(
        f"""
competencies: {{care: {{title: Care}}}}
criteria: {{warm: {{competency: care, points: 4, anchors: ["0", "1", "2", "3", "4"]}}}}
facts: {{date: {{text: d}}}}
cast: {{you: {{name: y}}, ann: {{name: A}}}}
scenes:
  - id: talk
    kind: roleplay
    plays: {{learner: you, character: ann}}
    cues: {{asks: [when]}}
    releases: [{{fact: date, on: {{cue: asks}}}}]
    goals: [{{id: told, text: t, met_by: {{released: [date]}}}}]
    lines: {{any: [Hm.]}}
    events: [{{id: why, at: {{turn: {turn}}}, then: decide, decision: asked}}]
    ends: {ends}
    exits: {{turns: {turns}, learner: early, stopped: done}}
{more}
  - {{id: asked, kind: decision, inside: talk, choices: [{inside}]}}
  - {{id: fork, kind: route, rules: [{{when: {{all: [{{chosen: now}}, {{not: {{fact: date}}}}]}}, goto: odd}}], otherwise: done}}
  - {{id: odd, kind: page, text: never, goto: done}}
  - {{id: early, kind: ending, outcome: mixed}}
  - {{id: done, kind: ending, outcome: good}}
"""
    )


def played(of: Story, *actions: Action) -> State:
    state = start(of, "seed")
    for action in actions:
        state = advance(of, state, action)
    return state


def test_a_decision_inside_may_ask_for_what_has_just_come_up() -> None:
    now = "{id: now, text: n, when: {all: [{fact: date}, {goal: talk.told}]}, points: {care: 3}, goto: return}"
    of = talk(inside=f"{now}, {ON}")
    proof = prove(of)

    assert played(of, Say("When?"), Choose("now")).chosen == {"now": 1}
    assert proof.maximum == 3
    assert "structure.never-offered" not in {finding.code for finding in check(of.scenario)}
    assert [(step.kind, step.value, step.facts, step.goals) for step in proof.endings[-1].greatest_path] == [
        ("event", "why", ["date"], ["talk.told"]),
        ("choose", "now", [], []),
        ("talked", "turns", ["date"], ["talk.told"]),
    ]


def test_what_came_up_before_a_decision_is_not_unsaid_after_it() -> None:
    of = talk(inside=f"{{id: now, text: n, when: {{fact: date}}, goto: return}}, {ON}", turns="fork")

    assert set(explore(of).scenes) == {"talk", "asked", "fork", "done", "early"}


def test_who_leaves_before_the_first_word_goes_the_learners_way_unread() -> None:
    of = talk(
        turn=2,
        more="    if_not_assessed: {ask: '?', samples: [{id: near, text: n, goto: done}]}",
    )
    state = played(of, Leave())

    assert (state.graded_at, score(of, state).total) == ("early", 0)
    assert "early" in explore(of).scenes


@pytest.mark.parametrize(("after", "is_open"), [(1, True), (2, False)])
def test_after_the_last_turn_nobody_is_left_to_end_it(after: int, is_open: bool) -> None:
    of = talk(ends=f"{{turns: 2, learner_may_end_after: {after}}}", turn=9)
    said = played(of, *[Say("Hm.") for _ in range(after)])

    if is_open:
        assert advance(of, said, Leave()).graded_at == "early"
    else:
        with pytest.raises(ActionRefused):
            advance(of, said, Leave())
    assert ("early" in explore(of).scenes) is is_open
    assert ("roleplay.exit" not in {finding.code for finding in check(of.scenario)}) is is_open


def test_an_event_that_needs_more_turns_than_there_are_never_happens_in_the_search() -> None:
    assert "asked" not in explore(talk(turn=3)).scenes


def test_an_event_that_waits_for_nothing_has_happened_by_the_end() -> None:
    of = talk(ends="{turns: 1, learner_may_end_after: 1}", inside="{id: out, text: o, points: {care: -1}, goto: done}")
    proof = prove(of)

    assert [(each.ending, each.least, each.greatest) for each in proof.endings] == [("done", -1, -1)]


def test_what_is_left_half_way_may_still_be_confirmed() -> None:
    """A coach reads the words of a talk that a decision led out of: they are in the proven range."""
    of = talk(
        inside="{id: out, text: o, points: {care: 1}, goto: done}",
        more="    criteria: [{use: warm}]\n    counts: confirmed",
    )
    proof = prove(of)
    state = played(of, Say("I see."), Choose("out"))
    level = Judgement(kind="level", seq=0, criterion="warm", value=4)

    assert proof.maximum == 5
    assert score(of, state, [level]).total == 5


def test_a_whole_talk_is_read_once() -> None:
    of = talk(more="    criteria: [{use: warm}]\n    counts: 'yes'")
    state = played(of, Say("I see."), Choose("on"), Say("Well."), Continue(), Judged({"warm": 3}))

    assert score(of, state).total == 3
    assert prove(of).maximum == 4
