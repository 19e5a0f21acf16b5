"""The scenes of a storyboard: for each its settings, what is said, and the ways on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from scenario_engine.document import Beat, Choice, Decision, Page, Scene
from scenario_engine.document.shared import MediaUse
from scenario_exchange.storyboards.conditions import format_condition
from scenario_exchange.storyboards.notation import format_changes, format_points
from scenario_exchange.storyboards.row import TEXT_FIELDS
from scenario_exchange.writers.board.front import Label, authored, settings, words
from scenario_exchange.writers.board.kinds import of_kind
from scenario_exchange.writers.board.parts import (
    Authored,
    BoardPart,
    Cell,
    Fields,
    Heading,
    Piece,
    Say,
    SceneLink,
    Table,
)

_SHOWN_ELSEWHERE = (
    "id",
    "title",
    "note",
    "goto",
    "afterwards",
    "otherwise",
    "prompt",
    "text",
    "moment",
    "outcome",
    "grade",
)


def scene_parts(
    scene: Scene, name: str, reached_from: Sequence[str], people: Mapping[str, str], label: Label
) -> Iterator[BoardPart]:
    """Yield the parts of one scene; `name` is its number and title, `people` the names of the cast."""
    yield Heading(3, name, scene.id)
    yield Fields(_fields(scene, reached_from, label))
    beats = list(scene.beats)
    if beats:
        yield beats_table(beats, name, people, label)
    if isinstance(scene, Decision) and scene.choices:
        yield _choices(scene.choices, name, people, label)
    elif isinstance(scene, Page) and scene.choose:
        rows: list[list[Cell]] = [
            [[Authored(each.text), Say(each.id, is_id=True)], to(each.goto, label)] for each in scene.choose
        ]
        yield Table(name, [label("Choice"), label("Leads to")], rows, [70, 30])
    yield from of_kind(scene, name, label)


def _fields(scene: Scene, reached_from: Sequence[str], label: Label) -> list[tuple[str, Cell]]:
    kind = str(scene.__struct_config__.tag)
    text = getattr(scene, TEXT_FIELDS.get(kind, ""), "") if kind in TEXT_FIELDS else ""
    text_label = "Question" if TEXT_FIELDS.get(kind) == "prompt" else "Text"
    rows: list[tuple[str, Cell]] = [
        (label("Scene"), words(scene.id, is_id=True)),
        (label("Kind"), words(kind)),
        (label("Outcome"), words(getattr(scene, "outcome", ""))),
        (label("Text"), authored(text) if text_label == "Text" else []),
        (label("Question"), authored(text) if text_label == "Question" else []),
        (label("Leads to"), to(_goto(scene), label) if _goto(scene) else []),
        (label("Reached from"), [SceneLink(each) for each in reached_from]),
        (label("Moment"), words(scene.moment or "", is_id=True)),
        (label("Time limit"), _limit(scene)),
        (label("Pictures and sound"), _media(scene)),
        (label("Settings"), [Say(" ".join(_said(cell)), name) for name, cell in settings(scene, _SHOWN_ELSEWHERE)]),
        (label("Note for authors"), words(scene.note)),
    ]
    return [row for row in rows if row[1]]


def _said(cell: Cell) -> list[str]:
    return [piece.text for piece in cell if isinstance(piece, Say)]


def _goto(scene: Scene) -> str:
    return str(getattr(scene, "goto", "") or getattr(scene, "afterwards", ""))


def _limit(scene: Scene) -> Cell:
    timed = scene.timed if isinstance(scene, Decision) else None
    return [Say(f"{timed.seconds} s"), Say(timed.on_timeout, is_id=True)] if timed else []


def _media(scene: Scene) -> Cell:
    found = [Say(media_words(each)) for each in scene.media]
    return [*found, *([Say(scene.audio.file)] if scene.audio else [])]


def media_words(media: MediaUse) -> str:
    """Return what a medium is, in words: its alternative text, or its file."""
    said = media.alt or media.caption
    return f"{media.use}: {said}" if said else media.use


def to(target: str, label: Label) -> Cell:
    """Return a way on."""
    return [SceneLink(target)] if target else words(label("Nowhere yet"))


def when_words(condition: Any) -> str:
    """Return a condition as a line, "" for none."""
    return format_condition(msgspec.to_builtins(condition)) if condition is not None else ""


def _speaker(who: str | None, people: Mapping[str, str], label: Label) -> Cell:
    """Return who speaks: the name, with the id where the name alone would not lead to it."""
    if not who:
        return words(label("Narration"))
    name = people.get(who, who)
    return [Say(name)] if name == who else [Say(name), Say(who, is_id=True)]


def beats_table(beats: Sequence[Beat], name: str, people: Mapping[str, str], label: Label) -> Table:
    """Return the table of what is said."""
    rows: list[list[Cell]] = []
    for beat in beats:
        text: list[Piece] = [*authored(beat.text)]
        text += [Say(media_words(beat.media))] if beat.media else []
        rows.append(
            [_speaker(beat.who, people, label), words(beat.mood or ""), text, words(when_words(beat.when), is_id=True)]
        )
    return Table(name, [label(each) for each in ("Who", "Mood", "Text", "When")], rows, [14, 14, 52, 20])


def _choices(choices: Sequence[Choice], name: str, people: Mapping[str, str], label: Label) -> Table:
    head = [label(each) for each in ("Choice", "Leads to", "Points", "Feedback")]
    return Table(name, head, [_choice(each, people, label) for each in choices], [36, 16, 18, 30])


def _choice(choice: Choice, people: Mapping[str, str], label: Label) -> list[Cell]:
    said: list[Piece] = [*authored(choice.text), Say(choice.id, is_id=True)]
    said += [Say(when_words(choice.when), label("When"), is_id=True)] if choice.when else []
    rest = ", ".join(filter(None, [label("Only once") if choice.once else "", choice.pin or ""]))
    said += words(rest)
    changes = format_changes(msgspec.to_builtins(choice))
    counted: list[Piece] = [*words(format_points(choice.points))]
    counted += [Say(changes, label("Changes"))] if changes else []
    told: list[Piece] = [_reaction(each, people, label) for each in choice.then]
    told += [Authored(choice.feedback, label("Feedback"))] if choice.feedback else []
    told += [Authored(choice.better, label("Better phrasing"))] if choice.better else []
    return [said, to(choice.goto, label), counted, told]


def _reaction(beat: Beat, people: Mapping[str, str], label: Label) -> Piece:
    who = people.get(beat.who, beat.who) if beat.who else ""
    said = f"{who} ({beat.mood}): " if who and beat.mood else f"{who}: " if who else ""
    return Authored(f"{said}{beat.text}", label("Reaction"))
