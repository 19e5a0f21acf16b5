"""Where moves lead: into scenes, through draws, out of role-plays, and what trying a moment on the way adds."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from scenario_engine.credits import after_hints, best_credit, worst_credit
from scenario_engine.document import Question, Roleplay, Route, Scene
from scenario_engine.document.base import NEXT_DRAWN, RETURN
from scenario_engine.proof.gains import NOTHING, Gains
from scenario_engine.proof.situations import Draws, Situation, Talking
from scenario_engine.proof.talks import TalkEnd
from scenario_engine.proof.words import Levels, Words
from scenario_engine.story import Story
from scenario_engine.worth import credit_vector


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


class Step(NamedTuple):
    """A move, what it adds, and the situation after it, not yet settled. No target: play ends ungraded."""

    move: Move
    gain: int
    after: Situation
    chance: float = 1


class Arrivals:
    """Leaving scenes and arriving at others, by the rules of play. `moments` names that of each scene that counts."""

    def __init__(
        self, story: Story, gains: Gains, words: Words, moments: Mapping[str, str], counted_visits: set[str]
    ) -> None:
        self._story, self._gains, self._words = story, gains, words
        self._moments, self._counted_visits = moments, counted_visits

    def try_moment(self, after: Situation, scene: Scene, vector: int) -> int:
        """Note one more try at the moment of a scene and return the number of what it adds."""
        moment = self._moments.get(scene.id)
        if moment is None:
            return NOTHING
        after.opened += moment not in after.tries
        after.tries[moment], gain = self._gains.try_moment(scene, after.tries.get(moment), vector)
        return gain

    def leave(self, after: Situation, move: Move, target: str, gain: int, chance: float = 1) -> Iterator[Step]:
        """Yield every way of going on to `target`: where it is the next of a draw, to each that may come."""
        if target != NEXT_DRAWN or not after.draws:
            yield from self._arrive(after, move, target, gain, chance)
            return
        *outer, draw = after.draws
        if not draw.left:
            after.draws = tuple(outer)
            yield from self.leave(after, move, draw.then, gain, chance)
            return
        for drawn in self._drawable(draw.pool):
            one = after.fork()
            pool = tuple(each for each in draw.pool if each != drawn)
            one.draws = (*outer, Draws(draw.route, pool, draw.left - 1, draw.then))
            yield from self._arrive(one, move, drawn, gain, chance)

    def _drawable(self, pool: tuple[str, ...]) -> Sequence[str]:
        """Return what may be drawn next. Where all are alike in every way that counts, one stands for all."""
        alike = {self._likeness(name) for name in pool}
        return pool[:1] if len(alike) == 1 and None not in alike else pool

    def _likeness(self, name: str) -> tuple[str, Fraction, Fraction] | None:
        scene = self._story.scenes.get(name)
        if not isinstance(scene, Question) or scene.goto != NEXT_DRAWN or scene.moment or name in self._counted_visits:
            return None
        if not can_be_answered(scene):
            return None
        if scene.id not in self._moments:
            return "", Fraction(0), Fraction(0)
        worth = credit_vector(scene, Fraction(1)).get(scene.competency or "", Fraction(0))
        return scene.competency or "", worth * best_credit(scene), worth * worst_of_all(scene)

    def _arrive(self, after: Situation, move: Move, target: str, gain: int, chance: float) -> Iterator[Step]:
        """Yield arriving at `target`. Role-plays that this leads out of are over; a coach may still read them."""
        scene = self._story.scenes.get(target)
        left: list[Roleplay] = []
        if scene is not None and not isinstance(scene, Route):
            while after.talks and scene.inside != after.talks[-1].scene:
                talk = self._story.scenes[after.talks[-1].scene]
                left += [talk] if isinstance(talk, Roleplay) else []
                after.talks = after.talks[:-1]
        if not left:
            yield Step(move, gain, self.enter(after, target), chance)
            return
        readings = list(self._read_left(after, left, gain))
        for then, total in readings:
            yield Step(move, total, self.enter(then, target), chance / len(readings))

    def _read_left(self, after: Situation, left: Sequence[Roleplay], gain: int) -> Iterator[tuple[Situation, int]]:
        if not left:
            yield after, gain
            return
        talk, *others = left
        for vector in self._words.read_later(talk):
            then = after.fork()
            then.opened = after.opened
            own = NOTHING if vector is None else self.try_moment(then, talk, vector)
            yield from self._read_left(then, others, self._gains.add(gain, own))

    def enter(self, after: Situation, target: str) -> Situation:
        """Return the situation on arriving at `target`."""
        if target == RETURN and after.talks:
            after.scene = after.talks[-1].scene
            return after
        scene = self._story.scenes.get(target)
        after.scene = scene.id if scene else ""
        if scene is not None:
            after.visits[target] = after.visits.get(target, 0) + 1
            if isinstance(scene, Roleplay):
                after.talks = (*after.talks, Talking(scene.id))
        return after


def can_be_answered(question: Question) -> bool:
    """Return whether play takes any answer: where one option is to be picked, there must be one."""
    return question.type != "single" or bool(question.options)


def worst_of_all(question: Question) -> Fraction:
    """Return the least that any try at a question earns: the worst answer after every hint."""
    return after_hints(question, worst_credit(question), len(question.hints))
