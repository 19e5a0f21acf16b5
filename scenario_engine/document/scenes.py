"""The nine scene kinds. What a scene *does* lives in `play`; what is *shown* of it in `view`."""

from typing import Annotated, Literal

import msgspec

from scenario_engine.document.base import (
    Id,
    Number,
    OptionalId,
    Part,
    Points,
    Share,
    ShortText,
    Target,
    Text,
    Value,
)
from scenario_engine.document.conditions import Condition, Effects
from scenario_engine.document.replies import (
    Counts,
    CriterionUse,
    CueRelease,
    Cues,
    Exits,
    Goal,
    IfNotAssessed,
    MoodMachine,
    ReflectionPrompt,
    RoleplayEnds,
    RoleplayEvent,
    RoleplayRoles,
    SpokenLine,
)
from scenario_engine.document.routes import Arm as Arm
from scenario_engine.document.routes import Call as Call
from scenario_engine.document.routes import Draw as Draw
from scenario_engine.document.routes import Outcome as Outcome
from scenario_engine.document.routes import RouteRule as RouteRule
from scenario_engine.document.shared import Beat, MediaUse, Spoken

FeedbackTime = Literal["at_once", "debrief"]


class SceneBase(Part, tag_field="kind", kw_only=True):
    """What any scene may carry. `note` is for authors and never leaves the document."""

    id: Id
    title: ShortText = ""
    beats: list[Beat] = []
    media: list[MediaUse] = []
    audio: Spoken | None = None
    moment: Id | None = None
    bonus: bool = False
    retry_credit: Share | None = None
    inside: Id | None = None
    note: Text = ""


class PageChoice(Part, kw_only=True):
    """A way on from a page; no points, no feedback."""

    text: Text
    goto: Target = ""
    id: OptionalId = ""


class Page(SceneBase, tag="page", kw_only=True):
    """Text and media, with one way on (`goto`), several (`choose`), or none (`done`)."""

    text: Text = ""
    goto: Target = ""
    choose: list[PageChoice] = []
    done: bool = False


class Line(SceneBase, tag="line", kw_only=True):
    """Beats only."""

    goto: Target = ""


class Choice(Part, kw_only=True):
    """One thing the learner can say or do. `points` are per competency and signed."""

    id: Id
    text: Text
    goto: Target = ""
    when: Condition | None = None
    once: bool = False
    pin: Literal["first", "last"] | None = None
    points: dict[Id, Points] = {}
    add: dict[Id, Number] = {}
    set: dict[Id, Value] = {}
    learn: list[Id] = []
    then: list[Beat] = []
    feedback: Text = ""
    better: Text = ""


class Timed(Part, kw_only=True):
    """A time limit whose expiry is a named choice; a learner who needs it may switch the clock off."""

    seconds: Annotated[int, msgspec.Meta(ge=5, le=3600)]
    on_timeout: Id
    learner_may_switch_off: bool = True


class Decision(SceneBase, tag="decision", kw_only=True):
    """Choices. `counting: collect` makes a hub: each different choice counts once, positive sum up to `cap`."""

    choices: Annotated[list[Choice], msgspec.Meta(max_length=50)] = []
    prompt: Text = ""
    shuffle: bool = False
    counting: Literal["first", "collect"] = "first"
    cap: Points | None = None
    feedback: FeedbackTime | None = None
    counts: Counts = "yes"
    timed: Timed | None = None


class Option(Part, kw_only=True):
    """An option of a single (`credit` 0..1) or multiple (`right`) question."""

    text: Text
    id: OptionalId = ""
    credit: Share | None = None
    right: bool | None = None
    feedback: Text = ""


class Hint(Part, kw_only=True):
    """A hint and its price: `cost` is the share of the credit that using it takes away."""

    text: Text
    id: OptionalId = ""
    cost: Share = 0


class Answer(Part, kw_only=True):
    """An accepted answer of a numeric (`value`, `tolerance`) or short-text (`any`) question."""

    id: OptionalId = ""
    value: Number | None = None
    tolerance: Number = 0
    any: list[ShortText] = []
    credit: Share = 1
    feedback: Text = ""


