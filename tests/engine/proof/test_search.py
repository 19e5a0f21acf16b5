"""The search against real plays: what it promises can be played, and no play goes beyond it."""

from fractions import Fraction

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scenario_engine.actions import Action, Answer, Hint
from scenario_engine.errors import ActionRefused, BoundReached, NotPlayable
from scenario_engine.play import advance, start
from scenario_engine.proof import PathStep, Proof, as_data, explore, prove
from scenario_engine.proof.ways import step_of
from scenario_engine.scoring import score
from scenario_engine.scoring.judgements import Ledger
from scenario_engine.scoring.moments import score_moments
from scenario_engine.simulate import PLAYERS
from scenario_engine.simulate.driver import Driver
from scenario_engine.state import State
from scenario_engine.story import Story, compile_story
from tests.engine.driving import play, read_story, scenario_of
from tests.engine.proof.random_stories import random_play, random_story

SEEDS = st.integers(min_value=0, max_value=100_000)


def proven(seed: int) -> tuple[Story, Proof]:
    """Return a random story and its proof. Too large ones, and routes in circles, are passed over."""
    story = random_story(seed)
    try:
        start(story, "seed")
        return story, prove(story, bound=3_000)
    except (NotPlayable, BoundReached):
        assume(False)
        raise


def played(story: Story, seed: int) -> tuple[State, list[Action]]:
    """Return the state after playing at random, and the actions that led there."""
    try:
        return random_play(story, seed)
    except ActionRefused as error:
        assume(error.code != "play.endless-route")
        raise


@settings(max_examples=120, deadline=None)
@given(SEEDS)
def test_the_best_path_really_earns_the_maximum(seed):
    story, proof = proven(seed)
    assume(proof.best_path)
    state = start(story, proof.seed)
    for action in proof.best_path:
        state = advance(story, state, action)

    scored = score(story, state)
    assert scored.finished
    assert scored.total == proof.maximum


@settings(max_examples=120, deadline=None)
@given(SEEDS, SEEDS)
def test_no_play_leaves_the_proven_range(seed, play_seed):
    story, proof = proven(seed)
    state, _ = played(story, play_seed)
    assume(state.graded_at)
    scored = score(story, state)
    ranges = {each.ending: each for each in proof.endings}

    # A reply that is not applicable is excused: it adds nothing, as the least level does.
    assert ranges[state.graded_at].least <= scored.total <= ranges[state.graded_at].greatest
    for competency, (least, greatest) in proof.competencies.items():
        assert least <= scored.points.get(competency, 0) <= greatest
    assert scored.grade is None or 0 <= scored.grade <= 1


@settings(max_examples=40, deadline=None)
@given(SEEDS, SEEDS)
def test_replaying_the_recorded_actions_gives_the_same_state_and_score(seed, play_seed):
    story, _ = proven(seed)
    state, actions = played(story, play_seed)
    again = start(story, state.seed)
    for action in actions:
        again = advance(story, again, action)

    assert msgspec.json.encode(again) == msgspec.json.encode(state)
    assert score(story, again) == score(story, state)


@settings(max_examples=40, deadline=None)
@given(SEEDS, SEEDS)
def test_a_scene_proven_unreachable_is_never_reached(seed, play_seed):
    story, _ = proven(seed)
    for scored in (True, False):
        space = explore(story, 3_000, scored=scored)
        reached = set(space.scenes)
        taken = {(s, edge.move.value) for s, edges in zip(space.scenes, space.edges, strict=True) for edge in edges}
        state, _ = played(story, play_seed)

        assert set(state.visits) <= reached
        assert {(visit.scene, visit.took) for visit in state.trail if visit.took} <= taken


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_the_plays_shown_for_each_ending_add_up_to_what_they_are_shown_for(seed):
    story, proof = proven(seed)
    for each in proof.endings:
        for path, total in ((each.least_path, each.least), (each.greatest_path, each.greatest)):
            assert _walked(story, path, each.ending) == total
        for competency, (least, greatest) in each.competencies.items():
            assert proof.competencies[competency][0] <= least <= greatest <= proof.competencies[competency][1]


def _walked(story: Story, path: list[PathStep], ending: str) -> Fraction:
    """Return the one total of every way through the space that decides exactly as the path says."""
    space = explore(story, 3_000)
    todo = [(index, 0, Fraction(0)) for index in space.starts]
    seen = set(todo)
    totals = set()
    while todo:
        index, done, total = todo.pop()
        if index in space.finals and done == len(path) and space.scenes[index] == ending:
            totals.add(total + space.gains.values[space.finals[index]])
        for edge in space.edges[index]:
            step = step_of(space.scenes[index], edge.move)
            silent = step is None or (step.kind == "arm" and len(space.edges[index]) == 1)
            fits = silent or (done < len(path) and step == path[done])
            following = (edge.to, done if silent else done + 1, total + space.gains.values[edge.gain])
            if fits and following not in seen:
                seen.add(following)
                todo.append(following)
    assert len(totals) == 1
    return totals.pop()


