"""The small shapes that models answer in. Converted and checked; never stored as documents themselves."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Words = Annotated[str, msgspec.Meta(max_length=4000)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
Level = Literal["beginner", "intermediate", "advanced"]
ModuleKind = Literal["lesson", "quiz", "conversation"]


class Brief(msgspec.Struct, kw_only=True):
    """What a designer asks for."""

    topic: Annotated[str, msgspec.Meta(min_length=3, max_length=300)]
    audience: Annotated[str, msgspec.Meta(max_length=300)] = ""
    level: Level = "intermediate"
    minutes: Annotated[int, msgspec.Meta(ge=5, le=240)] = 30
    language: Annotated[str, msgspec.Meta(max_length=20)] = "en"
    objectives: Annotated[list[Line], msgspec.Meta(max_length=8)] = []


class Shape(msgspec.Struct, kw_only=True):
    """A piece of an answer."""


class ObjectiveDraft(Shape):
    """One observable objective, and the competency it practises."""

    text: Line
    competency: Line


class ObjectivesDraft(Shape):
    """Stage one."""

    objectives: Annotated[list[ObjectiveDraft], msgspec.Meta(min_length=1, max_length=8)]


class ModuleOutline(Shape):
    """A module in one sentence."""

    title: Line
    kind: ModuleKind
    about: Words


class OutlineDraft(Shape):
    """Stage two: what the designer approves before anything is written."""

    title: Line
    summary: Words
    modules: Annotated[list[ModuleOutline], msgspec.Meta(min_length=1, max_length=8)]


class PageDraft(Shape):
    """A page of a lesson."""

    title: Line
    text: Words
    quote: Words = ""


class LessonDraft(Shape):
    """A lesson."""

    pages: Annotated[list[PageDraft], msgspec.Meta(min_length=1, max_length=12)]
    takeaway: Line


class OptionDraft(Shape):
    """An option of a question."""

    text: Line
    right: bool
    feedback: Words


class QuestionDraft(Shape):
    """A question; several right options make it a multiple one."""

    prompt: Line
    competency: Line
    options: Annotated[list[OptionDraft], msgspec.Meta(min_length=2, max_length=6)]


class QuizDraft(Shape):
    """A quiz."""

    questions: Annotated[list[QuestionDraft], msgspec.Meta(min_length=1, max_length=12)]


class PersonDraft(Shape):
    """Somebody in the conversation."""

    name: Line
    role: Line
    background: Words = ""


class SpokenDraft(Shape):
    """A line before a turn; `who` is a person's name, or empty for narration."""

    who: str
    text: Line


class SayingDraft(Shape):
    """Something the learner may say, what it is worth (-2..3), and what the other answers."""

    text: Line
    worth: Annotated[int, msgspec.Meta(ge=-2, le=3)]
    answer: Words
    feedback: Words
    better: Words = ""


class RepairDraft(Shape):
    """A second chance at the same moment, after a choice worth nothing or less."""

    prompt: Line
    choices: Annotated[list[SayingDraft], msgspec.Meta(min_length=2, max_length=4)]


class TurnDraft(Shape):
    """One moment of the conversation."""

    prompt: Line
    competency: Line
    before: Annotated[list[SpokenDraft], msgspec.Meta(max_length=6)]
    choices: Annotated[list[SayingDraft], msgspec.Meta(min_length=2, max_length=5)]
    repair: RepairDraft | None = None


class EndingDraft(Shape):
    """How it ends."""

    title: Line
    text: Words


class ConversationDraft(Shape):
    """A branching conversation."""

    setting: Words
    learner_role: Line
    people: Annotated[list[PersonDraft], msgspec.Meta(min_length=1, max_length=4)]
    turns: Annotated[list[TurnDraft], msgspec.Meta(min_length=2, max_length=8)]
    good: EndingDraft
    mixed: EndingDraft
    poor: EndingDraft
    content_note: Words = ""


ModuleDraft = LessonDraft | QuizDraft | ConversationDraft
SHAPE_OF: dict[ModuleKind, type[LessonDraft] | type[QuizDraft] | type[ConversationDraft]] = {
    "lesson": LessonDraft,
    "quiz": QuizDraft,
    "conversation": ConversationDraft,
}
