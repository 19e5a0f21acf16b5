"""The conversations of the customer care pack tell the story that their choices deserve."""

from collections.abc import Sequence

import pytest

from scenario_engine.actions import Action, Choose, Continue, Judged, Write
from scenario_engine.document import Decision, Ending, Question, Reply, Route
from scenario_engine.play import advance, start
from scenario_engine.state import State
from scenario_engine.story import Story, compile_story
from tests.course_packs.packs import customer_care

CONVERSATIONS = ["envelope-4417", "fourth-date"]
PLAYABLE = ("page", "line", "decision", "question", "reply", "route", "ending")

PERFECT = {
    "envelope-4417": "fw_frightened sc_says qu_share q_look q_halves q_for q_done s1 wi_call la_both ni_saturday go_noon ei_ring",
    "fourth-date": "pe_three fr_there ca_street ca_bell ca_hour ca_done pa_wait s1 ho_four va_fourteen wy_both no_where we_window wh_me fo_taxi",
}
REPAIRED = {
    "envelope-4417": "fw_papers st_who st_ours sc_says qu_quick q_look q_worth q_for q_done s2 wi_lab la_tape ni_saturday go_chair",
    "fourth-date": "pe_thanks sm_cost fr_there ca_street ca_pine ca_hour ca_done pa_lovely s2 ho_four va_star wy_door no_ring we_window wh_any fo_half",
}
POOR = {
    "envelope-4417": "fw_home st_ours st_lower sc_yours qu_pass q_worth q_else q_look q_done s3 wi_form la_who ni_manager go_voucher",
    "fourth-date": "pe_slot sm_help",
}


def picks(play: str) -> list[str]:
    return play.split()


def take(story: Story, state: State, todo: list[str]) -> Action:
    """Return the next action of a learner who takes `todo` in order and leaves replies to the samples."""
    scene = story.scenes[state.scene]
    if state.awaits == "judgement":
        return Judged()
    if state.stage == "match" or (state.stage == "scene" and isinstance(scene, Decision)):
        return Choose(todo.pop(0))
    return Write("In my own words.") if state.stage == "scene" and isinstance(scene, Reply) else Continue()


def played(name: str, todo: Sequence[str]) -> State:
    story = compile_story(customer_care(name))
    state, left = start(story, "seed"), list(todo)
    while not state.over:
        state = advance(story, state, take(story, state, left))
    assert left == []
    return state


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_conversation_is_long_and_playable_today(name: str) -> None:
    kinds = [scene.__struct_config__.tag for scene in customer_care(name).scenes]
    assert len(kinds) >= 15
    assert set(kinds) <= set(PLAYABLE)


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_conversation_ends_well_half_well_and_badly(name: str) -> None:
    outcomes = [scene.outcome for scene in customer_care(name).scenes if isinstance(scene, Ending)]
    assert sorted(outcomes) == ["good", "mixed", "poor"]


@pytest.mark.parametrize(
    ("name", "play", "ending"),
    [
        ("envelope-4417", PERFECT, "the_wall"),
        ("envelope-4417", REPAIRED, "twenty_three"),
        ("envelope-4417", POOR, "half_a_docket"),
        ("fourth-date", PERFECT, "a_bed_that_stays"),
        ("fourth-date", REPAIRED, "half_past_nine"),
        ("fourth-date", POOR, "the_list"),
    ],
)
def test_a_play_reaches_the_ending_it_deserves(name: str, play: dict[str, str], ending: str) -> None:
    state = played(name, picks(play[name]))
    assert (state.graded_at, state.scene, state.over) == (ending, "look_back", True)


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_own_words_change_the_reaction_and_never_the_way(name: str) -> None:
    """A level that a coach may still correct must not decide between branches of different worth."""
    endings = set()
    for sample in ("s1", "s2", "s3"):
        todo = [sample if pick == "s1" else pick for pick in picks(PERFECT[name])]
        endings.add(played(name, todo).graded_at)
    assert len(endings) == 1


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_best_choice_is_no_matter_of_place_or_length(name: str) -> None:
    decisions = [
        scene for scene in customer_care(name).scenes if isinstance(scene, Decision) and scene.counting == "first"
    ]
    first = longest = 0
    for scene in decisions:
        best = max(scene.choices, key=lambda choice: sum(choice.points.values()))
        first += scene.choices[0] is best
        longest += max(scene.choices, key=lambda choice: len(choice.text)) is best
    assert first <= len(decisions) / 2
    assert longest <= len(decisions) / 3


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_every_choice_that_costs_points_says_why(name: str) -> None:
    silent = [
        choice.id
        for scene in customer_care(name).scenes
        if isinstance(scene, Decision)
        for choice in scene.choices
        if sum(choice.points.values()) < 0 and not (choice.feedback and choice.better)
    ]
    assert silent == []


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_trust_moves_the_way_the_points_do(name: str) -> None:
    """The learner sees trust while playing and points only afterwards: the two must not contradict each other."""
    opposed = [
        choice.id
        for scene in customer_care(name).scenes
        if isinstance(scene, Decision)
        for choice in scene.choices
        if sum(choice.points.values()) * choice.add.get("trust", 0) < 0
    ]
    assert opposed == []


def test_the_quiz_declares_what_its_questions_are_worth() -> None:
    quiz = customer_care("which-sentence")
    questions = [scene for scene in quiz.scenes if isinstance(scene, Question)]
    assert len(questions) >= 6
    assert {question.type for question in questions} == {"single", "multiple"}
    assert sum(question.points for question in questions) == quiz.scoring.max == 20


def test_every_option_of_the_quiz_says_why() -> None:
    questions = [scene for scene in customer_care("which-sentence").scenes if isinstance(scene, Question)]
    assert [option.id for question in questions for option in question.options if not option.feedback] == []


def test_the_lesson_only_completes() -> None:
    lesson = customer_care("answer-the-person")
    assert lesson.scoring.grade == "completion"
    assert not [scene for scene in lesson.scenes if isinstance(scene, Decision | Question | Reply | Route)]
    assert played("answer-the-person", []).graded_at == "done"
