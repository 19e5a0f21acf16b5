"""Points and changes as readable lines and back: `empathy +2; clarity -1`, `trust +3; tone = kind; learn party`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from scenario_exchange.storyboards.conditions import MAX_LENGTH, Unclear, format_number, quote

_ID = r"[A-Za-z][A-Za-z0-9_\-]{0,63}"
_NUMBER = r"[-+−–]?\s*\d{1,7}(?:[.,]\d{1,12})?(?:e[-+]?\d{1,3})?"
_WORD_FIRST = re.compile(rf"^\$?({_ID})\s*:?\s*({_NUMBER})$")
_NUMBER_FIRST = re.compile(rf"^({_NUMBER})\s*(?:points?\b|pts?\b)?\s*(?:for|in)?\s*({_ID})?$", re.IGNORECASE)
_SET = re.compile(rf"^(?:set\s+)?\$?({_ID})\s*(?::=|=|\bto\b)\s*(.+)$", re.DOTALL)
_LEARN = re.compile(rf"^(?:learn|fact)s?\s+({_ID})$", re.IGNORECASE)
_KEPT = frozenset({"true", "yes", "false", "no"})
# Points written without saying for what.
UNNAMED = ""


def format_points(points: Mapping[str, float]) -> str:
    """Return `empathy +2; clarity -1`."""
    return "; ".join(f"{name} {signed(value)}" for name, value in points.items())


def signed(value: float) -> str:
    """Return a number with its sign."""
    text = format_number(value)
    return text if text.startswith("-") else f"+{text}"


def parse_points(line: str) -> dict[str, float]:
    """Return the points that a line says; those for nothing in particular stand under `UNNAMED`. Raises Unclear."""
    found: dict[str, float] = {}
    for part in _parts(line):
        named = _WORD_FIRST.match(part)
        counted = None if named else _NUMBER_FIRST.match(part)
        if named:
            found[named[1]] = found.get(named[1], 0) + _number(named[2])
        elif counted:
            name = counted[2] or UNNAMED
            found[name] = found.get(name, 0) + _number(counted[1])
        else:
            raise Unclear(f"“{part}” is no points; write for example “empathy +2”.")
    return found


def format_changes(holder: Mapping[str, Any]) -> str:
    """Return the effects of a choice, rule or sample: `trust +3; tone = kind; learn party`."""
    parts = [f"{name} {signed(value)}" for name, value in (holder.get("add") or {}).items()]
    parts += [f"{name} = {quote(value, _KEPT)}" for name, value in (holder.get("set") or {}).items()]
    parts += [f"learn {name}" for name in holder.get("learn") or []]
    return "; ".join(parts)


def parse_changes(line: str) -> dict[str, Any]:
    """Return `add`, `set` and `learn` as far as the line says any. Raises Unclear."""
    add: dict[str, float] = {}
    put: dict[str, Any] = {}
    learn: list[str] = []
    for part in _parts(line):
        if (match := _LEARN.match(part)) is not None:
            learn.append(match[1])
        elif (match := _WORD_FIRST.match(part)) is not None:
            add[match[1]] = add.get(match[1], 0) + _number(match[2])
        elif (match := _NUMBER_FIRST.match(part)) is not None and match[2]:
            add[match[2]] = add.get(match[2], 0) + _number(match[1])
        elif (match := _SET.match(part)) is not None:
            put[match[1]] = _value(match[2].strip())
        else:
            raise Unclear(f"“{part}” is no change; write for example “trust +3”, “tone = kind” or “learn party”.")
    found = {"add": add, "set": put, "learn": learn}
    return {name: value for name, value in found.items() if value}


def _parts(line: str) -> list[str]:
    """Split at semicolons and line breaks, and at commas that no decimal follows; never inside quotes."""
    if len(line) > MAX_LENGTH:
        raise Unclear("The line is too long.")
    parts = re.findall(r'(?:"(?:[^"\\]|\\[\s\S])*"|,(?=\d)|[^;\n,"]|")+', line)
    return [part.strip() for part in parts if part.strip()]


def _number(text: str) -> float:
    clean = re.sub(r"\s", "", text).replace(",", ".").replace("−", "-").replace("–", "-")
    value = float(clean)
    return int(value) if value.is_integer() else value


def _value(text: str) -> Any:
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)
    if text.lower() in _KEPT:
        return text.lower() in ("true", "yes")
    if re.fullmatch(_NUMBER, text):
        return _number(text)
    return text
