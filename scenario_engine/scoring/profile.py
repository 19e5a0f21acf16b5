"""The practice profile: per competency, what was shown of what was offered. Never a grade (docs/scoring.md, rule 7)."""

from collections.abc import Iterable
from fractions import Fraction

import msgspec

from scenario_engine.document import Scenario
from scenario_engine.scoring.results import MomentScore, ProfileEntry


def practice_profile(scenario: Scenario, moments: Iterable[MomentScore]) -> list[ProfileEntry]:
    """Return an entry for each competency of the scenario, in authored order."""
    counted = [moment for moment in moments if moment.status in ("counted", "bonus", "pending")]
    names = dict.fromkeys([*scenario.competencies, *(c for m in counted for c in m.counted)])
    return [_entry(scenario, name, counted) for name in names]


def _entry(scenario: Scenario, name: str, moments: list[MomentScore]) -> ProfileEntry:
    # A bonus can be shown, but not doing it is no missed opportunity.
    asked = [moment for moment in moments if moment.status != "bonus" and moment.offered.get(name, 0) > 0]
    points = sum((moment.counted.get(name, Fraction(0)) for moment in moments), Fraction(0))
    definition = scenario.competencies.get(name)
    return ProfileEntry(
        competency=name,
        uses=(definition.uses or "") if definition else "",
        shown=max(Fraction(0), points),
        offered=sum((moment.offered[name] for moment in asked), Fraction(0)),
        moments=len(asked),
        moments_shown=sum(moment.counted.get(name, 0) > 0 for moment in asked),
    )


def pool_profiles(profiles: Iterable[Iterable[ProfileEntry]]) -> list[ProfileEntry]:
    """Return one profile of several modules: shown and offered are added by shared competency, never averaged.

    A competency that is not shared (`uses` is empty) stays under its own id.
    """
    pooled: dict[str, ProfileEntry] = {}
    for profile in profiles:
        for entry in profile:
            key = entry.uses or entry.competency
            pooled[key] = _add(pooled[key], entry) if key in pooled else entry
    return list(pooled.values())


def _add(one: ProfileEntry, other: ProfileEntry) -> ProfileEntry:
    return msgspec.structs.replace(
        one,
        shown=one.shown + other.shown,
        offered=one.offered + other.offered,
        moments=one.moments + other.moments,
        moments_shown=one.moments_shown + other.moments_shown,
    )
