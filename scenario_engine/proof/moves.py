"""What can happen in a situation: every move of the learner, of a judgement and of chance, by the rules of play.

Conditions, effects and what is offered come from `rules`, which play uses too: there is no second meaning.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
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
    Roleplay,
    Route,
    Scene,
)
from scenario_engine.document.base import NEXT_DRAWN, RETURN
from scenario_engine.document.replies import Sample
from scenario_engine.document.scenes import LevelDefault, LevelRule, RouteRule
from scenario_engine.errors import NotPlayable
from scenario_engine.proof.gains import NOTHING, Gains
from scenario_engine.proof.pasts import Changes, Pasts
from scenario_engine.proof.remembered import Memory, made_by
from scenario_engine.proof.situations import Draws, Past, Situation, Talking
from scenario_engine.proof.talks import TalkEnd, ends_of
from scenario_engine.proof.words import Levels, Reading, Words
from scenario_engine.rules import first_that_holds, learn_facts, offered_choices, start_values
from scenario_engine.story import Story
from scenario_engine.worth import (
    choice_vector,
    credit_vector,
    earning_moments,
    ending_vector,
    is_moment,
    scenes_by_moment,
)

WayOn = RouteRule | LevelRule | LevelDefault | Sample


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
    """A move, what it adds, and the situation after it; none where play ends ungraded.

    `opens` is 1 where it meets a moment for the first time.
    """

    move: Move
    gain: int
    after: Situation | None
    chance: float = 1
    opens: int = 0


class Gain(NamedTuple):
    """What a step adds: the number of a vector, and 1 where a moment is met for the first time."""

    number: int
    opens: int = 0


NO_GAIN = Gain(NOTHING)


class Moves:
    """The moves of one story. Holds what is derived from the story once."""

    def __init__(self, story: Story, gains: Gains, memory: Memory, *, scored: bool = True) -> None:
        self._story, self._gains = story, gains
        self._pasts = Pasts(story.scenario, memory)
        self._asked_levels = {name for kind, name in memory.asked if kind == "levels"}
        self._words = Words(story, gains, self._asked_levels)
        self._asked_facts = {name for kind, name in memory.asked if kind == "facts"}
        self._asked_goals = {name for kind, name in memory.asked if kind == "goals"}
        self._ends: dict[str, list[TalkEnd]] = {}
        self._asked_choices = {name for kind, name in memory.asked if kind == "chosen"}
        self._counted_visits = {name for kind, name in memory.asked if kind == "visits"}
        # Arriving there changes nothing that is remembered.
        self._plain = {
            name
            for name, scene in story.scenes.items()
            if name not in self._counted_visits and not isinstance(scene, Roleplay)
        }
        # What counts in the greatest total: practice and bonus do not, nor do moments without points.
        counting = (s for s in story.scenario.scenes if is_moment(s) and not s.bonus) if scored else ()
        earning = earning_moments(story.scenario) if scored else ()
        moments = {scene.id: story.moment_of(scene) for scene in counting}
        self._moments = {scene: moment for scene, moment in moments.items() if moment in earning}
        self._met_again = {name for kind, name in memory.asked if kind == "moments"}
        self._choices: dict[int, int] = {}
        self._answers: dict[str, Sequence[tuple[str, int]]] = {}
        _refuse_shared_hubs(story)

    def begin(self, attempt: int, first: str) -> Situation | None:
        """Return the situation at the first scene."""
        return self._enter(Past(attempt, start_values(self._story.scenario)), first)

    def of(self, at: Situation) -> Iterator[Step]:
        """Return every step out of `at`."""
        scene = self._story.scenes[at.scene]
        if isinstance(scene, Decision):
            return self._of_decision(at.past, scene)
        if isinstance(scene, Route):
            return self._of_route(at.past, scene)
        if isinstance(scene, Question):
            return self._of_question(at.past, scene)
        if isinstance(scene, Reply):
            return self._of_reply(at.past, scene)
        if isinstance(scene, Roleplay):
            return self._of_roleplay(at.past, scene)
        return self._of_screen(at.past, scene)

    def final_gain(self, at: Situation, ending: Ending) -> int:
        """Return the number of what reaching `ending` adds."""
        if not ending.points:
            return NOTHING
        _, gain = self._try(at.past, ending, self._gains.number(ending_vector(ending)))
        return gain.number

    def _of_screen(self, past: Past, scene: Scene) -> Iterator[Step]:
        if isinstance(scene, Page) and scene.choose:
            for way in scene.choose:
                yield from self._go(past, Move("choose", way.id), way.goto)
        elif isinstance(scene, Page | Line | Reflection) and scene.goto:
            yield from self._go(past, Move("continue"), scene.goto)

    def _of_decision(self, past: Past, scene: Decision) -> Iterator[Step]:
        offered = offered_choices(scene, past)
        for choice in offered:
            yield from self._take(past, scene, choice, Move("choose", choice.id))
        late = scene.timed.on_timeout if scene.timed else ""
        if late and all(choice.id != late for choice in offered):
            for choice in (choice for choice in scene.choices if choice.id == late):
                yield from self._take(past, scene, choice, Move("time_up", late))

    def _take(self, past: Past, scene: Decision, choice: Choice, move: Move) -> Iterable[Step]:
        if choice.id in self._asked_choices:
            past = past.draft()
            past.chosen = {**past.chosen, choice.id: 1}
        attempt = self._collect if scene.counting == "collect" else self._choose
        past, gain = attempt(past, scene, choice)
        return self._go(past, move, choice.goto, choice, gain)

    def _choose(self, past: Past, scene: Decision, choice: Choice) -> tuple[Past, Gain]:
        vector = self._choices.get(id(choice))
        if vector is None:
            vector = self._choices[id(choice)] = self._gains.number(choice_vector(choice))
        return self._try(past, scene, vector)

    def _collect(self, past: Past, scene: Decision, choice: Choice) -> tuple[Past, Gain]:
        moment = self._moments.get(scene.id)
        if moment is None:
            return past, NO_GAIN
        known = past.collected.get(moment)
        collected, number = self._gains.try_hub(scene, known or (), choice.id)
        after = past.draft()
        after.collected = {**past.collected, moment: collected}
        return after, Gain(number, int(known is None))

    def _of_question(self, past: Past, scene: Question) -> Iterator[Step]:
        for name, vector in self._answers_to(scene):
            after, gain = self._try(past, scene, vector)
            yield from self._go(after, Move("answer", name), scene.goto, None, gain)

    def _answers_to(self, scene: Question) -> Sequence[tuple[str, int]]:
        """Return the answers that matter, with the numbers of what they are worth."""
        known = self._answers.get(scene.id)
        if known is None:
            both = {"best": best_credit(scene), "worst": worst_credit(scene)} if _can_be_answered(scene) else {}
            known = [(name, self._gains.number(credit_vector(scene, credit))) for name, credit in both.items()]
            self._answers[scene.id] = known
        return known

    def _of_route(self, past: Past, scene: Route) -> Iterator[Step]:
        rule = first_that_holds(scene.rules, past)
        if rule is not None:
            yield from self._go(past, Move("arm", rule.goto, (), _place(scene.rules, rule)), rule.goto, rule)
        elif scene.random:
            for arm in scene.random:
                yield from self._go(past, Move("arm", arm.goto), arm.goto, chance=arm.chance)
        elif scene.call is not None:
            raise NotPlayable(f"Scene “{scene.id}” calls “{scene.call.scenario}”, which has not been linked in.")
        elif scene.draw is not None:
            # A route that draws again while its draw is under way begins anew.
            running = [draw.route for draw in past.draws]
            kept = past.draws[: running.index(scene.id)] if scene.id in running else past.draws
            draw, after = scene.draw, past.draft()
            after.draws = (*kept, Draws(scene.id, tuple(draw.from_), min(draw.count, len(draw.from_)), draw.then))
            yield from self._go(after, Move("arm", NEXT_DRAWN), NEXT_DRAWN)
        else:
            yield from self._go(past, Move("arm", scene.otherwise), scene.otherwise)

    def _of_reply(self, past: Past, scene: Reply) -> Iterator[Step]:
        for reading in self._words.read(scene):
            after, gain = self._read(past, scene, reading)
            taken = first_that_holds(scene.branch, after) if reading.kind == "judged" else reading.sample
            place = _place(scene.branch, taken) if isinstance(taken, LevelRule) else None
            move = Move(reading.kind, reading.sample.id if reading.sample else "", reading.levels, place)
            way = taken or scene.otherwise
            yield from self._go(after, move, way.goto, way, gain)

    def _read(self, past: Past, scene: Reply | Roleplay, reading: Reading) -> tuple[Past, Gain]:
        """Return the past in which words have been read, and what that adds."""
        levels = {f"{scene.id}.{criterion}": level for criterion, level in reading.levels}
        if not self._asked_levels.isdisjoint(levels):
            past = past.draft()
            past.levels = {**past.levels, **levels}
        return self._try(past, scene, reading.vector)

    def _of_roleplay(self, past: Past, scene: Roleplay) -> Iterator[Step]:
        *outer, talk = past.talks
        for event in scene.events:
            if event.then == "decide" and event.id not in talk.happened:
                after = past.draft()
                after.talks = (*outer, Talking(talk.scene, (*talk.happened, event.id)))
                yield from self._go(after, Move("event", event.id), event.decision)
        for end in self._ends_of(scene):
            after = self._hang_up(past, end)
            target = getattr(scene.exits, end.exit)
            if not scene.criteria and scene.if_not_assessed is None:
                yield from self._go(after, Move("talked", end.exit, (), None, end), target)
                continue
            for reading in self._words.read(scene):
                then, gain = self._read(after.copy(), scene, reading)
                sample = reading.sample
                move = Move(reading.kind, sample.id if sample else "", reading.levels, None, end)
                yield from self._go(then, move, (sample.goto if sample else "") or target, sample, gain)

    def _hang_up(self, past: Past, end: TalkEnd) -> Past:
        """Return the past once the innermost role-play is over."""
        after = past.draft()
        after.talks = past.talks[:-1]
        after.facts = past.facts.copy()
        learn_facts(after, end.facts)
        after.goals = [*past.goals, *(goal for goal in end.goals if goal not in past.goals)]
        return after

    def _ends_of(self, scene: Roleplay) -> list[TalkEnd]:
        if scene.id not in self._ends:
            inside = [each for each in self._story.scenario.scenes if each.inside == scene.id]
            learned = {name for each in inside for kind, name in made_by(each) if kind == "facts"}
            self._ends[scene.id] = ends_of(scene, self._asked_facts, self._asked_goals, learned)
        return self._ends[scene.id]

    def _try(self, past: Past, scene: Scene, vector: int | None) -> tuple[Past, Gain]:
        """Return the past that knows of a try at the moment of a scene, and what it adds. None: met, but not tried."""
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

    def _go(
        self,
        past: Past,
        move: Move,
        target: str,
        changes: Changes | None = None,
        gain: Gain = NO_GAIN,
        chance: float = 1,
    ) -> Iterable[Step]:
        """Return the steps that lead on to `target`, with these changes and no others."""
        if past.is_settled and target in self._plain and not past.talks:
            situation = Situation(target, self._pasts.after(past, changes, target))
            return (Step(move, gain.number, situation, chance, gain.opens),)
        after = past.draft()
        self._pasts.change(after, changes)
        if target == NEXT_DRAWN and after.draws:
            return self._draw(after, move, gain, chance)
        return (Step(move, gain.number, self._enter(after, target), chance, gain.opens),)

    def _draw(self, past: Past, move: Move, gain: Gain, chance: float) -> Iterator[Step]:
        *outer, draw = past.draws
        if not draw.left:
            past.draws = tuple(outer)
            yield from self._go(past, move, draw.then, None, gain, chance)
            return
        for drawn in self._drawable(draw.pool):
            after = past.copy()
            pool = tuple(each for each in draw.pool if each != drawn)
            after.draws = (*outer, Draws(draw.route, pool, draw.left - 1, draw.then))
            yield Step(move, gain.number, self._enter(after, drawn), chance, gain.opens)

    def _drawable(self, pool: tuple[str, ...]) -> Sequence[str]:
        """Return what may be drawn next. Where all are alike in every way that counts, one stands for all."""
        alike = {self._likeness(name) for name in pool}
        return pool[:1] if len(alike) == 1 and None not in alike else pool

    def _likeness(self, name: str) -> tuple[str, Fraction, Fraction] | None:
        scene = self._story.scenes.get(name)
        if not isinstance(scene, Question) or scene.goto != NEXT_DRAWN or scene.moment or name in self._counted_visits:
            return None
        if not _can_be_answered(scene):
            return None
        worth = credit_vector(scene, Fraction(1)).get(scene.competency or "", Fraction(0))
        return scene.competency or "", worth * best_credit(scene), worth * worst_credit(scene)

    def _enter(self, after: Past, target: str) -> Situation | None:
        """Return the situation on arriving at `target` with a past of its own; None where play ends ungraded."""
        if target == RETURN and after.talks:
            target = after.talks[-1].scene
            return Situation(target, self._pasts.settle(after, target))
        scene = self._story.scenes.get(target)
        if scene is None:
            return None
        if target in self._counted_visits:
            after.visits = {**after.visits, target: after.visits.get(target, 0) + 1}
        if not isinstance(scene, Route):
            while after.talks and scene.inside != after.talks[-1].scene:
                after.talks = after.talks[:-1]
        if isinstance(scene, Roleplay):
            after.talks = (*after.talks, Talking(target))
        return Situation(target, self._pasts.settle(after, target))


def _can_be_answered(question: Question) -> bool:
    """Return whether play takes any answer: where one option is to be picked, there must be one."""
    return question.type != "single" or bool(question.options)


def _place(rules: Sequence[WayOn], rule: WayOn) -> int:
    """Return the place of a rule itself: two rules may say the same."""
    return next(place for place, each in enumerate(rules) if each is rule)


def _refuse_shared_hubs(story: Story) -> None:
    for moment, scenes in scenes_by_moment(story).items():
        if len(scenes) > 1 and any(isinstance(scene, Decision) and scene.counting == "collect" for scene in scenes):
            raise NotPlayable(f"The moment “{moment}” belongs to a hub and to other scenes; a hub has its own moment.")
