"""Everything that a learner may see at one point of an attempt."""

from typing import Literal

from scenario_engine.state import Awaits, Stage
from scenario_engine.views.asked import MatchView, PromptView, QuestionView, ReplyView
from scenario_engine.views.shapes import BeatView, ChoiceView, Direction, MediaView, Rich, ScreenKind, Shape
from scenario_engine.views.talking import RoleplayView


class FeedbackView(Shape):
    """What a choice or answer did, in words; `points` by competency title only where the author shows them at once.

    `awaits_coach`: nobody foresaw the answer, a coach will read it; there is no credit yet.
    """

    said: Rich = []
    beats: list[BeatView] = []
    notes: list[Rich] = []
    better: Rich = []
    credit: float | None = None
    points: dict[str, float] = {}
    can_try_again: bool = False
    awaits_coach: bool = False


class MeterView(Shape):
    """A shown variable: a bar with a word, or the word alone (`value` absent)."""

    id: str
    label: str
    word: str = ""
    value: float | None = None
    low: float = 0
    high: float = 0


class FactView(Shape):
    """An entry of the notebook."""

    id: str
    text: Rich
    is_new: bool = False


class TimerView(Shape):
    """The time limit of a decision, in seconds (those this learner has). `is_off`: the learner takes their time."""

    seconds: int
    may_switch_off: bool
    is_off: bool = False


class EndingView(Shape):
    """An ending as the learner meets it."""

    id: str
    outcome: Literal["good", "mixed", "poor", "stopped", "read"]
    title: str


class AboutView(Shape):
    """The briefing before the first scene: what it is, how long, what may be hard, and what it is not for."""

    summary: Rich = []
    minutes: int | None = None
    content_note: Rich = []
    objectives: list[Rich] = []
    not_for: list[str] = []
    support: Rich = []


class View(Shape):
    """Everything a learner may see at one point of an attempt."""

    seq: int
    title: str
    language: str
    direction: Direction
    scene: str
    kind: ScreenKind
    stage: Stage
    awaits: Awaits
    heading: str = ""
    about: AboutView | None = None
    beats: list[BeatView] = []
    text: Rich = []
    media: list[MediaView] = []
    audio: MediaView | None = None
    prompt: Rich = []
    choices: list[ChoiceView] = []
    question: QuestionView | None = None
    reply: ReplyView | None = None
    match: MatchView | None = None
    roleplay: RoleplayView | None = None
    prompts: list[PromptView] = []
    reaction: FeedbackView | None = None
    meters: list[MeterView] = []
    notebook: list[FactView] = []
    glossary: dict[str, Rich] = {}
    timer: TimerView | None = None
    ending: EndingView | None = None
    can_continue: bool = False
    can_stop: bool = False
    over: bool = False
    graded: bool = False
