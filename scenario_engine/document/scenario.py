"""The scenario as a whole: what it is about, how it scores, who takes part, and its scenes."""

from datetime import date
from typing import Annotated, Literal

import msgspec

from scenario_engine.document.base import Id, Part, Share, ShortText, Target, Text, Word
from scenario_engine.document.cast import CastMember, Fact, Slot
from scenario_engine.document.replies import CriterionDefinition, Cues
from scenario_engine.document.scenes import FeedbackTime, Scene
from scenario_engine.document.variables import Variable

FORMAT = 1

Purpose = Literal["practice", "coached", "assessment"]


class Objective(Part, kw_only=True):
    """What a learner should be able to do afterwards."""

    id: Id
    text: Text
    competency: Id | None = None


class Competency(Part, kw_only=True):
    """A competency of this scenario; `uses` is the id shared across scenarios and courses."""

    title: ShortText
    uses: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_.\-]*/[a-z0-9][a-z0-9_.\-]*$")] | None = None
    description: Text = ""


class Scoring(Part, kw_only=True):
    """The one scoring block; its meaning is docs/scoring.md."""

    grade: Literal["best_path", "declared_max", "ending", "completion"] = "best_path"
    max: Annotated[float, msgspec.Meta(gt=0, le=100_000)] | None = None
    weights: dict[Id, Annotated[float, msgspec.Meta(ge=0, le=1000)]] = {}
    retry_credit: Share = 0.5
    attempt: Literal["best", "last", "first", "mean"] = "best"
    attempts: Annotated[int, msgspec.Meta(ge=1, le=1000)] | None = None
    feedback: FeedbackTime = "at_once"
    show_points: Literal["never", "debrief", "at_once"] = "debrief"
    while_pending: Literal["hold", "send_rest"] = "hold"
    when_unfinished: Literal["none", "score_so_far"] = "none"
    pass_: Share | None = msgspec.field(name="pass", default=None)


class StoppedOffer(Part, kw_only=True):
    """What a learner who stops is told and offered; stopping never costs anything."""

    text: Text = ""
    offer: Target = ""
    grade: Literal["none"] = "none"


class Safety(Part, kw_only=True):
    """Briefing, stop and support."""

    content_note: Text = ""
    can_stop: bool = True
    if_stopped: StoppedOffer | None = None
    support: Text | Slot = ""


class Review(Part, kw_only=True):
    """Who checked the content, in which role, for which places, until when."""

    by: Word
    role: Word
    on: date
    places: list[Word] = []
    until: date | None = None


class Scenario(Part, kw_only=True):
    """A whole document. Scene order is the author's reading order; play order follows `goto`."""

    format: Literal[1]
    id: Id
    title: ShortText
    start: Target = ""
    scenes: list[Scene] = []
    language: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    purpose: Purpose = "coached"
    summary: Text = ""
    minutes: Annotated[int, msgspec.Meta(ge=1, le=600)] | None = None
    audience: Text = ""
    not_for: list[ShortText] = []
    review: list[Review] = []
    safety: Safety = msgspec.field(default_factory=Safety)
    objectives: list[Objective] = []
    competencies: dict[Id, Competency] = {}
    scoring: Scoring = msgspec.field(default_factory=Scoring)
    cast: dict[Id, CastMember] = {}
    variables: dict[Id, Variable] = {}
    facts: dict[Id, Fact] = {}
    criteria: dict[Id, CriterionDefinition] = {}
    cues: Cues = {}
    glossary: dict[Id, Text] = {}
    credits: Text = ""
    drafted_by: Literal["ai"] | None = None
