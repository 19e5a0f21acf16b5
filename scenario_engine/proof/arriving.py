"""Where moves lead: into scenes, through draws, out of role-plays, and what trying a moment on the way adds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from scenario_engine.credits import after_hints, best_credit, worst_credit
from scenario_engine.document import Question, Roleplay, Route, Scene
from scenario_engine.document.base import NEXT_DRAWN, RETURN
from scenario_engine.proof.gains import NOTHING, Gains
from scenario_engine.proof.pasts import Changes, Pasts
from scenario_engine.proof.remembered import Memory
from scenario_engine.proof.situations import Draws, Past, Situation, Talking
from scenario_engine.proof.steps import NO_GAIN, Gain, Move, Step
from scenario_engine.proof.words import Words
from scenario_engine.story import Story
from scenario_engine.worth import credit_vector


class Arrivals:
    """Leaving scenes and arriving at others, by the rules of play. `moments` names that of each scene that counts."""

    def __init__(self, story: Story, gains: Gains, words: Words, memory: Memory, moments: Mapping[str, str]) -> None:
        self._story, self._gains, self._words, self._moments = story, gains, words, moments
        self._pasts = Pasts(story.scenario, memory)
        self._met_again = memory.names("moments")
        self._counted_visits = memory.names("visits")
        # Arriving there changes nothing that is remembered.
        self._plain = {
            name
            for name, scene in story.scenes.items()
            if name not in self._counted_visits and not isinstance(scene, Roleplay)
        }

    def try_moment(self, past: Past, scene: Scene, vector: int | None) -> tuple[Past, Gain]:
        """Return the past that knows of one more try at the moment of a scene, and what it adds. None: only met."""
        moment = self._moments.get(scene.id)
        if moment is None:
            return past, NO_GAIN
        known = past.tries.get(moment)
        if vector is None or moment not in self._met_again:
            return past, Gain(vector or NOTHING, int(known is None))
        tries, number = self._gains.try_moment(scene, known, vector)
        after = past.draft()
        after.tries = {**past.tries, moment: tries}
        return after, Gain(number, int(known is None))

    def go(
        self,
        past: Past,
        move: Move,
        target: str,
        changes: Changes | None = None,
        gain: Gain = NO_GAIN,
        chance: float = 1,
    ) -> Iterable[Step]:
        """Return every way of going on to `target`, with these changes and no others on the way.

        Where it is the next of a draw, there is one to each scene that may come.
        """
        if past.is_settled and target in self._plain and not past.talks:
            situation = Situation(target, self._pasts.after(past, changes, target))
            return (Step(move, gain.number, situation, chance, gain.opens),)
        after = past.draft()
        self._pasts.change(after, changes)
        if target == NEXT_DRAWN and after.draws:
            return self._draw(after, move, gain, chance)
        if after.talks:
            return self._arrive(after, move, target, gain, chance)
        return (Step(move, gain.number, self.enter(after, target), chance, gain.opens),)

    def _draw(self, past: Past, move: Move, gain: Gain, chance: float) -> Iterator[Step]:
        *outer, draw = past.draws
        if not draw.left:
            past.draws = tuple(outer)
            yield from self.go(past, move, draw.then, None, gain, chance)
            return
        for drawn in self._drawable(draw.pool):
            after = past.copy()
            pool = tuple(each for each in draw.pool if each != drawn)
            after.draws = (*outer, Draws(draw.route, pool, draw.left - 1, draw.then))
            yield from self._arrive(after, move, drawn, gain, chance)

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

    def _arrive(self, past: Past, move: Move, target: str, gain: Gain, chance: float) -> Iterator[Step]:
        """Yield arriving at `target`. Role-plays that this leads out of are over; a coach may still read them."""
        scene = self._story.scenes.get(target)
        left: list[Roleplay] = []
        if scene is not None and not isinstance(scene, Route):
            while past.talks and scene.inside != past.talks[-1].scene:
                talk = self._story.scenes[past.talks[-1].scene]
                left += [talk] if isinstance(talk, Roleplay) else []
                past.talks = past.talks[:-1]
        if not left:
            yield Step(move, gain.number, self.enter(past, target), chance, gain.opens)
            return
        readings = list(self._read_left(past, left, gain))
        for then, total in readings:
            yield Step(move, total.number, self.enter(then, target), chance / len(readings), total.opens)

    def _read_left(self, past: Past, left: Sequence[Roleplay], gain: Gain) -> Iterator[tuple[Past, Gain]]:
        if not left:
            yield past, gain
            return
        talk, *others = left
        for vector in self._words.read_later(talk):
            then, own = self.try_moment(past.copy(), talk, vector)
            total = Gain(self._gains.add(gain.number, own.number), gain.opens + own.opens)
            yield from self._read_left(then, others, total)

    def enter(self, past: Past, target: str) -> Situation | None:
        """Return the situation on arriving at `target` with a draft of the past; None where play ends ungraded."""
        if target == RETURN and past.talks:
            target = past.talks[-1].scene
            return Situation(target, self._pasts.settle(past, target))
        scene = self._story.scenes.get(target)
        if scene is None:
            return None
        if target in self._counted_visits:
            past.visits = {**past.visits, target: past.visits.get(target, 0) + 1}
        if isinstance(scene, Roleplay):
            past.talks = (*past.talks, Talking(target))
        return Situation(target, self._pasts.settle(past, target))


def can_be_answered(question: Question) -> bool:
    """Return whether play takes any answer: where one option is to be picked, there must be one."""
    return question.type != "single" or bool(question.options)


def worst_of_all(question: Question) -> Fraction:
    """Return the least that any try at a question earns: the worst answer after every hint."""
    return after_hints(question, worst_credit(question), len(question.hints))
