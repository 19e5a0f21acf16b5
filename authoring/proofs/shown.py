"""The stored result of a proof in the words of the page. Works nothing out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import msgspec
from django.utils.safestring import mark_safe

from scenario_engine.credits import exact
from scenario_engine.document import Ending
from scenario_engine.document import Scenario as Document
from scenario_engine.findings import Finding
from scenario_engine.simulate import PLAYERS, Simulation, draw
from scenario_engine.worth import grade_policy

OUTCOMES = {"good": "good", "mixed": "mixed", "poor": "poor", "stopped": "stopped", "read": "read instead"}


@dataclass(frozen=True)
class Range:
    """From least to most, as people read numbers."""

    least: str
    most: str

    def __str__(self) -> str:
        return self.least if self.least == self.most else f"{self.least} to {self.most}"


@dataclass(frozen=True)
class ShownEnding:
    """What plays to one ending come to. `grade` is None where the ending gives none; `bar` is its place in percent."""

    id: str
    title: str
    outcome: str
    total: Range
    grade: Range | None
    bar: tuple[str, str]
    competencies: Sequence[tuple[str, Range]] = ()
    least_path: Sequence[Mapping[str, str]] = ()
    most_path: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True)
class ShownPlayer:
    """One kind of simulated player, as a row of the table: `grades` are bars, one for each tenth of the grade."""

    title: str
    endings: str
    mean_grade: str
    lengths: str
    grades: Sequence[Mapping[str, str]]
    grades_in_words: str


@dataclass
class Shown:
    """Everything the page shows."""

    findings: Sequence[Finding]
    is_proven: bool
    why_not: str = ""
    maximum: str = ""
    measure: str = ""  # the end of the sentence about the maximum: how it becomes a grade
    situations: int = 0
    best: Sequence[Mapping[str, str]] = ()
    endings: list[ShownEnding] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)
    competencies: list[tuple[str, Range]] = field(default_factory=list)
    picture: str = ""
    plays: int = 0
    players: list[ShownPlayer] = field(default_factory=list)


def show(document: Document, result: Mapping[str, Any]) -> Shown:
    """Return a result (see `child`) as the page shows it."""
    findings = msgspec.convert(result["findings"], list[Finding])
    proof = result["proof"]
    shown = Shown(findings, is_proven=proof is not None, best=result["best"])
    if proof is None:
        shown.why_not = _why_not(findings)
    else:
        shown.maximum = number(proof["maximum"])
        shown.measure = _measure(document, proof["maximum"])
        shown.situations = proof["situations"]
        shown.endings = [_ending(document, each, result) for each in proof.get("endings", [])]
        reached = {each.id for each in shown.endings}
        endings = [scene for scene in document.scenes if isinstance(scene, Ending)]
        shown.unreached = [scene.title or scene.id for scene in endings if scene.id not in reached]
        shown.competencies = _competencies(document, proof.get("competencies", {}))
    if result["cohort"] is not None:
        _add_cohort(shown, msgspec.convert(result["cohort"], Simulation))
    return shown


def number(exact: str | None) -> str:
    """Return an exact number as people read it: 33/2 as 16.5."""
    return "" if exact is None else f"{float(Fraction(exact)):.4g}"


def percent(exact: str) -> str:
    return f"{float(Fraction(exact)) * 100:.4g} %"


def _measure(document: Document, maximum: str | None) -> str:
    policy, declared = grade_policy(document), document.scoring.max
    if maximum is None:
        return ""
    if policy == "completion":
        return ". The grade does not depend on points: who comes to an end has done it."
    if policy == "ending":
        return ". The grade is the one that the ending fixes."
    if policy == "declared_max" and declared:
        grade = min(Fraction(maximum) / exact(declared), Fraction(1))
        return f" of the declared {declared:g}, which counts {percent(str(grade))}."
    return " and counts 100 %."


def _why_not(findings: Sequence[Finding]) -> str:
    if any(finding.level == "error" for finding in findings):
        return "There are errors to solve first: while a way leads nowhere, no play can be followed to its end."
    return (
        "There are more situations than the search may follow, or a scene that it does not know. What stands below is "
        "what simulated players met, not what is certain."
    )


def _ending(document: Document, raw: Mapping[str, Any], result: Mapping[str, Any]) -> ShownEnding:
    title = next((scene.title or scene.id for scene in document.scenes if scene.id == raw["ending"]), raw["ending"])
    low, high = str(raw.get("least_grade") or "0"), str(raw.get("greatest_grade") or "0")
    has_grade = raw.get("least_grade") is not None and raw.get("greatest_grade") is not None
    edges = (float(Fraction(low)) * 100, float(Fraction(high)) * 100) if has_grade else (0.0, 0.0)
    paths = result.get("paths", {}).get(raw["ending"], {})
    return ShownEnding(
        id=raw["ending"],
        title=title,
        outcome=OUTCOMES.get(raw["outcome"], raw["outcome"]),
        total=Range(number(raw["least"]), number(raw["greatest"])),
        grade=Range(percent(low), percent(high)) if has_grade else None,
        bar=(f"{min(edges[0], 99):.2f}", f"{max(edges[1] - edges[0], 1.0):.2f}"),
        competencies=_competencies(document, raw.get("competencies", {})),
        least_path=paths.get("least", ()),
        most_path=paths.get("greatest", ()),
    )


def _competencies(document: Document, ranges: Mapping[str, Any]) -> list[tuple[str, Range]]:
    titles = {name: each.title for name, each in document.competencies.items()}
    return [(titles.get(name, name), Range(number(low), number(high))) for name, (low, high) in ranges.items()]


def _add_cohort(shown: Shown, cohort: Simulation) -> None:
    titles = {player.name: player.title for player in PLAYERS}
    shown.picture = mark_safe(draw(cohort))  # noqa: S308 (our own drawing; it escapes every word)
    shown.plays = cohort.plays
    for each in cohort.players:
        most = max(each.grades, default=0) or 1
        ended = ", ".join(f"{cohort.titles.get(name, name)} {count}" for name, count in sorted(each.endings.items()))
        shown.players.append(
            ShownPlayer(
                title=titles.get(each.player, each.player),
                endings=ended or "none",
                mean_grade="no grade" if each.mean_grade is None else f"{each.mean_grade:.0%}",
                lengths=f"{each.shortest} to {each.longest}, {each.mean_length:g} on average",
                grades=[_bar(step, count / most) for step, count in enumerate(each.grades)],
                grades_in_words=", ".join(
                    f"{count} from {step * 10} %" for step, count in enumerate(each.grades) if count
                ),
            )
        )


def _bar(step: int, share: float) -> dict[str, str]:
    """Return one bar of a histogram that is 100 wide and 24 high; numbers as SVG wants them in every language."""
    height = max(1.0, 24 * share)
    return {"x": f"{step * 10 + 0.5}", "y": f"{24 - height:.1f}", "height": f"{height:.1f}"}