@pytest.mark.parametrize("name", ["faulty-gift", "letting-someone-go", "meeting-across-cultures"])
def test_no_player_leaves_what_is_proven_of_an_example(name):
    story = read_story(name)
    space, proof = explore(story), prove(story)
    ranges = {each.ending: each for each in proof.endings}
    driver = Driver(story, 300)
    for number in range(60):
        for player in PLAYERS[:1] if number else PLAYERS:
            state = driver.play(player, f"walk-{number}")
            scored = score(story, state)
            drawn = {"v1", "v2", "v3"}  # where all are alike, the search draws one for all

            assert set(state.visits) - drawn <= set(space.scenes)
            assert ranges[state.graded_at].least <= scored.total <= ranges[state.graded_at].greatest


def test_a_role_play_can_end_by_every_exit_that_its_goals_allow():
    text = """
competencies: {care: {title: Care}}
facts: {date: {text: d}}
cast: {you: {name: y}, ann: {name: A}}
scenes:
  - id: talk
    kind: roleplay
    plays: {learner: you, character: ann}
    goals: [{id: told, text: t, met_by: {released: [date]}}]
    releases: [{fact: date, on: {cue: asked}}]
    cues: {asked: [when]}
    lines: {any: [Hm.]}
    ends: {goals: 1, turns: 3, learner_may_end_after: 1}
    exits: {goals: good, turns: fork, learner: fork, stopped: poor}
  - {id: fork, kind: route, rules: [{when: {fact: date}, goto: odd}, {when: {goal: talk.told}, goto: odd}], otherwise: poor}
  - {id: odd, kind: page, text: never, goto: good}
  - {id: good, kind: ending, outcome: good}
  - {id: poor, kind: ending, outcome: poor}
"""
    space = explore(compile_story(scenario_of(text)))

    # Who has released the date has met the goal, so no other exit is taken with it.
    assert set(space.scenes) == {"talk", "fork", "good", "poor"}


def test_a_decision_inside_a_role_play_comes_back_to_it():
    text = """
competencies: {care: {title: Care}}
cast: {you: {name: y}, ann: {name: A}}
scenes:
  - id: talk
    kind: roleplay
    plays: {learner: you, character: ann}
    lines: {any: [Hm.]}
    events: [{id: why, at: {turn: 1}, then: decide, decision: asked}]
    ends: {turns: 2}
    exits: {turns: done, stopped: done}
  - {id: asked, kind: decision, inside: talk, choices: [{id: yes, text: y, points: {care: 2}, goto: return}, {id: out, text: o, goto: done}]}
  - {id: done, kind: ending, outcome: good}
"""
    proof = prove(compile_story(scenario_of(text)))

    assert proof.maximum == 2
    assert [step.value for step in proof.endings[0].greatest_path] == ["why", "yes", "turns"]


def test_a_proof_can_be_sent_as_json():
    data = as_data(prove(read_story("faulty-gift")))

    assert data["maximum"] == "24"
    assert [step.get("value") for step in data["steps"]][:3] == ["fw_both", "find_out", "q_party"]
    assert data["endings"][0]["competencies"]["acknowledgement"] == ["-1/2", "6"]
    assert msgspec.json.decode(msgspec.json.encode(data)) == data


def test_situations_are_few_where_nothing_is_asked_about():
    text = "scenes:\n"
    for i in range(40):
        choices = ", ".join(f"{{id: c{i}_{j}, text: x, points: {{a: {j}}}, goto: s{i + 1}}}" for j in range(3))
        text += f"  - {{id: s{i}, kind: decision, choices: [{choices}]}}\n"
    text += "  - {id: s40, kind: ending, outcome: good}\n"
    proof = prove(compile_story(scenario_of("competencies: {a: {title: A}}\n" + text)))

    assert proof.situations == 41
    assert proof.maximum == 80


def test_a_loop_is_searched_once():
    text = """
competencies: {a: {title: A}}
scenes:
  - {id: s, kind: decision, choices: [{id: again, text: x, points: {a: 5}, goto: s}, {id: out, text: y, goto: e}]}
  - {id: e, kind: ending, outcome: good}
"""
    proof = prove(compile_story(scenario_of(text)))

    assert proof.maximum == 5
    assert proof.situations < 6


def test_the_bound_is_stated_when_it_is_met():
    with pytest.raises(BoundReached, match="More than 50 situations"):
        prove(read_story("faulty-gift"), bound=50)


def test_both_arms_of_a_random_route_are_searched():
    story = read_story("three-callers")
    proof = prove(story)

    assert proof.maximum == 10
    ranges = {each.ending: [float(each.least), float(each.greatest)] for each in proof.endings}
    assert ranges == {"thanks": [0, 10], "click": [-2, 4]}


