"""A proven play in words: which scenes it meets and what is done in each. No Django."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scenario_engine.actions import Action
from scenario_engine.document import Decision, Page, Question, Reply, Scene
from scenario_engine.errors import EngineError
from scenario_engine.play import advance, start
from scenario_engine.proof.ways import PathStep
from scenario_engine.state import State, Visit
from scenario_engine.story import Story

LONGEST = 140
_KINDS = {"time_up": "time runs out", "unmatched": "no sample fits", "event": "something happens", "arm": "by chance"}
_EXITS = {"goals": "its goals are met", "turns": "the turns are used up", "learner": "the learner ends it"}


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


def in_words(story: Story, path: Sequence[PathStep]) -> list[dict[str, str]]:
    """Return what was decided on a proven way as [{scene, title, did}]."""
    return [_decided(story, story.scenes[step.scene], step) for step in path]


def _decided(story: Story, scene: Scene, step: PathStep) -> dict[str, str]:
    if step.kind in ("choose", "matched"):
        did = _choice(scene, step.value)
    elif step.kind == "judged":
        did = _levels(story, step.levels)
    elif step.kind == "talked":
        did = f"the conversation ends: {_EXITS.get(step.value, step.value)}" if step.value else "the conversation ends"
    elif step.kind == "answer":
        did = f"the {step.value} answer"
    else:
        did = _KINDS.get(step.kind, step.kind)
        if step.kind == "arm" and step.value in story.scenes:
            did += f": {story.scenes[step.value].title or step.value}"
    return {"scene": scene.id, "title": scene.title or scene.id, "did": _shorten(did)}


def _choice(scene: Scene, name: str) -> str:
    offered: list[Any] = []
    if isinstance(scene, Decision):
        offered = list(scene.choices)
    elif isinstance(scene, Page):
        offered = list(scene.choose)
    elif isinstance(scene, Reply) and scene.if_not_assessed is not None:
        offered = list(scene.if_not_assessed.samples)
    return next((_quote(each.text) for each in offered if each.id == name), name)


def _levels(story: Story, levels: Mapping[str, int | None]) -> str:
    told = ", ".join(f"{_criterion(story, name)} {level}" for name, level in levels.items() if level is not None)
    return f"a reply read as {told}" if told else "a reply that nobody assessed"


def _step(story: Story, state: State, visit: Visit) -> dict[str, str]:
    scene = story.scenes[visit.scene]
    return {"scene": scene.id, "title": scene.title or scene.id, "did": _shorten(_did(story, scene, visit))}


def _did(story: Story, scene: Scene, visit: Visit) -> str:
    if visit.levels or visit.assessed is not None:
        return _levels(story, visit.levels)
    if visit.took:
        return _choice(scene, visit.took)
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
