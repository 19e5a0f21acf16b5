"""What must be remembered at each scene: only what some scene behind can have set and some scene ahead can ask about.

Everything else is dropped from a situation, so that two ways of getting to the same place are one. This is what keeps
the search small; it never changes a result, because what nobody asks about cannot matter.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import floor

import msgspec

from scenario_engine.document import Choice, Condition, Decision, Ending, Reply, Roleplay, Route, Scenario, Scene
from scenario_engine.document.conditions import Effects
from scenario_engine.document.replies import Sample
from scenario_engine.proof.components import components
from scenario_engine.worth import earning_moments, is_moment


class Remembered(msgspec.Struct, frozen=True):
    """The names that matter when arriving at one scene."""

    variables: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    visits: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    attempt: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many names there are."""
        return sum(map(len, msgspec.structs.astuple(self)))


NOTHING_KEPT = Remembered()

Thing = tuple[str, str]


class Memory(msgspec.Struct, frozen=True):
    """What must be remembered when arriving at each scene, and how far things must be counted."""

    at: Mapping[str, Remembered]
    asked: frozenset[Thing]
    visit_limits: Mapping[str, int]
    attempts: int

    def names(self, kind: str) -> frozenset[str]:
        """Return the names of one kind that somebody asks about."""
        return frozenset(name for each, name in self.asked if each == kind)

    @property
    def earned(self) -> bool:
        """Whether something that was earned must be remembered."""
        return any(kind == "moments" for kind, _ in self.asked)


def remember(scenario: Scenario, graph: Mapping[str, Sequence[str]], *, scored: bool = True) -> Memory:
    """Return what must be remembered. `graph` has the ways of every scene; those after an ending do not matter.

    `scored`: also what was earned at moments that can be met again. Without it only the story is followed.
    """
    scenes = scenario.scenes
    place = {scene.id: index for index, scene in enumerate(scenes)}
    successors = [[] if isinstance(scene, Ending) else [place[to] for to in graph[scene.id]] for scene in scenes]
    knots = components(successors)
    bits: dict[Thing, int] = {}
    tried_again = _moments_met_again(scenes, successors, knots) & earning_moments(scenario) if scored else frozenset()
    asked = [_mask(asked_by(scene, tried_again), bits) for scene in scenes]
    # Only what somebody asks about is worth a bit: most scenes make much that nobody ever asks about.
    made = [_mask((thing for thing in made_by(scene) if thing in bits), bits) for scene in scenes] if bits else []
    limits, attempts = counting_limits(scenario)
    return Memory(_at_each(scenes, successors, knots, asked, made, bits), frozenset(bits), limits, attempts)


def _at_each(
    scenes: Sequence[Scene],
    successors: list[list[int]],
    knots: list[list[int]],
    asked: list[int],
    made: list[int],
    bits: dict[Thing, int],
) -> Mapping[str, Remembered]:
    if not bits:
        return dict.fromkeys((scene.id for scene in scenes), NOTHING_KEPT)
    ahead = _gather(asked, successors, knots)
    behind = _gather(made, _reversed(successors), knots[::-1])
    # What no scene makes (a variable at its start, the number of the attempt) is known from the start.
    given = _mask((thing for thing in bits if thing[0] in ("variables", "attempt")), bits)
    things = list(bits)
    known: dict[int, Remembered] = {0: NOTHING_KEPT}
    found: dict[str, Remembered] = {}
    for index, scene in enumerate(scenes):
        mask = ahead[index] & (behind[index] | given)
        if mask not in known:
            known[mask] = _sorted_out(things[bit] for bit in _bits_of(mask))
        found[scene.id] = known[mask]
    return found


def _moments_met_again(scenes: Sequence[Scene], successors: list[list[int]], knots: list[list[int]]) -> frozenset[str]:
    """Return the moments that one play can meet twice: shared by scenes, or on a way that leads back to itself."""
    looping = {index for knot in knots if len(knot) > 1 for index in knot}
    met: set[str] = set()
    again: set[str] = set()
    for index, scene in enumerate(scenes):
        if is_moment(scene):
            moment = scene.moment or scene.id
            if moment in met or index in looping or index in successors[index]:
                again.add(moment)
            met.add(moment)
    return frozenset(again)


def _gather(own: list[int], following: list[list[int]], knots: list[list[int]]) -> list[int]:
    """Return for each scene the union of `own` over itself and everything that it leads to by `following`."""
    gathered = [0] * len(own)
    for knot in knots:
        mask = 0
        for index in knot:
            mask |= own[index]
            for other in following[index]:
                mask |= gathered[other]
        for index in knot:
            gathered[index] = mask
    return gathered


