"""Bytes to plain Python values (dict, list, str, number, bool, None), JSON or YAML, with hostile input refused."""

import json
import re
from collections.abc import Hashable
from math import isinf
from typing import Any, NoReturn

import yaml

from scenario_engine.findings import Finding

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 64

Raw = Any  # dict | list | str | int | float | bool | None, as read


class Unreadable(ValueError):
    """The bytes are no document at all; `code` and `hint` go into the finding."""

    def __init__(self, code: str, message: str, hint: str = "", path: str = "$") -> None:
        super().__init__(message)
        self.finding = Finding(code=code, level="error", message=message, hint=hint, path=path)


def read_raw(data: bytes) -> Raw:
    """Return the plain values in `data`. JSON when it begins with a brace or bracket, else YAML 1.2.

    Raises Unreadable for anything that is not one well-formed, bounded document.
    """
    text = _decode_text(data)
    stripped = text.lstrip()
    if not stripped:
        raise Unreadable("document.empty", "The document is empty.", "Begin with `format: 1`.")
    raw, suspicious = _read_json(text) if stripped[0] in "{[" else (_read_yaml(text), _may_be_refused(text))
    if isinstance(raw, dict | list) and (suspicious or _is_too_deep(raw)):
        _check_strings_and_depth(raw)
    return raw


def _decode_text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise Unreadable(
            "document.too-large",
            f"The document has {len(data):,} bytes; at most {MAX_BYTES:,} are read.",
            "Split the scenario, and keep media outside the document.",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            "document.encoding",
            f"Byte {error.start:,} is not UTF-8.",
            "Save the file as UTF-8.",
        ) from error


def _read_json(text: str) -> tuple[Raw, bool]:
    """Return the values, and whether there may be some among them that are refused."""
    infinite: list[str] = []

    def read_float(digits: str) -> float:
        value = float(digits)
        if isinf(value):
            infinite.append(digits)
        return value

    try:
        raw = json.loads(
            text, object_pairs_hook=_unique_object, parse_constant=_refuse_constant, parse_float=read_float
        )
        return raw, bool(infinite) or ("\\u" in text and _ESCAPED.search(text) is not None)
    except Unreadable:
        raise
    except json.JSONDecodeError as error:
        raise Unreadable(
            "document.json",
            f"Line {error.lineno}, column {error.colno}: {error.msg}.",
            "Check the brackets, quotes and commas there.",
        ) from error
    except RecursionError as error:
        raise Unreadable("document.depth", "The document is nested too deeply.") from error
    except ValueError as error:  # an integer with thousands of digits
        raise Unreadable("document.number", "A number in the document is too long.") from error


def _unique_object(pairs: list[tuple[str, Raw]]) -> dict[str, Raw]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Unreadable(
            "document.duplicate-key",
            f"The key “{twice}” stands twice in one object.",
            "Keep one of the two; otherwise one would be lost silently.",
        )
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise Unreadable("document.number", f"{name} is not a number that JSON knows.")