class NoMatch(Part, kw_only=True):
    """What an unknown answer is worth, and whether a coach may accept it later."""

    credit: Share = 0
    send_to_coach: bool = False
    feedback: Text = ""


class Pair(Part, kw_only=True):
    """Two sides that belong together."""

    left: Text
    right: Text
    id: OptionalId = ""


class OrderedItem(Part, kw_only=True):
    """One item of an ordering question, in its right place."""

    text: Text
    id: OptionalId = ""


class Unit(Part, kw_only=True):
    """The word after a number field, with plural forms."""

    text: ShortText


QuestionType = Literal["single", "multiple", "numeric", "short_text", "ordering", "matching"]


class Question(SceneBase, tag="question", kw_only=True):
    """A quiz question worth `points` on one competency."""

    type: QuestionType
    goto: Target = ""
    prompt: Text = ""
    competency: Id | None = None
    points: Annotated[float, msgspec.Meta(ge=0, le=1000)] = 0
    partial: bool = True
    tries: Annotated[int, msgspec.Meta(ge=1, le=20)] = 1
    shuffle: bool = False
    hints: list[Hint] = []
    confidence: Literal["ask"] | None = None
    feedback: FeedbackTime | None = None
    counts: Counts = "yes"
    options: list[Option] = []
    answers: list[Answer] = []
    no_match: NoMatch | None = None
    unit: Unit | None = None
    pairs: list[Pair] = []
    extra_right: list[ShortText] = []
    items: list[OrderedItem | Text] = []


class LevelRule(Effects, kw_only=True):
    """When the levels reached say so, change the story and go on."""

    when: Condition
    goto: Target = ""


class LevelDefault(Effects, kw_only=True):
    """The way on when no rule over levels fits."""

    goto: Target = ""


class Reply(SceneBase, tag="reply", kw_only=True):
    """The learner writes. Ordered rules over levels decide the branch; not assessed, the learner matches a sample."""

    otherwise: LevelDefault = msgspec.field(default_factory=LevelDefault)
    prompt: Text = ""
    criteria: list[CriterionUse] = []
    counts: Counts = "confirmed"
    branch: list[LevelRule] = []
    if_not_assessed: IfNotAssessed | None = None
    hide_criteria: bool = False
    max_characters: Annotated[int, msgspec.Meta(ge=20, le=4000)] = 1200


class Roleplay(SceneBase, tag="roleplay", kw_only=True):
    """Several turns with a cast member, on authored lines and moods, with a way out for each of the four ends."""

    plays: RoleplayRoles
    ends: RoleplayEnds
    exits: Exits
    prompt: Text = ""
    opening: list[Beat] = []
    goals: list[Goal] = []
    cues: Cues = {}
    releases: list[CueRelease] = []
    moods: MoodMachine | None = None
    events: list[RoleplayEvent] = []
    lines: dict[Id, list[SpokenLine | Text]] = {}
    criteria: list[CriterionUse] = []
    counts: Counts = "confirmed"
    if_not_assessed: IfNotAssessed | None = None
    hide_criteria: bool = False
    max_characters: Annotated[int, msgspec.Meta(ge=20, le=4000)] = 800


class Reflection(SceneBase, tag="reflection", kw_only=True):
    """Private writing: never shown to a coach without consent, never scored."""

    prompts: list[ReflectionPrompt]
    goto: Target = ""
    done: bool = False


class Route(SceneBase, tag="route", kw_only=True):
    """No screen: rules with a default, a random arm, a draw, or a call of another scenario choose the next scene."""

    rules: list[RouteRule] = []
    otherwise: Target = ""
    random: list[Arm] = []
    draw: Draw | None = None
    call: Call | None = None


class Ending(SceneBase, tag="ending", kw_only=True):
    """Fixes the grade. `because` lists choices shown in the debrief if made; unscored scenes may follow."""

    outcome: Outcome
    text: Text = ""
    because: list[Id] = []
    grade: Share | Literal["none"] | None = None
    completes: bool = True
    points: dict[Id, Points] = {}
    afterwards: Target = ""


Scene = Page | Line | Decision | Question | Reply | Roleplay | Reflection | Route | Ending
