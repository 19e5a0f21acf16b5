"""Everything a scenario mentions by name: variables, facts, competencies, criteria, cast, moods, scenes, choices.

Only finds the mentions; whether what is mentioned exists is for `names` to say.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, get_args

from scenario_engine.document import (
    Choice,
    Condition,
    Decision,
    Ending,
    Question,
    Reply,
    Roleplay,
    Route,
    Scenario,
    Scene,
)
from scenario_engine.document.base import Value
from scenario_engine.document.conditions import Effects
from scenario_engine.document.replies import ConditionalCue, CriterionUse, Sample
from scenario_engine.document.shared import Beat

Kind = Literal["variable", "fact", "competency", "criterion", "cast member", "mood", "scene", "choice", "level", "goal"]

KINDS: tuple[Kind, ...] = get_args(Kind)


class Mention(NamedTuple):
    """One name used somewhere. `path` is relative to the scene.

    For a variable or fact, `condition` or `operation` and `value` say what is asked of it or done to it.
    """

    kind: Kind
    name: str
    part: str = ""
    path: str = ""
    condition: Condition | None = None
    operation: Literal["", "add", "set", "learn"] = ""
    value: Value = 0


def mentions_in(scene: Scene) -> Iterator[Mention]:
    """Yield everything that a scene mentions."""
    yield from _of_beats(scene.beats, ".beats")
    if scene.inside:
        yield Mention("scene", scene.inside, "", ".inside")
    if isinstance(scene, Decision):
        yield from _of_decision(scene)
    elif isinstance(scene, Question):
        if scene.competency:
            yield Mention("competency", scene.competency, "", ".competency")
    elif isinstance(scene, Route):
        for i, rule in enumerate(scene.rules):
            yield from _of_condition(rule.when, "", f".rules[{i}].when")
            yield from _of_effects(rule, "", f".rules[{i}]")
    elif isinstance(scene, Reply):
        yield from _of_reply(scene)
    elif isinstance(scene, Roleplay):
        yield from _of_roleplay(scene)
    elif isinstance(scene, Ending):
        yield from _of_points(scene.points, "", ".points")
        for i, choice in enumerate(scene.because):
            yield Mention("choice", choice, "", f".because[{i}]")


def mentions_outside_scenes(scenario: Scenario) -> Iterator[Mention]:
    """Yield what the scenario mentions outside its scenes; paths begin at the document."""
    for name in scenario.scoring.weights:
        yield Mention("competency", name, "", f"$.scoring.weights.{name}")
    for i, objective in enumerate(scenario.objectives):
        if objective.competency:
            yield Mention("competency", objective.competency, objective.id, f"$.objectives[{i}].competency")
    for name, criterion in scenario.criteria.items():
        yield Mention("competency", criterion.competency, name, f"$.criteria.{name}.competency")
    offer = scenario.safety.if_stopped.offer if scenario.safety.if_stopped else ""
    if offer:
        yield Mention("scene", offer, "", "$.safety.if_stopped.offer")


def _of_decision(scene: Decision) -> Iterator[Mention]:
    for i, choice in enumerate(scene.choices):
        path = f".choices[{i}]"
        if choice.when is not None:
            yield from _of_condition(choice.when, choice.id, f"{path}.when")
        yield from _of_effects(choice, choice.id, path)
        yield from _of_points(choice.points, choice.id, f"{path}.points")
        yield from _of_beats(choice.then, f"{path}.then", choice.id)


def _of_reply(scene: Reply) -> Iterator[Mention]:
    yield from _of_criteria(scene.criteria)
    for i, rule in enumerate(scene.branch):
        yield from _of_condition(rule.when, "", f".branch[{i}].when")
        yield from _of_effects(rule, "", f".branch[{i}]")
    yield from _of_effects(scene.otherwise, "", ".otherwise")
    yield from _of_samples(scene)


def _of_roleplay(scene: Roleplay) -> Iterator[Mention]:
    for name in dict.fromkeys([scene.plays.learner, scene.plays.character, *scene.plays.present]):
        yield Mention("cast member", name, "", ".plays")
    yield from _of_beats(scene.opening, ".opening")
    yield from _of_criteria(scene.criteria)
    yield from _of_samples(scene)
    for i, release in enumerate(scene.releases):
        yield Mention("fact", release.fact, "", f".releases[{i}].fact", operation="learn")
    for i, goal in enumerate(scene.goals):
        for fact in goal.met_by.released:
            yield Mention("fact", fact, goal.id, f".goals[{i}].met_by.released")
    for i, event in enumerate(scene.events):
        yield from _of_beats(event.beats, f".events[{i}].beats", event.id)


def _of_samples(scene: Reply | Roleplay) -> Iterator[Mention]:
    for i, sample in enumerate(scene.if_not_assessed.samples if scene.if_not_assessed else []):
        yield from _of_effects(sample, sample.id, f".if_not_assessed.samples[{i}]")


def _of_criteria(uses: Iterable[CriterionUse]) -> Iterator[Mention]:
    for i, use in enumerate(uses):
        yield Mention("criterion", use.use, use.use, f".criteria[{i}].use")
        for name, cue in use.cues.items():
            if isinstance(cue, ConditionalCue) and cue.when is not None:
                yield from _of_condition(cue.when, use.use, f".criteria[{i}].cues.{name}.when")


def _of_beats(beats: Iterable[Beat], path: str, part: str = "") -> Iterator[Mention]:
    for i, beat in enumerate(beats):
        if beat.who:
            yield Mention("cast member", beat.who, part or beat.id, f"{path}[{i}].who")
            if beat.mood:
                yield Mention("mood", f"{beat.who}.{beat.mood}", part or beat.id, f"{path}[{i}].mood")
        if beat.when is not None:
            yield from _of_condition(beat.when, part or beat.id, f"{path}[{i}].when")


def _of_points(points: Mapping[str, float], part: str, path: str) -> Iterator[Mention]:
    for name in points:
        yield Mention("competency", name, part, f"{path}.{name}")


def _of_effects(effects: Effects | Choice | Sample, part: str, path: str) -> Iterator[Mention]:
    for name, amount in effects.add.items():
        yield Mention("variable", name, part, f"{path}.add.{name}", operation="add", value=amount)
    for name, value in effects.set.items():
        yield Mention("variable", name, part, f"{path}.set.{name}", operation="set", value=value)
    for i, name in enumerate(effects.learn):
        yield Mention("fact", name, part, f"{path}.learn[{i}]", operation="learn")


def _of_condition(condition: Condition, part: str, path: str) -> Iterator[Mention]:
    for name, inner in (("all", condition.all), ("any", condition.any)):
        for i, each in enumerate(inner or []):
            yield from _of_condition(each, part, f"{path}.{name}[{i}]")
    if condition.not_ is not None:
        yield from _of_condition(condition.not_, part, f"{path}.not")
    for kind, value, field in _subjects(condition):
        if value is not None:
            yield Mention(kind, value, part, f"{path}.{field}", condition=condition)


def _subjects(condition: Condition) -> tuple[tuple[Kind, str | None, str], ...]:
    return (
        ("variable", condition.var, "var"),
        ("scene", condition.visits, "visits"),
        ("fact", condition.fact, "fact"),
        ("choice", condition.chosen, "chosen"),
        ("level", condition.level, "level"),
        ("goal", condition.goal, "goal"),
    )
