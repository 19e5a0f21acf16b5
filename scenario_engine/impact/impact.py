"""`impact`: for each attempt in progress, whether a new version touches it and whether it can move, with the reason.

An attempt can move when everything it recorded can be replayed on the new version, leads along the same path to the
same place, and counts the same. Codes are stable:

- `impact.untouched`: nothing it met or can still meet has changed; it can move.
- `impact.moves`: something has changed, and path and score stay as they are; it can move.
- `impact.finished`: it is over, or its grade is fixed; it stays on its version.
- `impact.refused`: something it did cannot be done in the new version.
- `impact.path`: the same actions lead elsewhere.
- `impact.score`: the path is the same, but what it earned so far, or what that is measured against, would differ.
- `impact.unreadable`: its record does not replay on the version it was played on.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

import msgspec

from scenario_engine.actions import Action
from scenario_engine.document import Scenario
from scenario_engine.impact.changes import SceneChange, ahead_of, changed_parts, changes_between
from scenario_engine.impact.replay import replay
from scenario_engine.scoring import Judgement, MomentScore
from scenario_engine.scoring.judgements import Ledger
from scenario_engine.scoring.moments import score_moments
from scenario_engine.state import State
from scenario_engine.story import Story, compile_story
from scenario_engine.worth import weigh

Code = Literal[
    "impact.untouched",
    "impact.moves",
    "impact.finished",
    "impact.refused",
    "impact.path",
    "impact.score",
    "impact.unreadable",
]


class InProgress(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt as a host has recorded it."""

    id: str
    seed: str
    actions: list[Action]
    attempt: int = 1
    judgements: list[Judgement] = []


class AttemptImpact(msgspec.Struct, frozen=True, kw_only=True):
    """What a new version means for one attempt. `scene` is where it stands, or where it would go astray."""

    id: str
    touched: bool
    can_move: bool
    code: Code
    reason: str
    scene: str = ""
    scenes: list[str] = []


class Impact(msgspec.Struct, frozen=True, kw_only=True):
    """The effect of a version: what changed, and each attempt. `parts` are changes outside the scenes."""

    scenes: list[SceneChange]
    parts: list[str]
    attempts: list[AttemptImpact]
    touched: int
    can_move: int
    must_stay: int


def impact(old: Scenario, new: Scenario, attempts: Sequence[InProgress]) -> Impact:
    """Return the effect of `new` on attempts that are in progress on `old`."""
    compared = _Compared(old, new)
    found = [compared.look_at(attempt) for attempt in attempts]
    return Impact(
        scenes=compared.scenes,
        parts=compared.parts,
        attempts=found,
        touched=sum(each.touched for each in found),
        can_move=sum(each.can_move for each in found),
        must_stay=sum(not each.can_move and each.code != "impact.finished" for each in found),
    )


class _Compared:
    """Two versions side by side. What is ahead of a scene is worked out once per scene."""

    def __init__(self, old: Scenario, new: Scenario) -> None:
        self.scenes, self.parts = changes_between(old, new), changed_parts(old, new)
        self._changed = {each.scene for each in self.scenes}
        self._old, self._new = compile_story(old), compile_story(new)
        self._ahead: dict[str, set[str]] = {}

    def look_at(self, attempt: InProgress) -> AttemptImpact:
        before = replay(self._old, attempt.seed, attempt.attempt, attempt.actions).state
        if before is None:
            return _stays(
                attempt, "impact.unreadable", "Its record cannot be replayed on the version it was played on."
            )
        touching = sorted((before.visits.keys() | self._ahead_of(before.scene)) & self._changed)
        touched = bool(touching or self.parts)
        if before.over or before.graded_at:
            return _stays(attempt, "impact.finished", "It is over, and stays on its version.", before.scene)
        after = replay(self._new, attempt.seed, attempt.attempt, attempt.actions)
        if after.state is None:
            reason = (
                f"Step {after.refused} cannot be done in the new version: {after.why}" if after.refused else after.why
            )
            return _stays(attempt, "impact.refused", reason, after.scene, touching)
        astray = _astray(before, after.state)
        if astray is not None:
            return _stays(attempt, "impact.path", astray[1], astray[0], touching)
        differs = self._differs(before, after.state, attempt.judgements)
        if differs:
            return _stays(attempt, "impact.score", differs, before.scene, touching)
        reason = "Path and score stay as they are." if touched else "Nothing it has met or can still meet has changed."
        return AttemptImpact(
            id=attempt.id,
            touched=touched,
            can_move=True,
            code="impact.moves" if touched else "impact.untouched",
            reason=reason,
            scene=before.scene,
            scenes=touching,
        )

    def _ahead_of(self, scene: str) -> set[str]:
        if scene not in self._ahead:
            self._ahead[scene] = ahead_of(self._old.scenario, scene) | ahead_of(self._new.scenario, scene)
        return self._ahead[scene]

    def _differs(self, before: State, after: State, judgements: Sequence[Judgement]) -> str:
        ledger = Ledger(judgements)
        old = {each.id: each for each in score_moments(self._old, before, ledger)}
        new = {each.id: each for each in score_moments(self._new, after, ledger)}
        for name in [*old, *(name for name in new if name not in old)]:
            one, other = old.get(name), new.get(name)
            if one is None or other is None:
                return f"The moment “{name}” counts in only one of the two versions."
            if _weighed(self._old, one) != _weighed(self._new, other):
                return f"What was earned at “{name}” would count differently."
            if one.status != other.status or (one.status == "pending" and one.left_out != other.left_out):
                return f"What waits for a coach at “{name}” would count differently."
            if one.offered != other.offered:
                return f"What was offered at “{name}” would be worth something else, and what was done measured by it."
        return ""


def _weighed(story: Story, moment: MomentScore) -> dict[str, tuple[Fraction, Fraction]]:
    """Return what counts of a moment by competency: the points, and what they add to the total."""
    weights = weigh(story.scenario)
    return {name: (points, weights.of(name) * points) for name, points in moment.counted.items()}


def _astray(before: State, after: State) -> tuple[str, str] | None:
    """Return (scene, reason) where the same actions lead elsewhere, or None."""
    for one, other in zip(before.trail, after.trail, strict=False):
        if one.scene != other.scene:
            return one.scene, f"The same steps lead to “{other.scene}” instead of “{one.scene}”."
        if (one.seq, one.took, one.answers, one.ended) != (other.seq, other.took, other.answers, other.ended):
            return one.scene, f"The same steps mean something else in “{one.scene}”."
    if len(before.trail) != len(after.trail) or _place(before) != _place(after):
        return before.scene, "The same steps lead to another place."
    return None


def _place(state: State) -> tuple[object, ...]:
    return (state.scene, state.stage, state.awaits, state.graded_at, state.over)


def _stays(attempt: InProgress, code: Code, reason: str, scene: str = "", scenes: Sequence[str] = ()) -> AttemptImpact:
    return AttemptImpact(
        id=attempt.id,
        touched=code != "impact.finished",
        can_move=False,
        code=code,
        reason=reason,
        scene=scene,
        scenes=[*scenes],
    )
