"""Rules about fairness: what the search of all plays shows about points, arms, endings and detours."""

from fractions import Fraction

from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.credits import exact
from scenario_engine.document import Decision, Ending, Reply, Route, Scene
from scenario_engine.proof import DEFAULT_BOUND
from scenario_engine.proof.prove import ending_ranges
from scenario_engine.worth import grade_policy, is_moment, scene_maximum, weigh

UNEVEN = 0.1
LENGTH_TOLERANCE = Fraction(1, 5)


def find_unprovable_path(subject: Subject) -> Problems:
    """Yield a problem when the best path, which the grade is measured against, cannot be found."""
    # A bound below that of publishing only says that nobody has searched long enough yet.
    if subject.bound < DEFAULT_BOUND or not _measures(subject):
        return
    if subject.space is None and subject.bound_reached:
        yield Problem(
            f"There are more than {subject.bound:,} situations: the best path cannot be found.",
            "Grade by a declared maximum, or use fewer variables and fewer scenes that can be met again.",
            path="$.scoring.grade",
        )


def find_nothing_to_earn(subject: Subject) -> Problems:
    """Yield a problem when the grade is measured against a best path that earns nothing."""
    worths = subject.worths
    if worths is None or not _measures(subject):
        return
    if worths.maximum is None or worths.maximum <= 0:
        yield Problem(
            "The grade is what was earned of the most that can be earned, but no graded play earns anything.",
            "Give points, or grade by completion or by the endings.",
            path="$.scoring.grade",
        )


def find_best_below_one(subject: Subject) -> Problems:
    """Yield a problem when even the best play is worth less than a full grade."""
    scenario, worths = subject.scenario, subject.worths
    if worths is None or worths.maximum is None:
        return
    declared, policy, best = scenario.scoring.max, grade_policy(scenario), max(Fraction(0), worths.maximum)
    if policy == "declared_max" and declared is not None and best < exact(declared):
        earned, share = f"{float(best):g}", float(best / exact(declared))
        message = f"The best play earns {earned} of the declared {declared:g}: the best grade is {share:.0%}."
        yield Problem(message, f"Declare {earned}, or offer more.", path="$.scoring.max")
    elif policy == "ending" and best < 1:
        message = f"The best ending that can be reached is graded {float(best):.0%}."
        hint = "Grade the best ending 1, unless nobody is meant to do well."
        yield Problem(message, hint, path="$.scoring.grade")


def find_detours(subject: Subject) -> Problems:
    """Yield each choice that leads to a better best result than every choice of higher value beside it."""
    worths, seen = subject.worths, set[tuple[str, str]]()
    if worths is None:
        return
    values = subject.ranks
    for index, edges in enumerate(worths.space.edges):
        scene = subject.story.scenes[worths.space.scenes[index]]
        # At a hub the order is free, and what is left open is taken next: no choice there is a detour.
        if not isinstance(scene, Decision) or scene.counting == "collect" or len(edges) < 2:
            continue
        ends = [(total, values[e.move.value], e.move.value) for e in edges if (total := worths.through(e)) is not None]
        if not ends or max(ends)[1] == max([value for _, value, _ in ends]):
            continue  # the most valuable choice leads to the best result
        for total, value, detour in ends:
            higher = [(other, name) for other, more, name in ends if more > value]
            if not higher or total <= max(higher)[0] or (scene.id, detour) in seen:
                continue
            seen.add((scene.id, detour))
            best, sibling = max(higher)
            message = (
                f"“{detour}” is worth less than “{sibling}”, but the best result after it is better"
                f" ({worths.shown(total)} against {worths.shown(best)})."
            )
            hint = "Let a repair share the moment it repairs, or weigh the two choices anew."
            yield Problem(message, hint, scene.id, detour, subject.path(scene))


def find_disagreeing_outcomes(subject: Subject) -> Problems:
    """Yield each poor ending that can be worth more than a good one."""
    worths = subject.worths
    if worths is None:
        return
    ranges = [each for each in ending_ranges(worths.space, worths.maximum) if each.least_grade is not None]
    for poor in (each for each in ranges if each.outcome == "poor"):
        for good in (each for each in ranges if each.outcome == "good"):
            high, low = poor.greatest_grade or Fraction(0), good.least_grade or Fraction(0)
            if high > low:
                scene = subject.story.scenes[poor.ending]
                message = (
                    f"This poor ending can be graded {float(high):.2f},"
                    f" the good ending “{good.ending}” as little as {float(low):.2f}: story and grade disagree."
                )
                hint = "Let the ending fix the grade, or make what leads to it cost what the story says it costs."
                yield Problem(message, hint, poor.ending, path=subject.path(scene))


