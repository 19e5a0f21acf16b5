"""Conditions and effects."""

import msgspec
import pytest

from scenario_engine.document import Condition
from scenario_engine.rules import apply_effects, holds, start_values
from scenario_engine.state import State
from tests.engine.stories import CAFE, scenario

WORLD = State(
    seed="s",
    attempt=2,
    variables={"n": 3.0, "flag": True, "word": "kind"},
    facts=["told"],
    visits={"hall": 2},
    chosen={"c1": 1},
    levels={"r.ack": 3, "r.na": None},
)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"var": "n", "at_least": 3}, True),
        ({"var": "n", "at_least": 3, "at_most": 2}, False),
        ({"var": "n", "is": 3}, True),
        ({"var": "flag", "is": True}, True),
        ({"var": "flag", "is": 1}, False),
        ({"var": "n", "is": True}, False),
        ({"var": "word", "is": "kind"}, True),
        ({"var": "word", "at_least": 1}, False),
        ({"var": "nobody", "at_most": 9}, False),
        ({"visits": "hall", "at_least": 2}, True),
        ({"visits": "never", "at_most": 0}, True),
        ({"fact": "told"}, True),
        ({"chosen": "c1"}, True),
        ({"chosen": "c2"}, False),
        ({"level": "r.ack", "at_least": 3}, True),
        ({"level": "r.na", "at_most": 4}, False),
        ({"attempt": "number", "at_least": 2}, True),
        ({"all": [{"fact": "told"}, {"not": {"chosen": "c2"}}]}, True),
        ({"any": [{"fact": "x"}, {"chosen": "c1"}]}, True),
        ({"all": []}, True),
        ({"any": []}, False),
    ],
)
def test_a_condition_is_a_claim_about_the_attempt(condition: dict[str, object], expected: bool) -> None:
    assert holds(msgspec.convert(condition, Condition), WORLD) is expected


def test_effects_stay_inside_their_bounds() -> None:
    cafe = scenario(CAFE)
    state = State(seed="s", variables=start_values(cafe))
    assert state.variables == {"trust": 2, "told": False, "tone": "plain"}
    apply_effects(cafe, state, {"trust": 100}, {"tone": "rude", "told": "yes"}, ["late", "late"])
    assert state.variables == {"trust": 4, "told": False, "tone": "plain"}
    assert state.facts == ["late"]
    apply_effects(cafe, state, {"trust": -100, "nobody": 1}, {"trust": 3, "tone": "kind"}, [])
    assert state.variables == {"trust": 3, "told": False, "tone": "kind"}
