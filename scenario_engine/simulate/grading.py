"""The grades of simulated plays. Equal plays are scored once; plays of choices alone are added up in whole numbers."""

from collections.abc import Hashable
from fractions import Fraction
from typing import Literal

from scenario_engine.credits import exact
from scenario_engine.document import Decision, Ending, Line, Page, Reflection
from scenario_engine.proof import maximum_of
from scenario_engine.proof.gains import Gains
from scenario_engine.proof.situations import Collected, Tries
from scenario_engine.scoring import score
from scenario_engine.state import State
from scenario_engine.story import Story
from scenario_engine.worth import choice_vector, ending_vector, grade_policy, graded_ratio, is_moment

Role = Literal["choices", "hub", "silent", ""]


class Grades:
    """Grades the plays of one story.

    Where only decisions were met, what counts of each moment is looked up by number (`proof.gains`, the same rules);
    everything else goes through `score`. Both give the same grade.
    """

    def __init__(self, story: Story) -> None:
        self._story = story
        self._gains = Gains(story)
        self._roles: dict[str, Role] = {scene.id: _role(scene) for scene in story.scenario.scenes}
        self._tries = _Tries(story, self._gains)
        self._known: dict[Hashable, float | None] = {}

    def of(self, state: State) -> float | None:
        """Return the grade of a play, or None where there is none."""
        ending = self._story.scenes.get(state.graded_at)
        if not isinstance(ending, Ending) or state.stopped:
            return None
        if all(self._roles[visit.scene] for visit in state.trail):
            found = graded_ratio(self._story.scenario, ending, self._total(state, ending), self._measure())
            return None if found is None else float(found)
        return self._scored(state)

    def _total(self, state: State, ending: Ending) -> Fraction:
        gains, story = self._gains, self._story
        tries: dict[str, Tries] = {}
        collected: dict[str, Collected] = {}
        gained: dict[int, int] = {}
        for visit in state.trail:
            found = self._tries[visit.took] if visit.took else None
            if found is None or found[0].id != visit.scene:  # the way on from a page may be named like a choice
                continue
            scene, moment, vector = found
            if scene.counting == "collect":
                collected[moment], gain = gains.try_hub(scene, collected.get(moment, ()), visit.took)
            else:
                tries[moment], gain = gains.try_moment(scene, tries.get(moment), vector)
            gained[gain] = gained.get(gain, 0) + 1
        if ending.points:
            own = gains.number(ending_vector(ending))
            gain = gains.try_moment(ending, tries.get(story.moment_of(ending)), own)[1]
            gained[gain] = gained.get(gain, 0) + 1
        # Few gains differ, so few exact numbers are added.
        return sum((times * gains.values[gain] for gain, times in gained.items()), Fraction(0))

    def _measure(self) -> Fraction | None:
        policy = grade_policy(self._story.scenario)
        if policy == "declared_max":
            declared = self._story.scenario.scoring.max
            return None if declared is None else exact(declared)
        return maximum_of(self._story) if policy == "best_path" else None

    def _scored(self, state: State) -> float | None:
        done = tuple(
            (visit.scene, visit.took, tuple(visit.credits), tuple(visit.levels.items()), len(visit.offered))
            for visit in state.trail
        )
        if done not in self._known:
            scored = score(self._story, state)
            found = scored.grade if scored.grade is not None else scored.so_far
            self._known[done] = None if found is None else float(found)
        return self._known[done]


class _Tries(dict[str, tuple[Decision, str, int] | None]):
    """What a choice is a try at, found when it is first taken: its decision, the moment, the number of its vector.

    None for what counts as practice only, and for what is no choice of a decision.
    """

    def __init__(self, story: Story, gains: Gains) -> None:
        self._story, self._gains = story, gains

    def __missing__(self, name: str) -> tuple[Decision, str, int] | None:
        scene, choice = self._story.choices.get(name, (None, None))
        found = None
        if scene is not None and choice is not None and is_moment(scene):
            found = scene, self._story.moment_of(scene), self._gains.number(choice_vector(choice))
        self[name] = found
        return found


def _role(scene: object) -> Role:
    if isinstance(scene, Decision):
        return "hub" if scene.counting == "collect" else "choices"
    return "silent" if isinstance(scene, Page | Line | Reflection | Ending) else ""