def find_unequal_arms(subject: Subject) -> Problems:
    """Yield each random route or draw on which luck decides what can be earned."""
    worths, seen = subject.worths, set[str]()
    if worths is None:
        return
    for index, edges in enumerate(worths.space.edges):
        route = subject.story.scenes[worths.space.scenes[index]]
        if isinstance(route, Route) and route.random and route.id not in seen and len(edges) == len(route.random):
            best = {edge.move.value: worths.through(edge) for edge in edges}
            if len(set(best.values())) > 1:
                seen.add(route.id)
                shown = ", ".join(f"“{arm}” {worths.shown(total)}" for arm, total in best.items())
                message = f"Chance decides what can be earned: {shown}."
                yield Problem(message, "Make the arms worth the same.", route.id, path=subject.path(route, ".random"))
    yield from _find_unequal_draws(subject)


def _find_unequal_draws(subject: Subject) -> Problems:
    weights = weigh(subject.scenario)
    for route in subject.scenario.scenes:
        if isinstance(route, Route) and route.draw is not None:
            drawn = [scene for name in route.draw.from_ if (scene := subject.story.scenes.get(name))]
            worth = {
                scene.id: scene_maximum(subject.scenario, scene, weights) if _counts(scene) else Fraction(0)
                for scene in drawn
            }
            if len(set(worth.values())) > 1:
                shown = ", ".join(f"“{name}” {float(points):g}" for name, points in worth.items())
                message = f"Chance decides what can be earned: {shown}."
                yield Problem(
                    message, "Make what is drawn worth the same.", route.id, path=subject.path(route, ".draw")
                )


def _counts(scene: Scene) -> bool:
    """Return whether what a scene gives is part of the most that can be earned: no bonus, no practice."""
    return is_moment(scene) and not scene.bonus


def find_uneven_arms(subject: Subject) -> Problems:
    """Yield each random route whose arms are equally rich but not equally hard."""
    worths, seen = subject.worths, set[str]()
    if worths is None:
        return
    for index, edges in enumerate(worths.space.edges):
        route = subject.story.scenes[worths.space.scenes[index]]
        if not isinstance(route, Route) or not route.random or route.id in seen or len(edges) != len(route.random):
            continue
        means = {edge.move.value: worths.mean_grade(edge.to) for edge in edges}
        known = [mean for mean in means.values() if mean is not None]
        if known and max(known) - min(known) > UNEVEN:
            seen.add(route.id)
            shown = ", ".join(f"“{arm}” {mean:.2f}" for arm, mean in means.items() if mean is not None)
            message = f"A learner who chooses at random is graded differently by chance: {shown}."
            hint = "Make the arms equally hard, or accept that some learners are graded harder."
            yield Problem(message, hint, route.id, path=subject.path(route, ".random"))


def find_unconfirmed_branches(subject: Subject) -> Problems:
    """Yield each reply where a level that does not count chooses between ways of different worth."""
    worths, seen = subject.worths, set[str]()
    if worths is None:
        return
    for index, edges in enumerate(worths.space.edges):
        scene = subject.story.scenes[worths.space.scenes[index]]
        if not isinstance(scene, Reply) or scene.counts == "yes" or scene.id in seen:
            continue
        onward = {worths.best[edge.to] for edge in edges if edge.move.kind == "judged"}
        if len(onward) > 1:
            seen.add(scene.id)
            shown = " or ".join(sorted(worths.shown(total) for total in onward))
            message = f"Levels that nobody has confirmed decide what can still be earned: {shown}."
            hint = "Lead the branches to ways of equal worth, or let the samples decide."
            yield Problem(message, hint, scene.id, path=subject.path(scene, ".branch"))


def find_paying_length(subject: Subject) -> Problems:
    """Yield a problem when the longest way to a good ending earns much more than the shortest."""
    worths = subject.worths
    if worths is None or grade_policy(subject.scenario) not in ("best_path", "declared_max"):
        return
    good = {scene.id for scene in subject.scenario.scenes if isinstance(scene, Ending) and scene.outcome == "good"}
    found = worths.by_length(good)
    if found is None or not worths.maximum:
        return
    (few, little), (many, much) = found
    if abs(much - little) > LENGTH_TOLERANCE * worths.maximum:
        yield Problem(
            f"The best play to a good ending over {few} moments earns {float(little):g},"
            f" the best over {many} earns {float(much):g}: length pays.",
            "Give short ways to a good ending as much to earn, or let the long way repair instead of add.",
            path="$.scoring",
        )


def _measures(subject: Subject) -> bool:
    return grade_policy(subject.scenario) == "best_path"
