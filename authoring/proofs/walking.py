"""A proven play in words: which scenes it meets and what is done in each. No Django."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scenario_engine.actions import Action
from scenario_engine.document import Decision, Page, Question, Scene
from scenario_engine.errors import EngineError
from scenario_engine.play import advance, start
from scenario_engine.state import State, Visit
from scenario_engine.story import Story

LONGEST = 140


def walk(story: Story, seed: str, actions: Sequence[Action]) -> list[dict[str, str]]:
    """Return a play as [{scene, title, did}]; empty where it cannot be played for real."""
    if not actions:
        return []
    try:
        state = start(story, seed)
        for action in actions:
            state = advance(story, state, action)
    except EngineError:
        return []
    return [_step(story, state, visit) for visit in state.trail]


def _step(story: Story, state: State, visit: Visit) -> dict[str, str]:
    scene = story.scenes[visit.scene]
    return {"scene": scene.id, "title": scene.title or scene.id, "did": _shorten(_did(story, scene, visit))}


def _did(story: Story, scene: Scene, visit: Visit) -> str:
    if visit.levels or visit.assessed is not None:
        levels = ", ".join(
            f"{_criterion(story, name)} {level}" for name, level in visit.levels.items() if level is not None
        )
        return f"a reply read as {levels}" if levels else "a reply that nobody assessed"
    if isinstance(scene, Decision) and visit.took:
        return next((_quote(choice.text) for choice in scene.choices if choice.id == visit.took), visit.took)
    if isinstance(scene, Page) and visit.took:
        return next((_quote(way.text) for way in scene.choose if way.id == visit.took), visit.took)
    if isinstance(scene, Question) and visit.answers:
        texts: dict[str, Any] = {option.id: option.text for option in scene.options}
        return ", ".join(str(texts.get(each, each)) for each in visit.answers[-1]) or "no answer"
    return ""


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _criterion(story: Story, name: str) -> str:
    found = story.scenario.criteria.get(name)
    return (found.title if found else "") or name


def _quote(text: str) -> str:
    """Quote a choice, unless its author has."""
    return text if text.startswith(("“", '"', "„", "«")) else f"“{text}”"