def test_a_time_out_is_searched_even_where_its_choice_is_hidden():
    text = """
competencies: {a: {title: A}}
scenes:
  - id: s
    kind: decision
    timed: {seconds: 9, on_timeout: late}
    choices: [{id: now, text: x, points: {a: 1}, goto: e}, {id: late, text: y, when: {visits: s, at_least: 9}, points: {a: 2}, goto: e}]
  - {id: e, kind: ending, outcome: good}
"""
    proof = prove(compile_story(scenario_of(text)))

    assert proof.maximum == 2
    assert [type(action).__name__ for action in proof.best_path] == ["TimeUp"]


def test_the_worst_answer_comes_after_every_hint():
    text = """
competencies: {a: {title: A}}
scenes:
  - {id: q, kind: question, type: single, competency: a, points: 4, goto: e, hints: [{text: h, cost: 0.25}, {text: i, cost: 0.25}], options: [{id: x, text: x, credit: 1}, {id: y, text: y, credit: 0.5}]}
  - {id: e, kind: ending, outcome: good}
"""
    story = compile_story(scenario_of(text))
    state = start(story, "seed")
    for action in (Hint(), Hint(), Answer(["y"])):
        state = advance(story, state, action)

    assert score(story, state).total == 1
    assert [(each.least, each.greatest) for each in prove(story).endings] == [(1, 4)]


@pytest.mark.parametrize("unlike", ["bonus: true", "counts: practice", "hints: [{text: h, cost: 1}]"])
def test_what_is_drawn_is_not_alike_where_it_does_not_count_alike(unlike):
    scenes = "".join(
        f"  - {{id: {name}, kind: question, type: single, competency: a, points: 2, goto: next_drawn, {how}"
        " options: [{id: x, text: x, credit: 1}, {id: y, text: y, credit: 0.5}]}\n"
        for name, how in (("one", f"{unlike},"), ("two", ""))
    )
    text = f"""
competencies: {{a: {{title: A}}}}
scenes:
  - {{id: pool, kind: route, draw: {{from: [one, two], count: 1, then: e}}}}
{scenes}  - {{id: e, kind: ending, outcome: good}}
"""
    assert [(each.least, each.greatest) for each in prove(compile_story(scenario_of(text))).endings] == [(0, 2)]


def test_the_first_words_of_the_search_are_those_of_play():
    story = read_story("quiet-colleague")
    state = play(story, "go", "task")

    assert state.scene == "mend"
    assert [moment.counted for moment in score_moments(story, state, Ledger(()))] == [{"noticing": -1, "agreeing": 1}]


ROUND_TRUST = """
competencies: {a: {title: A}}
variables: {trust: {type: number, range: [0, 3], start: 1}, told: {type: flag}}
scenes:
  - id: s
    kind: decision
    choices:
      - {id: up, text: x, add: {trust: 1}, set: {told: true}, goto: t}
      - {id: one, text: y, set: {trust: 1}, points: {a: 1}, goto: t}
      - {id: down, text: z, add: {trust: -1}, goto: t}
  - id: t
    kind: decision
    choices:
      - {id: up_again, text: x, add: {trust: 1}, goto: r}
      - {id: stay, text: y, goto: r}
  - id: r
    kind: route
    rules:
      - {when: {all: [{var: trust, at_least: 3}, {var: told, is: true}]}, goto: high}
      - {when: {var: trust, at_most: 0}, goto: low}
    otherwise: middle
  - {id: high, kind: ending, outcome: good}
  - {id: low, kind: ending, outcome: poor}
  - {id: middle, kind: ending, outcome: mixed}
"""


def test_what_differs_only_in_what_is_asked_about_ends_differently():
    proof = prove(compile_story(scenario_of(ROUND_TRUST)))

    shown = {each.ending: [step.value for step in each.greatest_path[:2]] for each in proof.endings}
    assert shown == {"high": ["up", "up_again"], "low": ["down", "stay"], "middle": ["one", "stay"]}
    # After s: 2 and told, 1, 0; after t: 3 and 2 with told, 2, 1, 0 without; then three endings.
    assert proof.situations == 1 + 3 + 5 + 3


def test_only_chance_is_tried_again(monkeypatch):
    begun: list[str] = []

    def begin(story: Story, seed: str) -> State:
        begun.append(seed)
        return start(story, seed)

    monkeypatch.setattr("scenario_engine.proof.best_path.start", begin)
    longer_than_an_attempt = "".join(
        f"  - {{id: s{i}, kind: decision, choices: [{{id: c{i}, text: x, goto: s{i + 1}}}]}}\n" for i in range(2_001)
    )
    text = f"scenes:\n{longer_than_an_attempt}  - {{id: s2001, kind: route, otherwise: e}}\n"
    proof = prove(compile_story(scenario_of(text + "  - {id: e, kind: ending, outcome: good}\n")))

    assert (len(proof.legs), proof.best_path) == (2_002, [])
    assert begun == ["best-0"]
