"""What differs between two versions, scene by scene, as far as play can tell."""

from typing import Literal

import msgspec

from scenario_engine.document import Scenario, Scene
from scenario_engine.links import scene_graph

# What no attempt depends on: it is shown before and after, or to authors.
_ASIDE = frozenset(
    {"format", "id", "title", "scenes", "summary", "minutes", "audience", "not_for", "review", "objectives", "credits"}
    | {"drafted_by"}
)


class SceneChange(msgspec.Struct, frozen=True, kw_only=True):
    """A scene that one version has and the other has not, or has differently."""

    scene: str
    title: str
    change: Literal["added", "removed", "changed"]


def changes_between(old: Scenario, new: Scenario) -> list[SceneChange]:
    """Return every scene that differs: those of the old version in its order, then what is new."""
    before, after = _by_id(old), _by_id(new)
    found: list[SceneChange] = []
    for name, scene in before.items():
        if name not in after:
            found.append(SceneChange(scene=name, title=scene.title, change="removed"))
        elif not _is_same(scene, after[name]):
            found.append(SceneChange(scene=name, title=after[name].title, change="changed"))
    added = [scene for name, scene in after.items() if name not in before]
    return found + [SceneChange(scene=scene.id, title=scene.title, change="added") for scene in added]


def changed_parts(old: Scenario, new: Scenario) -> list[str]:
    """Return the names of the parts outside the scenes that differ and that play or scores depend on."""
    names = [name for name in Scenario.__struct_fields__ if name not in _ASIDE]
    return [name for name in names if getattr(old, name) != getattr(new, name)]


def ahead_of(scenario: Scenario, scene: str) -> set[str]:
    """Return the scene itself and all that ways lead to from it, or from stopping."""
    graph = scene_graph(scenario)
    safety = scenario.safety
    found: set[str] = set()
    todo = [scene, safety.if_stopped.offer if safety.if_stopped else ""]
    while todo:
        name = todo.pop()
        if name in graph and name not in found:
            found.add(name)
            todo.extend(graph[name])
    return found


def _is_same(one: Scene, other: Scene) -> bool:
    if type(one) is not type(other):
        return False
    fields = [name for name in type(one).__struct_fields__ if name != "note"]
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def _by_id(scenario: Scenario) -> dict[str, Scene]:
    return {scene.id: scene for scene in scenario.scenes}
