"""Role-plays turn by turn: cues, facts, moods, goals, events, the four exits, and a model that speaks."""

import pytest

from scenario_engine.actions import (
    Action,
    Arranged,
    CharacterSays,
    Choose,
    Continue,
    Judged,
    Leave,
    Say,
    Stop,
    Tick,
)
from scenario_engine.conversation import conversation_of, words_to_judge
from scenario_engine.errors import ActionRefused
from scenario_engine.play import advance
from scenario_engine.rich import plain
from scenario_engine.scoring import Judgement, score
from scenario_engine.state import State
from scenario_engine.story import Story
from scenario_engine.transcripts import replay
from scenario_engine.view import view
from tests.engine.stories import story

BODY = """
scoring: {grade: declared_max, max: 4, while_pending: send_rest}
competencies: {care: {title: Care}}
criteria: {warm: {competency: care, points: 4, anchors: ["0", "1", "2", "3", "4"], forbidden: ["your (own )?fault"], forbidden_cap: 1}}
cast:
  you: {name: you}
  mia: {name: Mia, moods: {cold: {image: cold.svg, alt: Cold}, warm: {image: warm.svg, alt: Warm}}}
variables: {trust: {type: number, range: [0, 9], start: 0}}
facts: {why: {text: The bus.}, when: {text: Monday.}, more: {text: More.}}
cues: {sorry: ["(so )?sorry"], asks: ["why|how come"]}
scenes:
  - id: talk
    kind: roleplay
    prompt: Talk to Mia.
    beats: [{text: She sits down.}]
    plays: {learner: you, character: mia}
    opening: [{who: mia, mood: cold, text: Well?}]
    cues: {asks: ["why ever"], told: {when: {fact: why}, any: [bus]}}
    releases: [{fact: why, on: {cue: asks}}]
    goals:
      - {id: knows, text: You know why., met_by: {released: [why]}}
      - {id: told, text: You said it back., met_by: {cue: told}}
      - {id: felt, text: She felt heard., met_by: {learner: true}}
    moods:
      start: cold
      moves: [{from: cold, on: {cue: sorry}, to: warm}, {from: warm, on: {cue: sorry}, to: cold}, {from: warm, on: {cue: asks}, to: cold}]
    lines: {cold: [No., Hm.], warm: [Thanks.]}
    events:
      - {id: stare, at: {mood: warm}, beats: [{text: She looks up.}]}
      - {id: ask, at: {turn: 3}, beats: [{who: mia, text: And you?}], then: decide, decision: inside}
    ends: {goals: 3, turns: 5, learner_may_end_after: 2}
    criteria: [{use: warm}]
    counts: "yes"
    exits: {goals: won, turns: late, learner: left, stopped: stopped}
    if_not_assessed: {ask: Which?, samples: [{text: Warm., add: {trust: 5}}, {text: Cold., goto: left}]}
  - id: inside
    kind: decision
    inside: talk
    prompt: And you?
    choices:
      - {id: fine, text: Fine., learn: [more], then: [{who: mia, text: Good.}], goto: return}
      - {id: off, text: Off., goto: left}
  - {id: won, kind: ending, outcome: good, title: Won}
  - {id: late, kind: ending, outcome: mixed, title: Late}
  - {id: left, kind: ending, outcome: poor, title: Left}
  - {id: stopped, kind: ending, outcome: stopped, title: Stopped, grade: none}
"""


@pytest.fixture(scope="module")
def talk() -> Story:
    return story(BODY)


def play(of: Story, *actions: Action | str) -> State:
    return replay(of, "seed", [Say(each) if isinstance(each, str) else each for each in actions])


def heard(of: Story, state: State) -> list[str]:
    shown = view(of, state).roleplay
    assert shown is not None
    return [f"{beat.name}: {plain(beat.text)}" if beat.who else plain(beat.text) for beat in shown.said]


def refused(of: Story, state: State, action: Action) -> str:
    with pytest.raises(ActionRefused) as caught:
        advance(of, state, action)
    return caught.value.code


