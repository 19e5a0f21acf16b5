"""SugarCube 2: macros between << and >>, some of which hold text. Known ones become pieces, others are named."""

import re
from typing import NamedTuple

from scenario_exchange.imported import Report, shortened
from scenario_exchange.readers.stories.expressions import (
    TRUE,
    Binary,
    Expression,
    Literal,
    Opaque,
    Variable,
    both,
    parse,
    unquoted,
)
from scenario_exchange.readers.stories.markup import SUGARCUBE, html_comments_out
from scenario_exchange.readers.stories.pieces import Piece
from scenario_exchange.readers.twine.bodies import add_body
from scenario_exchange.readers.twine.links import end_of_link, parse_link
from scenario_exchange.readers.twine.weaving import MAX_NESTED, Branches, Weaver

_OPENING = re.compile(r"<<|\[\[")
# What stands in quotes may hold >>; a quote that is not closed on its line is none.
_MACRO = re.compile(
    r"""<<(/?[A-Za-z][\w-]{0,60}|[-=])((?:[^"'>]++|"(?:[^"\\\n]|\\.){0,1000}+"|'(?:[^'\\\n]|\\.){0,1000}+'|>(?!>)|["'])*+)>>"""
)
MAX_UNCLOSED = 200
_ARGUMENT = re.compile(
    r"""\s*("(?:[^"\\]|\\.){0,1000}+"|'(?:[^'\\]|\\.){0,1000}+'|\[\[[^\]]{0,2000}\](?:\[[^\]]{0,2000}\])?\]|[^\s]+)"""
)
_NAKED = re.compile(r"\$[A-Za-z_]\w*")
_COMMENT = re.compile(r"/\*|/%")

_IF = frozenset({"if", "elseif", "else"})
# Containers whose text is shown as if the macro were not there.
_SHOWN = frozenset(
    ["nobr", "append", "prepend", "replace", "type", "timed", "next", "repeat", "done", "linkreplace", "linkappend",
     "linkprepend", "copy", "capture", "for", "createplaylist", "cacheaudio", "stop"]
)  # fmt: skip
_QUIET = frozenset({"silently", "silent"})
_CONTAINERS = _SHOWN | _QUIET | {"if", "switch", "link", "button", "click", "script", "widget", "style", "actions"}
_UNCHANGED = frozenset({"nobr", "done"})


class Token(NamedTuple):
    """A stretch of words, a link, or a macro with its arguments."""

    kind: str
    name: str
    rest: str


def read_passage(place: str, text: str, report: Report) -> tuple[list[Piece], list[str]]:
    """Return the pieces of a passage and the comments in it."""
    plain, notes = _without_comments(html_comments_out(text))
    reading = _Reading(Weaver(place, SUGARCUBE, report), _tokens(plain))
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


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = unclosed = 0
    for match in _OPENING.finditer(text):
        start = match.start()
        if start < at or unclosed > MAX_UNCLOSED:
            continue
        end, token = _link_at(text, start) if match[0] == "[[" else _macro_at(text, start)
        if token is None:
            unclosed += 1
            continue
        if start > at:
            found.append(Token("words", "", text[at:start]))
        found.append(token)
        at = end
        if token.kind == "macro" and token.name in ("script", "style"):
            close = text.find(f"<</{token.name}", at)
            at = close if close >= 0 else len(text)
    return [*found, Token("words", "", text[at:])]


def _link_at(text: str, start: int) -> tuple[int, Token | None]:
    end = end_of_link(text, start)
    return end, Token("link", "", text[start + 2 : end - 2]) if end >= 0 else None


def _macro_at(text: str, start: int) -> tuple[int, Token | None]:
    macro = _MACRO.match(text, start, start + 20_000)
    return (macro.end(), Token("macro", macro[1], macro[2].strip())) if macro else (-1, None)


