"""Places of compiled ink that must stay one place: choices that several ways come to, and what visits are asked of."""

from collections.abc import Mapping

from scenario_exchange.readers.ink.containers import Container, Pointer, resolve
from scenario_exchange.readers.stories.expressions import Asked, Binary, Call, Expression, Literal, Unary
from scenario_exchange.readers.stories.pieces import Asks, Chance, Jump, Link, Passage


def landmarks(root: Container) -> set[int]:
    """Return (the identities of) containers that are led to and hold choices, or whose visits are counted."""
    led_to: dict[int, Container] = {}
    counted: set[int] = set()
    choosing: set[int] = set()
    waiting = [root]
    while waiting:
        container = waiting.pop()
        waiting += [item for item in container.content if isinstance(item, Container)]
        waiting += [item for item in container.named.values() if item.at < 0]
        for at, item in enumerate(container.content):
            if not isinstance(item, dict):
                continue
            if "*" in item:
                choosing |= _around(container)
            for key in ("->", "CNT?"):
                found = resolve(str(item[key]), root, Pointer(container, at)) if key in item else None
                if found is not None and found.at == 0:
                    led_to[id(found.container)] = found.container
                    counted |= {id(found.container)} if key == "CNT?" else set()
    return counted | (set(led_to) & choosing)


def _around(container: Container) -> set[int]:
    """Return a container that holds a choice, and those around it up to the place that has a name."""
    found: set[int] = set()
    here: Container | None = container
    while here is not None:
        found.add(id(here))
        here = here.parent if here.name.isdigit() else None
    return found


def shortened_ways(passages: list[Passage], start: str) -> list[Passage]:
    """Return the passages without those that only lead on, unless somebody asks how often they were visited."""
    asked: set[str] = set()
    for passage in passages:
        for piece in passage.pieces:
            if not isinstance(piece, Asks):
                asked |= _visited(piece.when)
    onward = {
        passage.name: passage.pieces[0].target
        for passage in passages
        if len(passage.pieces) == 1 and passage.name != start and passage.name not in asked
        if isinstance(passage.pieces[0], Jump) and passage.pieces[0].when is None
    }
    for passage in passages:
        for piece in passage.pieces:
            if isinstance(piece, Jump | Link):
                piece.target = _end(piece.target, onward)
            elif isinstance(piece, Chance):
                piece.targets = [_end(target, onward) for target in piece.targets]
    return [passage for passage in passages if _end(passage.name, onward) == passage.name]


def _end(name: str, onward: Mapping[str, str]) -> str:
    seen = set()
    while name in onward and name not in seen:
        seen.add(name)
        name = onward[name]
    return name


def _visited(expression: Expression | None) -> set[str]:
    if isinstance(expression, Call):
        return {str(each.value) for each in expression.arguments if isinstance(each, Literal)}
    if isinstance(expression, Unary | Asked):
        return _visited(expression.inner)
    if isinstance(expression, Binary):
        return _visited(expression.left) | _visited(expression.right)
    return set()
