"""What can happen in a situation: every move of the learner, of a judgement and of chance, by the rules of play.

Conditions, effects and what is offered come from `rules`, which play uses too: there is no second meaning.
"""

from collections.abc import Iterator, Sequence

from scenario_engine.credits import best_credit
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
)
from scenario_engine.document.base import NEXT_DRAWN
from scenario_engine.document.replies import RoleplayEvent, Sample
from scenario_engine.document.scenes import LevelDefault, LevelRule, RouteRule
from scenario_engine.errors import NotPlayable
from scenario_engine.proof.arriving import Arrivals, Move, Step, can_be_answered, worst_of_all
from scenario_engine.proof.gains import NOTHING, Gains
from scenario_engine.proof.remembered import Memory, made_by
from scenario_engine.proof.situations import Draws, Situation, Talking
from scenario_engine.proof.talks import TalkEnd, Talks, can_end, can_happen
from scenario_engine.proof.words import Reading, Words
from scenario_engine.rules import apply_effects, first_that_holds, learn_facts, offered_choices, start_values
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


class Moves:
    """The moves of one story. Holds what is derived from the story once."""

    def __init__(self, story: Story, gains: Gains, memory: Memory, *, scored: bool = True) -> None:
        self._story, self._gains = story, gains
        self._words = Words(story, gains, {name for kind, name in memory.asked if kind == "levels"})
        self._asked_facts = {name for kind, name in memory.asked if kind == "facts"}
        self._asked_goals = {name for kind, name in memory.asked if kind == "goals"}
        self._talks: dict[str, Talks] = {}
        # What counts in the greatest total: practice and bonus do not, nor do moments without points.
        counting = (s for s in story.scenario.scenes if is_moment(s) and not s.bonus) if scored else ()
        earning = earning_moments(story.scenario) if scored else ()
        moments = {scene.id: story.moment_of(scene) for scene in counting}
        self._moments = {scene: moment for scene, moment in moments.items() if moment in earning}
        counted_visits = {name for kind, name in memory.asked if kind == "visits"}
        self._to = Arrivals(story, gains, self._words, self._moments, counted_visits)
        self._choices: dict[tuple[tuple[str, float], ...], int] = {}
        _refuse_shared_hubs(story)

    def begin(self, attempt: int, first: str) -> Situation:
        """Return the situation before the first scene is entered."""
        situation = Situation()
        situation.attempt, situation.variables = attempt, start_values(self._story.scenario)
        return self._to.enter(situation, first)

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
        elif isinstance(scene, Roleplay):
            yield from self._of_roleplay(at, scene)

    def final_gain(self, at: Situation, ending: Ending) -> int:
        """Return the number of what reaching `ending` adds."""
        return (
            self._to.try_moment(at.fork(), ending, self._gains.number(ending_vector(ending)))
            if ending.points
            else NOTHING
        )

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
            gain = self._to.try_moment(after, scene, self._worth_of(choice))
        yield from self._to.leave(after, move, choice.goto, gain)

    def _worth_of(self, choice: Choice) -> int:
        key = tuple(choice.points.items())
        if key not in self._choices:
            self._choices[key] = self._gains.number(choice_vector(choice))
        return self._choices[key]

    def _of_question(self, at: Situation, scene: Question) -> Iterator[Step]:
        if not can_be_answered(scene):
            return
        for name, credit in (("best", best_credit(scene)), ("worst", worst_of_all(scene))):
            after = at.fork()
            gain = self._to.try_moment(after, scene, self._gains.number(credit_vector(scene, credit)))
            yield from self._to.leave(after, Move("answer", name), scene.goto, gain)

    def _of_route(self, at: Situation, scene: Route) -> Iterator[Step]:
        rule = first_that_holds(scene.rules, at)
        if rule is not None:
            yield from self._follow(at, Move("arm", rule.goto, (), _place(scene.rules, rule)), rule, NOTHING)
        elif scene.random:
            for arm in scene.random:
                yield from self._go(at, Move("arm", arm.goto), arm.goto, arm.chance)
        elif scene.call is not None:
            raise NotPlayable(f"Scene “{scene.id}” calls “{scene.call.scenario}”, which has not been linked in.")
        elif scene.draw is not None:
            after = at.fork()
            # A route that draws again while its draw is under way begins anew.
            running = [draw.route for draw in after.draws]
            kept = after.draws[: running.index(scene.id)] if scene.id in running else after.draws
            draw = scene.draw
            after.draws = (*kept, Draws(scene.id, tuple(draw.from_), min(draw.count, len(draw.from_)), draw.then))
            yield from self._to.leave(after, Move("arm", NEXT_DRAWN), NEXT_DRAWN, NOTHING)
        else:
            yield from self._go(at, Move("arm", scene.otherwise), scene.otherwise)

    def _of_reply(self, at: Situation, scene: Reply) -> Iterator[Step]:
        for reading in self._words.read(scene):
            after, gain = self._read(at, scene, reading)
            taken = first_that_holds(scene.branch, after) if reading.kind == "judged" else reading.sample
            place = _place(scene.branch, taken) if isinstance(taken, LevelRule) else None
            move = Move(reading.kind, reading.sample.id if reading.sample else "", reading.levels, place)
            yield from self._follow(after, move, taken or scene.otherwise, gain)

    def _read(self, at: Situation, scene: Reply | Roleplay, reading: Reading) -> tuple[Situation, int]:
        """Return the situation in which words have been read, and what that adds."""
        after = at.fork()
        for criterion, level in reading.levels:
            after.levels[f"{scene.id}.{criterion}"] = level
        return after, NOTHING if reading.vector is None else self._to.try_moment(after, scene, reading.vector)

    def _of_roleplay(self, at: Situation, scene: Roleplay) -> Iterator[Step]:
        talk, talks = at.talks[-1], self._talks_of(scene)
        for event in scene.events:
            if event.then != "decide" or event.id in talk.happened or not can_happen(scene, event):
                continue
            for so_far in talks.interruptions:
                if talk.leads_to(so_far.facts, so_far.goals):
                    yield from self._interrupt(at, event, so_far)
        if (scene.criteria or scene.if_not_assessed or scene.events) and not talk.happened:
            for end in talks.silent_ends:
                yield from self._end(at, scene, end, None)
        for end in talks.ends:
            if not talk.leads_to(end.facts, end.goals) or not can_end(scene, talk.happened, end.exit):
                continue
            if not scene.criteria and scene.if_not_assessed is None:
                yield from self._end(at, scene, end, None)
                continue
            for reading in self._words.read(scene):
                yield from self._end(at, scene, end, reading)

    def _interrupt(self, at: Situation, event: RoleplayEvent, so_far: TalkEnd) -> Iterator[Step]:
        """Yield what an event leads to. A decision may ask what has come up before it, and may lead out for good."""
        after = _come_up(at, so_far)
        *outer, talk = after.talks
        after.talks = (*outer, Talking(talk.scene, (*talk.happened, event.id), so_far.facts, so_far.goals))
        end = so_far if so_far.facts or so_far.goals else None
        yield from self._to.leave(after, Move("event", event.id, (), None, end), event.decision, NOTHING)

    def _end(self, at: Situation, scene: Roleplay, end: TalkEnd, reading: Reading | None) -> Iterator[Step]:
        """Yield what an end leads to; without a reading nobody has read anything in it."""
        after, target = _come_up(at, end), getattr(scene.exits, end.exit)
        after.talks = after.talks[:-1]
        if reading is None:
            yield from self._to.leave(after, Move("talked", end.exit, (), None, end), target, NOTHING)
            return
        after, gain = self._read(after, scene, reading)
        sample = reading.sample
        if sample is not None:
            apply_effects(self._story.scenario, after, sample.add, sample.set, sample.learn)
        move = Move(reading.kind, sample.id if sample else "", reading.levels, None, end)
        yield from self._to.leave(after, move, (sample.goto if sample else "") or target, gain)

    def _talks_of(self, scene: Roleplay) -> Talks:
        if scene.id not in self._talks:
            inside = [each for each in self._story.scenario.scenes if each.inside == scene.id]
            learned = {name for each in inside for kind, name in made_by(each) if kind == "facts"}
            self._talks[scene.id] = Talks(scene, self._asked_facts, self._asked_goals, learned)
        return self._talks[scene.id]

    def _go(self, at: Situation, move: Move, target: str, chance: float = 1) -> Iterator[Step]:
        yield from self._to.leave(at.fork(), move, target, NOTHING, chance)

    def _follow(self, at: Situation, move: Move, way: WayOn, gain: int) -> Iterator[Step]:
        after = at.fork()
        apply_effects(self._story.scenario, after, way.add, way.set, way.learn)
        yield from self._to.leave(after, move, way.goto, gain)


def _come_up(at: Situation, said: TalkEnd) -> Situation:
    """Return the situation after what has come up in a role-play."""
    after = at.fork()
    learn_facts(after, said.facts)
    after.goals += [goal for goal in said.goals if goal not in after.goals]
    return after


def _place(rules: Sequence[WayOn], rule: WayOn) -> int:
    """Return the place of a rule itself: two rules may say the same."""
    return next(place for place, each in enumerate(rules) if each is rule)


def _refuse_shared_hubs(story: Story) -> None:
    for moment, scenes in scenes_by_moment(story).items():
        if len(scenes) > 1 and any(isinstance(scene, Decision) and scene.counting == "collect" for scene in scenes):
            raise NotPlayable(f"The moment “{moment}” belongs to a hub and to other scenes; a hub has its own moment.")
