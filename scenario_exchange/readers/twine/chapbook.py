"""Chapbook: a section of variables, modifiers in brackets on lines of their own, inserts in braces."""

import re

from scenario_exchange.imported import Report, shortened
from scenario_exchange.readers.stories.branches import Branches
from scenario_exchange.readers.stories.expressions import Expression, negated, parse, unquoted
from scenario_exchange.readers.stories.markup import html_comments_out
from scenario_exchange.readers.stories.pieces import Piece
from scenario_exchange.readers.stories.styles import MARKDOWN
from scenario_exchange.readers.twine.bodies import add_body
from scenario_exchange.readers.twine.links import end_of_link
from scenario_exchange.readers.twine.sources import quoted_name, split_outside
from scenario_exchange.readers.twine.weaving import Tongue, Weaver

_OPENING = re.compile(r"\[\[|\{")
# A list of choices is written as lines that begin with >.
_FORK = re.compile(r"^[ \t]*>[ \t]*(?=\[\[|\{)", re.MULTILINE)
_ASSIGNED = re.compile(r"^\s*([A-Za-z_][\w.]{0,80})\s*(?:\(([^)]{0,500})\))?\s*:\s*(.*)$")
_NAME = re.compile(r"^[A-Za-z_][\w.]{0,80}$")
_CONTINUED = frozenset({"continue", "continued", "cont'd", "cont"})
_VISITS = re.compile(r"\bpassage\.visits\b")
# What Chapbook itself knows by a name: settings of its look, chance, the clock.
_LOOKUPS = frozenset(["browser", "config", "engine", "now", "passage", "past", "random", "sound", "story"])
_TONGUE = Tongue(
    style=MARKDOWN,
    shown=re.compile(r"\{[ \t]*([A-Za-z_][\w.]{0,80})[ \t]*\}"),
    is_variable=lambda name: name.partition(".")[0] not in _LOOKUPS and not name.endswith(".length"),
)
_QUIET = ("note", "n.b", "fixme", "todo")
_CODE = ("javascript", "css")


def read_passage(place: str, text: str, report: Report) -> tuple[list[Piece], list[str]]:
    """Return the pieces of a passage, and the author's notes in it."""
    weaver = Weaver(place, _TONGUE, report)
    body = _read_variables(html_comments_out(text), weaver)
    notes = _read_sections(body, weaver)
    return weaver.finish(), notes


def _read_variables(text: str, weaver: Weaver) -> str:
    """Read the section of variables; return what stands behind it."""
    lines = text.split("\n")
    at = next((index for index, line in enumerate(lines) if line.rstrip() == "--"), -1)
    if at < 0:
        return text
    for line in lines[:at]:
        match = _ASSIGNED.match(line)
        if match:
            when = _claim(match[2], weaver) if match[2] else None
            weaver.change(f"{match[1]} = {match[3]}", when)
        elif line.strip():
            weaver.lost(f"“{shortened(line, 60)}”")
    return "\n".join(lines[at + 1 :])


def _read_sections(body: str, weaver: Weaver) -> list[str]:
    branches = Branches()
    when: Expression | None = None
    kind = ""
    notes: list[str] = []
    stretch: list[str] = []

    def flush() -> None:
        source = "\n".join(stretch) + "\n"
        stretch.clear()
        if kind == "note":
            notes.append(source.strip())
        elif not kind:
            _read_text(source, when, weaver)

    for line in body.split("\n"):
        modifier = line.strip()
        is_modifier = (
            modifier[:1] == "[" and modifier[-1:] == "]" and modifier[1:2] not in ("[", "") and "](" not in line
        )
        if not is_modifier:
            stretch.append(line)
            continue
        flush()
        for each in split_outside(modifier[1:-1], ";"):
            when, kind, branches = _modifier(each.strip(), when, branches, weaver)
    flush()
    return [note for note in notes if note]


def _modifier(
    source: str, when: Expression | None, branches: Branches, weaver: Weaver
) -> tuple[Expression | None, str, Branches]:
    word, _, rest = source.partition(" ")
    lowered = word.lower()
    if lowered in ("if", "unless", "ifalways", "ifnever"):
        branches = weaver.branches()
        claim = parse("true" if lowered == "ifalways" else "false" if lowered == "ifnever" else "")
        claim = _claim(rest, weaver) if lowered in ("if", "unless") else claim
        return branches.arm(negated(claim) if lowered == "unless" else claim), "", branches
    if lowered == "else":
        return branches.arm(None), "", branches
    if lowered in _CONTINUED:
        return None, "", branches
    if lowered.startswith(_QUIET):
        return None, "note", branches
    if lowered.startswith(_CODE):
        weaver.lost(f"[{word}]", "Scripts are never run.")
        return None, "code", branches
    weaver.loosened(f"What stands after [{shortened(source, 40)}] is shown at once.")
    return when, "", branches


def _claim(source: str, weaver: Weaver) -> Expression:
    return weaver.claim(_VISITS.sub(lambda _: f"visited({quoted_name(weaver.place)})", source))


def _read_text(source: str, when: Expression | None, weaver: Weaver) -> None:
    at = 0
    source = _FORK.sub("", source)
    for match in _OPENING.finditer(source):
        start = match.start()
        if start < at:
            continue
        end = end_of_link(source, start) if match[0] == "[[" else _end_of_insert(source, start)
        if end < 0:
            continue
        weaver.words(source[at:start], when)
        if match[0] == "[[":
            weaver.link(source[start + 2 : end - 2], when)
        else:
            _insert(source[start + 1 : end - 1], when, weaver)
        at = end
    weaver.words(source[at:], when)


def _end_of_insert(source: str, start: int) -> int:
    end = source.find("}", start, start + 1_000)
    return end + 1 if end >= 0 and "\n\n" not in source[start:end] else -1


def _insert(inside: str, when: Expression | None, weaver: Weaver) -> None:
    plain = inside.strip()
    if _NAME.match(plain):
        weaver.value(weaver.claim(plain), when)
        return
    parts = split_outside(plain, ",")
    head, _, first = parts[0].partition(":")
    named = {key.strip().lower(): _unquoted(value) for key, _, value in (part.partition(":") for part in parts[1:])}
    name, value = head.strip().lower(), _unquoted(first)
    if name in ("embed passage", "embed passage named") and value:
        weaver.include(value, when)
    elif name == "link to" and value:
        weaver.way(named.get("label", value), value, when)
    elif name == "reveal link" and value:
        inner = Weaver(weaver.place, _TONGUE, weaver.report)
        if "passage" in named:
            inner.include(named["passage"], None)
        else:
            _read_text(named.get("text", ""), None, inner)
        add_body(weaver, value, "", when, inner.finish(), once=True)
    elif name in ("embed image", "image") and value:
        weaver.words(f'<img src="{value}" alt="{named.get("alt", "")}">', when)
    elif name == "embed unsplash image" or not name or any(char in plain for char in "+-*/()") or name:
        weaver.lost(f"{{{shortened(plain, 60)}}}")


def _unquoted(source: str) -> str:
    plain = source.strip()
    return unquoted(plain) if len(plain) > 1 and plain[0] in "\"'" and plain[-1] == plain[0] else plain
