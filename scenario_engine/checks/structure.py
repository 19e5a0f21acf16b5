"""Rules about the graph: every way leads somewhere, everything can be reached, and every way comes to an ending."""

from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.document import Decision, Ending, Roleplay, Route, Scene
from scenario_engine.document.base import NEXT_DRAWN, RETURN
from scenario_engine.links import first_scene


def find_no_start(subject: Subject) -> Problems:
    """Yield a problem when there is no scene to start at."""
    scenario = subject.scenario
    if not scenario.scenes:
        yield Problem("The scenario has no scenes.", "Add a first scene, a page with a briefing for example.", path="$")
    elif first_scene(scenario) not in subject.story.scenes:
        yield Problem(
            f"Play starts at “{scenario.start}”, which does not exist.",
            "Choose the first scene in the settings of the scenario.",
            path="$.start",
        )


def find_no_ending(subject: Subject) -> Problems:
    """Yield a problem when no ending can be reached."""
    endings = [scene for scene in subject.scenario.scenes if isinstance(scene, Ending)]
    if subject.scenario.scenes and not any(ending.id in subject.reachable for ending in endings):
        message = "No ending can be reached." if endings else "The scenario has no ending."
        yield Problem(message, "An ending fixes the grade and opens the debrief; add one and lead there.", path="$")


def find_missing_targets(subject: Subject) -> Problems:
    """Yield each way on that is not drawn yet."""
    for scene, ways in subject.ways:
        if isinstance(scene, Decision) and not scene.choices:
            yield _at(subject, scene, "This decision has no choices.", "Add what the learner can say or do.", "", "")
        if isinstance(scene, Route) and not (scene.rules or scene.random or scene.draw or scene.otherwise):
            yield _at(subject, scene, "This route leads nowhere.", "Add rules with a default, arms, or a draw.", "", "")
        for way in ways:
            if not way.target and not way.is_optional:
                what = f"“{way.part}” leads nowhere." if way.part else "This scene leads nowhere."
                yield _at(subject, scene, what, "Connect it to the scene that comes next.", way.part, way.path)


def find_unknown_targets(subject: Subject) -> Problems:
    """Yield each way on to a scene that does not exist."""
    draws = any(isinstance(scene, Route) and scene.draw for scene in subject.scenario.scenes)
    for scene, ways in subject.ways:
        for way in ways:
            if way.target in subject.story.scenes or not way.target:
                continue
            if (way.target == NEXT_DRAWN and draws) or (way.target == RETURN and scene.inside):
                continue
            yield _at(subject, scene, _unknown(way.target), "Lead it to an existing scene.", way.part, way.path)


def _unknown(target: str) -> str:
    if target == NEXT_DRAWN:
        return "“next_drawn” goes on with a draw, but no route of this scenario draws scenes."
    if target == RETURN:
        return "“return” goes back to a role-play, but this scene is not inside one."
    return f"The scene “{target}” does not exist."


def find_routes_without_default(subject: Subject) -> Problems:
    """Yield each route whose rules may all fail with no way left."""
    for scene in subject.scenario.scenes:
        if isinstance(scene, Route) and scene.rules and not (scene.otherwise or scene.random or scene.draw):
            hint = "Say in “otherwise” where it leads when no rule fits."
            yield _at(subject, scene, "When none of its rules fits, this route leads nowhere.", hint, "", ".otherwise")


def find_unreachable(subject: Subject) -> Problems:
    """Yield each scene that no way leads to."""
    hint = "Lead to it from another scene, or delete it."
    for scene in subject.scenes_of(subject.graph.keys() - subject.reachable):
        yield _at(subject, scene, "No way leads to this scene.", hint, "", "")


def find_dead_ends(subject: Subject) -> Problems:
    """Yield each scene from which no ending (and no page that is done) can be reached."""
    for scene in subject.scenes_of(subject.reachable - subject.ending):
        yield _at(subject, scene, "From here no ending can be reached.", "Lead one way to an ending.", "", "")


def find_misplaced_insides(subject: Subject) -> Problems:
    """Yield each scene that says it is inside something that is no role-play."""
    for scene in subject.scenario.scenes:
        host = subject.story.scenes.get(scene.inside or "")
        if scene.inside and host is not None and not isinstance(host, Roleplay):
            message = f"This scene is inside “{scene.inside}”, which is no role-play."
            yield _at(subject, scene, message, "Only a role-play can call a scene and go on after it.", "", ".inside")


def _at(subject: Subject, scene: Scene, message: str, hint: str, part: str, rest: str) -> Problem:
    return Problem(message, hint, scene.id, part, subject.path(scene, rest))
