"""Pieces of source that the dialects share: changes of variables, lists of arguments, draws by luck, names."""

import re

from scenario_exchange.readers.stories.expressions import Binary, Expression, Variable, parse, show, unquoted
from scenario_exchange.readers.stories.pieces import Change

_SET = re.compile(
    r"^\s*(?P<name>[$_@]?[A-Za-z_][\w.]*)\s*(?P<mark>\+=|-=|\+\+|--|=(?!=)|to\b)\s*(?P<value>.*)$", re.DOTALL
)
_EITHER = re.compile(r"^(?:either\(|\(\s*either\s*:)(.{0,2000})\)$", re.DOTALL)


def parse_change(source: str) -> Change | None:
    """Return the change that `source` makes ("$x to 5", "$x += 1", "$x to it + 1"), or None."""
    match = _SET.match(source) if len(source) < 4_000 else None
    if not match:
        return None
    name, mark = match["name"], match["mark"]
    if mark in ("++", "--"):
        return Change(name=name, operation="add", value=parse("1" if mark == "++" else "-1"), source=source)
    value = parse(match["value"])
    if mark in ("+=", "-="):
        value = value if mark == "+=" else parse(f"-({match['value']})")
        return Change(name=name, operation="add", value=value, source=source)
    grown = _growth(name, value)
    if grown is not None:
        return Change(name=name, operation="add", value=grown, source=source)
    return Change(name=name, operation="set", value=value, source=source)


def _growth(name: str, value: Expression) -> Expression | None:
    """Return by how much a variable grows in "$x + 1", "1 + $x" or "it - 2"."""
    if not isinstance(value, Binary) or value.operator not in ("+", "-"):
        return None
    own = {name, "it"}
    if isinstance(value.left, Variable) and value.left.name in own:
        return value.right if value.operator == "+" else parse(f"-({show(value.right)})")
    if isinstance(value.right, Variable) and value.right.name in own and value.operator == "+":
        return value.left
    return None


def split_outside(source: str, marks: str) -> list[str]:
    """Return `source` parted at any of `marks` that stands outside quotes and brackets."""
    parts: list[str] = []
    quote, depth, start = "", 0, 0
    index = 0
    while index < len(source):
        char = source[index]
        if quote:
            if char == "\\":
                index += 1
            elif char == quote:
                quote = ""
        elif char in "\"'":
            # An apostrophe inside a word is none.
            quote = char if char == '"' or not source[index - 1 : index].isalnum() or index == 0 else ""
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif char in marks and depth <= 0:
            parts.append(source[start:index])
            start = index + 1
        index += 1
    return [*parts, source[start:]]


def drawn_by_luck(source: str) -> list[str]:
    """Return the names that either("A", "B") or (either: "A", "B") draws from; none for anything else."""
    match = _EITHER.match(source.strip("` "))
    names = [part.strip() for part in split_outside(match[1], ",")] if match else []
    quoted = [name for name in names if len(name) > 1 and name[0] in "\"'" and name[-1] == name[0]]
    return [unquoted(name) for name in quoted] if len(quoted) == len(names) else []


def quoted_name(name: str) -> str:
    """Return the name of a passage as expressions write it."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
