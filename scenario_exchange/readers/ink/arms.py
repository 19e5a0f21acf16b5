"""Parts of compiled ink that only say or change something for a while: arms of a condition, and alternatives."""

from typing import Any, NamedTuple

from scenario_exchange.readers.ink.containers import Container, Pointer, resolve

_QUIET = frozenset(
    {"\n", "<>", "pop", "nop", "ev", "/ev", "out", "str", "/str", "==", "!=", "<", ">", "<=", ">=", "!", "&&", "||"}
)
_NEXT = {"MIN": "stopping", "%": "cycle", "seq": "shuffle"}
MAX_ITEMS = 400


class Alternatives(NamedTuple):
    """Alternatives such as {one|two}: how they follow each other, where each begins, and where the text goes on."""

    kind: str
    number: int
    arms: list[tuple[int, Pointer]]
    onward: Pointer


def end_of_plain(arm: Pointer, root: Container) -> Pointer | None:
    """Return where an arm goes on when it only says and changes something, else None."""
    content = arm.container.content
    if arm.at != 0 or not content or len(content) > MAX_ITEMS:
        return None
    *body, last = content
    if not isinstance(last, dict) or set(last) != {"->"}:
        return None
    if not all(_is_plain(item) for item in body):
        return None
    return resolve(str(last["->"]), root, Pointer(arm.container, len(body)))


def _is_plain(item: Any) -> bool:
    if isinstance(item, str):
        return item.startswith("^") or item in _QUIET or item in ("+", "-")
    if isinstance(item, Container):
        return _is_choice(item)
    if isinstance(item, dict):
        return "VAR?" in item or "CNT?" in item or "*" in item or ("VAR=" in item and "re" in item)
    return isinstance(item, bool | int | float)


def _is_choice(container: Container) -> bool:
    """Return whether a container says nothing but a choice, whose words stand in a part of it."""
    return any(isinstance(item, dict) and "*" in item for item in container.content)


def other_arms(first: Pointer, onward: Pointer, root: Container) -> list[Container] | None:
    """Return the arms behind the first one of a condition when all of them are plain, else None."""
    place = first.container.parent  # the container of the arm's own test
    row = place.parent if place is not None else None
    if place is None or row is None or onward.container is not row or onward.at <= place.at:
        return None
    others: list[Container] = []
    for sibling in row.content[place.at + 1 : onward.at]:
        if not isinstance(sibling, Container) or not sibling.content:
            return None
        last = sibling.content[-1]
        if not isinstance(last, dict) or "->" not in last or "var" in last:
            return None
        if not all(isinstance(item, str | int | float | dict) for item in sibling.content):
            return None
        arm = resolve(str(last["->"]), root, Pointer(sibling, len(sibling.content) - 1))
        if arm is None or end_of_plain(arm, root) != onward:
            return None
        others.append(sibling)
    return others


def alternatives(container: Container, root: Container) -> Alternatives | None:
    """Return the alternatives that a container holds, or None when it holds something else."""
    content = container.content
    if len(content) < 5 or content[:2] != ["ev", "visit"]:
        return None
    number, kind = content[2], _NEXT.get(content[3]) if isinstance(content[3], str) else None
    if kind is None or not isinstance(number, int) or content[4] != "/ev":
        return None
    arms: list[tuple[int, Pointer]] = []
    at = 5
    while content[at : at + 2] == ["ev", "du"] and content[at + 3 : at + 5] == ["==", "/ev"]:
        divert = content[at + 5] if at + 5 < len(content) else None
        leads = isinstance(divert, dict) and "->" in divert and "c" in divert
        arm = resolve(str(divert["->"]), root, Pointer(container, at + 5)) if divert and leads else None
        if arm is None or not isinstance(content[at + 2], int):
            return None
        arms.append((content[at + 2], arm))
        at += 6
    # A stopping list counts from nought to its last; the others have as many arms as they say.
    count = number + 1 if kind == "stopping" else number
    return Alternatives(kind, count, arms, Pointer(container, at)) if arms else None
