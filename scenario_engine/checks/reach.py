"""Rules about what plays can come to, by the search of all situations: where it stops, it says what is not proven."""

from collections.abc import Sequence
from itertools import compress
from operator import not_

from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.document import Decision, Ending, Question, Reply, Roleplay, Route
from scenario_engine.document.scenes import LevelRule, RouteRule
from scenario_engine.links import may_end
from scenario_engine.proof import DEFAULT_BOUND, Space
from scenario_engine.worth import grade_policy


def find_never_played(subject: Subject) -> Problems:
    """Yield each scene that ways lead to, but that no play can come to."""
    if subject.paths is None:
        return
    played = _played(subject, subject.paths)
    for scene in subject.scenario.scenes:
        if scene.id in subject.reachable and scene.id not in played:
            message = "Ways lead to this scene, but their conditions never hold together: no play comes here."
            yield Problem(message, "Look at the conditions before it.", scene.id, path=subject.path(scene))


def _played(subject: Subject, paths: Space) -> set[str]:
    """Return the scenes that plays come to, and all that follow an ending or a stop."""
    safety = subject.scenario.safety
    found = set(paths.scenes)
    todo = [safety.if_stopped.offer if safety.if_stopped else ""]
    for scene in subject.scenario.scenes:
        if isinstance(scene, Ending) and scene.id in found:
            todo.append(scene.afterwards)
        elif isinstance(scene, Route) and scene.draw and scene.id in found:
            todo += scene.draw.from_  # where all are alike, the search draws one for all
        elif isinstance(scene, Roleplay) and scene.id in found:
            todo.append(scene.exits.stopped)  # stopping is no move of the search
    while todo:
        scene_id = todo.pop()
        if scene_id in subject.graph and scene_id not in found:
            found.add(scene_id)
            todo.extend(subject.graph[scene_id])
    return found


def find_never_offered(subject: Subject) -> Problems:
    """Yield each choice that no play is ever offered."""
    taken = subject.taken
    for scene in subject.scenario.scenes:
        if isinstance(scene, Decision) and scene.id in taken:
            for i, choice in enumerate(scene.choices):
                if choice.id not in taken[scene.id]:
                    message = f"Plays come to this scene, but none is ever offered “{choice.id}”."
                    hint = "Change its condition, or what should make it hold on the ways here."
                    yield Problem(message, hint, scene.id, choice.id, subject.path(scene, f".choices[{i}].when"))


def find_never_followed(subject: Subject) -> Problems:
    """Yield each rule of a route or reply that no play ever follows."""
    taken = subject.taken
    for scene in subject.scenario.scenes:
        if isinstance(scene, Route | Reply) and scene.id in taken:
            rules: Sequence[RouteRule | LevelRule] = scene.rules if isinstance(scene, Route) else scene.branch
            field = "rules" if isinstance(scene, Route) else "branch"
            for i, rule in enumerate(rules):
                if i not in taken[scene.id]:
                    message = (
                        f"Rule {i + 1}, to “{rule.goto}”, is never followed: it never holds, or one above it does."
                    )
                    hint = "Change its condition, move it up, or delete it."
                    yield Problem(message, hint, scene.id, "", subject.path(scene, f".{field}[{i}]"))


def find_stuck_plays(subject: Subject) -> Problems:
    """Yield each scene in which a play can get stuck with nothing left to choose."""
    if subject.paths is None:
        return
    hint = "Give it a choice without a condition that may be taken again, or a way on that is always there."
    for scene_id in dict.fromkeys(subject.paths.scenes[index] for index in subject.paths.stuck):
        scene = subject.story.scenes[scene_id]
        if not may_end(scene):
            message = "A play can come here and find nothing left to choose."
            mend = "Give it options to pick from." if isinstance(scene, Question) else hint
            yield Problem(message, mend, scene.id, path=subject.path(scene))


def find_endless_plays(subject: Subject) -> Problems:
    """Yield each scene from which a play can go on for ever and never come to an ending, whatever is chosen."""
    if subject.paths is None:
        return
    hint = "Give one of its scenes a way out whose condition can come to hold, for example after some visits."
    endless = compress(subject.paths.scenes, map(not_, subject.paths.walk.ends))
    for scene_id in dict.fromkeys(endless):
        scene = subject.story.scenes[scene_id]
        message = "A play can come here in a way that leaves no way to any ending: it goes round for ever."
        yield Problem(message, hint, scene.id, path=subject.path(scene))


def find_not_proven(subject: Subject) -> Problems:
    """Yield what the search could not prove, and why."""
    if not subject.bound_reached or subject.space is not None:
        return
    why = f"there are more than {subject.bound:,} situations (what was learned, chosen and tried, at each scene)"
    if subject.paths is None:
        what = "which scenes and choices can be reached, that no play gets stuck, and what endings can be worth"
    else:
        what = (
            "what endings can be worth, and the rules about fairness and habits;"
            " that every scene and choice can be reached is"
        )
    if grade_policy(subject.scenario) == "completion" and subject.paths is not None:
        return
    is_editing = subject.bound < DEFAULT_BOUND
    further = f" Publishing searches up to {DEFAULT_BOUND:,}." if is_editing else ""
    hint = "Ask about fewer variables and visits, let fewer scored scenes be met again, or play it out with `simulate`."
    message = f"Not proven: {what}. The search was stopped because {why}.{further}"
    yield Problem(message, hint, path="$", level="note" if is_editing else None)
