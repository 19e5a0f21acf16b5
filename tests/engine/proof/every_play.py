"""Every play of a small story, by playing it: what the search claims is held against this. Knows nothing of the search.

Chance takes every arm: while `every_way` runs, drawing and picking are answered by a list that grows until all are seen.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, permutations, product
from typing import Any

import pytest

from scenario_engine.actions import Action, Answer, Choose, Continue, Hint, Judged, Leave, Say, Tick, TimeUp, Write
from scenario_engine.document import Decision, Page, Question, Reply, Roleplay
from scenario_engine.errors import ActionRefused
from scenario_engine.play import advance, draws, entering, start
from scenario_engine.play.answers import masked
from scenario_engine.scoring import Judgement, score
from scenario_engine.state import State
from scenario_engine.story import Story

# No condition of these stories tells more visits apart, nor more attempts.
VISITS, ATTEMPTS = 4, 4
SAID = ("hm", "foo", "bar", "foo bar")

Levels = tuple[Judgement, ...]


class TooManyPlays(Exception):
    """The story is too large to be played through."""


class _NeedsPick(Exception):
    def __init__(self, among: int) -> None:
        self.among = among


class Chance:
    """Answers what chance is asked with a given list."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._answers: list[int] = []
        self._at = 0
        patch.setattr(entering, "pick_arm", lambda arms, *_: arms[self._pick(len(arms))])
        patch.setattr(draws, "shuffled", self._mix)

    def every_way(self, happens: Callable[[], State]) -> Iterator[State]:
        """Yield what comes of something with every answer of chance."""
        todo: list[list[int]] = [[]]
        while todo:
            self._answers, self._at = todo.pop(), 0
            try:
                yield happens()
            except _NeedsPick as need:
                todo += [[*self._answers, pick] for pick in range(need.among)]

    def _mix(self, items: Sequence[str], *_: object) -> list[str]:
        left, mixed = list(items), []
        while left:
            mixed.append(left.pop(self._pick(len(left))))
        return mixed

    def _pick(self, among: int) -> int:
        if among == 1:
            return 0
        if self._at == len(self._answers):
            raise _NeedsPick(among)
        self._at += 1
        return self._answers[self._at - 1]


