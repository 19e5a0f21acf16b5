"""Linking: a called scenario becomes part of its caller, under its own names, and leads on by outcome."""

import pytest

from scenario_engine.actions import Choose, Continue
from scenario_engine.checks import check
from scenario_engine.codec import decode_raw, to_raw
from scenario_engine.document import Scenario
from scenario_engine.errors import NotPlayable
from scenario_engine.findings import has_errors
from scenario_engine.linking import link, link_texts
from scenario_engine.play import advance, start
from scenario_engine.rich import plain
from scenario_engine.scoring import score
from scenario_engine.state import State
from scenario_engine.story import compile_story
from scenario_engine.texts import entry, staleness
from scenario_engine.view import view
from tests.engine.stories import scenario

CALLER = """
scoring: {grade: declared_max, max: 5, feedback: debrief, retry_credit: 0}
competencies: {calm: {uses: shared.skills/calm, title: Calm}}
variables: {trust: {type: number, range: [0, 9], start: 3}, tone: {type: flag}}
facts: {late: {text: "The bus was late."}}
glossary: {queue: "People who wait."}
scenes:
  - {id: door, kind: page, text: In., goto: visit}
  - {id: visit, kind: route, call: {scenario: desk, ways: {good: thanks, poor: sorry}, variables: {mood: trust}, facts: {bus: late}, set: {left: 2}}}
  - {id: thanks, kind: decision, choices: [{id: again, text: Again., when: {var: trust, at_most: 8}, goto: visit}, {id: out, text: Out., points: {calm: 1}, goto: good}]}
  - {id: sorry, kind: ending, outcome: poor, title: Sorry}
  - {id: good, kind: ending, outcome: good, title: Good}
"""
DESK = """format: 1
id: desk
title: Desk
scoring: {retry_credit: 1, feedback: at_once}
competencies: {ease: {uses: shared.skills/calm, title: Ease}, wit: {title: Wit}}
cast: {you: {name: you}, ada: {name: Ada, pronouns: she, moods: {warm: {image: ada.svg, alt: Ada}}}}
variables: {mood: {type: number, range: [0, 9], start: 1}, left: {type: number, range: [0, 3], start: 1}}
facts: {bus: {text: "Bus."}, shop: {text: "Shop."}}
criteria: {clear: {competency: wit, points: 1, anchors: ["0", "1", "2", "3", "4"]}}
glossary: {queue: "Another queue."}
scenes:
  - id: hello
    kind: decision
    moment: first
    beats: [{who: ada, mood: warm, text: "{left, plural, one {One} other {#}} left, {ada, select, she {she} other {they}} said. [[queue]]", when: {var: left, at_least: 1}}]
    choices:
      - {id: nice, text: Nice., points: {ease: 3, wit: 1}, add: {mood: 2, left: -1}, learn: [bus, shop], then: [{who: ada, text: Thanks.}], goto: done}
      - {id: rude, text: Rude., when: {not: {chosen: nice}}, add: {mood: -9}, goto: lost}
      - {id: halt, text: Halt., goto: halted}
  - {id: done, kind: ending, outcome: good, title: Done, beats: [{who: ada, text: "Bye, {mood}."}], because: [nice], afterwards: think}
  - {id: lost, kind: ending, outcome: poor, title: Lost}
  - {id: halted, kind: ending, outcome: stopped, title: Halted}
  - {id: think, kind: page, text: Think., done: true}
"""


def linked() -> Scenario:
    made = link(scenario(CALLER), {"desk": scenario(DESK)})
    assert made.scenario is not None, made.problems
    return made.scenario


def test_a_scenario_without_calls_is_itself() -> None:
    alone = scenario(DESK)

    made = link(alone, {})

    assert made.scenario is alone
    assert made.problems == []


def test_what_is_linked_is_a_whole_document_without_errors() -> None:
    whole = linked()

    assert decode_raw(to_raw(whole)).scenario == whole
    assert not has_errors(check(whole))
    assert [scene.id for scene in whole.scenes] == [
        *("door", "visit", "thanks", "sorry", "good"),
        *("visit__hello", "visit__done", "visit__lost", "visit__halted"),
    ]


