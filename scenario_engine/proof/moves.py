"""What can happen in a situation: every move of the learner, of a judgement and of chance, by the rules of play.

Conditions, effects and what is offered come from `rules`, which play uses too: there is no second meaning.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import NamedTuple

from scenario_engine.credits import best_credit, worst_credit
from scenario_engine.document import (
    Choice,
    Decision,
    Ending,
    Line,
    Page,
    Question,
    Reflection,
    Reply,
    Route,
    Scene,
)
from scenario_engine.document.base import NEXT_DRAWN
from scenario_engine.document.replies import Sample
from scenario_engine.document.scenes import LevelDefault, LevelRule, RouteRule
from scenario_engine.errors import BoundReached, NotPlayable
from scenario_engine.proof.gains import NOTHING, Gains
from scenario_engine.proof.remembered import Memory
from scenario_engine.proof.situations import Situation
from scenario_engine.rules import apply_effects, first_that_holds, offered_choices, start_values
from scenario_engine.story import Story
from scenario_engine.worth import (
    Vector,
    add_vectors,
    best_level,
    choice_vector,
    credit_vector,
    criterion_maximum,
    criterion_vector,
    ending_vector,
    is_moment,
    scenes_by_moment,
)

# A reply with more combinations of levels than this cannot be searched.
MAX_LEVEL_COMBINATIONS = 8_000

WayOn = RouteRule | LevelRule | LevelDefault | Sample


Levels = tuple[tuple[str, int | None], ...]


class Move(NamedTuple):
    """One thing that can happen: `kind` is continue, choose, time_up, answer, judged, matched, unmatched or arm.

    `value` is a choice, way, sample or scene id, "best" or "worst" for an answer, levels by criterion when judged.
    `rule` is the place of the rule that was followed, where one was.
    """

    kind: str
    value: str = ""
    levels: Levels = ()
    rule: int | None = None


class Step(NamedTuple):
    """A move, what it adds, and the situation after it, not yet settled. No target: play ends ungraded."""

    move: Move
    gain: int
    after: Situation
    chance: float = 1


class Moves:
    """The moves of one story. Holds what is derived from the story once."""

    def __init__(self, story: Story, gains: Gains, memory: Memory, *, scored: bool = True) -> None:
        self._story, self._gains = story, gains
        self._asked_levels = {name for kind, name in memory.asked if kind == "levels"}
        self._counted_visits = {name for kind, name in memory.asked if kind == "visits"}
        # What counts in the greatest total: practice and bonus do not.
        counting = (s for s in story.scenario.scenes if is_moment(s) and not s.bonus) if scored else ()
        self._moments = {scene.id: story.moment_of(scene) for scene in counting}
        self._choices: dict[tuple[str, str], int] = {}
        self._readings: dict[tuple[str, Levels], int] = {}
        _refuse_shared_hubs(story)

    def begin(self, attempt: int, first: str) -> Situation:
        """Return the situation before the first scene is entered."""
        situation = Situation()
        situation.attempt, situation.variables = attempt, start_values(self._story.scenario)
        return self._enter(situation, first)

    def of(self, at: Situation) -> Iterator[Step]:
        """Yield every step out of `at`."""
        scene = self._story.scenes[at.scene]
        if isinstance(scene, Decision):
            yield from self._of_decision(at, scene)
        elif isinstance(scene, Route):
            yield from self._of_route(at, scene)
        elif isinstance(scene, Question):
            yield from self._of_question(at, scene)
        elif isinstance(scene, Reply):
            yield from self._of_reply(at, scene)
        elif isinstance(scene, Page) and scene.choose:
            for way in scene.choose:
                yield from self._go(at, Move("choose", way.id), way.goto)
        elif isinstance(scene, Page | Line | Reflection):
            if scene.goto:
                yield from self._go(at, Move("continue"), scene.goto)
        elif not isinstance(scene, Ending):
            raise NotPlayable(f"Scene “{scene.id}”: a role-play cannot be searched.")

    def final_gain(self, at: Situation, ending: Ending) -> int:
        """Return the number of what reaching `ending` adds."""
        return self._try(at.fork(), ending, self._gains.number(ending_vector(ending))) if ending.points else NOTHING

    def _of_decision(self, at: Situation, scene: Decision) -> Iterator[Step]:
        offered = offered_choices(scene, at)
        for choice in offered:
            yield from self._take(at, scene, choice, Move("choose", choice.id))
        late = scene.timed.on_timeout if scene.timed else ""
        if late and all(choice.id != late for choice in offered):
            for choice in (choice for choice in scene.choices if choice.id == late):
                yield from self._take(at, scene, choice, Move("time_up", late))

    def _take(self, at: Situation, scene: Decision, choice: Choice, move: Move) -> Iterator[Step]:
        after = at.fork()
        after.chosen[choice.id] = 1
        apply_effects(self._story.scenario, after, choice.add, choice.set, choice.learn)
        moment, gain = self._moments.get(scene.id), NOTHING
        if moment is not None and scene.counting == "collect":
            after.opened = int(moment not in after.collected)
            after.collected[moment], gain = self._gains.try_hub(scene, after.collected.get(moment, ()), choice.id)
        elif moment is not None:
            gain = self._try(after, scene, self._worth_of(scene, choice))
        yield from self._leave(after, move, choice.goto, gain)

    def _worth_of(self, scene: Decision, choice: Choice) -> int:
        key = (scene.id, choice.id)
        if key not in self._choices:
            self._choices[key] = self._gains.number(choice_vector(choice))
        return self._choices[key]

    def _of_question(self, at: Situation, scene: Question) -> Iterator[Step]:
        for name, credit in (("best", best_credit(scene)), ("worst", worst_credit(scene))):
            after = at.fork()
            gain = self._try(after, scene, self._gains.number(credit_vector(scene, credit)))
            yield from self._leave(after, Move("answer", name), scene.goto, gain)

    def _of_route(self, at: Situation, scene: Route) -> Iterator[Step]:
        rule = first_that_holds(scene.rules, at)
        if rule is not None:
            yield from self._follow(at, Move("arm", rule.goto, (), _place(scene.rules, rule)), rule, NOTHING)
        elif scene.random:
            for arm in scene.random:
                yield from self._go(at, Move("arm", arm.goto), arm.goto, arm.chance)
        elif scene.draw is not None:
            after = at.fork()
            after.drawn, after.left = tuple(scene.draw.from_), min(scene.draw.count, len(scene.draw.from_))
            after.then = scene.draw.then
            yield from self._leave(after, Move("arm", NEXT_DRAWN), NEXT_DRAWN, NOTHING)
        else:
            yield from self._go(at, Move("arm", scene.otherwise), scene.otherwise)

    def _of_reply(self, at: Situation, scene: Reply) -> Iterator[Step]:
        for levels in self._level_combinations(scene):
            after = at.fork()
            for criterion, level in levels:
                after.levels[f"{scene.id}.{criterion}"] = level
            is_judged = any(level is not None for _, level in levels)
            gain = self._try(after, scene, self._worth_of_levels(scene, levels)) if is_judged else NOTHING
            taken = first_that_holds(scene.branch, after)
            move = Move("judged", "", levels, None if taken is None else _place(scene.branch, taken))
            yield from self._follow(after, move, taken or scene.otherwise, gain)
        # Words that nothing assessed: where a coach must confirm, they may still turn out to be the best there are.
        for vector in [self._most(scene), {}] if scene.counts == "confirmed" else [None]:
            yield from self._of_unassessed(at, scene, vector)

    def _of_unassessed(self, at: Situation, scene: Reply, vector: Vector | None) -> Iterator[Step]:
        ways: Sequence[tuple[Move, WayOn]] = [(Move("unmatched"), scene.otherwise)]
        if scene.if_not_assessed is not None:
            ways = [(Move("matched", sample.id), sample) for sample in scene.if_not_assessed.samples]
        for move, way in ways:
            after = at.fork()
            gain = NOTHING if vector is None else self._try(after, scene, self._gains.number(vector))
            yield from self._follow(after, move, way, gain)

    def _level_combinations(self, scene: Reply) -> Iterator[Levels]:
        names = [use.use for use in scene.criteria]
        levels = [self._levels_to_try(scene, name) for name in names]
        if prod(map(len, levels)) > MAX_LEVEL_COMBINATIONS:
            raise BoundReached(MAX_LEVEL_COMBINATIONS)
        for combination in product(*levels):
            yield tuple(zip(names, combination, strict=True))

    def _levels_to_try(self, scene: Reply, criterion: str) -> Sequence[int | None]:
        """Return all levels where a condition asks for them, else the best and the worst."""
        if f"{scene.id}.{criterion}" in self._asked_levels:
            return (4, 3, 2, 1, 0, None)
        definition = self._story.scenario.criteria.get(criterion)
        values = definition.values if definition else (0, 0, 0, 0, 1)
        return tuple(dict.fromkeys((best_level(self._story.scenario, criterion), values.index(min(values)))))

    def _worth_of_levels(self, scene: Reply, levels: Levels) -> int:
        key = (scene.id, levels)
        if key not in self._readings:
            scenario = self._story.scenario
            vectors = [criterion_vector(scenario, scene, name, level) for name, level in levels if level is not None]
            self._readings[key] = self._gains.number(add_vectors(*vectors))
        return self._readings[key]

    def _most(self, scene: Reply) -> Vector:
        return add_vectors(*(criterion_maximum(self._story.scenario, scene, use.use) for use in scene.criteria))

    def _try(self, after: Situation, scene: Scene, vector: int) -> int:
        moment = self._moments.get(scene.id)
        if moment is None:
            return NOTHING
        after.opened = int(moment not in after.tries)
        after.tries[moment], gain = self._gains.try_moment(scene, after.tries.get(moment), vector)
        return gain

    def _go(self, at: Situation, move: Move, target: str, chance: float = 1) -> Iterator[Step]:
        yield from self._leave(at.fork(), move, target, NOTHING, chance)

    def _follow(self, at: Situation, move: Move, way: WayOn, gain: int) -> Iterator[Step]:
        after = at.fork()
        apply_effects(self._story.scenario, after, way.add, way.set, way.learn)
        yield from self._leave(after, move, way.goto, gain)

    def _leave(self, after: Situation, move: Move, target: str, gain: int, chance: float = 1) -> Iterator[Step]:
        if target != NEXT_DRAWN:
            yield Step(move, gain, self._enter(after, target), chance)
        elif not after.left:
            yield Step(move, gain, self._enter(after, after.then), chance)
        else:
            for drawn in self._drawable(after.drawn):
                one = after.fork()
                one.drawn, one.left = tuple(each for each in after.drawn if each != drawn), after.left - 1
                yield Step(move, gain, self._enter(one, drawn), chance)

    def _drawable(self, pool: tuple[str, ...]) -> Sequence[str]:
        """Return what may be drawn next. Where all are alike in every way that counts, one stands for all."""
        alike = {self._likeness(name) for name in pool}
        return pool[:1] if len(alike) == 1 and None not in alike else pool

    def _likeness(self, name: str) -> tuple[str, Fraction, Fraction] | None:
        scene = self._story.scenes.get(name)
        if not isinstance(scene, Question) or scene.goto != NEXT_DRAWN or scene.moment or name in self._counted_visits:
            return None
        worth = credit_vector(scene, Fraction(1)).get(scene.competency or "", Fraction(0))
        return scene.competency or "", worth * best_credit(scene), worth * worst_credit(scene)

    def _enter(self, after: Situation, target: str) -> Situation:
        after.scene = target if target in self._story.scenes else ""
        if after.scene:
            after.visits[target] = after.visits.get(target, 0) + 1
        return after


def _place(rules: Sequence[WayOn], rule: WayOn) -> int:
    """Return the place of a rule itself: two rules may say the same."""
    return next(place for place, each in enumerate(rules) if each is rule)


def _refuse_shared_hubs(story: Story) -> None:
    for moment, scenes in scenes_by_moment(story).items():
        if len(scenes) > 1 and any(isinstance(scene, Decision) and scene.counting == "collect" for scene in scenes):
            raise NotPlayable(f"The moment “{moment}” belongs to a hub and to other scenes; a hub has its own moment.")
