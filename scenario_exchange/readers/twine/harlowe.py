"""Harlowe 1 to 3: macros (name: …) with hooks […] behind them. Known ones become pieces, others are named."""

import re
from typing import NamedTuple

from scenario_exchange.imported import Report, shortened
from scenario_exchange.readers.stories.expressions import (
    Expression,
    Literal,
    Opaque,
    Variable,
    both,
    negated,
    parse,
    unquoted,
)
from scenario_exchange.readers.stories.markup import HARLOWE, html_comments_out
from scenario_exchange.readers.stories.pieces import Offers, Piece
from scenario_exchange.readers.twine.bodies import add_body
from scenario_exchange.readers.twine.links import end_of_link
from scenario_exchange.readers.twine.weaving import MAX_NESTED, Branches, Weaver, parse_change, split_outside

_MACRO = re.compile(r"\(([A-Za-z][\w\-]{0,60}):")
_OPENING = re.compile(r"\((?=[A-Za-z][\w\-]{0,60}:)|\[\[|[\[\]]|\$[A-Za-z_]\w*|\|[\w]{1,40}[>)](?=\[)|<[\w]{1,40}\|")
_CLOSING = re.compile(r"""[()]|"(?:[^"\\]|\\.){0,1000}+"|(?<![\w])'(?:[^'\\\n]|\\.){0,1000}+'""")
_HISTORY = re.compile(r"""\(\s*(?:history|visited)\s*:\s*\)\s*contains\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_VISITED = re.compile(r"""\(\s*visited\s*:\s*("[^"]*"|'[^']*')\s*\)""", re.IGNORECASE)

# Changers: they dress the hook, which is shown all the same.
_LOOKS = frozenset(
    ["textstyle", "textcolour", "textcolor", "colour", "color", "background", "font", "align", "transition", "t8n",
     "transitiontime", "t8ntime", "css", "box", "textrotate", "textrotatez", "hook", "textindent", "textsize",
     "collapse", "nobr", "verbatim", "bg", "size", "opacity", "border", "columns", "button", "charstyle", "linestyle"]
)  # fmt: skip
# Hooks that show later, or when something is clicked.
_LATER = frozenset(
    ["live", "after", "event", "more", "click", "clickreplace", "clickappend", "clickprepend", "mouseover", "mouseout",
     "mouseoverreplace", "hidden", "for", "loop", "replace", "append", "prepend", "dialog", "alert", "rerun", "show"]
)  # fmt: skip
_LINKS = frozenset(["link", "linkreplace", "linkreveal", "linkrepeat", "linkrerun", "linkfullscreen", "linkshow"])
_OFFERS = frozenset(["openstorylets", "linkstorylet"])
MAX_UNCLOSED = 200


class Token(NamedTuple):
    """Words, a link, a variable, a bracket, or a macro with its arguments."""

    kind: str
    name: str
    rest: str


def read_passage(place: str, text: str, report: Report) -> tuple[list[Piece], Expression | None]:
    """Return the pieces of a passage, and when it is open if it is a storylet."""
    reading = _Reading(Weaver(place, HARLOWE, report), _tokens(html_comments_out(text)))
    reading.read(None, 0)
    return reading.weaver.finish(), reading.offered


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = unclosed = 0
    for match in _OPENING.finditer(text):
        start = match.start()
        if start < at or unclosed > MAX_UNCLOSED:
            continue
        end, token = _token_at(text, start, match[0])
        if token is None:
            unclosed += 1
            continue
        if start > at:
            found.append(Token("words", "", text[at:start]))
        found.append(token)
        at = end
    return [*found, Token("words", "", text[at:])]


def _token_at(text: str, start: int, mark: str) -> tuple[int, Token | None]:
    if mark == "[[":
        end = end_of_link(text, start)
        return (end, Token("link", "", text[start + 2 : end - 2])) if end >= 0 else (start + 1, Token("open", "", "["))
    if mark == "(":
        macro = _MACRO.match(text, start)
        end = _end_of_macro(text, start)
        if macro is None or end < 0:
            return -1, None
        return end, Token("macro", _plain_name(macro[1]), text[macro.end() : end - 1].strip())
    kinds = {"[": "open", "]": "close", "$": "value", "|": "name", "<": "name"}
    return start + len(mark), Token(kinds[mark[0]], mark, mark)


def _plain_name(name: str) -> str:
    """Return a macro's name as Harlowe compares it: without case, dashes and underscores."""
    return name.lower().replace("-", "").replace("_", "")


def _end_of_macro(text: str, start: int) -> int:
    depth = 0
    for match in _CLOSING.finditer(text, start, start + 20_000):
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            depth -= 1
            if depth == 0:
                return match.end()
    return -1


class _Reading:
    """Walks over the tokens; a hook is read by calling `read` again."""

    def __init__(self, weaver: Weaver, tokens: list[Token]) -> None:
        self.weaver = weaver
        self.tokens = tokens
        self.at = 0
        self.offered: Expression | None = None

    def read(self, when: Expression | None, depth: int) -> None:
        """Read on to the end of this hook, or of the passage."""
        branches: Branches | None = None
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.kind == "close":
                if depth:
                    return
                self.weaver.words("]", when)
            elif token.kind == "open":
                self._hook(when, depth)
            elif token.kind == "link":
                self.weaver.link(token.rest, when)
            elif token.kind == "value":
                self.weaver.value(Variable(token.rest), when)
            elif token.kind == "words":
                self.weaver.words(token.rest.replace("{", "").replace("}", ""), when)
            elif token.kind == "macro":
                branches = self._macro(token, when, depth, branches)

    def _hook(self, when: Expression | None, depth: int) -> None:
        if depth > MAX_NESTED:
            self.weaver.lost("a hook nested too deeply")
            return
        self.read(when, depth + 1)

    def _hook_follows(self) -> bool:
        """Skip what may stand between a macro and its hook; return whether there is one, now opened."""
        at = self.at
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.kind == "open":
                self.at = at + 1
                return True
            joins = token.kind == "words" and token.rest.strip() in ("", "+") and "\n\n" not in token.rest
            looks = token.kind == "macro" and token.name in _LOOKS
            if not (joins or looks or token.kind == "name") or at - self.at > 8:
                return False
            at += 1
        return False

    def _macro(self, token: Token, when: Expression | None, depth: int, branches: Branches | None) -> Branches | None:
        name, rest, weaver = token.name, token.rest, self.weaver
        if name in ("if", "unless", "elseif", "else"):
            return self._if(name, rest, when, depth, branches)
        if name == "set":
            weaver.change(_readable(rest), when)
        elif name == "put":
            self._put(rest, when)
        elif name in ("goto", "display", "linkgoto", "linkrevealgoto", "linkundo", "undo"):
            self._to_passage(name, rest, when)
        elif name in _LINKS:
            self._link(rest, when, depth)
        elif name in _OFFERS:
            weaver.finish().append(Offers(when=when))
        elif name == "storylet":
            self.offered = parse(_readable(rest.removeprefix("when ")))
        elif name == "print":
            self._print(rest, when)
        else:
            self._other(name, when, depth)
        return branches

    def _other(self, name: str, when: Expression | None, depth: int) -> None:
        if name not in _LOOKS:
            self._name_other(name)
        if self._hook_follows():
            self._hook(when, depth)

    def _name_other(self, name: str) -> None:
        if name in _LATER:
            hint = "Give it a scene of its own if it matters."
            self.weaver.loosened(f"What ({name}:) holds is shown at once.", hint)
        else:
            self.weaver.lost(f"({name}:)")

    def _if(
        self, name: str, rest: str, when: Expression | None, depth: int, branches: Branches | None
    ) -> Branches | None:
        claim: Expression | None = None if name == "else" else parse(_readable(rest))
        if name == "unless" and claim is not None:
            claim = negated(claim)
        if name in ("if", "unless") or branches is None:
            branches = Branches()
        arm = branches.arm(claim)
        if self._hook_follows():
            self._hook(both(when, arm), depth)
        else:
            self.weaver.lost(f"({name}: {shortened(rest, 60)}) without a hook behind it")
        return branches

    def _put(self, rest: str, when: Expression | None) -> None:
        for part in split_outside(rest, ","):
            value, found, name = part.rpartition(" into ")
            change = parse_change(f"{name.strip()} to {_readable(value.strip())}") if found else None
            if change is None:
                self.weaver.lost(f"(put: {shortened(part, 60)})")
            else:
                self.weaver.change(change.source, when)

    def _to_passage(self, name: str, rest: str, when: Expression | None) -> None:
        given = _strings(rest)
        if name in ("undo", "linkundo"):
            hint = "Draw a way back if it is wanted."
            self.weaver.loosened(f"({name}:) leads back to the scene before.", hint)
            return
        if given is None or not given:
            self.weaver.lost(f"({name}: {shortened(rest, 60)}): where it leads is worked out during play")
        elif name == "goto":
            self.weaver.jump(given[0], when)
        elif name == "display":
            self.weaver.include(given[0], when)
        else:
            self.weaver.way(given[0], given[-1], when)
            if name == "linkrevealgoto" and self._hook_follows():
                self._read_body(0)

    def _link(self, rest: str, when: Expression | None, depth: int) -> None:
        """Read a link with a hook: what the hook does goes with the choice."""
        given = _strings(rest) or ["…"]
        if self._hook_follows():
            add_body(self.weaver, given[0], "", when, self._read_body(depth))
        else:
            self.weaver.lost(f"(link: {shortened(rest, 60)}) without a hook behind it")

    def _read_body(self, depth: int) -> list[Piece]:
        inner = Weaver(self.weaver.place, HARLOWE, self.weaver.report)
        outer, self.weaver = self.weaver, inner
        self._hook(None, depth)
        self.weaver = outer
        return inner.finish()

    def _print(self, rest: str, when: Expression | None) -> None:
        value = parse(_readable(rest))
        if isinstance(value, Literal) and isinstance(value.value, str):
            self.weaver.words(value.value, when)
        elif isinstance(value, Opaque):
            self.weaver.lost(f"(print: {shortened(rest, 60)})")
        else:
            self.weaver.value(value, when)


def _readable(source: str) -> str:
    """Return an expression with Harlowe's ways to ask for visits made calls."""
    source = _HISTORY.sub(r"visited(\1)", source) if "contains" in source else source
    return _VISITED.sub(r"visited(\1)", source)


def _strings(rest: str) -> list[str] | None:
    """Return the arguments when all are plain strings, else None."""
    found = []
    for part in split_outside(rest, ","):
        plain = part.strip()
        if len(plain) < 2 or plain[0] not in "\"'" or plain[-1] != plain[0]:
            return None
        found.append(unquoted(plain))
    return found
