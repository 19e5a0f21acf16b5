"""A checked subset of ICU messages: {slot}, {n, plural, …}, {who, select, …}, {n, number}, {clock, time|date, short}.

A quote keeps a brace ('{'). Source: ICU MessageFormat, https://unicode-org.github.io/icu/userguide/format_parse/messages/
Plural categories come from Babel's CLDR rules.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:  # Babel is slow to import, and checking messages needs none of it
    from babel import Locale

Values = Mapping[str, Any]
_NAME = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_.]*)\s*")
_CASE = re.compile(r"\s*(=\d+|[A-Za-z_][A-Za-z0-9_\-]*)\s*\{")
_STYLES = {"short", "medium", "long"}
MAX_NESTING = 5


class MessageError(ValueError):
    """A text with braces that say nothing we know; `at` is the offset in the text."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


class Slot(msgspec.Struct, frozen=True):
    """{name} or {name, kind, style}, or with `cases` a plural or select."""

    name: str
    kind: str = ""
    style: str = ""
    cases: tuple[tuple[str, "Message"], ...] = ()


Message = tuple[Any, ...]  # str | Slot | HASH
HASH = None  # the # of a plural: the number itself


def check_message(text: str) -> MessageError | None:
    """Return what is wrong with the braces of `text`, or None."""
    try:
        parse(text)
    except MessageError as error:
        return error
    return None


def slot_names(text: str) -> set[str]:
    """Return the names that a well-formed text mentions."""
    return _names(parse(text))


def _names(message: Message) -> set[str]:
    found: set[str] = set()
    for part in message:
        if isinstance(part, Slot):
            found.add(part.name)
            for _, inner in part.cases:
                found |= _names(inner)
    return found


@lru_cache(maxsize=4096)
def parse(text: str) -> Message:
    """Return the parts of `text`. Raises MessageError."""
    message, end = _parse(text, 0, 0, in_plural=False)
    if end != len(text):
        raise MessageError("A closing brace has no opening one.", end)
    return message


def _parse(text: str, at: int, depth: int, in_plural: bool) -> tuple[Message, int]:
    if depth > MAX_NESTING:
        raise MessageError(f"Braces are nested deeper than {MAX_NESTING}.", at)
    parts: list[Any] = []
    words = ""
    while at < len(text) and text[at] != "}":
        char = text[at]
        if char == "'" and text[at + 1 : at + 2] in ("{", "}", "#"):
            end = text.find("'", at + 2)
            words += text[at + 1 : end] if end > 0 else text[at + 1 :]
            at = end + 1 if end > 0 else len(text)
        elif char == "{":
            parts.append(words)
            words = ""
            slot, at = _parse_slot(text, at, depth)
            parts.append(slot)
        elif char == "#" and in_plural:
            parts += [words, HASH]
            words = ""
            at += 1
        else:
            words += char
            at += 1
    parts.append(words)
    return tuple(part for part in parts if part != ""), at


def _parse_slot(text: str, start: int, depth: int) -> tuple[Slot, int]:
    name = _NAME.match(text, start + 1)
    if not name:
        raise MessageError("After “{” a name is expected; write '{' for a brace.", start)
    at = name.end()
    if text[at : at + 1] == "}":
        return Slot(name[1]), at + 1
    kind = _NAME.match(text, at + 1) if text[at : at + 1] == "," else None
    if not kind:
        raise MessageError(f"After “{{{name[1]}” a comma or “}}” is expected.", at)
    if kind[1] in ("plural", "select"):
        cases, at = _parse_cases(text, kind.end(), depth, kind[1])
        return Slot(name[1], kind[1], cases=cases), at
    return _parse_formatted(text, name[1], kind)


def _parse_formatted(text: str, name: str, kind: re.Match[str]) -> tuple[Slot, int]:
    at = kind.end()
    if kind[1] not in ("number", "date", "time"):
        raise MessageError(f"“{kind[1]}” is not one of plural, select, number, date, time.", kind.start())
    style = _NAME.match(text, at + 1) if text[at : at + 1] == "," else None
    if style:
        if style[1] not in _STYLES:
            raise MessageError(f"“{style[1]}” is not one of short, medium, long.", style.start())
        at = style.end()
    if text[at : at + 1] != "}":
        raise MessageError("“}” is missing.", at)
    return Slot(name, kind[1], style[1] if style else "medium"), at + 1


