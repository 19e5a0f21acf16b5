"""What replies, role-plays and reflections are made of: criteria with cues, samples, goals, moods, prompts."""

from typing import Annotated, Literal

import msgspec

from scenario_engine.document.base import Id, Number, OptionalId, Part, Share, ShortText, Target, Text, Value
from scenario_engine.document.conditions import Condition
from scenario_engine.document.shared import Beat

Counts = Literal["practice", "confirmed", "yes"]


class ConditionalCue(Part, kw_only=True):
    """Patterns that are looked for only when the condition holds (the learner has been told)."""

    any: list[ShortText]
    when: Condition | None = None


# Wording that points at something. What a pattern may say is docs/cues.md; `cues` reads it.
Cues = dict[Id, list[ShortText] | ConditionalCue]


class CriterionUse(Part, kw_only=True):
    """A criterion of the scenario used here, with this scene's own cues by family."""

    use: Id
    cues: Cues = {}
    points: Annotated[float, msgspec.Meta(ge=0, le=1000)] | None = None


class Sample(Part, kw_only=True):
    """An authored sample that a learner can match the own words to: a branch, never points."""

    text: Text
    goto: Target = ""
    id: OptionalId = ""
    add: dict[Id, Number] = {}
    set: dict[Id, Value] = {}
    learn: list[Id] = []


class IfNotAssessed(Part, kw_only=True):
    """The question and the samples shown when nothing assessed the words."""

    samples: Annotated[list[Sample], msgspec.Meta(min_length=1, max_length=12)]
    ask: ShortText = ""


class RoleplayRoles(Part, kw_only=True):
    """Who plays whom (a reversal: the learner is somebody else); `present` are others in the room."""

    learner: Id
    character: Id
    present: list[Id] = []


class SpokenLine(Part, kw_only=True):
    """One authored line of the character, said in a mood when no model speaks."""

    text: Text
    id: OptionalId = ""


class CueMatch(Part, kw_only=True):
    """A named cue family: one of the role-play's own cues, or of the scenario's."""

    cue: Id


class GoalMet(Part, kw_only=True):
    """What meets a goal: facts released, a cue, or the learner's own tick."""

    released: list[Id] = []
    cue: Id | None = None
    learner: bool = False


class Goal(Part, kw_only=True):
    """An observable aim of the role-play."""

    id: Id
    text: Text
    met_by: GoalMet


class CueRelease(Part, kw_only=True):
    """A fact that is learned when a cue is seen."""

    fact: Id
    on: CueMatch


class MoodMove(Part, kw_only=True):
    """A step of the mood machine."""

    from_: Id = msgspec.field(name="from")
    on: CueMatch
    to: Id


class MoodMachine(Part, kw_only=True):
    """Authored, deterministic moods of the character."""

    start: Id
    moves: list[MoodMove] = []


class EventAt(Part, kw_only=True):
    """When an event happens: once the learner has taken this many turns, in this mood; both where both are given."""

    turn: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None
    mood: Id | None = None


class RoleplayEvent(Part, kw_only=True):
    """An authored beat inside the role-play, with a decision if wanted."""

    at: EventAt
    id: OptionalId = ""
    beats: list[Beat] = []
    then: Literal["continue", "decide"] = "continue"
    decision: Target = ""


class RoleplayEnds(Part, kw_only=True):
    """How long a role-play may go on."""

    turns: Annotated[int, msgspec.Meta(ge=1, le=100)]
    goals: Annotated[int, msgspec.Meta(ge=1, le=20)] | None = None
    learner_may_end_after: Annotated[int, msgspec.Meta(ge=0, le=100)] = 0


class Exits(Part, kw_only=True):
    """The named ways out: all goals met, turns used up, the learner ended it, the learner stopped."""

    turns: Target = ""
    learner: Target = ""
    stopped: Target = ""
    goals: Target = ""


class ReflectionPrompt(Part, kw_only=True):
    """A prompt of the private journal, a goal, or a request to a coach (which shares item by item)."""

    id: Id
    type: Literal["journal", "goal", "ask_coach"]
    text: Text
    remind_after_days: list[Annotated[int, msgspec.Meta(ge=1, le=365)]] = []
    shares: list[Id] = []


class StrongWeak(Part, kw_only=True):
    """A weak and a strong wording of the same intent."""

    weak: Text
    strong: Text
    id: OptionalId = ""


class CriterionDefinition(Part, kw_only=True):
    """A reusable criterion: five observable anchors for the levels 0-4, worth `points` at level 4."""

    competency: Id
    points: Annotated[float, msgspec.Meta(ge=0, le=1000)]
    anchors: tuple[Text, Text, Text, Text, Text]
    title: ShortText = ""
    pairs: list[StrongWeak] = []
    forbidden: list[ShortText] = []
    forbidden_cap: Annotated[int, msgspec.Meta(ge=0, le=4)] | None = None
    forbidden_reason: Text = ""
    # Share of the points at each level; the author may change the table (scoring.md rule 2).
    values: tuple[Share, Share, Share, Share, Share] = (0, 0.25, 0.5, 0.75, 1)
