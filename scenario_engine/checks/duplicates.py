"""Rules about ids: each stands once, so that translations, comments and attempts know what they hang on."""

from collections.abc import Iterable, Iterator
from typing import Any

from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.document import Decision, Question, Reflection, Reply, Roleplay, Scene
from scenario_engine.document.base import NEXT_DRAWN, RETURN

_HINT = "Rename one of the two. Rename the newer one: the other may have translations, comments and attempts."


def find_duplicate_ids(subject: Subject) -> Problems:
    """Yield each id that stands twice where it must stand once."""
    yield from _find_duplicate_scenes(subject)
    yield from _find_duplicate_choices(subject)
    for scene in subject.scenario.scenes:
        for name, parts in _lists_of(scene):
            for twice in _twice(str(getattr(part, "id", "")) for part in parts):
                message = f"“{twice}” names two {name} of this scene."
                yield Problem(message, _HINT, scene.id, twice, subject.path(scene))
    for twice in _twice(objective.id for objective in subject.scenario.objectives):
        yield Problem(f"“{twice}” names two objectives.", _HINT, part=twice, path="$.objectives")


def _find_duplicate_scenes(subject: Subject) -> Problems:
    seen: set[str] = set()
    for position, scene in enumerate(subject.scenario.scenes):
        path = f"$.scenes[{position}].id"
        if scene.id in (NEXT_DRAWN, RETURN):
            yield Problem(f"“{scene.id}” is a word of its own in ways on.", "Choose another id.", scene.id, path=path)
        if scene.id in seen:
            yield Problem(f"Two scenes have the id “{scene.id}”.", _HINT, scene.id, path=path)
        seen.add(scene.id)


def _find_duplicate_choices(subject: Subject) -> Problems:
    """Conditions and attempts name a choice without its scene, so its id must be the only one in the scenario."""
    seen: dict[str, str] = {}
    for scene in subject.scenario.scenes:
        for i, choice in enumerate(scene.choices if isinstance(scene, Decision) else []):
            if choice.id in seen:
                where = "this scene" if seen[choice.id] == scene.id else f"“{seen[choice.id]}”"
                message = f"Another choice, in {where}, has the id “{choice.id}” too."
                yield Problem(message, _HINT, scene.id, choice.id, subject.path(scene, f".choices[{i}].id"))
            seen.setdefault(choice.id, scene.id)


def _lists_of(scene: Scene) -> Iterator[tuple[str, Iterable[Any]]]:
    yield "beats", scene.beats
    yield "media", scene.media
    if isinstance(scene, Question):
        yield "options", scene.options
        yield "hints", scene.hints
        yield "answers", scene.answers
        yield "pairs", scene.pairs
        yield "items", scene.items
    elif isinstance(scene, Reply | Roleplay):
        yield "samples", scene.if_not_assessed.samples if scene.if_not_assessed else []
    if isinstance(scene, Roleplay):
        yield "goals", scene.goals
        yield "events", scene.events
    elif isinstance(scene, Reflection):
        yield "prompts", scene.prompts
    elif not isinstance(scene, Decision | Question | Reply):
        yield "ways", getattr(scene, "choose", [])


def _twice(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for name in names:
        if name and name in seen:
            twice[name] = None
        seen.add(name)
    return list(twice)
