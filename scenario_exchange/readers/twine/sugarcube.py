"""SugarCube 2: macros between << and >>, some of which hold text. Known ones become pieces, others are named."""

import re

from scenario_exchange.imported import Report, shortened
from scenario_exchange.readers.stories.expressions import (
    TRUE,
    Binary,
    Expression,
    Literal,
    Opaque,
    both,
    parse,
    unquoted,
)
from scenario_exchange.readers.stories.markup import html_comments_out
from scenario_exchange.readers.stories.pieces import Chance, Piece
from scenario_exchange.readers.stories.styles import SUGARCUBE
from scenario_exchange.readers.twine.bodies import add_body
from scenario_exchange.readers.twine.links import parse_link
from scenario_exchange.readers.twine.scanning import Token
from scenario_exchange.readers.twine.sources import drawn_by_luck, quoted_name
from scenario_exchange.readers.twine.sugarcube_tokens import tokens_of
from scenario_exchange.readers.twine.weaving import MAX_NESTED, Tongue, Weaver

# A backslash at the end or beginning of a line joins it with the next or the last one.
_JOINED = re.compile(r"\\[ \t]*\n|\n[ \t]*\\(?=[^\\])")
# @@color:red; and @@.name; begin words of another look; @@ ends them.
_DRESSED = re.compile(r"@@(?:[\w-]{1,40}:[^;\n@]{0,200};|[.#][\w-]{1,60};){0,9}|\$\$(?=[A-Za-z_])")
_ARGUMENT = re.compile(
    r"""\s*("(?:[^"\\]|\\.){0,1000}+"|'(?:[^'\\]|\\.){0,1000}+'|\[\[[^\]]{0,2000}\](?:\[[^\]]{0,2000}\])?\]|`[^`]{0,1000}`|[^\s]+)"""
)
_NAKED = re.compile(r"(\$(?<![$\w\\]\$)[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[[^\[\]\n]{1,60}\])*|_(?<![\w$.\\]_)[A-Za-z]\w*)")
_COMMENT = re.compile(r"/\*|/%")

_IF = frozenset({"if", "elseif", "else"})
# Containers whose text is shown as if the macro were not there.
_SHOWN = frozenset(
    ["nobr", "append", "prepend", "replace", "type", "timed", "next", "repeat", "done", "copy", "capture", "for",
     "createplaylist", "cacheaudio", "stop", "do"]
)  # fmt: skip
# Links whose words go once they are chosen, and links that stay.
_GOING = frozenset({"linkreplace", "linkappend", "linkprepend"})
_LINKS = _GOING | {"link", "button", "click"}
_QUIET = frozenset({"silently", "silent"})
_CONTAINERS = _SHOWN | _QUIET | {"script", "widget", "style"}
_UNCHANGED = frozenset({"nobr", "done", "do"})
_VISITS = re.compile(r"\b(?:visited|hasVisited)\(\s*\)")
_PROPERTIES = frozenset({"length", "size"})


def _is_variable(name: str) -> bool:
    """Return whether a name stands for a value of the story, not for something of JavaScript."""
    return name[:1] in ("$", "_") and name.rpartition(".")[2] not in _PROPERTIES


_TONGUE = Tongue(style=SUGARCUBE, shown=_NAKED, is_variable=_is_variable)


def read_passage(place: str, text: str, report: Report) -> tuple[list[Piece], list[str]]:
    """Return the pieces of a passage and the comments in it."""
    plain, notes = _without_comments(html_comments_out(text))
    reading = _Reading(Weaver(place, _TONGUE, report), tokens_of(_JOINED.sub("", plain)))
    reading.read(None, (), 0)
    return reading.weaver.finish(), notes


def _without_comments(text: str) -> tuple[str, list[str]]:
    kept: list[str] = []
    notes: list[str] = []
    at = 0
    for match in _COMMENT.finditer(text):
        closing = "*/" if match[0] == "/*" else "%/"
        end = text.find(closing, match.end()) if match.start() >= at else -1
        if end >= 0:
            kept.append(text[at : match.start()])
            notes.append(text[match.end() : end].strip())
            at = end + 2
    return "".join([*kept, text[at:]]), notes


