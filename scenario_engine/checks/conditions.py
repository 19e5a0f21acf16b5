"""Rules about conditions, by looking at them alone. What plays can come to is in `reach`."""

from collections.abc import Iterator
from typing import cast

from scenario_engine.checks.logic import verdict
from scenario_engine.checks.places import place
from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.document import Condition, Decision, Reply, Roleplay, Route, Scene
from scenario_engine.document.replies import ConditionalCue
from scenario_engine.document.shared import Beat


def find_impossible(subject: Subject) -> Problems:
    """Yield each condition that can never hold, whatever is played."""
    for scene, part, path, found in _verdicts(subject):
        if found is False:
            message = f"{place(path)}This condition can never hold: nothing in the scenario makes it true."
            hint = "Compare it with what the variable can be, with what is learned or set somewhere, or take it out."
            yield Problem(message, hint, scene.id, part, subject.path(scene, path))


def find_needless(subject: Subject) -> Problems:
    """Yield each condition that always holds."""
    for scene, part, path, found in _verdicts(subject):
        if found is True:
            message = f"{place(path)}This condition always holds, so it decides nothing."
            yield Problem(
                message, "Take it out, or ask for what it was meant to ask.", scene.id, part, subject.path(scene, path)
            )


def _verdicts(subject: Subject) -> list[tuple[Scene, str, str, bool]]:
    """Return (scene, part, path, verdict) of every whole condition about which something can be said."""
    if "conditions" not in subject.memo:
        subject.memo["conditions"] = [
            (scene, part, path, found)
            for scene in subject.scenario.scenes
            for part, path, condition in _of_scene(scene)
            if (found := verdict(condition, subject.possible)) is not None
        ]
    return cast(list[tuple[Scene, str, str, bool]], subject.memo["conditions"])


def _of_scene(scene: Scene) -> Iterator[tuple[str, str, Condition]]:
    yield from _of_beats(scene.beats, ".beats")
    if isinstance(scene, Decision):
        for i, choice in enumerate(scene.choices):
            if choice.when is not None:
                yield choice.id, f".choices[{i}].when", choice.when
            yield from _of_beats(choice.then, f".choices[{i}].then", choice.id)
    elif isinstance(scene, Route):
        for i, rule in enumerate(scene.rules):
            yield "", f".rules[{i}].when", rule.when
    elif isinstance(scene, Reply):
        for i, branch in enumerate(scene.branch):
            yield "", f".branch[{i}].when", branch.when
    if isinstance(scene, Reply | Roleplay):
        for i, use in enumerate(scene.criteria):
            for name, cue in use.cues.items():
                if isinstance(cue, ConditionalCue) and cue.when is not None:
                    yield use.use, f".criteria[{i}].cues.{name}.when", cue.when
    if isinstance(scene, Roleplay):
        yield from _of_beats(scene.opening, ".opening")
        for i, event in enumerate(scene.events):
            yield from _of_beats(event.beats, f".events[{i}].beats", event.id)


def _of_beats(beats: list[Beat], path: str, part: str = "") -> Iterator[tuple[str, str, Condition]]:
    for i, beat in enumerate(beats):
        if beat.when is not None:
            yield part or beat.id, f"{path}[{i}].when", beat.when
