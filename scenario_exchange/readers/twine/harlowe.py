"""Harlowe 1 to 3: macros (name: …) with hooks […] behind them. Known ones become pieces, others are named."""

import re

from scenario_exchange.imported import Report, shortened
from scenario_exchange.readers.stories.branches import Branches
from scenario_exchange.readers.stories.expressions import (
    Expression,
    Opaque,
    Variable,
    both,
    negated,
    unquoted,
)
from scenario_exchange.readers.stories.markup import html_comments_out
from scenario_exchange.readers.stories.pieces import Offers, Piece
from scenario_exchange.readers.stories.styles import HARLOWE
from scenario_exchange.readers.twine.bodies import add_body
from scenario_exchange.readers.twine.harlowe_tokens import NAMED, tokens_of
from scenario_exchange.readers.twine.scanning import Token
from scenario_exchange.readers.twine.sources import drawn_by_luck, parse_change, quoted_name, split_outside
from scenario_exchange.readers.twine.weaving import MAX_NESTED, Tongue, Weaver

# Lines that align what follows, or part it into columns, and lines joined by a backslash.
_ALIGNED = re.compile(r"^[ \t]*(?:=+><=+|<=+>|=+>|<=+|\|=+\|?|=+\|+=*)[ \t]*$", re.MULTILINE)
_JOINED = re.compile(r"\\[ \t]*\n|\n[ \t]*\\(?=[^\\])")
_VISITS = re.compile(r"(?<![\w$\"'])visits?(?![\w\"':])")
_HISTORY = re.compile(r"""\(\s*(?:history|visited)\s*:\s*\)\s*contains\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_VISITED = re.compile(r"""\(\s*visited\s*:\s*("[^"]*"|'[^']*')\s*\)""", re.IGNORECASE)

# Changers: they dress the hook, which is shown all the same.
_LOOKS = frozenset(
    ["textstyle", "textcolour", "textcolor", "colour", "color", "background", "font", "align", "transition", "t8n",
     "transitiontime", "t8ntime", "css", "box", "textrotate", "textrotatez", "hook", "textindent", "textsize",
     "collapse", "nobr", "verbatim", "bg", "size", "opacity", "border", "columns", "button", "charstyle", "linestyle",
     "t8ndelay", "transitiondelay", "hoverstyle", "linkstyle"]
)  # fmt: skip
# Hooks that show later, or when something is clicked.
_LATER = frozenset(
    ["live", "after", "event", "more", "mouseover", "mouseout", "mouseoverreplace", "hidden", "for", "loop", "replace",
     "append", "prepend", "dialog", "alert", "rerun", "show", "a11yhidden"]
)  # fmt: skip
_LINKS = frozenset(["link", "linkreplace", "linkreveal", "linkrepeat", "linkrerun", "linkfullscreen", "linkshow"])
_STAYING = frozenset({"linkrepeat", "linkrerun"})
# What is clicked stands elsewhere: words of the passage, or a hook by its name.
_CLICKS = frozenset(["click", "clickreplace", "clickappend", "clickprepend", "clickrerun"])


def _is_variable(name: str) -> bool:
    return name[:1] in ("$", "_")


_TONGUE = Tongue(style=HARLOWE, shown=re.compile(f"({NAMED})"), is_variable=_is_variable)
_OFFERS = frozenset(["openstorylets", "linkstorylet"])


def read_passage(place: str, text: str, report: Report) -> tuple[list[Piece], Expression | None]:
    """Return the pieces of a passage, and when it is open if it is a storylet."""
    plain = _JOINED.sub("", _ALIGNED.sub("", html_comments_out(text)))
    reading = _Reading(Weaver(place, _TONGUE, report), tokens_of(plain))
    reading.read(None, 0)
    return reading.weaver.finish(), reading.offered


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
                self._value(token.rest, when, depth)
            elif token.kind == "verbatim":
                self.weaver.verbatim(token.rest, when)
            elif token.kind == "words":
                self.weaver.words(token.rest.replace("{", "").replace("}", ""), when)
            elif token.kind == "macro":
                branches = self._macro(token, when, depth, branches)

    def _value(self, name: str, when: Expression | None, depth: int) -> None:
        """Read a variable: its value is shown, or decides on the hook that is fastened to it."""
        if self.at < len(self.tokens) and self.tokens[self.at].kind == "open":
            self.at += 1
            self._hook(both(when, Opaque(name)), depth)
        else:
            self.weaver.value(Variable(name), when)

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
            weaver.change(_readable(rest, weaver.place), when)
        elif name == "put":
            self._put(rest, when)
        elif name in ("goto", "display", "linkgoto", "linkrevealgoto", "clickgoto", "mouseovergoto"):
            self._to_passage(token, when)
        elif name in ("linkundo", "undo", "clickundo"):
            weaver.loosened(f"({token.written}:) leads back to the scene before.", "Draw a way back if it is wanted.")
        elif name in _LINKS or name in _CLICKS:
            self._link(token, when, depth)
        elif name in _OFFERS:
            weaver.finish().append(Offers(when=when))
        elif name == "storylet":
            self.offered = self._claim(rest.removeprefix("when "))
        elif name == "print":
            self._print(rest, when)
        else:
            self._other(token, when, depth)
        return branches

    def _other(self, token: Token, when: Expression | None, depth: int) -> None:
        if token.name in _LATER:
            hint = "Give it a scene of its own if it matters."
            self.weaver.loosened(f"What ({token.written}:) holds is shown at once.", hint)
        elif token.name not in _LOOKS:
            said = f" {shortened(token.rest, 60)}" if token.rest else ""
            self.weaver.lost(f"({token.written}:{said})")
        if self._hook_follows():
            self._hook(when, depth)

    def _if(
        self, name: str, rest: str, when: Expression | None, depth: int, branches: Branches | None
    ) -> Branches | None:
        claim: Expression | None = None if name == "else" else self._claim(rest)
        if name == "unless" and claim is not None:
            claim = negated(claim)
        if name in ("if", "unless") or branches is None:
            branches = self.weaver.branches()
        arm = branches.arm(claim)
        if self._hook_follows():
            self._hook(both(when, arm), depth)
        else:
            self.weaver.lost(f"({name}: {shortened(rest, 60)}) without a hook behind it")
        return branches

    def _put(self, rest: str, when: Expression | None) -> None:
        for part in split_outside(rest, ","):
            value, found, name = part.rpartition(" into ")
            change = parse_change(f"{name.strip()} to {_readable(value.strip(), self.weaver.place)}") if found else None
            if change is None:
                self.weaver.lost(f"(put: {shortened(part, 60)})")
            else:
                self.weaver.change(change.source, when)

    def _to_passage(self, token: Token, when: Expression | None) -> None:
        name, given, drawn = token.name, _strings(token.rest), drawn_by_luck(token.rest)
        if name == "goto" and drawn:
            self.weaver.draw(drawn, when)
        elif not given:
            what = f"({token.written}: {shortened(token.rest, 60)}): where it leads is worked out during play"
            self.weaver.lost(what)
        elif name == "goto":
            self.weaver.jump(given[0], when)
        elif name == "display":
            self.weaver.include(given[0], when)
        elif name == "linkrevealgoto" and self._hook_follows():
            add_body(self.weaver, given[0], given[-1], when, self._read_body(0))
        else:
            self.weaver.way(given[0], given[-1], when)

    def _link(self, token: Token, when: Expression | None, depth: int) -> None:
        """Read a link with a hook: what the hook does goes with the choice."""
        given = _strings(token.rest)
        if not self._hook_follows():
            self.weaver.lost(f"({token.written}: {shortened(token.rest, 60)}) without a hook behind it")
            return
        text = given[0] if given else token.rest.lstrip("?") if token.rest[:1] == "?" else "…"
        if given is None:
            self.weaver.loosened(f"({token.written}: {shortened(token.rest, 60)}) became a choice.", "Word it.")
        add_body(self.weaver, text, "", when, self._read_body(depth), once=token.name not in _STAYING)

    def _read_body(self, depth: int) -> list[Piece]:
        inner = Weaver(self.weaver.place, _TONGUE, self.weaver.report)
        outer, self.weaver = self.weaver, inner
        self._hook(None, depth)
        self.weaver = outer
        return inner.finish()

    def _claim(self, source: str) -> Expression:
        return self.weaver.claim(_readable(source, self.weaver.place))

    def _print(self, rest: str, when: Expression | None) -> None:
        value = self._claim(rest)
        if isinstance(value, Opaque):
            self.weaver.lost(f"(print: {shortened(rest, 60)})")
        else:
            self.weaver.printed(value, when)


def _readable(source: str, place: str) -> str:
    """Return an expression with Harlowe's ways to ask for visits made calls."""
    if "contains" in source:
        # The visit that is going on is not in the history yet.
        source = _HISTORY.sub(lambda found: _past(found[1], place), source)
    source = _VISITED.sub(lambda found: _past(found[1], place), source)
    return _VISITS.sub(lambda _: f"visited({quoted_name(place)})", source) if "visit" in source else source


def _past(name: str, place: str) -> str:
    return f"(visited({name}) >= 2)" if unquoted(name) == place else f"visited({name})"


def _strings(rest: str) -> list[str] | None:
    """Return the arguments when all are plain strings, else None."""
    found = []
    for part in split_outside(rest, ","):
        plain = part.strip()
        if len(plain) < 2 or plain[0] not in "\"'" or plain[-1] != plain[0]:
            return None
        found.append(unquoted(plain))
    return found
