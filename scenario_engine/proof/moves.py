"""What can happen in a situation: every move of the learner, of a judgement and of chance, by the rules of play.

Conditions, effects and what is offered come from `rules`, which play uses too: there is no second meaning.
"""

from collections.abc import Iterable, Iterator, Sequence

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
    Scene,
)
from scenario_engine.document.base import NEXT_DRAWN
from scenario_engine.document.replies import RoleplayEvent, Sample
from scenario_engine.document.scenes import LevelDefault, LevelRule, RouteRule
from scenario_engine.errors import NotPlayable
from scenario_engine.proof.arriving import Arrivals, can_be_answered, worst_of_all
from scenario_engine.proof.gains import NOTHING, Gains
from scenario_engine.proof.remembered import Memory, made_by
from scenario_engine.proof.situations import Draws, Past, Situation, Talking
from scenario_engine.proof.steps import NO_GAIN, Gain, Move, Step
from scenario_engine.proof.talks import TalkEnd, Talks, can_end, can_happen
from scenario_engine.proof.words import Reading, Words
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


class Moves:
    """The moves of one story. Holds what is derived from the story once."""

    def __init__(self, story: Story, gains: Gains, memory: Memory, *, scored: bool = True) -> None:
        self._story, self._gains = story, gains
        self._asked_levels, self._asked_choices = memory.names("levels"), memory.names("chosen")
        self._asked_facts, self._asked_goals = memory.names("facts"), memory.names("goals")
        self._words = Words(story, gains, self._asked_levels)
        self._talks: dict[str, Talks] = {}
        # What counts in the greatest total: practice and bonus do not, nor do moments without points.
        counting = (s for s in story.scenario.scenes if is_moment(s) and not s.bonus) if scored else ()
        earning = earning_moments(story.scenario) if scored else ()
        moments = {scene.id: story.moment_of(scene) for scene in counting}
        self._moments = {scene: moment for scene, moment in moments.items() if moment in earning}
        self._to = Arrivals(story, gains, self._words, memory, self._moments)
        self._choices: dict[tuple[tuple[str, float], ...], int] = {}
        self._answers: dict[str, Sequence[tuple[str, int]]] = {}
        _refuse_shared_hubs(story)

    def begin(self, attempt: int, first: str) -> Situation | None:
        """Return the situation at the first scene."""
        return self._to.enter(Past(attempt, start_values(self._story.scenario)), first)

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
        _, gain = self._to.try_moment(at.past, ending, self._gains.number(ending_vector(ending)))
        return gain.number

    def _of_screen(self, past: Past, scene: Scene) -> Iterator[Step]:
        if isinstance(scene, Page) and scene.choose:
            for way in scene.choose:
                yield from self._to.go(past, Move("choose", way.id), way.goto)
        elif isinstance(scene, Page | Line | Reflection) and scene.goto:
            yield from self._to.go(past, Move("continue"), scene.goto)

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
        return self._to.go(past, move, choice.goto, choice, gain)

    def _choose(self, past: Past, scene: Decision, choice: Choice) -> tuple[Past, Gain]:
        points = tuple(choice.points.items())
        vector = self._choices.get(points)
        if vector is None:
            vector = self._choices[points] = self._gains.number(choice_vector(choice))
        return self._to.try_moment(past, scene, vector)

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
            after, gain = self._to.try_moment(past, scene, vector)
            yield from self._to.go(after, Move("answer", name), scene.goto, None, gain)

    def _answers_to(self, scene: Question) -> Sequence[tuple[str, int]]:
        """Return the answers that matter, with the numbers of what they are worth."""
        known = self._answers.get(scene.id)
        if known is None:
            both = {"best": best_credit(scene), "worst": worst_of_all(scene)} if can_be_answered(scene) else {}
            known = [(name, self._gains.number(credit_vector(scene, credit))) for name, credit in both.items()]
            self._answers[scene.id] = known
        return known

    def _of_route(self, past: Past, scene: Route) -> Iterator[Step]:
        rule = first_that_holds(scene.rules, past)
        if rule is not None:
            yield from self._to.go(past, Move("arm", rule.goto, (), _place(scene.rules, rule)), rule.goto, rule)
        elif scene.random:
            for arm in scene.random:
                yield from self._to.go(past, Move("arm", arm.goto), arm.goto, chance=arm.chance)
        elif scene.call is not None:
            raise NotPlayable(f"Scene “{scene.id}” calls “{scene.call.scenario}”, which has not been linked in.")
        elif scene.draw is not None:
            # A route that draws again while its draw is under way begins anew.
            running = [draw.route for draw in past.draws]
            kept = past.draws[: running.index(scene.id)] if scene.id in running else past.draws
            draw, after = scene.draw, past.draft()
            after.draws = (*kept, Draws(scene.id, tuple(draw.from_), min(draw.count, len(draw.from_)), draw.then))
            yield from self._to.go(after, Move("arm", NEXT_DRAWN), NEXT_DRAWN)
        else:
            yield from self._to.go(past, Move("arm", scene.otherwise), scene.otherwise)

    def _of_reply(self, past: Past, scene: Reply) -> Iterator[Step]:
        for reading in self._words.read(scene):
            after, gain = self._read(past, scene, reading)
            taken = first_that_holds(scene.branch, after) if reading.kind == "judged" else reading.sample
            place = _place(scene.branch, taken) if isinstance(taken, LevelRule) else None
            move = Move(reading.kind, reading.sample.id if reading.sample else "", reading.levels, place)
            way = taken or scene.otherwise
            yield from self._to.go(after, move, way.goto, way, gain)

    def _read(self, past: Past, scene: Reply | Roleplay, reading: Reading) -> tuple[Past, Gain]:
        """Return the past in which words have been read, and what that adds."""
        levels = {f"{scene.id}.{criterion}": level for criterion, level in reading.levels}
        if not self._asked_levels.isdisjoint(levels):
            past = past.draft()
            past.levels = {**past.levels, **levels}
        return self._to.try_moment(past, scene, reading.vector)

    def _of_roleplay(self, past: Past, scene: Roleplay) -> Iterator[Step]:
        talk, talks = past.talks[-1], self._talks_of(scene)
        for event in scene.events:
            if event.then != "decide" or event.id in talk.happened or not can_happen(scene, event):
                continue
            for so_far in talks.interruptions:
                if talk.leads_to(so_far.facts, so_far.goals):
                    yield from self._interrupt(past, event, so_far)
        if (scene.criteria or scene.if_not_assessed or scene.events) and not talk.happened:
            for end in talks.silent_ends:
                yield from self._end(past, scene, end, None)
        for end in talks.ends:
            if not talk.leads_to(end.facts, end.goals) or not can_end(scene, talk.happened, end.exit):
                continue
            if not scene.criteria and scene.if_not_assessed is None:
                yield from self._end(past, scene, end, None)
                continue
            for reading in self._words.read(scene):
                yield from self._end(past, scene, end, reading)

    def _interrupt(self, past: Past, event: RoleplayEvent, so_far: TalkEnd) -> Iterable[Step]:
        """Return what an event leads to. A decision may ask what has come up before it, and may lead out for good."""
        after = _come_up(past, so_far)
        *outer, talk = past.talks
        after.talks = (*outer, Talking(talk.scene, (*talk.happened, event.id), so_far.facts, so_far.goals))
        end = so_far if so_far.facts or so_far.goals else None
        return self._to.go(after, Move("event", event.id, (), None, end), event.decision)

    def _end(self, past: Past, scene: Roleplay, end: TalkEnd, reading: Reading | None) -> Iterable[Step]:
        """Return what an end leads to; without a reading nobody has read anything in it."""
        after, target = _come_up(past, end), getattr(scene.exits, end.exit)
        after.talks = past.talks[:-1]
        if reading is None:
            after, gain = self._to.try_moment(after, scene, None)
            return self._to.go(after, Move("talked", end.exit, (), None, end), target, None, gain)
        after, gain = self._read(after, scene, reading)
        sample = reading.sample
        move = Move(reading.kind, sample.id if sample else "", reading.levels, None, end)
        return self._to.go(after, move, (sample.goto if sample else "") or target, sample, gain)

    def _talks_of(self, scene: Roleplay) -> Talks:
        if scene.id not in self._talks:
            inside = [each for each in self._story.scenario.scenes if each.inside == scene.id]
            learned = {name for each in inside for kind, name in made_by(each) if kind == "facts"}
            self._talks[scene.id] = Talks(scene, self._asked_facts, self._asked_goals, learned)
        return self._talks[scene.id]


def _come_up(past: Past, said: TalkEnd) -> Past:
    """Return a draft of the past after what has come up in a role-play."""
    after = past.copy()
    after.facts = past.facts.copy()
    learn_facts(after, said.facts)
    after.goals = [*past.goals, *(goal for goal in said.goals if goal not in past.goals)]
    return after


def _place(rules: Sequence[WayOn], rule: WayOn) -> int:
    """Return the place of a rule itself: two rules may say the same."""
    return next(place for place, each in enumerate(rules) if each is rule)


def _refuse_shared_hubs(story: Story) -> None:
    for moment, scenes in scenes_by_moment(story).items():
        if len(scenes) > 1 and any(isinstance(scene, Decision) and scene.counting == "collect" for scene in scenes):
            raise NotPlayable(f"The moment “{moment}” belongs to a hub and to other scenes; a hub has its own moment.")
