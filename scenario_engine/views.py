"""The shapes a browser receives: what the learner may see now, and nothing more. Built in `view` and `debrief`."""

from typing import Any, Literal

import msgspec

from scenario_engine.findings import Finding
from scenario_engine.state import Awaits, RoleplayEnd, Stage


class _Shape(msgspec.Struct, omit_defaults=True, kw_only=True):
    pass


Direction = Literal["ltr", "rtl"]
ScreenKind = Literal["page", "line", "decision", "question", "reply", "roleplay", "reflection", "ending"]
# A small tree of checked text (see `rich`): blocks {t: p|h|ul|ol|quote, c: […]}, inlines text or {t: b|i|a|term|br, …}.
Rich = list[dict[str, Any]]


class PortraitView(_Shape):
    """A picture by media key, with the words that say what it shows."""

    key: str
    alt: str = ""


class MediaView(_Shape):
    """A picture, sound or film by media key."""

    key: str
    alt: str = ""
    decorative: bool = False
    caption: Rich = []
    long_description: Rich = []
    transcript: Rich = []
    captions: str = ""


class BeatView(_Shape):
    """One line: `who` is a cast id (absent: narration). `by_model`: a model made it up, and the learner is told."""

    id: str
    text: Rich
    who: str = ""
    name: str = ""
    role: str = ""
    is_learner: bool = False
    portrait: PortraitView | None = None
    media: MediaView | None = None
    by_model: bool = False


class ChoiceView(_Shape):
    """A card the learner can press."""

    id: str
    text: Rich


class HintView(_Shape):
    """A hint already taken."""

    id: str
    text: Rich


class OptionView(_Shape):
    """An option of a question; after a try at-once feedback may stand on it."""

    id: str
    text: Rich


class QuestionView(_Shape):
    """A question as asked: never its key. `hint_cost` is the price of the next hint (0..1).

    Ordering: `options` in the order to begin from. Matching: `options` are the left sides. Ids of what is ordered or
    matched are made up per attempt and say nothing. `last_answer`: the ids, what was typed, or "left=right".
    """

    type: Literal["single", "multiple", "numeric", "short_text", "ordering", "matching"]
    options: list[OptionView] = []
    right_side: list[OptionView] = []
    tries: int = 1
    tries_left: int = 1
    hints: list[HintView] = []
    hints_left: int = 0
    hint_cost: float = 0
    asks_confidence: bool = False
    unit: str = ""
    last_answer: list[str] = []


class CriterionView(_Shape):
    """What a reply will be read for, unless the author hides it."""

    id: str
    title: str
    anchors: list[Rich] = []


class PersonView(_Shape):
    """Somebody of the cast."""

    id: str
    name: str
    role: str = ""
    portrait: PortraitView | None = None


class GoalView(_Shape):
    """An aim of the role-play; `can_tick` where the learner says whether it is met."""

    id: str
    text: Rich
    met: bool = False
    can_tick: bool = False


class RoleplayView(_Shape):
    """A role-play as it stands: everything said so far (the opening included), and how it may go on.

    Also present, with `inside` set, beside a scene that the role-play has called: the conversation goes on after it.
    `ended` says why nothing more can be said: Continue leads on. `voiced`: a model speaks for the character.
    """

    plays: PersonView
    character: PersonView
    said: list[BeatView]
    max_characters: int
    is_reversed: bool = False
    present: list[PersonView] = []
    goals: list[GoalView] = []
    goals_needed: int | None = None
    criteria: list[CriterionView] = []
    turns: int = 0
    turns_left: int = 0
    can_leave: bool = False
    voiced: bool = False
    inside: bool = False
    ended: RoleplayEnd = ""


class ShareView(_Shape):
    """Something the learner can let a coach see: another prompt's words, or the conversation (id `transcript`)."""

    id: str
    text: Rich = []
    shared: bool = False


class PromptView(_Shape):
    """A private prompt. `text` are the learner's own words where the host keeps them; `wrote`: there are some."""

    id: str
    type: Literal["journal", "goal", "ask_coach"]
    prompt: Rich
    wrote: bool = False
    text: str = ""
    remind_after_days: list[int] = []
    shares: list[ShareView] = []


class ReplyView(_Shape):
    """A reply to write; `text` is what was written, once it was."""

    max_characters: int
    criteria: list[CriterionView] = []
    text: str = ""


class MatchView(_Shape):
    """The authored samples to match the own words to."""

    ask: Rich
    samples: list[ChoiceView]
    text: str


