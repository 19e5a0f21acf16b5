"""The nodes of a Yarn file: headers, a line of dashes, and lines up to a line of equal signs; or a list in JSON."""

import re
from collections.abc import Iterator
from typing import Any

from scenario_exchange.detect import Peek
from scenario_exchange.imported import ImportRefused
from scenario_exchange.readers.twine.html_file import position
from scenario_exchange.readers.yarn_lines import without_remarks

_TITLE = re.compile(r"^title:[ \t]*(\S.*)$", re.MULTILINE)
_END = re.compile(r"^===[ \t]*$", re.MULTILINE)
_KNOWN = frozenset({"title", "tags", "position", "colorid", "color", "group", "when", "subtitle", "style", "id"})

MAX_LINES = 60_000
MAX_LINE = 200_000


class Node:
    """A node: what it is called, where it stands on the map, when it may be played, and its lines."""

    def __init__(self, headers: list[tuple[str, str]], body: str) -> None:
        values = dict(headers)
        self.title = values.get("title", "").strip()
        # Nodes of one title get a name of their own.
        self.name = self.title
        self.at = position(values.get("position", ""))
        self.whens = [value for name, value in headers if name == "when" and value]
        self.others = sorted({name for name, _ in headers} - _KNOWN)
        lines = (without_remarks(line) for line in body.split("\n"))
        self.lines = [line for line in lines if line.strip()]
        self.declares = any(line.lstrip().startswith("<<declare") for line in self.lines)


def has_nodes(head: str, text: str) -> bool:
    """Return whether a text holds nodes."""
    return bool(_TITLE.search(head)) and "\n---" in text and "\n===" in text


def is_listed(data: Any) -> bool:
    """Return whether JSON is the list of nodes that the first editors of Yarn wrote."""
    listed = data.get("nodes") if isinstance(data, dict) else data
    return (
        isinstance(listed, list)
        and bool(listed)
        and all(isinstance(each, dict) and isinstance(each.get("title"), str) and "body" in each for each in listed)
    )


def nodes_of(peek: Peek) -> list[Node]:
    """Return the nodes that have a title. Raises ImportRefused."""
    found: list[Node] = []
    lines = 0
    if max(map(len, peek.text.split("\n"))) > MAX_LINE and not peek.looks_like_json:
        raise ImportRefused("import.too-large", f"A line of more than {MAX_LINE:,} characters.", "Split it.")
    for headers, body in _listed(peek.json) if peek.looks_like_json else _written(peek.text):
        if dict(headers).get("title", "").strip():
            found.append(Node(headers, body))
            lines += len(found[-1].lines)
        if lines > MAX_LINES:
            raise ImportRefused("import.too-large", f"More than {MAX_LINES:,} lines.", "Split the file.")
        if len(found) > peek.limits.scenes:
            raise ImportRefused("import.too-large", f"More than {peek.limits.scenes:,} nodes.", "Split the file.")
    return found


def _written(text: str) -> Iterator[tuple[list[tuple[str, str]], str]]:
    for block in _END.split(text):
        head, separator, body = block.partition("\n---")
        if not separator:
            continue
        pairs = (line.partition(":") for line in head.strip().split("\n"))
        headers = [
            (name.strip().lower(), without_remarks(value).strip())
            for name, colon, value in pairs
            if colon and not name.lstrip().startswith("//")
        ]
        yield headers, body.partition("\n")[2]


def _listed(data: Any) -> Iterator[tuple[list[tuple[str, str]], str]]:
    for each in data["nodes"] if isinstance(data, dict) else data:
        place = each.get("position")
        at = f"{place.get('x')},{place.get('y')}" if isinstance(place, dict) else ""
        body = each["body"] if isinstance(each["body"], str) else ""
        yield [("title", each["title"]), ("position", at)], body
