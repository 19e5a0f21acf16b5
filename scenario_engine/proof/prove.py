"""`prove`: the greatest total of a story, a play that earns it, and what every ending can come to."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, cast

import msgspec

from scenario_engine.actions import Action
from scenario_engine.credits import exact
from scenario_engine.document import Ending
from scenario_engine.errors import BoundReached, NotPlayable
from scenario_engine.proof.best_path import Leg, play_legs, trace_best
from scenario_engine.proof.space import DEFAULT_BOUND, Space, explore
from scenario_engine.proof.totals import best_onward, range_per_ending, values_of_competency
from scenario_engine.proof.units import Units, in_units
from scenario_engine.proof.ways import Extremes, PathStep, Ways, step_of
from scenario_engine.story import Story
from scenario_engine.worth import ending_fixes_a_grade, grade_policy, graded_ratio

_MEMO = "proof.maximum"
# A draft is scored while somebody waits; publishing searches further.
DRAFT_BOUND = 20_000


class EndingRange(msgspec.Struct, frozen=True, kw_only=True):
    """What plays to one ending can come to. Bonus points are left out; grades are None where the ending gives none.

    The paths are shortest plays with the least and the greatest total; `competencies` has the range of each. They are
    empty where only the totals were asked for.
    """

    ending: str
    outcome: str
    least: Fraction
    greatest: Fraction
    least_grade: Fraction | None = None
    greatest_grade: Fraction | None = None
    least_path: list[PathStep] = []
    greatest_path: list[PathStep] = []
    competencies: dict[str, tuple[Fraction, Fraction]] = {}


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What is certain about the totals of a story.

    `maximum` is the greatest total of any play that is graded; None when no graded ending can be reached.
    `best_path` are the actions of one such play with `seed`; empty where no seed tried takes the same ways of chance.
    `competencies` has the least and greatest total of each over all endings, `competency_paths` plays that give them.
    """

    maximum: Fraction | None
    situations: int
    legs: list[Leg] = []
    seed: str = ""
    best_path: list[Action] = []
    endings: list[EndingRange] = []
    competencies: dict[str, tuple[Fraction, Fraction]] = {}
    competency_paths: dict[str, Extremes] = {}


def prove(story: Story, bound: int = DEFAULT_BOUND) -> Proof:
    """Search every play of a story.

    Raises BoundReached when there are more than `bound` situations, NotPlayable when the search does not know a scene.
    """
    return prove_space(explore(story, bound), with_paths=True)


def prove_space(space: Space, *, with_paths: bool = False) -> Proof:
    """Return what a space of situations proves; `with_paths` also the plays that give each least and greatest."""
    units = total_units(space)
    best = best_onward(space, units)
    maximum = best_start(space, units, best)
    legs, ending = trace_best(space, units, best)
    played = play_legs(space.story, legs, ending)
    found = Proof(
        maximum=maximum,
        situations=len(space.scenes),
        legs=legs,
        seed=played[0] if played else "",
        best_path=played[1] if played else [],
        endings=ending_ranges(space, maximum),
        competencies=_competency_ranges(space),
    )
    return _with_paths(space, found) if with_paths else found


def _with_paths(space: Space, proof: Proof) -> Proof:
    ways = Ways(space)
    totals = ways.extremes(space.gains.values)
    by_competency = {
        competency: ways.extremes(values_of_competency(space, competency))
        for competency in space.story.scenario.competencies
    }
    endings = [
        msgspec.structs.replace(
            each,
            least_path=totals[each.ending].least_path,
            greatest_path=totals[each.ending].greatest_path,
            competencies={
                competency: (found[each.ending].least, found[each.ending].greatest)
                for competency, found in by_competency.items()
            },
        )
        for each in proof.endings
    ]
    paths = {competency: _widest(found) for competency, found in by_competency.items() if found}
    return msgspec.structs.replace(proof, endings=endings, competency_paths=paths)


def _widest(found: Mapping[str, Extremes]) -> Extremes:
    low = min(found.values(), key=lambda each: (each.least, len(each.least_path)))
    high = max(found.values(), key=lambda each: (each.greatest, -len(each.greatest_path)))
    return Extremes(
        least=low.least, least_path=low.least_path, greatest=high.greatest, greatest_path=high.greatest_path
    )


def as_data(proof: Proof) -> dict[str, Any]:
    """Return a proof as plain values for JSON: exact numbers are texts ("33/2"), `steps` what the best path decides."""
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(proof, enc_hook=str))
    steps = (step_of(leg.scene, leg.move) for leg in proof.legs)
    data["steps"] = [msgspec.to_builtins(step) for step in steps if step is not None]
    del data["legs"]
    return data


def total_units(space: Space) -> Units:
    """Return the weighted values of all gains; a play is decided at a graded ending, with the points it carries."""
    values = space.gains.values
    graded = {i: values[n] for i, n in space.finals.items() if (e := space.ending_at(i)) and ending_fixes_a_grade(e)}
    return in_units(values, graded)


def best_start(space: Space, units: Units, best: list[int | None]) -> Fraction | None:
    """Return the most that any play comes to; None where none is decided."""
    most = max((total for index in space.starts if (total := best[index]) is not None), default=None)
    return None if most is None else units.number(most)


def ending_ranges(space: Space, maximum: Fraction | None) -> list[EndingRange]:
    """Return the range of each ending that can be reached, in authored order."""
    scenario = space.story.scenario
    measure = maximum
    if grade_policy(scenario) == "declared_max":
        measure = None if scenario.scoring.max is None else exact(scenario.scoring.max)
    ranges = range_per_ending(space, space.gains.values)
    found = []
    for scene in scenario.scenes:
        if isinstance(scene, Ending) and scene.id in ranges:
            least, greatest = ranges[scene.id]
            found.append(
                EndingRange(
                    ending=scene.id,
                    outcome=scene.outcome,
                    least=least,
                    greatest=greatest,
                    least_grade=graded_ratio(scenario, scene, least, measure),
                    greatest_grade=graded_ratio(scenario, scene, greatest, measure),
                )
            )
    return found


def _competency_ranges(space: Space) -> dict[str, tuple[Fraction, Fraction]]:
    found = {}
    for competency in space.story.scenario.competencies:
        ranges = range_per_ending(space, values_of_competency(space, competency)).values()
        if ranges:
            found[competency] = min(low for low, _ in ranges), max(high for _, high in ranges)
    return found


def maximum_of(story: Story, bound: int = DRAFT_BOUND) -> Fraction | None:
    """Return the greatest total of a story: the one frozen at publish, else searched once and kept.

    None where no graded play exists, and for a draft with more than `bound` situations or scenes that no search knows.
    """
    if story.maximum is not None:
        return story.maximum
    if _MEMO not in story.memo:
        story.memo[_MEMO] = _search_maximum(story, bound)
    return cast("Fraction | None", story.memo[_MEMO])


def _search_maximum(story: Story, bound: int) -> Fraction | None:
    try:
        space = explore(story, bound)
    except (BoundReached, NotPlayable):
        return None
    units = total_units(space)
    return best_start(space, units, best_onward(space, units))