def _parse_cases(text: str, at: int, depth: int, kind: str) -> tuple[tuple[tuple[str, Message], ...], int]:
    if text[at : at + 1] != ",":
        raise MessageError(f"After “{kind}” a comma and cases are expected.", at)
    at += 1
    cases: list[tuple[str, Message]] = []
    while case := _CASE.match(text, at):
        inner, at = _parse(text, case.end(), depth + 1, in_plural=kind == "plural")
        if text[at : at + 1] != "}":
            raise MessageError(f"The case “{case[1]}” is not closed.", at)
        cases.append((case[1], inner))
        at += 1
    while text[at : at + 1].isspace():
        at += 1
    if text[at : at + 1] != "}":
        raise MessageError("“}” is missing.", at)
    if "other" not in [name for name, _ in cases]:
        raise MessageError("The case “other” is missing.", at)
    return tuple(cases), at + 1


def rename_slots(text: str, names: Mapping[str, str]) -> str:
    """Return a well-formed text with some of its slots under other names. Raises MessageError."""
    return _written(parse(text), names, in_plural=False)


def _written(message: Message, names: Mapping[str, str], in_plural: bool) -> str:
    return "".join(
        "#" if part is HASH else _written_slot(part, names) if isinstance(part, Slot) else _quoted(part, in_plural)
        for part in message
    )


def _written_slot(slot: Slot, names: Mapping[str, str]) -> str:
    name = names.get(slot.name, slot.name)
    if slot.cases:
        in_plural = slot.kind == "plural"
        cases = (f"{case} {{{_written(inner, names, in_plural)}}}" for case, inner in slot.cases)
        return f"{{{name}, {slot.kind}, {' '.join(cases)}}}"
    return f"{{{name}, {slot.kind}, {slot.style}}}" if slot.kind else f"{{{name}}}"


def _quoted(words: str, in_plural: bool) -> str:
    return re.sub(r"[{}#]+" if in_plural else r"[{}]+", r"'\g<0>'", words)


def format_message(text: str, values: Values, locale: str) -> str:
    """Return `text` with its slots filled. A slot without a value shows as an ellipsis, never as braces.

    A text that is not well-formed is shown as it was typed (`check_message` has told the author).
    """
    if "{" not in text and "'" not in text:
        return text
    try:
        return _format(parse(text), values, find_locale(locale), None)
    except MessageError:
        return text


@lru_cache(maxsize=256)
def find_locale(name: str) -> "Locale":
    """Return what is known of a language; English where nothing is."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _format(message: Message, values: Values, locale: "Locale", number: float | None) -> str:
    from babel.numbers import format_decimal

    return "".join(
        part
        if isinstance(part, str)
        else ("…" if number is None else format_decimal(number, locale=locale))
        if part is HASH
        else _format_slot(part, values, locale)
        for part in message
    )


def _format_slot(slot: Slot, values: Values, locale: "Locale") -> str:
    from babel.dates import format_date, format_time
    from babel.numbers import format_decimal

    value = values.get(slot.name)
    if slot.kind == "plural":
        cases = dict(slot.cases)
        if value is None:  # a word before its number is known, such as the unit beside an empty field
            return _format(cases["other"], values, locale, None)
        number = value if isinstance(value, int | float) else 0
        inner = cases.get(f"={number:g}") or cases.get(locale.plural_form(number)) or cases["other"]
        return _format(inner, values, locale, number)
    if slot.kind == "select":
        cases = dict(slot.cases)
        return _format(cases.get(str(value), cases["other"]), values, locale, None)
    if value is None:
        return "…"
    if slot.kind == "number" and isinstance(value, int | float):
        return format_decimal(value, locale=locale)
    if slot.kind == "date" and isinstance(value, date):
        return format_date(value, slot.style, locale=locale)
    if slot.kind == "time" and isinstance(value, datetime | time):
        return format_time(value, slot.style, locale=locale)
    return f"{value:g}" if isinstance(value, float) else str(value)
