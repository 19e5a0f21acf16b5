"""What one visit to a scene can be worth: choices, answers, levels and endings as vectors (docs/scoring.md, rule 2)."""

from collections.abc import Container, Iterable
from fractions import Fraction

from scenario_engine.credits import best_credit, exact
from scenario_engine.document import Choice, Decision, Ending, Question, Reply, Roleplay, Scenario, Scene
from scenario_engine.worth.hubs import hub_vector
from scenario_engine.worth.vectors import ZERO, Vector, Weights, add_vectors, make_vector, scale_vector, value_of


def is_moment(scene: Scene) -> bool:
    """Return whether the scene is a scored opportunity. What counts as practice only is none."""
    if isinstance(scene, Ending):
        return bool(scene.points)
    return isinstance(scene, Decision | Question | Reply | Roleplay) and scene.counts != "practice"


def has_points(scene: Scene) -> bool:
    """Return whether anything done in a scene may count for or against somebody."""
    if isinstance(scene, Decision):
        return any(any(choice.points.values()) for choice in scene.choices)
    if isinstance(scene, Question):
        return bool(scene.competency and scene.points)
    if isinstance(scene, Reply | Roleplay):
        return bool(scene.criteria)
    return isinstance(scene, Ending) and any(scene.points.values())


def retry_rate(scenario: Scenario, scene: Scene) -> Fraction:
    """Return the share of an improvement that a later try in this scene earns."""
    return exact(scenario.scoring.retry_credit if scene.retry_credit is None else scene.retry_credit)


def choice_vector(choice: Choice) -> Vector:
    """Return the points of a choice."""
    return make_vector(choice.points)


def ending_vector(ending: Ending) -> Vector:
    """Return the points that reaching an ending carries."""
    return make_vector(ending.points)


def credit_vector(question: Question, credit: Fraction) -> Vector:
    """Return what an answer of `credit` (0..1) is worth. A question without a competency is worth nothing."""
    return scale_vector(credit, make_vector({question.competency: question.points})) if question.competency else {}


def criterion_vector(scenario: Scenario, scene: Reply | Roleplay, criterion: str, level: int) -> Vector:
    """Return what a level 0..4 on one criterion of a scene is worth."""
    definition = scenario.criteria.get(criterion)
    if definition is None:
        return {}
    own = next((use.points for use in scene.criteria if use.use == criterion), None)
    points = definition.points if own is None else own
    return scale_vector(exact(definition.values[level]), make_vector({definition.competency: points}))


def capped_level(scenario: Scenario, criterion: str, level: int, forbidden: Container[str]) -> int:
    """Return a level, no higher than the author's cap where forbidden wording was found (0 where no cap is named)."""
    definition = scenario.criteria.get(criterion)
    if definition is None or criterion not in forbidden:
        return level
    return min(level, definition.forbidden_cap or 0)


def best_level(scenario: Scenario, criterion: str) -> int:
    """Return the lowest level that is worth the most: 4, unless the author has changed the table."""
    values = scenario.criteria[criterion].values if criterion in scenario.criteria else (0, 0, 0, 0, 1)
    return values.index(max(values))


def criterion_maximum(scenario: Scenario, scene: Reply | Roleplay, criterion: str) -> Vector:
    """Return the most that one criterion of a scene can be worth."""
    return criterion_vector(scenario, scene, criterion, best_level(scenario, criterion))


def best_choice_vector(choices: Iterable[Choice], weights: Weights) -> Vector:
    """Return the vector of the best-valued choice, the earliest on a tie; nothing when there is no choice."""
    return max((choice_vector(choice) for choice in choices), key=lambda v: value_of(v, weights), default={})


def scene_maximum(scenario: Scenario, scene: Scene, weights: Weights) -> Fraction:
    """Return the greatest value that a visit to `scene` can be worth, 0 at least."""
    if isinstance(scene, Decision) and scene.counting == "collect":
        good = [vector for choice in scene.choices if value_of(vector := choice_vector(choice), weights) > 0]
        most: Vector = hub_vector(scene, good)
    elif isinstance(scene, Decision):
        most = best_choice_vector(scene.choices, weights)
    elif isinstance(scene, Question):
        most = credit_vector(scene, best_credit(scene))
    elif isinstance(scene, Reply | Roleplay):
        most = add_vectors(*(criterion_maximum(scenario, scene, use.use) for use in scene.criteria))
    else:
        most = ending_vector(scene) if isinstance(scene, Ending) else {}
    return max(ZERO, value_of(most, weights))