class EveryPlay:
    """What plays reach, take and come to. `totals` has (least, greatest) by ending, without what is a bonus."""

    def __init__(self, story: Story, chance: Chance, limit: int) -> None:
        self._story, self._chance = story, chance
        self.reached: set[str] = set()
        self.taken: set[tuple[str, str]] = set()
        self.totals: dict[str, tuple[Fraction, Fraction]] = {}
        seen: set[object] = set()
        todo = [(s, ()) for n in range(1, ATTEMPTS + 1) for s in chance.every_way(lambda n=n: start(story, "seed", n))]
        while todo:
            state, levels = todo.pop()
            key = self._key(state, levels)
            if key in seen:
                continue
            seen.add(key)
            if len(seen) > limit:
                raise TooManyPlays
            self._note(state, levels)
            if not state.graded_at and not state.over:
                todo += self._onward(state, levels)

    def _note(self, state: State, levels: Levels) -> None:
        self.reached |= set(state.visits)
        self.taken |= {(visit.scene, visit.took) for visit in state.trail[-2:] if visit.took}
        if state.graded_at:
            scored = score(self._story, state, levels)
            bonus = (moment.counted for moment in scored.moments if moment.status == "bonus")
            weights = self._story.scenario.scoring.weights
            extra = sum((Fraction(weights.get(c, 1)) * p for each in bonus for c, p in each.items()), Fraction(0))
            total = scored.total - extra
            low, high = self.totals.get(state.graded_at, (total, total))
            self.totals[state.graded_at] = min(low, total), max(high, total)

    def _onward(self, state: State, levels: Levels) -> Iterator[tuple[State, Levels]]:
        for action in _actions(self._story, state):
            try:
                for after in self._chance.every_way(lambda action=action: advance(self._story, state, action)):
                    for confirmed in self._confirmed(after, levels):
                        yield after, confirmed
            except ActionRefused as refused:
                assert refused.code != "play.endless-route"

    def _confirmed(self, state: State, levels: Levels) -> Iterator[Levels]:
        """Yield the levels of a coach: those that decided the branch; any, where nobody assessed the words."""
        known = {judgement.seq for judgement in levels}
        for visit in state.trail:
            scene = self._story.scenes[visit.scene]
            waits = isinstance(scene, Reply | Roleplay) and scene.counts == "confirmed" and visit.assessed is not None
            if waits and scene.criteria and visit.seq not in known:
                names = [use.use for use in scene.criteria]
                given = [[visit.levels[name]] if name in visit.levels else [0, 4] for name in names]
                for each in product(*given):
                    more = (
                        Judgement(kind="level", seq=visit.seq, criterion=n, value=v)
                        for n, v in zip(names, each, strict=True)
                    )
                    yield from self._confirmed(state, (*levels, *more))
                return
        yield levels

    def _key(self, state: State, levels: Levels) -> object:
        """Return what tells two plays apart for all that can still come."""
        moments = score(self._story, state, levels).moments
        earned = sorted((m.id, sorted(m.first.items()), sorted(m.counted.items())) for m in moments)
        visit = state.trail[-1]
        plain: list[Any] = [
            (state.scene, state.stage, state.awaits, state.target, state.attempt, sorted(state.variables.items())),
            (sorted(state.facts), sorted((name, min(n, VISITS)) for name, n in state.visits.items())),
            (
                sorted(state.chosen),
                sorted(state.levels.items(), key=str),
                sorted(state.goals),
                state.draws,
                state.talks,
            ),
            (earned, visit.offered, visit.hints, visit.credits, visit.text, visit.ended, bool(visit.turns)),
        ]
        return repr(plain)


def _actions(story: Story, state: State) -> Iterator[Action]:
    scene, visit = story.scenes[state.scene], state.trail[-1]
    if state.awaits == "judgement":
        yield Judged()
        names = [use.use for use in getattr(scene, "criteria", [])]
        yield from (
            Judged(dict(zip(names, each, strict=True))) for each in product(range(5), repeat=len(names)) if names
        )
    elif state.stage == "match":
        yield from (Choose(sample.id) for sample in getattr(scene, "if_not_assessed").samples)  # noqa: B009
    elif isinstance(scene, Question):
        yield Continue()
        yield Hint()
        yield from (Answer(value) for value in _answers(state, scene))
    elif state.stage == "reaction":
        yield Continue()
    elif isinstance(scene, Decision):
        yield from (Choose(choice) for choice in visit.offered)
        yield TimeUp()
    elif isinstance(scene, Reply):
        yield from (Write("fine words"), Write("bad words"))
    elif isinstance(scene, Roleplay):
        yield from (Say(words) for words in SAID)
        yield Leave()
        yield from (Tick(goal.id) for goal in scene.goals)
    elif isinstance(scene, Page) and scene.choose:
        yield from (Choose(way.id) for way in scene.choose)
    else:
        yield Continue()


def _answers(state: State, question: Question) -> list[Any]:
    if question.type == "numeric":
        return [8, 10, 99, 1000]
    if question.type == "short_text":
        return ["yes", "so", "nothing"]
    if question.type == "ordering":
        items = [str(getattr(item, "id", "")) for item in question.items]
        return [[masked(state, question, name) for name in order] for order in permutations(items)]
    if question.type == "matching":
        lefts = [pair.id for pair in question.pairs]
        orders = permutations([masked(state, question, name) for name in lefts])
        return [[[left, right] for left, right in zip(lefts, order, strict=True)] for order in orders]
    names = [option.id for option in question.options]
    sizes = [1] if question.type == "single" else range(len(names) + 1)
    return [list(picked) for size in sizes for picked in combinations(names, size)]