class _Loader(yaml.CSafeLoader):
    """YAML with the 1.2 core schema: `no`, `on` and dates stay words, keys are unique."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise Unreadable("document.yaml", f"Line {line}: a key must be a plain word.")
            if key_node.value in seen:
                raise Unreadable(
                    "document.duplicate-key",
                    f"Line {line}: the key “{key_node.value}” stands twice.",
                    "Keep one of the two; otherwise one would be lost silently.",
                )
            seen.add(key_node.value)
        return super().construct_mapping(node, deep=deep)


def _check_nodes(root: yaml.Node | None) -> None:
    """Refuse aliases: with them a few bytes stand for gigabytes, and two places share one value unseen."""
    seen: set[int] = set()
    todo = [root] if root is not None else []
    while todo:
        node = todo.pop()
        if id(node) in seen:
            line = node.start_mark.line + 1
            raise Unreadable(
                "document.yaml", f"The text of line {line} is used again by a YAML alias (*name).", "Write it out."
            )
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            todo.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            todo.extend(part for pair in node.value for part in pair)


def _add_core_resolvers() -> None:
    core = [
        ("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
        ("tag:yaml.org,2002:null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
        ("tag:yaml.org,2002:int", r"^[-+]?[0-9]{1,15}$", list("-+0123456789")),
        (
            "tag:yaml.org,2002:float",
            r"^[-+]?(?:\.[0-9]{1,20}|[0-9]{1,15}(?:\.[0-9]{0,20})?)(?:[eE][-+]?[0-9]{1,3})?$",
            list("-+0123456789."),
        ),
    ]
    for tag, pattern, first in core:
        _Loader.add_implicit_resolver(tag, re.compile(pattern), list(first))


_add_core_resolvers()


def _construct_int(loader: yaml.CSafeLoader, node: yaml.ScalarNode) -> int:
    return int(node.value)


def _construct_float(loader: yaml.CSafeLoader, node: yaml.ScalarNode) -> float:
    return float(node.value)


# The stock constructors read 010 as octal and 1:30 as sixty-based; the core schema does neither.
_Loader.add_constructor("tag:yaml.org,2002:int", _construct_int)
_Loader.add_constructor("tag:yaml.org,2002:float", _construct_float)


# What could nest by thousands: brackets anywhere, or a line that begins with that many marks of block nesting.
_LONG_PREFIX = re.compile(r"^[ \t\-?:]{2000}", re.MULTILINE)
_MANY_BRACKETS = 4000


def _check_nesting(text: str) -> None:
    """Refuse deep nesting before the tree is built: libyaml's composer recurses in C and would end the process.

    Only looks closely (event by event, without recursion) where the text could be deep at all.
    """
    if text.count("[") + text.count("{") <= _MANY_BRACKETS and not _LONG_PREFIX.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise Unreadable("document.depth", f"Nested deeper than {MAX_DEPTH} levels.")


def _read_yaml(text: str) -> Raw:
    loader = None
    try:
        _check_nesting(text)
        loader = _Loader(text)
        node = loader.get_single_node()
        _check_nodes(node)
        return loader.construct_document(node) if node is not None else None
    except Unreadable:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"Line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise Unreadable(
            "document.yaml",
            f"{where}{error.problem or 'not well-formed YAML'}.",
            "Check the indentation and quotes there; a text with “: ” or “#” needs quotes.",
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable("document.yaml", f"The YAML cannot be read: {str(error).splitlines()[0]}.") from error
    except RecursionError as error:
        raise Unreadable("document.depth", "The document is nested too deeply.") from error
    finally:
        if loader is not None:
            loader.dispose()


# All that can become a lone surrogate or a NUL (as it stands, JSON refuses one): the text was UTF-8 already.
_ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_HUGE = re.compile(r"[0-9][eE]\+?[0-9]{3}|[0-9]{300}")


def _may_be_refused(text: str) -> bool:
    """Return whether YAML may hold a text or number that is refused."""
    return "\\" in text or "\0" in text or _HUGE.search(text) is not None


def _is_too_deep(raw: Raw) -> bool:
    """Return whether anything is nested too deeply. Paths cost more than the look itself, so it comes first."""
    level: list[Raw] = [raw]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for value in level
            for inner in (value.values() if type(value) is dict else value)
            if type(inner) is dict or type(inner) is list
        ]
        if not level:
            return False
    return True


def _check_strings_and_depth(raw: Raw) -> None:
    """Raise Unreadable at the first place that is refused."""
    todo: list[tuple[Raw, str, int]] = [(raw, "$", 0)]
    while todo:
        value, path, depth = todo.pop()
        if depth > MAX_DEPTH:
            raise Unreadable("document.depth", f"Nested deeper than {MAX_DEPTH} levels.", path=path[:200])
        if isinstance(value, str):
            _check_string(value, path)
        elif isinstance(value, dict):
            for key, inner in value.items():
                _check_string(str(key), path)
                todo.append((inner, f"{path}.{key}", depth + 1))
        elif isinstance(value, list):
            todo.extend((inner, f"{path}[{i}]", depth + 1) for i, inner in enumerate(value))
        elif isinstance(value, float) and value - value != 0:
            raise Unreadable("document.number", "A number is infinite or not a number.", path=path)


def _check_string(value: str, path: str) -> None:
    if "\0" in value:
        raise Unreadable("document.nul", "A text contains the NUL character.", "Delete it.", path)
    if not value.isascii() and not _is_utf8(value):
        raise Unreadable(
            "document.surrogate",
            "A text contains half a character (a lone surrogate).",
            "Type it again.",
            path,
        )


def _is_utf8(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