class _Reading:
    """Walks over the tokens; containers call `read` for what they hold."""

    def __init__(self, weaver: Weaver, tokens: list[Token]) -> None:
        self.weaver = weaver
        self.tokens = tokens
        self.at = 0
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
            elif depth > MAX_NESTED:
                self.weaver.lost(f"<<{token.name}>>, nested too deeply")
            else:
                self._macro(token, when, depth, quiet)
        return ""

    def _words(self, text: str, when: Expression | None) -> None:
        at = 0
        for match in _NAKED.finditer(text):
            self.weaver.words(text[at : match.start()], when)
            self.weaver.value(Variable(match[0]), when)
            at = match.end()
        self.weaver.words(text[at:], when)

    def _macro(self, token: Token, when: Expression | None, depth: int, quiet: bool) -> None:
        name, rest, weaver = token.name, token.rest, self.weaver
        if name == "if":
            self._if(rest, when, depth, quiet)
        elif name == "switch":
            self._switch(rest, when, depth, quiet)
        elif name in ("link", "button", "click"):
            self._link(rest, when, depth)
        elif name == "set":
            weaver.change(rest, when)
        elif name in ("goto", "include", "display"):
            self._to_passage(name, rest, when)
        elif name in ("print", "=", "-"):
            self._print(rest, when)
        elif name == "actions":
            for argument in arguments(rest):
                weaver.way(*_passage_of(argument), when, once=True)
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
        if name in ("linkreplace", "linkappend", "linkprepend"):
            self.weaver.words("".join(a for a in _strings(token.rest)[:1]) + "\n", when)
        if name not in _UNCHANGED | _QUIET:
            self.weaver.loosened(
                f"What <<{name}>> holds is shown at once.", "Give it a scene of its own if it matters."
            )
        if closed:
            self.read(when, (f"/{name}",), depth + 1, quiet=quiet or name in _QUIET)
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
        branches = Branches()
        claim: Expression | None = parse(rest)
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
            claim = parse(token.rest.removeprefix("if ")) if stopped == "elseif" or token.rest else None

    def _switch(self, rest: str, when: Expression | None, depth: int, quiet: bool) -> None:
        subject = parse(rest)
        branches = Branches()
        stopped = self.read(Literal(False), ("case", "default", "/switch"), depth + 1, quiet=True)
        while stopped in ("case", "default"):
            token = self.tokens[self.at]
            self.at += 1
            claim = _one_of(subject, token.rest) if stopped == "case" else None
            stopped = self.read(both(when, branches.arm(claim)), ("case", "default", "/switch"), depth + 1, quiet=quiet)
        self.at += 1

    def _link(self, rest: str, when: Expression | None, depth: int) -> None:
        """Read a link macro: its body may change variables and go to a passage."""
        inner = Weaver(self.weaver.place, SUGARCUBE, self.weaver.report)
        outer, self.weaver = self.weaver, inner
        self.read(None, ("/link", "/button", "/click"), depth + 1)
        self.at += 1
        self.weaver = outer
        given = arguments(rest)
        text, target = _passage_of(given[0]) if given else ("…", "")
        if len(given) > 1:
            target = _strings(given[1])[0] if _strings(given[1]) else given[1]
        elif given and not given[0].startswith("["):
            target = ""
        add_body(outer, text, target, when, inner.finish())

    def _to_passage(self, name: str, rest: str, when: Expression | None) -> None:
        given = arguments(rest)
        target = _passage_of(given[0])[1] if given else ""
        if not target or target[:1] in ("$", "_", "`"):
            self.weaver.lost(f"<<{name} {shortened(rest, 60)}>>: where it leads is worked out during play")
        elif name == "goto":
            self.weaver.jump(target, when)
        else:
            self.weaver.include(target, when)

    def _print(self, rest: str, when: Expression | None) -> None:
        value = parse(rest)
        if isinstance(value, Literal) and isinstance(value.value, str):
            self.weaver.words(value.value, when)
        elif isinstance(value, Opaque):
            self.weaver.lost(f"<<print {shortened(rest, 60)}>>")
        else:
            self.weaver.value(value, when)


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