class FeedbackView(_Shape):
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


class MeterView(_Shape):
    """A shown variable: a bar with a word, or the word alone (`value` absent)."""

    id: str
    label: str
    word: str = ""
    value: float | None = None
    low: float = 0
    high: float = 0


class FactView(_Shape):
    """An entry of the notebook."""

    id: str
    text: Rich
    is_new: bool = False


class TimerView(_Shape):
    """The time limit of a decision, in seconds (those this learner has). `is_off`: the learner takes their time."""

    seconds: int
    may_switch_off: bool
    is_off: bool = False


class EndingView(_Shape):
    """An ending as the learner meets it."""

    id: str
    outcome: Literal["good", "mixed", "poor", "stopped", "read"]
    title: str


class AboutView(_Shape):
    """The briefing before the first scene: what it is, how long, what may be hard, and what it is not for."""

    summary: Rich = []
    minutes: int | None = None
    content_note: Rich = []
    objectives: list[Rich] = []
    not_for: list[str] = []
    support: Rich = []


class View(_Shape):
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


class DebriefEntry(_Shape):
    """One visit replayed: what was said to and by the learner, and what it did. `mark` goes in the margin.

    A role-play's conversation is in `beats`. `confidence` is what the learner said of an answer (0-4).
    """

    scene: str
    heading: str = ""
    beats: list[BeatView] = []
    prompt: Rich = []
    said: list[Rich] = []
    reaction: list[BeatView] = []
    feedback: list[Rich] = []
    better: Rich = []
    mark: Literal["", "strong", "mixed", "missed"] = ""
    points: dict[str, float] = {}
    credit: float | None = None
    confidence: int | None = None
    note: Literal["", "repeat", "practice", "pending", "excused", "bonus"] = ""


ProfileWord = Literal["not_enough", "emerging", "growing", "steady", "strong"]


class ProfileBar(_Shape):
    """One competency of the practice profile: never a grade. `share` is 0..1, or absent under three moments."""

    competency: str
    title: str
    uses: str = ""
    share: float | None = None
    word: ProfileWord = "not_enough"
    moments_shown: int = 0
    moments: int = 0


class GradeView(_Shape):
    """The grade of an attempt: `ratio` 0..1 rounded to 4 places, or none and why."""

    ratio: float | None = None
    reason: Literal[
        "", "unfinished", "stopped", "not_graded", "pending", "nothing_counts", "voided", "excused", "no_maximum"
    ] = ""
    provisional: float | None = None


class CorrectionView(_Shape):
    """What a coach changed, and why: old and new in the terms of `kind` (a level 0-4, or a share 0..1)."""

    kind: Literal["level", "credit", "grade", "void", "excuse"]
    about: str = ""
    old: float | None = None
    new: float | None = None
    reason: str = ""
    at: str = ""


class CalibrationView(_Shape):
    """How sure the learner was and how right, over the answers that asked for it; sure means 3 or 4 of 4."""

    answers: int
    sure_and_right: int = 0
    sure_and_wrong: int = 0
    unsure_and_right: int = 0
    unsure_and_wrong: int = 0


class Debrief(_Shape):
    """The page after an ending."""

    ending: EndingView
    led_here: list[Rich] = []
    script: list[DebriefEntry] = []
    profile: list[ProfileBar] = []
    grade: GradeView = msgspec.field(default_factory=GradeView)
    corrections: list[CorrectionView] = []
    try_next: Rich = []
    path: list[str] = []
    calibration: CalibrationView | None = None


DeliveryStatus = Literal["none", "saved", "sent", "confirmed", "held", "delayed"]


class Delivery(_Shape):
    """Where the grade is on its way to the LMS, in words the learner understands."""

    status: DeliveryStatus
    at: str = ""


class Served(_Shape):
    """What a host answers to every play request. `media` maps the keys of this view to URLs.

    `error` is set when the request was refused (409 stale, 422 not offered) and the view is the current one.
    """

    view: View
    media: dict[str, str] = {}
    debrief: Debrief | None = None
    delivery: Delivery | None = None
    attempt: int = 1
    attempts_left: int | None = None
    can_start_again: bool = False
    is_preview: bool = False
    poll_after_s: float | None = None
    error: str = ""
    error_code: str = ""


class TestPlayed(_Shape):
    """What the editor's test-play answers: the unsaved document's own findings when it cannot be played."""

    served: Served | None = None
    state: dict[str, Any] = {}
    findings: list[Finding] = []
