"""Rules about teaching: choices that give themselves away, decisions without feedback, and aims without practice."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.credits import option_credit
from scenario_engine.document import Decision, Question, Scene
from scenario_engine.worth import is_moment

# So few decisions may be alike by chance.
ENOUGH_DECISIONS = 4
# “Always”, with one in ten forgiven.
ALMOST_ALL = 0.9
# A best choice sticks out when it is this much longer than the next.
LONGER = 1.2


def _scored(subject: Subject) -> Iterator[tuple[Scene, Sequence[str], list[Fraction], bool]]:
    """Yield (scene, texts, values, shuffled) of every decision and single-choice question with one best answer."""
    for scene in subject.scenario.scenes:
        if isinstance(scene, Decision) and scene.counting != "collect" and is_moment(scene) and len(scene.choices) > 1:
            values = [subject.values[choice.id] for choice in scene.choices]
            if _has_one_best(values):
                yield scene, [choice.text for choice in scene.choices], values, scene.shuffle
        elif isinstance(scene, Question) and scene.type == "single" and len(scene.options) > 1:
            values = [option_credit(scene, [option.id]) for option in scene.options]
            if _has_one_best(values):
                yield scene, [option.text for option in scene.options], values, scene.shuffle


def _has_one_best(values: list[Fraction]) -> bool:
    return values.count(max(values)) == 1


def find_telling_length(subject: Subject) -> Problems:
    """Yield a problem when the best choice can be told by its length."""
    found = list(_scored(subject))
    longest = [scene for scene, texts, values, _ in found if _sticks_out(texts, values.index(max(values)))]
    if len(found) >= ENOUGH_DECISIONS and len(longest) >= ALMOST_ALL * len(found):
        message = f"In {len(longest)} of {len(found)} decisions the best choice is clearly the longest."
        hint = "Lengthen a tempting choice, or shorten the best one: learners notice."
        yield Problem(message, hint, path="$.scenes")


def _sticks_out(texts: Sequence[str], best: int) -> bool:
    others = max(len(text) for index, text in enumerate(texts) if index != best)
    return len(texts[best]) > LONGER * others


def find_telling_place(subject: Subject) -> Problems:
    """Yield a problem when the best choice always stands in the same place and the order is not shuffled."""
    places = [values.index(max(values)) for _, _, values, shuffled in _scored(subject) if not shuffled]
    if len(places) < ENOUGH_DECISIONS:
        return
    place = max(set(places), key=places.count)
    if places.count(place) >= ALMOST_ALL * len(places):
        found = f"{places.count(place)} of {len(places)} decisions that are not shuffled"
        message = f"In {found} the best choice is number {place + 1}."
        yield Problem(message, "Shuffle the choices, or move the best one about.", path="$.scenes")


def find_silent_decisions(subject: Subject) -> Problems:
    """Yield each scored decision that never says anything about any of its choices."""
    for scene in subject.scenario.scenes:
        if not isinstance(scene, Decision) or scene.counting == "collect" or len(scene.choices) < 2:
            continue
        if not any(choice.points for choice in scene.choices) or not is_moment(scene):
            continue
        if not any(choice.feedback or choice.better or choice.then for choice in scene.choices):
            message = "Points are given here, but no choice has a reaction, feedback or a better phrasing."
            hint = "Say at least what the weakest choice does to the other person, and what could be said instead."
            yield Problem(message, hint, scene.id, path=subject.path(scene))


def find_unpractised_objectives(subject: Subject) -> Problems:
    """Yield each objective whose competency nothing in the scenario exercises."""
    exercised = {m.name for scene, m in subject.mentions["competency"] if scene is not None}
    if not subject.earns:
        return  # a lesson: what it teaches is practised elsewhere
    used = {mention.name for _, mention in subject.mentions["criterion"]}
    exercised |= {c.competency for name, c in subject.scenario.criteria.items() if name in used}
    for i, objective in enumerate(subject.scenario.objectives):
        if objective.competency and objective.competency not in exercised:
            message = f"Nothing in this scenario practises “{objective.competency}”, which this objective is about."
            hint = "Give points on it somewhere, or drop the objective."
            yield Problem(message, hint, part=objective.id, path=f"$.objectives[{i}].competency")
