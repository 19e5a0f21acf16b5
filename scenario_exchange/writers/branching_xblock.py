"""A scenario as branching-xblock JSON: at most 30 screens, no loops, whole scores from 0 to 100; each loss is told."""

from __future__ import annotations

import json

from scenario_engine.document import Scenario
from scenario_engine.links import first_scene
from scenario_exchange.imported import Report
from scenario_exchange.writers.exported import ExportRefused, Job
from scenario_exchange.writers.screens import Screen, Screens

MAX_SCREENS = 30
MAX_SCORE = 100


def write_branching_xblock(job: Job, report: Report) -> bytes:
    """Return the JSON that its Studio editor imports. Raises ExportRefused when the story does not fit its limits."""
    scenario = job.scenarios[0]
    screens = Screens(scenario, report).reached(first_scene(scenario))
    if len(screens) > MAX_SCREENS:
        raise ExportRefused(
            "export.too-many-screens",
            f"A branching XBlock holds {MAX_SCREENS} screens; this scenario needs {len(screens)}.",
            "Split the scenario, or install our own block, which has no such limit.",
            scenario.title,
        )
    cut_loops(screens, report)
    _tell_reactions(screens, report)
    _whole_scores(screens, report)
    _tell_of_whole(scenario, job, report)
    nodes = [_node(screen) for screen in screens.values()]
    return json.dumps({"nodes": nodes}, ensure_ascii=False, indent=2).encode()


def _node(screen: Screen) -> dict[str, object]:
    return {
        "id": screen.id,
        "content": screen.content,
        "media": {"type": "", "url": "", "alt": ""},
        "choices": [{"text": way.text, "target_node_id": way.target, "score": int(way.score)} for way in screen.ways],
        "hint": screen.hint,
        "left_image_url": "",
        "right_image_url": "",
        "left_image_alt_text": "",
        "right_image_alt_text": "",
        "overlay_text": False,
        "transcript_url": "",
    }


def cut_loops(screens: dict[str, Screen], report: Report) -> None:
    """Take out the choices that lead back. Raises ExportRefused where nothing else would lead on."""
    done: set[str] = set()
    for start in screens:
        path: dict[str, int] = {}
        todo = [start] if start not in done else []
        while todo:
            name = todo[-1]
            if name in done:
                todo.pop()
                continue
            screen = screens[name]
            at = path.setdefault(name, 0)
            if at >= len(screen.ways):
                done.add(name)
                del path[name]
                todo.pop()
                continue
            target = screen.ways[at].target
            if target in path:
                _cut(screen, at, screens[target].title, report)
            else:
                path[name] += 1
                if target in screens and target not in done:
                    todo.append(target)


def _cut(screen: Screen, at: int, back_to: str, report: Report) -> None:
    if len(screen.ways) == 1:
        raise ExportRefused(
            "export.loop",
            f"The only way on from “{screen.title}” leads back to “{back_to}”, and a branching XBlock allows no loops.",
            "Give the scene another way on.",
            screen.title,
        )
    way = screen.ways.pop(at)
    report.dropped(screen.title, f"The choice “{way.text}” leads back to “{back_to}”: loops are not allowed there.")


def _tell_reactions(screens: dict[str, Screen], report: Report) -> None:
    """Give reactions and feedback a screen of their own, as long as there is room."""
    for screen in list(screens.values()):
        for number, way in enumerate(screen.ways, 1):
            if not way.told:
                continue
            name = f"{screen.id}_told_{number}"
            if len(screens) >= MAX_SCREENS or name in screens:
                report.dropped(screen.title, f"What is said after “{way.text}”: there is no room for another screen.")
                continue
            screens[name] = Screen(id=name, title=way.text, content=way.told)
            screens[name].go_on(way.target)
            way.target = name
            report.changed(screen.title, f"What is said after “{way.text}” became a screen of its own.")


def _whole_scores(screens: dict[str, Screen], report: Report) -> None:
    ways = [(screen, way) for screen in screens.values() for way in screen.ways]
    highest = max((way.score for _, way in ways), default=0)
    factor = min(1.0, MAX_SCORE / highest) if highest > 0 else 1.0
    if factor < 1:
        report.changed(
            "scores", f"All points were scaled by {factor:.3g}: a choice is worth at most {MAX_SCORE} there."
        )
    for screen, way in ways:
        score = max(0, round(way.score * factor))
        if way.score < 0:
            report.changed(screen.title, f"“{way.text}” takes {-way.score:g} points away; there it is worth 0.")
        elif abs(score - way.score * factor) > 1e-9:
            report.changed(screen.title, f"The {way.score:g} points of “{way.text}” were rounded to {score}.")
        way.score = score


def _tell_of_whole(scenario: Scenario, job: Job, report: Report) -> None:
    title = scenario.title
    if len(scenario.competencies) > 1:
        report.changed(title, "Points of several competencies became one number.")
    for has, what in (
        (scenario.variables, "Variables and what changes them"),
        (scenario.facts, "Facts and the notebook"),
        (scenario.criteria, "Criteria and their levels"),
        (scenario.glossary, "The glossary"),
        (scenario.objectives, "Objectives"),
        (scenario.review, "Reviews"),
    ):
        if has:
            report.dropped(title, f"{what}: the format has no place for them.")
    report.dropped(title, "The ways of grading, the attempts and the debrief.", "Set them in the block's own settings.")
    for key in sorted(job.media):
        report.dropped(key, "Pictures are not inside this format.", "Upload it in Studio and set its address.")
