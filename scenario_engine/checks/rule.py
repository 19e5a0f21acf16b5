"""What a rule is, and what it looks at. The rules themselves live beside this module, by subject."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import compress
from typing import NamedTuple

from scenario_engine.checks.logic import Possible, possible_in
from scenario_engine.checks.mentions import KINDS, Kind, Mention, mentions_in, mentions_outside_scenes
from scenario_engine.document import Scenario, Scene
from scenario_engine.errors import BoundReached, NotPlayable
from scenario_engine.findings import FindingLevel
from scenario_engine.links import Ways, all_ways, first_scene, may_end, scene_graph
from scenario_engine.proof import Space, explore
from scenario_engine.proof.components import Walk, walk
from scenario_engine.proof.worths import Worths
from scenario_engine.story import Story, compile_story
from scenario_engine.texts import iter_texts
from scenario_engine.worth import choice_vector, grade_policy, value_of, weigh


class Problem(NamedTuple):
    """What a rule found: a finding without the code and level, which belong to the rule."""

    message: str
    hint: str = ""
    scene: str = ""
    part: str = ""
    path: str = ""
    level: FindingLevel | None = None  # where it weighs less than the rule says


class Subject:
    """A scenario as the rules see it. What several rules need is worked out once, when first asked for."""

    def __init__(self, scenario: Scenario, bound: int, today: date | None = None) -> None:
        self.scenario = scenario
        self.bound = bound
        self.today = today
        self.story: Story = compile_story(scenario)
        self.bound_reached = False
        self.earned_matters = False  # where the bound was reached: whether situations differ by what was earned
        # What the rules of one module share.
        self.memo: dict[str, object] = {}

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The place of each scene in the document; of the first, where an id stands twice."""
        places: dict[str, int] = {}
        for position, scene in enumerate(self.scenario.scenes):
            places.setdefault(scene.id, position)
        return places

    @cached_property
    def mentions(self) -> Mapping[Kind, list[tuple[Scene | None, Mention]]]:
        """Everything mentioned by name, by kind, with the scene it is mentioned in (None: outside the scenes)."""
        found: dict[Kind, list[tuple[Scene | None, Mention]]] = {kind: [] for kind in KINDS}
        for mention in mentions_outside_scenes(self.scenario):
            found[mention.kind].append((None, mention))
        for scene in self.scenario.scenes:
            for mention in mentions_in(scene):
                found[mention.kind].append((scene, mention))
        return found

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        """Every text of the scenario with its key."""
        return list(iter_texts(self.scenario))

    @cached_property
    def earns(self) -> bool:
        """Whether anything in it is a scored opportunity that gives points."""
        named = any(scene is not None for scene, _ in self.mentions["competency"])
        return named or bool(self.mentions["criterion"])

    @cached_property
    def values(self) -> Mapping[str, Fraction]:
        """What each choice is worth by itself."""
        weights = weigh(self.scenario)
        known: dict[tuple[tuple[str, float], ...], Fraction] = {}
        found: dict[str, Fraction] = {}
        for name, (_, choice) in self.story.choices.items():
            points = tuple(choice.points.items())
            if points not in known:
                known[points] = value_of(choice_vector(choice), weights)
            found[name] = known[points]
        return found

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The choices by what they are worth, as whole numbers in the same order: comparing fractions is slow."""
        order = {value: rank for rank, value in enumerate(sorted(set(self.values.values())))}
        ranked = {id(value): order[value] for value in self.values.values()}
        return {name: ranked[id(value)] for name, value in self.values.items()}

    @cached_property
    def taken(self) -> Mapping[str, set[str | int | None]]:
        """The choices, and the places of the rules, that some play takes in each scene; empty where not proven."""
        found: dict[str, set[str | int | None]] = {}
        if self.paths is not None:
            for scene, edges in zip(self.paths.scenes, self.paths.edges, strict=True):
                taken = found.setdefault(scene, set())
                for edge in edges:
                    taken.add(edge.move.value if edge.move.rule is None else edge.move.rule)
        return found

    @cached_property
    def written(self) -> set[str]:
        """The variables that something changes."""
        return {mention.name for _, mention in self.mentions["variable"] if mention.operation}

    @cached_property
    def read(self) -> set[str]:
        """The variables that some condition asks about."""
        return {mention.name for _, mention in self.mentions["variable"] if mention.condition is not None}

    @cached_property
    def learned(self) -> set[str]:
        """The facts that something teaches."""
        return {mention.name for _, mention in self.mentions["fact"] if mention.operation == "learn"}

    @cached_property
    def possible(self) -> Possible:
        """What anything in the scenario can make true."""
        changes = [m for _, m in self.mentions["variable"] if m.operation]
        return possible_in(self.scenario, [(m.name, m.operation, m.value) for m in changes], self.learned)

    @cached_property
    def ways(self) -> Ways:
        """Every scene with its ways out."""
        return all_ways(self.scenario)

    @cached_property
    def graph(self) -> Mapping[str, Sequence[str]]:
        """The scenes that each scene may lead to."""
        return scene_graph(self.scenario, ways=self.ways)

    @cached_property
    def walk(self) -> Walk:
        """One walk through the graph, from the start and what stopping offers; numbers in the order of `graph`."""
        number = {scene: place for place, scene in enumerate(self.graph)}
        successors = [[number[target] for target in targets] for targets in self.graph.values()]
        safety = self.scenario.safety
        starts = [first_scene(self.scenario), safety.if_stopped.offer if safety.if_stopped else ""]
        ends = [number[scene.id] for scene in self.scenario.scenes if may_end(scene)]
        return walk(successors, [number[scene] for scene in starts if scene in number], ends)

    @cached_property
    def reachable(self) -> set[str]:
        """The scenes that some way leads to, from the start or from stopping."""
        return set(compress(self.graph, self.walk.reached))

    @cached_property
    def ending(self) -> set[str]:
        """The scenes from which some way leads to where play may be over."""
        return set(compress(self.graph, self.walk.ends))

    def scenes_of(self, names: Set[str]) -> list[Scene]:
        """Return the scenes with these ids in the order of the document."""
        return [scene for scene in self.scenario.scenes if scene.id in names] if names else []

    @cached_property
    def space(self) -> Space | None:
        """Everything that can happen; None where it cannot be searched, or not within the bound."""
        try:
            return explore(self.story, self.bound, graph=self.graph)
        except BoundReached as reached:
            self.bound_reached, self.earned_matters = True, reached.earned
        except NotPlayable:
            pass
        return None

    @cached_property
    def paths(self) -> Space | None:
        """Everything that can happen in the story itself, whatever was earned: much smaller where there are loops."""
        if self.space is not None or not self.earned_matters:
            return self.space
        try:
            return explore(self.story, self.bound, scored=False, graph=self.graph)
        except BoundReached:
            return None

    @cached_property
    def worths(self) -> Worths | None:
        """What every situation is worth; None where it is not known, or nothing is compared."""
        if self.space is None or grade_policy(self.scenario) == "completion":
            return None
        return Worths(self.space)

    def path(self, scene: Scene | None, rest: str = "") -> str:
        """Return the path in the document of something in a scene; outside scenes `rest` is the whole path."""
        return f"$.scenes[{self.index[scene.id]}]{rest}" if scene else rest


Find = Callable[[Subject], Iterable[Problem]]


class Rule(NamedTuple):
    """One rule: a stable code, its level, what must hold, and the function that finds its problems.

    `needs_proof` rules stand on the search of all plays and are left out while the structure has errors. Why a rule
    matters, an example and how to mend it are in `explained`, under the same code.
    """

    code: str
    level: FindingLevel
    summary: str
    find: Find
    needs_proof: bool = False


Problems = Iterator[Problem]