def play(*choices: str) -> State:
    story = compile_story(linked())
    state = advance(story, start(story, "seed"), Continue())
    for choice in choices:
        state = advance(story, state, Choose(choice))
        while state.scene not in story.choices and not state.over and view(story, state).can_continue:
            state = advance(story, state, Continue())
    return state


def test_outcomes_lead_on_and_shared_names_are_one() -> None:
    state = play("visit__nice")

    assert state.scene == "thanks"
    assert state.variables == {"trust": 5, "tone": False, "visit__left": 1}
    assert state.facts == ["late", "visit__shop"]


def test_what_is_called_again_begins_anew_with_its_own_variables() -> None:
    state = play("visit__nice", "again")

    assert state.scene == "visit__hello"
    assert state.variables["visit__left"] == 2
    assert state.variables["trust"] == 5
    assert state.visits["visit"] == 2


def test_a_poor_outcome_takes_its_own_way_and_stopping_ends_the_whole() -> None:
    assert (play("visit__rude").graded_at, play("visit__halt").stopped) == ("sorry", True)


def test_points_of_a_shared_competency_are_one_sum() -> None:
    story = compile_story(linked())

    result = score(story, play("visit__nice", "out"))

    assert dict(result.points) == {"calm": 4, "visit__wit": 1}
    assert result.grade == 1
    assert [entry.competency for entry in result.profile] == ["calm", "visit__wit"]


def test_texts_follow_the_names_of_their_variables_people_and_terms() -> None:
    story = compile_story(linked())
    state = advance(story, start(story, "seed"), Continue())

    shown = view(story, state)

    assert plain(shown.beats[0].text) == "2 left, she said. queue"
    assert shown.glossary == {"visit__queue": [{"t": "p", "c": ["Another queue."]}]}
    assert shown.beats[0].portrait is not None
    assert shown.beats[0].portrait.key == "desk/ada.svg"


def test_settings_of_the_called_scenario_stay_with_its_scenes() -> None:
    hello = next(scene for scene in linked().scenes if scene.id == "visit__hello")

    assert (hello.retry_credit, hello.feedback, hello.moment) == (1, "at_once", "visit__first")


def test_media_and_texts_say_where_they_came_from() -> None:
    made = link(scenario(CALLER), {"desk": scenario(DESK)})

    assert made.media == {"desk/ada.svg": ("desk", "ada.svg")}
    origin = made.origins["scenes.visit__hello.choices.visit__nice.text"]
    assert (origin.scenario, origin.key) == ("desk", "scenes.hello.choices.nice.text")


def test_translations_are_linked_with_their_texts() -> None:
    made = link(scenario(CALLER), {"desk": scenario(DESK)})
    assert made.scenario is not None
    old = "Bye, {mood}."
    tables = {
        "desk": {
            "scenes.done.beats.b1.text": entry("Tschüs, {mood}.", old),
            "scenes.lost.title": entry("Verloren", "Lost, once"),
        }
    }

    table = link_texts(made, {"scenes.door.text": "Rein."}, tables)

    assert table["scenes.door.text"] == "Rein."
    assert table["scenes.visit__done.beats.b1.text"] == entry("Tschüs, {trust}.", "Bye, {trust}.")
    standing = staleness(made.scenario, table)
    assert standing["scenes.visit__done.beats.b1.text"] == "fresh"
    assert standing["scenes.visit__lost.title"] == "stale"


def test_a_scenario_that_calls_itself_is_refused() -> None:
    circle = scenario(
        "scenes: [{id: a, kind: route, call: {scenario: me, otherwise: b}}, {id: b, kind: ending, outcome: good}]"
    )

    made = link(circle, {"me": circle})

    assert made.scenario is None
    assert [(p.code, p.level, p.scene, p.path) for p in made.problems] == [
        ("link.recursion", "error", "a", "$.scenes[0].call")
    ]
    assert "me → me" in made.problems[0].message


def test_a_circle_of_two_is_refused() -> None:
    one = scenario(
        "scenes: [{id: a, kind: route, call: {scenario: two, otherwise: b}}, {id: b, kind: ending, outcome: good}]"
    )
    two = scenario(
        "scenes: [{id: a, kind: route, call: {scenario: one, otherwise: b}}, {id: b, kind: ending, outcome: good}]"
    )

    made = link(one, {"one": one, "two": two})

    assert made.scenario is None
    assert [problem.code for problem in made.problems] == ["link.recursion"]


