"""Linking random scenarios of every kind: the whole decodes, plays, and knows where each text came from."""

from random import Random
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenario_engine.codec import decode_raw, to_raw
from scenario_engine.document import Scenario
from scenario_engine.linking import link, link_texts
from scenario_engine.play import advance, start
from scenario_engine.scoring import score
from scenario_engine.state import State
from scenario_engine.story import compile_story
from scenario_engine.texts import iter_texts
from tests.engine.everything import decoded, pick_action, random_document

CALLER: dict[str, Any] = {
    "format": 1,
    "id": "caller",
    "title": "Caller",
    "competencies": {"own": {"title": "Own", "uses": "x.y/a"}},
    "variables": {"mine": {"type": "number", "range": [0, 4], "start": 2}},
    "facts": {"known": {"text": "Known."}},
    "scoring": {"grade": "declared_max", "max": 9},
    "scenes": [
        {"id": "one", "kind": "route", "call": {"scenario": "a", "otherwise": "two", "variables": {"vn": "mine"}}},
        {"id": "two", "kind": "route", "call": {"scenario": "b", "ways": {"poor": "sad"}, "otherwise": "glad"}},
        {"id": "glad", "kind": "ending", "outcome": "good"},
        {"id": "sad", "kind": "ending", "outcome": "poor"},
    ],
}


def callable_scenario(chance: Random) -> Scenario:
    """Return a random scenario whose endings carry no points: a call could not keep them."""
    document = random_document(chance)
    for scene in document["scenes"]:
        if scene["kind"] == "ending":
            scene.pop("points", None)
    document["safety"].pop("content_note")
    made: Scenario = decoded(document)
    return made


@given(st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_linked_decodes_plays_and_knows_its_texts(chance: Random) -> None:
    library = {"a": callable_scenario(chance), "b": callable_scenario(chance)}

    made = link(decoded(CALLER), library)

    assert made.scenario is not None, made.problems
    assert decode_raw(to_raw(made.scenario)).scenario == made.scenario
    own = dict(iter_texts(decoded(CALLER)))
    assert all(key in own or key in made.origins for key, _ in iter_texts(made.scenario))
    tables = {name: {key: f"«{text}»" for key, text in iter_texts(each)} for name, each in library.items()}
    table = link_texts(made, {}, tables)
    assert set(table) == {key for key, _ in iter_texts(made.scenario) if key in made.origins}

    story = compile_story(made.scenario, table, locale="de")
    state = start(story, "seed")
    for _ in range(40):
        action = pick_action(chance, story, state)
        if action is None:
            break
        state = advance(story, state, action)
    assert msgspec.json.decode(msgspec.json.encode(state), type=State) == state
    assert score(story, state).maximum == 9
