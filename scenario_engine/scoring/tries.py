"""One visit as tries at a moment: what each was worth, and what of it must wait for a coach or is not asked."""

from fractions import Fraction
from typing import Literal

import msgspec

from scenario_engine.credits import after_hints, best_credit
from scenario_engine.document import Decision, Ending, Question, Reply, Roleplay, Scenario, Scene
from scenario_engine.scoring.judgements import Ledger, level_in
from scenario_engine.scoring.results import TryScore
from scenario_engine.state import Visit
from scenario_engine.story import Story
from scenario_engine.worth import (
    Vector,
    Weights,
    add_vectors,
    best_choice_vector,
    capped_level,
    choice_vector,
    credit_vector,
    criterion_maximum,
    criterion_vector,
    ending_vector,
    positive_part,
)


class Reading(msgspec.Struct, kw_only=True):
    """A visit as scoring reads it.

    `parts` has one entry per try: vectors by criterion ("" where there are no criteria); `offers` the most that each
    could have been. `credits` stand beside the tries of a question. `pending` and `excused` are criteria, or "" for the
    whole visit.
    """

    visit: Visit
    scene: Scene
    parts: list[dict[str, Vector]] = []
    credits: list[Fraction] = []
    pending: set[str] = set()
    excused: set[str] = set()
    offers: dict[str, Vector] = {}

    @property
    def has_something(self) -> bool:
        """Whether anything of the visit counts now."""
        return any(self.parts)

    @property
    def names(self) -> set[str]:
        """The criteria that count now; "" where the visit has no criteria."""
        return {name for parts in self.parts for name in parts}

    @property
    def vector(self) -> Vector:
        """What its last try is worth."""
        return add_vectors(*self.parts[-1].values()) if self.parts else {}

    def offered(self, without: set[str]) -> Vector:
        """Return the most that could be earned, leaving out some criteria."""
        return add_vectors(*(vector for name, vector in self.offers.items() if name not in without))

    def tries(self, without: set[str]) -> list[TryScore]:
        """Return the tries, leaving out some criteria."""
        return [
            TryScore(
                seq=self.visit.seq,
                scene=self.scene.id,
                vector=add_vectors(*(vector for name, vector in parts.items() if name not in without)),
                credit=self.credits[index] if self.credits else None,
            )
            for index, parts in enumerate(self.parts)
        ]


def read_visit(story: Story, visit: Visit, ledger: Ledger, weights: Weights) -> Reading | None:
    """Return the visit as tries, or None when nothing was done in it that could be scored."""
    scene = story.scenes.get(visit.scene)
    reading: Reading | None = None
    if isinstance(scene, Decision) and visit.took:
        reading = _read_decision(visit, scene, weights)
    elif isinstance(scene, Question) and visit.credits:
        reading = _read_question(visit, scene, ledger)
    elif isinstance(scene, Reply | Roleplay) and (visit.text or visit.assessed is not None):
        reading = _read_words(story, visit, scene, ledger)
    elif isinstance(scene, Ending) and scene.points:
        vector = ending_vector(scene)
        reading = Reading(visit=visit, scene=scene, parts=[{"": vector}], offers={"": positive_part(vector)})
    if reading is not None and ledger.is_excused(visit.seq):
        return Reading(visit=visit, scene=reading.scene, excused={""})
    return reading


def _read_decision(visit: Visit, scene: Decision, weights: Weights) -> Reading:
    taken = next((choice for choice in scene.choices if choice.id == visit.took), None)
    offered = [choice for choice in scene.choices if choice.id in visit.offered]
    return Reading(
        visit=visit,
        scene=scene,
        parts=[{"": choice_vector(taken)}] if taken is not None else [],
        offers={"": positive_part(best_choice_vector(offered, weights))},
    )


def _read_question(visit: Visit, scene: Question, ledger: Ledger) -> Reading:
    reading = Reading(visit=visit, scene=scene, offers={"": credit_vector(scene, best_credit(scene))})
    given = ledger.credit(visit.seq)
    if given is not None:
        reading.credits = [given]  # the coach has read everything: hints and tries are settled with it
    elif scene.counts == "confirmed" or _waits_for_coach(scene, visit):
        reading.pending = {""}
    else:
        hints = visit.hinted or [0] * len(visit.credits)
        pairs = zip(visit.credits, hints, strict=True)
        reading.credits = [after_hints(scene, Fraction(credit), taken) for credit, taken in pairs]
    reading.parts = [{"": credit_vector(scene, credit)} for credit in reading.credits]
    return reading


def _waits_for_coach(scene: Question, visit: Visit) -> bool:
    if scene.type not in ("numeric", "short_text") or scene.no_match is None or not scene.no_match.send_to_coach:
        return False
    return bool(visit.matched) and not visit.matched[-1]


def _read_words(story: Story, visit: Visit, scene: Reply | Roleplay, ledger: Ledger) -> Reading:
    reading = Reading(visit=visit, scene=scene)
    parts: dict[str, Vector] = {}
    for use in scene.criteria:
        level = _level(story.scenario, scene, visit, use.use, ledger)
        if level is None:
            reading.excused.add(use.use)
        elif isinstance(level, str):
            reading.pending.add(use.use)
        else:
            parts[use.use] = criterion_vector(story.scenario, scene, use.use, level)
            reading.offers[use.use] = criterion_maximum(story.scenario, scene, use.use)
    reading.parts = [parts] if parts else []
    return reading


def _level(
    scenario: Scenario, scene: Reply | Roleplay, visit: Visit, criterion: str, ledger: Ledger
) -> int | Literal["pending"] | None:
    """Return the level that counts: 0-4, "pending", or None when the criterion is not asked of this learner."""
    if ledger.is_excused(visit.seq, criterion):
        return None
    coach = ledger.coach_level(visit.seq, criterion)
    if coach is not None:
        return level_in(coach)
    if scene.counts == "confirmed":
        return "pending"
    later = ledger.other_level(visit.seq, criterion)
    if later is not None:
        read = level_in(later)
        return None if read is None else capped_level(scenario, criterion, read, visit.forbidden)
    if visit.assessed is None:
        return "pending"  # written, and the answer of whoever reads it has not come yet
    return visit.levels.get(criterion)
