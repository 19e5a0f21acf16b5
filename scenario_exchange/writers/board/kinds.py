"""What each kind of scene adds to its pages: answers, criteria, rules, goals, prompts, outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from scenario_engine.document import Ending, Question, Reflection, Reply, Roleplay, Route, Scene
from scenario_engine.document.replies import CriterionUse, IfNotAssessed
from scenario_exchange.storyboards.conditions import format_number
from scenario_exchange.storyboards.notation import format_changes, format_points
from scenario_exchange.writers.board.front import Label, authored, words
from scenario_exchange.writers.board.lines import cue_words, when
from scenario_exchange.writers.board.parts import Authored, BoardPart, Cell, Fields, Say, SceneLink, Table


def of_kind(scene: Scene, name: str, label: Label) -> Iterator[BoardPart]:
    """Yield what only a scene of this kind has."""
    if isinstance(scene, Question):
        yield from _question(scene, name, label)
    elif isinstance(scene, Reply):
        yield from _criteria(scene.criteria, name, label)
        rules = [(when(rule), rule) for rule in scene.branch]
        yield _rules([*rules, (label("Otherwise"), scene.otherwise)], name, label)
        yield from _samples(scene.if_not_assessed, name, label)
    elif isinstance(scene, Roleplay):
        yield from _roleplay(scene, name, label)
    elif isinstance(scene, Reflection):
        rows: list[list[Cell]] = [
            [authored(each.text), words(each.type), words(", ".join(each.shares))] for each in scene.prompts
        ]
        yield Table(name, [label("Prompt"), label("Kind"), label("Settings")], rows, [70, 15, 15])
    elif isinstance(scene, Route):
        yield from _route(scene, name, label)
    elif isinstance(scene, Ending):
        yield from _ending(scene, label)


def _target(target: str, label: Label) -> Cell:
    return [SceneLink(target)] if target else words(label("Nowhere yet"))


def _rules(rules: Sequence[tuple[str, Any]], name: str, label: Label) -> Table:
    rows: list[list[Cell]] = [
        [words(said, is_id=True), words(format_changes(msgspec.to_builtins(rule))), _target(rule.goto, label)]
        for said, rule in rules
    ]
    return Table(name, [label(each) for each in ("When", "Changes", "Leads to")], rows, [50, 25, 25])


def _route(scene: Route, name: str, label: Label) -> Iterator[BoardPart]:
    if scene.rules:
        yield _rules([(when(rule), rule) for rule in scene.rules], name, label)
    fields: list[tuple[str, Cell]] = []
    if scene.otherwise:
        fields.append((label("Otherwise"), [SceneLink(scene.otherwise)]))
    if scene.random:
        fields.append((label("Chance"), [SceneLink(arm.goto, format_number(arm.chance)) for arm in scene.random]))
    if scene.draw:
        drawn: Cell = [SceneLink(target) for target in scene.draw.from_]
        fields += [
            (f"{label('Shuffled')} ({scene.draw.count} / {len(scene.draw.from_)})", drawn),
            (label("Afterwards"), _target(scene.draw.then, label)),
        ]
    if scene.call:
        ways: Cell = [SceneLink(target, outcome) for outcome, target in scene.call.ways.items() if target]
        fields += [(label("Scenario id"), words(scene.call.scenario, is_id=True)), (label("Leads to"), ways)]
        fields.append((label("Otherwise"), _target(scene.call.otherwise, label)))
    if fields:
        yield Fields(fields)


def _question(scene: Question, name: str, label: Label) -> Iterator[BoardPart]:
    if scene.options:
        rows: list[list[Cell]] = [
            [
                [Authored(each.text), Say(each.id, is_id=True)],
                words(_credit(each.credit, each.right)),
                authored(each.feedback),
            ]
            for each in scene.options
        ]
        yield Table(name, [label(each) for each in ("Option", "Points", "Feedback")], rows, [50, 15, 35])
    if scene.answers:
        rows = [
            [words(_answer(each)), words(_credit(each.credit, None)), authored(each.feedback)] for each in scene.answers
        ]
        if scene.no_match:
            rows.append(
                [
                    words(label("Otherwise")),
                    words(_credit(scene.no_match.credit, None)),
                    authored(scene.no_match.feedback),
                ]
            )
        yield Table(name, [label(each) for each in ("Accepted answer", "Credit", "Feedback")], rows, [45, 15, 40])
    if scene.pairs:
        rows = [[authored(each.left), authored(each.right)] for each in scene.pairs]
        rows += [[[], words(each)] for each in scene.extra_right]
        yield Table(name, [label("Left"), label("Right")], rows)
    if scene.items:
        texts = [item if isinstance(item, str) else item.text for item in scene.items]
        rows = [[words(str(place)), authored(text)] for place, text in enumerate(texts, 1)]
        yield Table(name, [label("Place"), label("Text")], rows, [12, 88])
    if scene.hints:
        hints: Cell = [Authored(each.text, f"−{each.cost * 100:g} %") for each in scene.hints]
        yield Fields([(label("Hints"), hints)])


def _credit(credit: float | None, right: bool | None) -> str:
    if right is not None:
        return "right" if right else "wrong"
    return f"{credit * 100:g} %" if credit is not None else ""


def _answer(answer: Any) -> str:
    if answer.value is not None:
        return format_number(answer.value) + (f" ± {format_number(answer.tolerance)}" if answer.tolerance else "")
    return " / ".join(answer.any)


def _criteria(uses: Sequence[CriterionUse], name: str, label: Label) -> Iterator[BoardPart]:
    if not uses:
        return
    rows: list[list[Cell]] = []
    for use in uses:
        rows.append(
            [
                words(use.use, is_id=True),
                cue_words(use.cues),
                words(format_number(use.points) if use.points is not None else ""),
            ]
        )
    yield Table(name, [label(each) for each in ("Criterion", "Cues", "Points")], rows, [25, 60, 15])


def _samples(fallback: IfNotAssessed | None, name: str, label: Label) -> Iterator[BoardPart]:
    if fallback is None:
        return
    if fallback.ask:
        yield Fields([(label("If not assessed"), authored(fallback.ask))])
    rows: list[list[Cell]] = [
        [
            [Authored(each.text), Say(each.id, is_id=True)],
            words(format_changes(msgspec.to_builtins(each))),
            _target(each.goto, label),
        ]
        for each in fallback.samples
    ]
    yield Table(name, [label(each) for each in ("Sample", "Changes", "Leads to")], rows, [50, 25, 25])


def _roleplay(scene: Roleplay, name: str, label: Label) -> Iterator[BoardPart]:
    ends, exits = scene.ends, scene.exits
    turns = [f"turns: {ends.turns}"] + ([f"goals: {ends.goals}"] if ends.goals else [])
    fields: list[tuple[str, Cell]] = [
        (label("Learner plays"), words(scene.plays.learner)),
        (label("Character"), words(", ".join([scene.plays.character, *scene.plays.present]))),
        (label("Ends"), words("; ".join([*turns, f"learner may end after {ends.learner_may_end_after}"]))),
        (
            label("Leads to"),
            [
                SceneLink(getattr(exits, each), each)
                for each in ("goals", "turns", "learner", "stopped")
                if getattr(exits, each)
            ],
        ),
    ]
    if scene.cues:
        fields.append((label("Cues"), cue_words(scene.cues)))
    if scene.moods:
        moves = [f"{move.from_} → {move.to} ({move.on.cue})" for move in scene.moods.moves]
        fields.append((label("Mood"), words("; ".join([scene.moods.start, *moves]))))
    if scene.releases:
        fields.append((label("Facts"), words("; ".join(f"{each.fact} ({each.on.cue})" for each in scene.releases))))
    yield Fields(fields)
    spoken: list[tuple[str, Any]] = [(label("Start"), beat) for beat in scene.opening]
    for event in scene.events:
        at = f"turn {event.at.turn}" if event.at.turn else f"mood {event.at.mood}"
        spoken += [(at, beat) for beat in event.beats]
    rows: list[list[Cell]] = [[words(at), words(beat.who or ""), authored(beat.text)] for at, beat in spoken]
    rows += [
        [words(mood), words(scene.plays.character), authored(line if isinstance(line, str) else line.text)]
        for mood, lines in scene.lines.items()
        for line in lines
    ]
    if rows:
        yield Table(name, [label(each) for each in ("Moment", "Name", "Lines")], rows, [20, 20, 60])
    if scene.goals:
        goals: list[list[Cell]] = [
            [
                authored(each.text),
                words(", ".join([*each.met_by.released, *([each.met_by.cue] if each.met_by.cue else [])])),
            ]
            for each in scene.goals
        ]
        yield Table(name, [label("Goals"), label("Met by")], goals, [70, 30])
    yield from _criteria(scene.criteria, name, label)
    yield from _samples(scene.if_not_assessed, name, label)


def _ending(scene: Ending, label: Label) -> Iterator[BoardPart]:
    grade = scene.grade
    said = grade if isinstance(grade, str) else f"{grade * 100:g} %" if grade is not None else ""
    fields: list[tuple[str, Cell]] = [
        (label("Because of"), words(", ".join(scene.because), is_id=True)),
        (label("Grade"), words(said)),
        (label("Points"), words(format_points(scene.points))),
    ]
    if kept := [row for row in fields if row[1]]:
        yield Fields(kept)