def test_the_character_answers_in_its_mood_and_in_order(talk: Story) -> None:
    assert heard(talk, play(talk, "Hello.", "Hello?")) == [
        *("Mia: Well?", "you: Hello.", "Mia: No.", "you: Hello?", "Mia: Hm."),
    ]


def test_when_the_lines_are_used_up_they_come_again_by_seed(talk: Story) -> None:
    once = play(talk, "1", "2", Tick("felt"), "3", Choose("fine"), Continue(), "4")

    assert heard(talk, once)[-1] in ("Mia: No.", "Mia: Hm.")
    assert heard(talk, once)[-1] != "Mia: Hm.", "not what was said last where there is another line"


def test_a_cue_moves_the_mood_once_a_turn_and_an_event_of_that_mood_answers(talk: Story) -> None:
    state = play(talk, "I'm SO sorry, so sorry!")

    assert state.talks[0].mood == "warm"
    assert heard(talk, state)[-1] == "She looks up."
    assert state.talks[0].happened == ["stare"]


def test_a_cue_releases_a_fact_and_the_fact_meets_a_goal(talk: Story) -> None:
    state = play(talk, "But why ever?")

    assert state.facts == ["why"]
    assert (state.talks[0].goals, state.goals) == (["knows"], ["talk.knows"])
    assert [(fact.id, fact.is_new) for fact in view(talk, state).notebook] == [("why", True)]


def test_the_scenes_own_patterns_come_before_those_of_the_scenario(talk: Story) -> None:
    assert play(talk, "How come?").facts == []


def test_a_cue_can_wait_for_what_the_learner_has_been_told(talk: Story) -> None:
    assert play(talk, "The bus?").goals == []
    assert play(talk, "Why ever?", "The bus!").goals == ["talk.knows", "talk.told"]


def test_a_decision_inside_comes_back_and_is_part_of_the_conversation(talk: Story) -> None:
    called = play(talk, "1", "2", "3")
    shown = view(talk, called)
    assert (called.scene, shown.kind) == ("inside", "decision")
    assert shown.roleplay is not None
    assert (shown.roleplay.inside, shown.roleplay.can_leave) == (True, False)

    back = play(talk, "1", "2", "3", Choose("fine"), Continue())

    assert (back.scene, back.visits["talk"], back.talks[0].released) == ("talk", 1, ["more"])
    assert heard(talk, back)[-3:] == ["Mia: And you?", "you: Fine.", "Mia: Good."]
    assert [spoken.text for spoken in conversation_of(talk, back)][-3:] == ["And you?", "Fine.", "Good."]
    assert words_to_judge(back) == "1\n2\n3"


def test_a_way_out_of_a_scene_inside_leaves_the_role_play_unread(talk: Story) -> None:
    state = play(talk, "1", "2", "3", Choose("off"))

    assert (state.graded_at, state.talks, state.trail[0].ended) == ("left", [], "left")
    assert score(talk, state).reason == "nothing_counts"


def test_enough_goals_end_it_and_the_last_answer_is_read_first(talk: Story) -> None:
    state = play(talk, "Why ever?", "The bus.", Tick("felt"))

    assert (state.stage, state.trail[-1].ended) == ("reaction", "goals")
    assert refused(talk, state, Say("More.")) == "play.not-offered"
    state = replay_on(talk, state, Continue(), Judged({"warm": 4}))
    assert (state.graded_at, state.levels) == ("won", {"talk.warm": 4})
    assert score(talk, state).grade == 1


def replay_on(of: Story, state: State, *actions: Action) -> State:
    for action in actions:
        state = advance(of, state, action)
    return state


def test_turns_used_up_end_it(talk: Story) -> None:
    state = play(talk, "1", "2", "3", Choose("fine"), Continue(), "4", "5", Continue(), Judged({"warm": 0}))

    assert state.graded_at == "late"
    assert score(talk, state).grade == 0


def test_the_learner_may_end_it_after_some_turns(talk: Story) -> None:
    assert refused(talk, play(talk, "1"), Leave()) == "play.not-offered"

    state = play(talk, "1", "2", Leave())

    assert (state.awaits, state.trail[-1].ended) == ("judgement", "learner")


