"""What the search calls the things that happen: moves, what they add, and the steps they are part of."""

from typing import NamedTuple

from scenario_engine.proof.gains import NOTHING
from scenario_engine.proof.situations import Situation
from scenario_engine.proof.talks import TalkEnd
from scenario_engine.proof.words import Levels


class Move(NamedTuple):
    """One thing that can happen: `kind` is continue, choose, time_up, answer, judged, matched, unmatched, event or arm.

    `value` is a choice, way, sample, event or scene id, "best" or "worst" for an answer, levels by criterion when
    judged. `rule` is the place of the rule that was followed, `end` how a role-play ended, where that is what happened.
    """

    kind: str
    value: str = ""
    levels: Levels = ()
    rule: int | None = None
    end: TalkEnd | None = None


class Gain(NamedTuple):
    """What a step adds: the number of a vector, and how many moments are met for the first time."""

    number: int
    opens: int = 0


NO_GAIN = Gain(NOTHING)


class Step(NamedTuple):
    """A move, what it adds (`gain` and `opens` as in `Gain`), and the situation after it; None: play ends ungraded."""

    move: Move
    gain: int
    after: Situation | None
    chance: float = 1
    opens: int = 0
