"""The first pages of a storyboard: what the scenario is about, who takes part, what is kept track of, how it scores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from scenario_engine.document import ChoiceVariable, NumberVariable, Scenario, Slot, Variable
from scenario_exchange.storyboards.conditions import format_number
from scenario_exchange.writers.board.lines import cue_words
from scenario_exchange.writers.board.parts import Authored, BoardPart, Cell, Fields, Heading, Piece, Say, Table, Text

Label = Callable[[str], str]
_PURPOSES = {
    "practice": "Practice (completion only)",
    "coached": "Coached (levels count once a coach confirms)",
    "assessment": "Assessment (a reviewed key counts)",
}


def front(scenario: Scenario, version: str, digest: str, label: Label) -> Iterator[BoardPart]:
    """Yield everything that stands before the scenes."""
    yield Fields(_about(scenario, version, digest, label))
    if scenario.objectives:
        rows = [[[Authored(each.text)], words(each.competency or "")] for each in scenario.objectives]
        yield Heading(2, label("Objectives"))
        yield Table(label("Objectives"), [label("Objective"), label("Competency")], rows, [75, 25])
    yield from _scoring(scenario, label)
    yield from _safety(scenario, label)
    yield from _people(scenario, label)
    yield from _kept_track_of(scenario, label)
    yield from _criteria(scenario, label)


def words(text: str, *, is_id: bool = False) -> Cell:
    """Return a cell of plain words, empty for none."""
    return [Say(text, is_id=is_id)] if text else []


def authored(text: str) -> Cell:
    """Return a cell of authored text, empty for none."""
    return [Authored(text)] if text else []


def slot_text(value: str | Slot) -> str:
    """Return a text, or what stands for it until a host fills it in."""
    return (
        value if isinstance(value, str) else "{" + value.slot + "}" + (f" ({value.fallback})" if value.fallback else "")
    )


def _about(scenario: Scenario, version: str, digest: str, label: Label) -> list[tuple[str, Cell]]:
    rows: list[tuple[str, Cell]] = [
        (label("Summary"), authored(scenario.summary)),
        (label("Scenario id"), words(scenario.id, is_id=True)),
        (label("Version"), words(version or label("Draft"))),
        (label("Digest"), words(digest[:16], is_id=True)),
        (label("Language"), words(scenario.language)),
        (label("Purpose"), words(label(_PURPOSES[scenario.purpose]))),
        (label("Minutes"), words(str(scenario.minutes or ""))),
        (label("Audience"), authored(scenario.audience)),
        (label("Not for"), words("; ".join(scenario.not_for))),
    ]
    return [row for row in rows if row[1]]


def _scoring(scenario: Scenario, label: Label) -> Iterator[BoardPart]:
    if scenario.competencies:
        rows = [
            [
                [Say(each.title), Say(key, is_id=True)],
                words(format_number(scenario.scoring.weights.get(key, 1))),
                authored(each.description),
            ]
            for key, each in scenario.competencies.items()
        ]
        yield Heading(2, label("Competencies"))
        head = [label("Competency"), label("Weight"), label("Description")]
        yield Table(label("Competencies"), head, rows, [30, 10, 60])
    yield Heading(2, label("Scoring"))
    yield Fields(
        settings(scenario.scoring, ("weights",), always=("grade", "retry_credit", "attempt", "feedback", "show_points"))
    )


def settings(part: Any, without: tuple[str, ...] = (), always: tuple[str, ...] = ()) -> list[tuple[str, Cell]]:
    """Return the plain settings of a part that differ from their defaults, by the names of the document."""
    rows: list[tuple[str, Cell]] = []
    for name, default in zip(part.__struct_fields__[::-1], (part.__struct_defaults__ or ())[::-1], strict=False):
        value = getattr(part, name)
        if name not in without and (name in always or value != default) and isinstance(value, str | int | float):
            rows.append((name.rstrip("_").replace("_", " "), words(plain(value))))
    return rows[::-1]


def plain(value: Any) -> str:
    """Return a setting as people read it."""
    if isinstance(value, bool):
        return "✓" if value else "–"
    return format_number(value) if isinstance(value, int | float) else str(value)


def _safety(scenario: Scenario, label: Label) -> Iterator[BoardPart]:
    safety = scenario.safety
    rows: list[tuple[str, Cell]] = [
        (label("Content note"), authored(safety.content_note)),
        (label("Can be stopped at any time"), words(plain(safety.can_stop))),
        (label("If stopped"), authored(safety.if_stopped.text) if safety.if_stopped else []),
        (label("Support"), words(slot_text(safety.support))),
    ]
    yield Heading(2, label("Safety"))
    yield Fields([row for row in rows if row[1]])
    if scenario.review:
        head = [label(each) for each in ("By", "Role", "Date", "Valid until", "Places")]
        yield Heading(2, label("Reviews"))
        yield Table(
            label("Reviews"),
            head,
            [
                [
                    words(each.by),
                    words(each.role),
                    words(str(each.on)),
                    words(str(each.until or "")),
                    words(", ".join(each.places)),
                ]
                for each in scenario.review
            ],
        )


def _people(scenario: Scenario, label: Label) -> Iterator[BoardPart]:
    if not scenario.cast:
        return
    rows: list[list[Cell]] = []
    for key, member in scenario.cast.items():
        about: list[Piece] = [*authored(member.background), *authored(member.manner)]
        about += [Say("; ".join(member.goals), label("Goals"))] if member.goals else []
        about += [Say("; ".join(member.limits))] if member.limits else []
        pictures: Cell = [Say(f"{mood}: {each.alt or each.image}") for mood, each in member.moods.items()]
        said = ", ".join(each for each in (member.role, member.pronouns, member.address or "") if each)
        rows.append([[Say(slot_text(member.name)), Say(key, is_id=True)], words(said), about, pictures])
    yield Heading(2, label("Cast"))
    head = [label(each) for each in ("Name", "Role", "About", "Pictures")]
    yield Table(label("Cast"), head, rows, [20, 18, 32, 30])


def _kept_track_of(scenario: Scenario, label: Label) -> Iterator[BoardPart]:
    if scenario.variables:
        head = [label(each) for each in ("Name", "Values", "Start", "Shown as", "Words")]
        rows = [_variable(key, each) for key, each in scenario.variables.items()]
        yield Heading(2, label("Variables"))
        yield Table(label("Variables"), head, rows)
    if scenario.facts:
        yield Heading(2, label("Facts"))
        rows = [[words(key, is_id=True), authored(each.text)] for key, each in scenario.facts.items()]
        yield Table(label("Facts"), [label("Id"), label("Fact")], rows, [25, 75])
    if scenario.glossary:
        yield Heading(2, label("Glossary"))
        rows = [[words(key), authored(text)] for key, text in scenario.glossary.items()]
        yield Table(label("Glossary"), [label("Term"), label("Description")], rows, [25, 75])


def _variable(key: str, variable: Variable) -> list[Cell]:
    if isinstance(variable, NumberVariable):
        values = " … ".join(format_number(each) for each in variable.range)
        start: Any = variable.start
        said = "; ".join(f"≥ {format_number(at)}: {word}" for at, word in variable.words)
    elif isinstance(variable, ChoiceVariable):
        values, start, said = ", ".join(variable.of), variable.start or variable.of[0], ""
    else:
        values, start, said = "✓ / –", variable.start, ""
    name: Cell = [Say(variable.label or key)] + ([Say(key, is_id=True)] if variable.label else [])
    return [name, words(values), words(plain(start)), words(variable.show), words(said)]


def _criteria(scenario: Scenario, label: Label) -> Iterator[BoardPart]:
    if scenario.criteria:
        yield Heading(2, label("Criteria"))
    if scenario.cues:
        yield Fields([(label("Cues"), cue_words(scenario.cues))])
    for key, criterion in scenario.criteria.items():
        yield Heading(3, criterion.title or key)
        fields: list[tuple[str, Cell]] = [
            (label("Id"), words(key, is_id=True)),
            (label("Competency"), words(criterion.competency)),
            (label("Points"), words(format_number(criterion.points))),
            (label("Not to be said"), words("; ".join(criterion.forbidden))),
        ]
        yield Fields([row for row in fields if row[1]])
        rows: list[list[Cell]] = [
            [words(str(level)), authored(anchor), words(f"{criterion.values[level] * 100:g} %")]
            for level, anchor in enumerate(criterion.anchors)
        ]
        head = [label("Level"), label("What is seen"), label("Share of the points")]
        yield Table(criterion.title or key, head, rows, [12, 68, 20])
        if criterion.pairs:
            pairs = [[authored(each.weak), authored(each.strong)] for each in criterion.pairs]
            yield Table(criterion.title or key, [label("Weak wording"), label("Strong wording")], pairs)


__all__ = ["Label", "Text", "authored", "front", "plain", "settings", "slot_text", "words"]