class _Reading:
    """Walks over the tokens; containers call `read` for what they hold."""

    def __init__(self, weaver: Weaver, tokens: list[Token]) -> None:
        self.weaver = weaver
        self.tokens = tokens
        self.at = 0
        # Inside <<nobr>> lines end nowhere.
        self.joined = False
        # Where each closing macro stands last.
        self._closes = {token.name: index for index, token in enumerate(tokens) if token.name[:1] == "/"}

    def read(self, when: Expression | None, until: tuple[str, ...], depth: int, *, quiet: bool = False) -> str:
        """Read on until a macro named in `until`, and return that name ("" at the end)."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == "macro" and token.name in until:
                return token.name
            self.at += 1
            if token.kind == "words":
                if not quiet:
                    self._words(token.rest, when)
            elif token.kind == "link":
                self.weaver.link(token.rest, when)
            elif token.kind == "verbatim":
                if not quiet:
                    self.weaver.verbatim(token.rest, when)
            elif depth > MAX_NESTED:
                self.weaver.lost(f"<<{token.name}>>, nested too deeply")
            else:
                self._macro(token, when, depth, quiet)
        return ""

    def _words(self, text: str, when: Expression | None) -> None:
        text = text.replace("\n", " ") if self.joined else text
        at = 0
        for match in _NAKED.finditer(text):
            self.weaver.words(_DRESSED.sub(_undressed, text[at : match.start()]), when)
            self.weaver.value(self.weaver.claim(match[0]), when)
            at = match.end()
        self.weaver.words(_DRESSED.sub(_undressed, text[at:]), when)

    def _macro(self, token: Token, when: Expression | None, depth: int, quiet: bool) -> None:
        name, rest, weaver = token.name, token.rest, self.weaver
        if name == "if":
            self._if(rest, when, depth, quiet)
        elif name == "switch":
            self._switch(rest, when, depth, quiet)
        elif name in _LINKS:
            self._link(name, rest, when, depth)
        elif name == "set":
            weaver.change(rest, when)
        elif name in ("goto", "include", "display"):
            self._to_passage(name, rest, when)
        elif name in ("print", "=", "-"):
            self._print(rest, when)
        elif name == "actions":
            for argument in arguments(rest):
                weaver.way(*_passage_of(argument), when, once=True)
        elif name in ("back", "return", "choice"):
            self._way_back(name, rest, when)
        elif name in _CONTAINERS:
            self._container(token, when, depth, quiet)
        elif name == "br":
            weaver.words("\n", when)
        elif not name.startswith("/"):
            weaver.lost(f"<<{name}>>")

    def _container(self, token: Token, when: Expression | None, depth: int, quiet: bool) -> None:
        name = token.name
        if name in ("script", "style", "widget"):
            self._skip(name)
            self.weaver.lost(f"<<{name}>>", "Scripts are never run.")
            return
        closed = any(
            each.kind == "macro" and each.name == f"/{name}" for each in self.tokens[self.at : self.at + 2_000]
        )
        if name not in _UNCHANGED | _QUIET:
            self.weaver.loosened(
                f"What <<{name}>> holds is shown at once.", "Give it a scene of its own if it matters."
            )
        if closed:
            before, self.joined = self.joined, self.joined or name == "nobr"
            self.read(when, (f"/{name}",), depth + 1, quiet=quiet or name in _QUIET)
            self.joined = before
            self.at += 1

    def _skip(self, name: str) -> None:
        closing = f"/{name}"
        if self._closes.get(closing, -1) < self.at:
            return
        for index in range(self.at, len(self.tokens)):
            if self.tokens[index].kind == "macro" and self.tokens[index].name == closing:
                self.at = index + 1
                return

    def _if(self, rest: str, when: Expression | None, depth: int, quiet: bool) -> None:
        branches = self.weaver.branches()
        claim: Expression | None = self._claim(rest)
        while True:
            stopped = self.read(
                both(when, branches.arm(claim)), ("elseif", "else", "/if", "endif"), depth + 1, quiet=quiet
            )
            if not stopped:
                return
            token = self.tokens[self.at]
            self.at += 1
            if stopped not in ("elseif", "else"):
                return
            claim = self._claim(token.rest.removeprefix("if ")) if stopped == "elseif" or token.rest else None

    def _switch(self, rest: str, when: Expression | None, depth: int, quiet: bool) -> None:
        subject = self._claim(rest)
        branches = self.weaver.branches()
        stopped = self.read(Literal(False), ("case", "default", "/switch"), depth + 1, quiet=True)
        while stopped in ("case", "default"):
            token = self.tokens[self.at]
            self.at += 1
            claim = _one_of(subject, token.rest) if stopped == "case" else None
            stopped = self.read(both(when, branches.arm(claim)), ("case", "default", "/switch"), depth + 1, quiet=quiet)
        self.at += 1

    def _claim(self, source: str) -> Expression:
        return self.weaver.claim(_VISITS.sub(lambda _: f"visited({quoted_name(self.weaver.place)})", source))

    def _link(self, name: str, rest: str, when: Expression | None, depth: int) -> None:
        """Read a link macro: its body may change variables, say something and go to a passage."""
        inner = Weaver(self.weaver.place, _TONGUE, self.weaver.report)
        outer, self.weaver = self.weaver, inner
        self.read(None, tuple(f"/{each}" for each in _LINKS), depth + 1)
        self.at += 1
        self.weaver = outer
        given = arguments(rest)
        text, target = _passage_of(given[0]) if given else ("…", "")
        if name in _GOING:
            target = ""
        elif len(given) > 1:
            target = _strings(given[1])[0] if _strings(given[1]) else given[1]
        elif given and not given[0].startswith("["):
            target = ""
        body = inner.finish()
        if drawn := drawn_by_luck(target):
            target, body = "", [*body, Chance(targets=drawn)]
        add_body(outer, text, target, when, body, once=name in _GOING)

    def _way_back(self, name: str, rest: str, when: Expression | None) -> None:
        """Read <<back>> and <<return>>, which may name a passage, and the old <<choice>> of passage and words."""
        given = [_passage_of(argument) for argument in arguments(rest)]
        if name == "choice" and given:
            self.weaver.way(given[-1][0], given[0][1], when)
        elif given and (len(given) > 1 or given[0][0] != given[0][1]):
            self.weaver.way(given[0][0], given[-1][1], when)
        else:
            self.weaver.loosened(f"<<{name}>> leads back to the scene before.", "Draw a way back if it is wanted.")

    def _to_passage(self, name: str, rest: str, when: Expression | None) -> None:
        given = arguments(rest)
        target = _passage_of(given[0])[1] if given else ""
        if name == "goto" and (drawn := drawn_by_luck(target)):
            self.weaver.draw(drawn, when)
        elif not target or target[:1] in ("$", "_", "`"):
            self.weaver.lost(f"<<{name} {shortened(rest, 60)}>>: where it leads is worked out during play")
        elif name == "goto":
            self.weaver.jump(target, when)
        else:
            self.weaver.include(target, when)

    def _print(self, rest: str, when: Expression | None) -> None:
        value = self._claim(rest)
        if isinstance(value, Opaque):
            self.weaver.lost(f"<<print {shortened(rest, 60)}>>")
        else:
            self.weaver.printed(value, when)


def _undressed(match: re.Match[str]) -> str:
    return "$" if match[0][0] == "$" else ""


def arguments(rest: str) -> list[str]:
    """Return the arguments of a macro as they are written."""
    return [match[1] for match in _ARGUMENT.finditer(rest[:4_000])]


def _strings(source: str) -> list[str]:
    return [unquoted(each) if each[:1] in "\"'" else each for each in arguments(source)]


def _passage_of(argument: str) -> tuple[str, str]:
    """Return (text, passage) of an argument: a string, a bare word or a link in brackets."""
    if argument.startswith("[["):
        found = parse_link(argument[2:].removesuffix("]]"))
        return found.text, found.target
    plain = unquoted(argument) if argument[:1] in "\"'" else argument
    return plain, plain


def _one_of(subject: Expression, rest: str) -> Expression:
    claim: Expression | None = None
    for value in arguments(rest)[:20]:
        one = Binary("is", subject, parse(value))
        claim = one if claim is None else Binary("or", claim, one)
    return claim or TRUE