def test_calls_inside_calls_are_put_in_place_too() -> None:
    middle = scenario(
        "format: 1\nid: middle\ntitle: M\ncompetencies: {z: {title: Z}}\nscenes: [{id: m, kind: route, call: {scenario: desk, otherwise: e}}, {id: e, kind: ending, outcome: good}]"
    )
    outer = scenario(
        "scenes: [{id: o, kind: route, call: {scenario: middle, otherwise: e}}, {id: e, kind: ending, outcome: good}]"
    )

    made = link(outer, {"middle": middle, "desk": scenario(DESK)})

    assert made.scenario is not None, made.problems
    assert "o__m__hello" in [scene.id for scene in made.scenario.scenes]
    assert made.media == {"middle/desk/ada.svg": ("desk", "ada.svg")}
    origin = made.origins["scenes.o__m__done.beats.b1.text"]
    assert (origin.scenario, origin.key, len(origin.rewordings)) == ("desk", "scenes.done.beats.b1.text", 2)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("{scenario: nobody, otherwise: e}", "link.unknown-scenario"),
        ("{scenario: desk, ways: {good: e}}", "link.no-way-on"),
        ("{scenario: desk, otherwise: e, variables: {mood: flag}}", "link.unlike-variables"),
        ("{scenario: desk, otherwise: e, variables: {none: flag}}", "link.unknown-variable"),
        ("{scenario: desk, otherwise: e, variables: {mood: none}}", "link.unknown-variable"),
        ("{scenario: desk, otherwise: e, facts: {bus: none}}", "link.unknown-fact"),
        ("{scenario: desk, otherwise: e, set: {left: 9}}", "link.value-misfit"),
        ("{scenario: desk, otherwise: e, set: {none: 9}}", "link.unknown-variable"),
        ("{scenario: german, otherwise: e}", "link.language"),
        ("{scenario: empty, otherwise: e}", "link.empty"),
        ("{scenario: pointed, otherwise: e}", "link.ending-points"),
    ],
)
def test_a_call_that_does_not_fit_says_why(call: str, code: str) -> None:
    body = f"variables: {{flag: {{type: flag}}}}\nscenes: [{{id: c, kind: route, call: {call}}}, {{id: e, kind: ending, outcome: good}}]"
    library = {
        "desk": scenario(DESK),
        "german": scenario("language: de\nscenes: [{id: x, kind: ending, outcome: good}]"),
        "empty": scenario("scenes: []"),
        "pointed": scenario(
            "competencies: {k: {title: K}}\nscenes: [{id: x, kind: ending, outcome: good, points: {k: 1}}]"
        ),
    }

    made = link(scenario(body), library)

    assert made.scenario is None
    assert code in [problem.code for problem in made.problems]


def test_a_name_that_is_taken_is_refused() -> None:
    body = (
        "scenes: [{id: c, kind: route, call: {scenario: s, otherwise: c__x}}, {id: c__x, kind: ending, outcome: good}]"
    )

    made = link(scenario(body), {"s": scenario("scenes: [{id: x, kind: ending, outcome: good}]")})

    assert [problem.code for problem in made.problems] == ["link.taken-name"]


def test_a_content_note_of_what_is_called_is_pointed_out() -> None:
    body = "scenes: [{id: c, kind: route, call: {scenario: s, otherwise: e}}, {id: e, kind: ending, outcome: good}]"

    made = link(
        scenario(body), {"s": scenario("safety: {content_note: Loud.}\nscenes: [{id: x, kind: ending, outcome: good}]")}
    )

    assert made.scenario is not None
    assert [(problem.code, problem.level) for problem in made.problems] == [("link.content-note", "warning")]


def test_an_unlinked_call_cannot_be_played() -> None:
    body = "scenes: [{id: c, kind: route, call: {scenario: s, otherwise: e}}, {id: e, kind: ending, outcome: good}]"

    with pytest.raises(NotPlayable, match="linked"):
        start(compile_story(scenario(body)), "seed")