def _reversed(successors: list[list[int]]) -> list[list[int]]:
    predecessors: list[list[int]] = [[] for _ in successors]
    for index, targets in enumerate(successors):
        for target in targets:
            predecessors[target].append(index)
    return predecessors


def _bits_of(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def made_by(scene: Scene) -> Iterator[Thing]:
    """Yield what being in a scene can set."""
    yield ("visits", scene.id)
    if is_moment(scene):
        yield ("moments", scene.moment or scene.id)
    for effects in _effects(scene):
        yield from (("facts", fact) for fact in effects.learn)
    if isinstance(scene, Decision):
        yield from (("chosen", choice.id) for choice in scene.choices)
    elif isinstance(scene, Reply | Roleplay):
        yield from (("levels", f"{scene.id}.{use.use}") for use in scene.criteria)
    if isinstance(scene, Roleplay):
        yield from (("facts", release.fact) for release in scene.releases)
        yield from (("goals", f"{scene.id}.{goal.id}") for goal in scene.goals)


def _effects(scene: Scene) -> Iterator[Effects | Choice | Sample]:
    if isinstance(scene, Decision):
        yield from scene.choices
    elif isinstance(scene, Route):
        yield from scene.rules
    elif isinstance(scene, Reply):
        yield from scene.branch
        yield scene.otherwise
    if isinstance(scene, Reply | Roleplay):
        yield from (scene.if_not_assessed.samples if scene.if_not_assessed else [])


def asked_by(scene: Scene, moments: Collection[str]) -> Iterator[Thing]:
    """Yield what the rules of a scene ask about. What only decides which beats are spoken changes no score."""
    for condition in _conditions(scene):
        yield from _subjects(condition)
    if isinstance(scene, Decision):
        for choice in scene.choices:
            if choice.once:
                yield ("chosen", choice.id)
    if (moment := scene.moment or scene.id) in moments and is_moment(scene):
        yield ("moments", moment)


def _conditions(scene: Scene) -> Iterator[Condition]:
    if isinstance(scene, Decision):
        yield from (choice.when for choice in scene.choices if choice.when is not None)
    elif isinstance(scene, Route):
        yield from (rule.when for rule in scene.rules)
    elif isinstance(scene, Reply):
        yield from (rule.when for rule in scene.branch)


def _subjects(condition: Condition) -> Iterator[Thing]:
    for inner in [*(condition.all or []), *(condition.any or []), *([condition.not_] if condition.not_ else [])]:
        yield from _subjects(inner)
    for name, value in (
        ("variables", condition.var),
        ("facts", condition.fact),
        ("chosen", condition.chosen),
        ("visits", condition.visits),
        ("levels", condition.level),
        ("goals", condition.goal),
        ("attempt", condition.attempt),
    ):
        if value is not None:
            yield (name, value)


def counting_limits(scenario: Scenario) -> tuple[dict[str, int], int]:
    """Return how far visits of each scene, and attempts, must be counted: beyond every number they are compared with.

    Five visits and six are the same to a story that only asks whether there were at least two.
    """
    visits: dict[str, int] = {}
    attempts = 1
    todo = [condition for scene in scenario.scenes for condition in _conditions(scene)]
    while todo:
        condition = todo.pop()
        todo += [*(condition.all or []), *(condition.any or []), *([condition.not_] if condition.not_ else [])]
        if condition.visits is not None:
            visits[condition.visits] = max(visits.get(condition.visits, 1), _beyond(condition))
        if condition.attempt is not None:
            attempts = max(attempts, _beyond(condition))
    return visits, attempts


def _beyond(condition: Condition) -> int:
    numbers = [n for n in (condition.is_, condition.at_least, condition.at_most) if isinstance(n, int | float)]
    return max(1, 1 + floor(max(numbers, default=0)))


def _mask(things: Iterable[Thing], bits: dict[Thing, int]) -> int:
    mask = 0
    for thing in things:
        mask |= 1 << bits.setdefault(thing, len(bits))
    return mask


def _sorted_out(things: Iterable[Thing]) -> Remembered:
    names: dict[str, list[str]] = {}
    for kind, name in things:
        names.setdefault(kind, []).append(name)
    return Remembered(**{kind: tuple(found) for kind, found in names.items()})