def test_stopping_takes_its_own_way_out_without_a_grade(talk: Story) -> None:
    state = play(talk, "1", Stop())

    assert (state.graded_at, state.stopped, score(talk, state).reason) == ("stopped", True, "stopped")


def test_what_nobody_assessed_is_matched_and_excused(talk: Story) -> None:
    state = play(talk, "1", "2", Leave(), Judged())
    shown = view(talk, state)
    assert shown.match is not None
    assert (state.stage, shown.match.text) == ("match", "1\n2")

    warm, cold = (advance(talk, state, Choose(sample)) for sample in ("s1", "s2"))

    assert (warm.variables["trust"], warm.graded_at, cold.graded_at) == (5, "left", "left")
    assert score(talk, warm).reason == "nothing_counts"


def test_who_says_nothing_is_not_excused() -> None:
    silent = story(BODY.replace("learner_may_end_after: 2", "learner_may_end_after: 0"))

    state = play(silent, Leave())

    assert state.graded_at == "left"
    assert score(silent, state).grade == 0


def test_forbidden_wording_caps_what_a_rule_or_model_gives_but_not_a_coach(talk: Story) -> None:
    state = play(talk, "It is your own fault.", "1", Leave(), Judged({"warm": 4}))
    seq = state.trail[0].seq

    assert (state.levels, state.trail[0].forbidden) == ({"talk.warm": 1}, ["warm"])
    later = Judgement(kind="level", seq=seq, criterion="warm", value=3, source="model")
    coach = Judgement(kind="level", seq=seq, criterion="warm", value=3)
    assert [score(talk, state, each).total for each in ([], [later], [coach])] == [1, 1, 3]


def test_a_model_speaks_when_the_host_says_so_and_code_decides(talk: Story) -> None:
    waiting = play(talk, Arranged(voice=True), "Hello.")
    assert waiting.awaits == "character"
    assert refused(talk, waiting, Say("Again.")) == "play.not-offered"
    assert refused(talk, waiting, CharacterSays("Hm.", cues=["unheard"])) == "play.unknown-cue"

    answered = advance(talk, waiting, CharacterSays("It was the **bus**.", mood="warm", cues=["asks", "sorry"]))

    shown = view(talk, answered).roleplay
    assert shown is not None
    assert (plain(shown.said[-1].text), shown.said[-1].by_model) == ("It was the **bus**.", True)
    assert (answered.talks[0].mood, answered.facts, answered.goals) == ("warm", ["why"], ["talk.knows"])


def test_a_model_that_is_late_leaves_the_word_to_the_author(talk: Story) -> None:
    waiting = play(talk, Arranged(voice=True), "Hello.")

    late, gone = advance(talk, waiting, CharacterSays()), advance(talk, waiting, Arranged(voice=False))

    assert heard(talk, late) == heard(talk, gone) == ["Mia: Well?", "you: Hello.", "Mia: No."]
    assert [late.awaits, gone.awaits] == ["learner", "learner"]


def test_roles_can_be_reversed() -> None:
    turned = story(BODY.replace("learner: you, character: mia", "learner: mia, character: you, present: [mia]"))
    shown = view(turned, play(turned, "Hello.")).roleplay

    assert shown is not None
    assert (shown.is_reversed, shown.plays.name, shown.character.name) == (True, "Mia", "you")
    assert [(beat.who, beat.is_learner) for beat in shown.said] == [("mia", True), ("mia", True), ("you", False)]


@pytest.mark.parametrize("words", ["", "  \n ", "\0", "x" * 801])
def test_a_turn_has_words_and_not_too_many(talk: Story, words: str) -> None:
    assert refused(talk, play(talk), Say(words)) in ("play.empty-reply", "play.reply-too-long")


def test_only_goals_left_to_the_learner_can_be_ticked(talk: Story) -> None:
    assert refused(talk, play(talk), Tick("knows")) == "play.not-offered"
    assert refused(talk, play(talk, Tick("felt")), Tick("felt")) == "play.not-offered"
