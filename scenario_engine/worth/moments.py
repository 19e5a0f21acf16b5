"""Which scenes share a moment: one scored opportunity, however often and in whichever of them it is met."""

from collections.abc import Mapping
from fractions import Fraction
from typing import cast

from scenario_engine.document import Scenario, Scene
from scenario_engine.story import Story
from scenario_engine.worth.policy import weigh
from scenario_engine.worth.scenes import has_points, is_moment, scene_maximum

_MEMO = "worth.moments"
_MAXIMA = "worth.maxima"


def scenes_by_moment(story: Story) -> Mapping[str, list[Scene]]:
    """Return the scored scenes of each moment, derived once per story."""
    if _MEMO not in story.memo:
        found: dict[str, list[Scene]] = {}
        for scene in story.scenario.scenes:
            if is_moment(scene):
                found.setdefault(story.moment_of(scene), []).append(scene)
        story.memo[_MEMO] = found
    return cast(Mapping[str, list[Scene]], story.memo[_MEMO])


def earning_moments(scenario: Scenario) -> frozenset[str]:
    """Return the moments at which a play can gain or lose something: trying any other changes nothing, ever."""
    return frozenset(scene.moment or scene.id for scene in scenario.scenes if is_moment(scene) and has_points(scene))


def moment_maximum(story: Story, moment: str) -> Fraction:
    """Return the greatest value that one moment can have, whichever of its scenes it is met in."""
    known = cast(dict[str, Fraction], story.memo.setdefault(_MAXIMA, {}))
    if moment not in known:
        weights = weigh(story.scenario)
        scenes = scenes_by_moment(story).get(moment, [])
        known[moment] = max((scene_maximum(story.scenario, scene, weights) for scene in scenes), default=Fraction(0))
    return known[moment]
