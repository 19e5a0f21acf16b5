"""Conditions as a short readable line and back: `trust >= 5 and learned party and not visits hall >= 2`.

The line is read into the document's tree once, at import; nothing ever evaluates it. `format_condition` and
`parse_condition` undo each other exactly.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

MAX_LENGTH = 4_000
MAX_DEPTH = 12
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>"(?:[^"\\]|\\[\s\S])*")
  | (?P<sign>>=|<=|==|=|>|<|≥|≤|\(|\)|,|&&|\|\||!)
  | (?P<number>[-+]?\d{1,15}(?:\.\d{1,15})?(?:e[-+]?\d{1,3})?(?![\w.]))
  | (?P<word>[A-Za-z_$][A-Za-z0-9_\-]*(?:\.[A-Za-z][A-Za-z0-9_\-]*)?)
    )""",
    re.VERBOSE,
)
# What stands before an id, in the document's word for the subject.
_SUBJECTS = {"visits": "visits", "learned": "fact", "fact": "fact", "chose": "chosen", "chosen": "chosen"}
_SUBJECTS |= {"level": "level", "goal": "goal"}
_PLAIN = ("fact", "chosen", "goal")
_SHOWN = {"fact": "learned", "chosen": "chose", "level": "level", "goal": "goal", "visits": "visits"}
_SIGNS = {">=": "at_least", "≥": "at_least", "<=": "at_most", "≤": "at_most", "=": "is", "==": "is"}
_KEPT = frozenset({"and", "or", "not", "all", "any", "is", "true", "false", "attempt", "var", *_SUBJECTS})
_JOINS = {"&&": "and", "||": "or", "and": "and", "or": "or"}


class Unclear(ValueError):
    """A line that is not in the notation; the message says where."""


def format_condition(condition: Mapping[str, Any]) -> str:
    """Return the line for a condition of a document (plain values)."""
    return _format(condition, inside=False)


def _format(condition: Mapping[str, Any], *, inside: bool) -> str:
    for name, join in (("all", " and "), ("any", " or ")):
        parts = condition.get(name)
        if parts is None:
            continue
        if len(parts) < 2:
            return f"{name}({', '.join(_format(part, inside=False) for part in parts)})"
        text = join.join(_format(part, inside=True) for part in parts)
        return f"({text})" if inside else text
    if condition.get("not") is not None:
        return f"not {_format(condition['not'], inside=True)}"
    return _format_claim(condition)


def _format_claim(condition: Mapping[str, Any]) -> str:
    compared = "".join(
        f" {sign} {quote(condition[name], _KEPT)}"
        for name, sign in (("is", "="), ("at_least", ">="), ("at_most", "<="))
        if condition.get(name) is not None
    )
    if condition.get("attempt") is not None:
        return f"attempt{compared}"
    if condition.get("var") is not None:
        name = str(condition["var"])
        return f"var {name}{compared}" if name.lower() in _KEPT else f"{name}{compared}"
    subject = next(name for name in _SHOWN if condition.get(name) is not None)
    return f"{_SHOWN[subject]} {condition[subject]}{compared}"


def quote(value: Any, kept: Collection[str]) -> str:
    """Return a value as the notation writes it: words that mean something here (`kept`) stand in quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return format_number(value)
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_\-]*", value) and value.lower() not in kept:
        return str(value)
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def format_number(value: float) -> str:
    """Return a number without a needless `.0`, exactly."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def parse_condition(line: str) -> dict[str, Any]:
    """Return the condition that a line says. Raises Unclear."""
    if len(line) > MAX_LENGTH:
        raise Unclear("The condition is too long.")
    parser = _Parser(_tokens(line))
    found = parser.either(0)
    if parser.at < len(parser.tokens):
        raise Unclear(f"“{parser.tokens[parser.at][1]}” was not expected.")
    return found


def _tokens(line: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    end = len(line.rstrip())
    while at < end:
        match = _TOKEN.match(line, at)
        if not match:
            raise Unclear(f"“{line[at : at + 20].strip()}” is not understood.")
        found.append((str(match.lastgroup), match[match.lastgroup or 0]))
        at = match.end()
    return found


class _Parser:
    """Reads `or` below `and` below `not`, as people say it."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self) -> str:
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        return text.lower() if kind in ("word", "sign") else kind

    def take(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise Unclear("The condition ends too early.")
        self.at += 1
        return self.tokens[self.at - 1]

    def either(self, depth: int) -> dict[str, Any]:
        return self._joined("or", "any", self._both, depth)

    def _both(self, depth: int) -> dict[str, Any]:
        return self._joined("and", "all", self._one, depth)

    def _joined(self, word: str, name: str, read: Any, depth: int) -> dict[str, Any]:
        parts = [read(depth)]
        while _JOINS.get(self.peek()) == word:
            self.take()
            parts.append(read(depth))
        return parts[0] if len(parts) == 1 else {name: parts}

    def _one(self, depth: int) -> dict[str, Any]:
        if depth > MAX_DEPTH:
            raise Unclear("The condition is nested too deeply.")
        seen = self.peek()
        if seen in ("not", "!"):
            self.take()
            return {"not": self._one(depth + 1)}
        if seen == "(":
            self.take()
            inner = self.either(depth + 1)
            self._close()
            return inner
        if seen in ("all", "any") and self.at + 1 < len(self.tokens) and self.tokens[self.at + 1][1] == "(":
            return self._listed(seen, depth)
        return self._claim()

    def _listed(self, name: str, depth: int) -> dict[str, Any]:
        self.at += 2
        parts: list[dict[str, Any]] = []
        while self.peek() != ")":
            parts.append(self.either(depth + 1))
            if self.peek() == ",":
                self.take()
        self._close()
        return {name: parts}

    def _close(self) -> None:
        if self.take()[1] != ")":
            raise Unclear("A closing parenthesis is missing.")

    def _claim(self) -> dict[str, Any]:
        kind, word = self.take()
        lower = word.lower()
        if kind != "word" or lower in ("and", "or", "is"):
            raise Unclear(f"“{word}” is no variable, fact or scene.")
        if lower == "attempt":
            return self._compared({"attempt": "number"})
        if lower == "var" or lower in _SUBJECTS:
            subject = _SUBJECTS.get(lower, "var")
            kind, name = self.take()
            if kind != "word":
                raise Unclear(f"After “{word}” a name is expected.")
            return {subject: name} if subject in _PLAIN else self._compared({subject: name})
        return self._compared({"var": word.removeprefix("$")})

    def _compared(self, claim: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while (sign := self.peek()) in _SIGNS or sign in ("is", ">", "<"):
            self.take()
            value = _value(*self.take())
            if sign in (">", "<"):  # whole steps, as storyboards mean them
                if isinstance(value, bool) or not isinstance(value, int):
                    raise Unclear(f"Write >= or <= instead of “{sign}”.")
                found["at_least" if sign == ">" else "at_most"] = value + (1 if sign == ">" else -1)
            else:
                found[_SIGNS.get(sign, "is")] = value
        if not found:
            found["is"] = True  # a flag by its bare name
        return {**claim, **found}


def _value(kind: str, text: str) -> Any:
    if kind == "number":
        number = float(text)
        return int(number) if number.is_integer() and "e" not in text.lower() else number
    if kind == "text":
        return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)
    if kind == "word":
        return {"true": True, "false": False}.get(text.lower(), text)
    raise Unclear(f"“{text}” is no value.")
