"""Snowman: Markdown with <% … %> of JavaScript. Plain assignments and ifs are understood as text; nothing is run."""

import re

from scenario_exchange.imported import Report, shortened
from scenario_exchange.readers.stories.branches import Branches
from scenario_exchange.readers.stories.expressions import Expression, Literal, Opaque, Variable, both, unquoted
from scenario_exchange.readers.stories.markup import html_comments_out
from scenario_exchange.readers.stories.pieces import Piece
from scenario_exchange.readers.stories.styles import MARKDOWN
from scenario_exchange.readers.twine.links import end_of_link
from scenario_exchange.readers.twine.scanning import MAX_UNCLOSED
from scenario_exchange.readers.twine.weaving import MAX_NESTED, Tongue, Weaver

_OPENING = re.compile(r"<%|\[\[|<a\s", re.IGNORECASE)
_STORE = re.compile(r"\b(?:window\.)?(?:story\.state|s)\.")
_IF = re.compile(r"^(?:\}\s*(?P<more>else)\s*)?if\s*\((?P<claim>.*)\)\s*\{?$", re.DOTALL)
_ELSE = re.compile(r"^\}\s*else\s*\{?$")
_ANCHOR = re.compile(r"<a\s([^<>]{0,2000})>", re.IGNORECASE)
_RENDERED = re.compile(r"""^(?:window\.)?story\.render\(\s*("[^"]*"|'[^']*')\s*\);?$""")
_FOREIGN = frozenset(["Math", "_", "$", "document", "passage", "setup", "story", "window"])
_TONGUE = Tongue(
    style=MARKDOWN,
    is_variable=lambda name: name.partition(".")[0] not in _FOREIGN and not name.endswith((".length", ".size")),
)
_PASSAGE = re.compile(r"""data-passage\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def read_passage(place: str, text: str, report: Report) -> list[Piece]:
    """Return the pieces of a passage."""
    reading = _Reading(Weaver(place, _TONGUE, report))
    reading.read(html_comments_out(text))
    return reading.weaver.finish()


class _Reading:
    def __init__(self, weaver: Weaver) -> None:
        self.weaver = weaver
        # For each block that is open: when its text shows, and the branches of an if (None for another block).
        self.open: list[tuple[Expression | None, Branches | None]] = []

    @property
    def when(self) -> Expression | None:
        """When the text at this place shows."""
        return self.open[-1][0] if self.open else None

    def read(self, text: str) -> None:
        """Read the passage from end to end."""
        at = unclosed = 0
        for match in _OPENING.finditer(text):
            start = match.start()
            if start < at or unclosed > MAX_UNCLOSED:
                continue
            end = self._piece(text, start, match[0], at)
            unclosed += end < 0
            at = max(at, end)
        self.weaver.words(text[at:], self.when)

    def _piece(self, text: str, start: int, mark: str, at: int) -> int:
        """Read what begins at `start`, after the words before it; return where it ends, -1 when it is only words."""
        if mark == "<%":
            end = text.find("%>", start, start + 20_000)
            if end < 0:
                return -1
            self.weaver.words(text[at:start], self.when)
            self._script(text[start + 2 : end].strip())
            return end + 2
        if mark == "[[":
            end = end_of_link(text, start)
            if end >= 0:
                self.weaver.words(text[at:start], self.when)
                self.weaver.link(text[start + 2 : end - 2], self.when)
            return end
        return self._anchor(text, start, at)

    def _anchor(self, text: str, start: int, at: int) -> int:
        tag = _ANCHOR.match(text, start)
        passage = _PASSAGE.search(tag[1]) if tag else None
        close = text.find("</a", start, start + 4_000) if passage else -1
        if tag is None or passage is None or close < 0:
            return -1
        self.weaver.words(text[at:start], self.when)
        self.weaver.way(text[tag.end() : close], passage[1] or passage[2] or "", self.when)
        end = text.find(">", close)
        return end + 1 if end >= 0 else close

    def _script(self, source: str) -> None:
        if source[:1] in ("=", "-"):
            self._print(source[1:])
        elif _IF.match(source) or _ELSE.match(source):
            self._branch(source)
        elif source == "}":
            if self.open:
                self.open.pop()
        else:
            self._statements(source)

    def _branch(self, source: str) -> None:
        match = _IF.match(source)
        follows = match is None or bool(match["more"])
        branches: Branches | None = None
        if follows and self.open:
            _, branches = self.open.pop()
        if len(self.open) >= MAX_NESTED:
            self.weaver.lost("an if nested too deeply")
            return
        branches = branches or self.weaver.branches()
        claim = self.weaver.claim(_STORE.sub("", match["claim"])) if match else None
        self.open.append((both(self.when, branches.arm(claim)), branches))

    def _statements(self, source: str) -> None:
        if source.endswith("{"):
            self.weaver.lost(f"<% {shortened(source, 60)} %>", "Scripts are never run.")
            self.open.append((self.when, None))
            return
        for statement in source.split(";"):
            plain = _STORE.sub("", statement).strip()
            if plain and not plain.startswith("//"):
                self.weaver.change(plain, self.when)

    def _print(self, source: str) -> None:
        if shown := _RENDERED.match(source.strip()):
            self.weaver.include(unquoted(shown[1]), self.when)
            return
        value = self.weaver.claim(_STORE.sub("", source).strip().rstrip(";"))
        if isinstance(value, Variable):
            self.weaver.value(value, self.when)
        elif isinstance(value, Literal) and isinstance(value.value, str):
            self.weaver.words(value.value, self.when)
        elif isinstance(value, Opaque) or value:
            self.weaver.lost(f"<%={shortened(source, 60)} %>", "Scripts are never run.")
