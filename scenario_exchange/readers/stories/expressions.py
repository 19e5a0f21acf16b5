"""Expressions of story formats as small trees. Nothing is evaluated: what is not understood stays a quotation."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

MAX_DEPTH = 40
MAX_LENGTH = 4_000
MAX_TOKENS = 200


class Literal(NamedTuple):
    """A constant."""

    value: bool | float | str


class Variable(NamedTuple):
    """A variable of the story."""

    name: str


class Call(NamedTuple):
    """A function call; `visited` is the one that scenarios have an answer to."""

    name: str
    arguments: tuple["Expression", ...]


class Unary(NamedTuple):
    """not or minus."""

    operator: str
    inner: "Expression"


class Binary(NamedTuple):
    """and, or, a comparison, or arithmetic."""

    operator: str
    left: "Expression"
    right: "Expression"


class Opaque(NamedTuple):
    """What is not understood, as it stands in the source."""

    source: str


class Asked(NamedTuple):
    """A claim that the story looks into once, at a place of its passage, and goes by afterwards; `key` is the place."""

    inner: "Expression"
    key: int


Expression = Literal | Variable | Call | Unary | Binary | Opaque | Asked
TRUE = Literal(True)

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d{1,15}(?:\.\d{1,15})?)
    | (?P<string>"(?:[^"\\]|\\.){0,1000}+"|'(?:[^'\\]|\\.){0,1000}+')
    | (?P<name>[$_@]?[A-Za-z_][A-Za-z0-9_]*(?:[.][A-Za-z_][A-Za-z0-9_]*)*)
    | (?P<mark>===|!==|==|!=|<=|>=|&&|\|\||\+\+|--|[-+*/%<>!(),=])
    )""",
    re.VERBOSE,
)
_WORDS = {
    "eq": "is", "is": "is", "==": "is", "===": "is", "neq": "isnot", "ne": "isnot", "isnot": "isnot", "!=": "isnot",
    "!==": "isnot", "gt": ">", "gte": ">=", "ge": ">=", "lt": "<", "lte": "<=", "le": "<=", "and": "and",
    "&&": "and", "or": "or", "||": "or", "not": "not", "!": "not", "contains": "contains", "to": "to",
}  # fmt: skip
_BINDING = {
    "or": 1, "and": 2, "is": 4, "isnot": 4, "contains": 4, ">": 5, ">=": 5, "<": 5, "<=": 5,
    "+": 6, "-": 6, "*": 7, "/": 7, "%": 7,
}  # fmt: skip
_CONSTANTS: dict[str, bool] = {"true": True, "false": False, "yes": True, "no": False}


class Token(NamedTuple):
    """A piece of an expression: number, string, name or mark."""

    kind: str
    text: str


class _Misunderstood(ValueError):
    """The source is no expression that we know."""


@lru_cache(maxsize=2048)
def parse(source: str) -> Expression:
    """Return the tree of `source`, or the source itself as Opaque."""
    source = source.strip()
    if len(source) > MAX_LENGTH:
        return Opaque(source[:MAX_LENGTH])
    try:
        tokens = tokens_of(source)
        if len(tokens) > MAX_TOKENS:
            return Opaque(source)
        parser = _Parser(tokens)
        found = parser.expression(0, 0)
        return found if parser.at == len(tokens) else Opaque(source)
    except _Misunderstood:
        return Opaque(source)


def tokens_of(source: str) -> list[Token]:
    """Return the tokens of `source`; keywords are made one word each ("is not" is "isnot")."""
    found: list[Token] = []
    at = 0
    source = source.rstrip()
    while at < len(source):
        match = _TOKEN.match(source, at)
        if not match:
            raise _Misunderstood(source[at : at + 10])
        at = match.end()
        kind = match.lastgroup or ""
        text = match[kind]
        word = _WORDS.get(text.lower() if kind == "name" else text)
        if word == "not" and found and found[-1] == Token("mark", "is"):
            found[-1] = Token("mark", "isnot")
        elif (word or text) in (">", ">=", "<", "<=") and found and found[-1] == Token("mark", "is"):
            found[-1] = Token("mark", word or text)  # "$x is > 5", as Harlowe may have it
        elif word:
            found.append(Token("mark", word))
        else:
            found.append(Token(kind, text))
    return found


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def expression(self, binding: int, depth: int) -> Expression:
        if depth > MAX_DEPTH:
            raise _Misunderstood("depth")
        left = self._prefix(depth + 1)
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            strength = _BINDING.get(token.text, 0) if token.kind == "mark" else 0
            if strength <= binding:
                break
            self.at += 1
            left = Binary(token.text, left, self.expression(strength, depth + 1))
        return left

    def _next(self) -> Token:
        if self.at >= len(self.tokens):
            raise _Misunderstood("end")
        self.at += 1
        return self.tokens[self.at - 1]

    def _prefix(self, depth: int) -> Expression:
        token = self._next()
        if token.kind == "number":
            return Literal(float(token.text))
        if token.kind == "string":
            return Literal(unquoted(token.text))
        if token.kind == "name":
            return self._name(token.text, depth)
        if token.text in ("not", "-"):
            inner = self.expression(3 if token.text == "not" else 8, depth)
            if token.text == "-" and isinstance(inner, Literal) and isinstance(inner.value, float):
                return Literal(-inner.value)
            return Unary(token.text, inner)
        if token.text == "(":
            inner = self.expression(0, depth)
            self._expect(")")
            return inner
        raise _Misunderstood(token.text)

    def _name(self, name: str, depth: int) -> Expression:
        if self.at < len(self.tokens) and self.tokens[self.at] == Token("mark", "("):
            self.at += 1
            return Call(name, self._arguments(depth))
        constant = _CONSTANTS.get(name.lower())
        return Literal(constant) if constant is not None else Variable(name)

    def _arguments(self, depth: int) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while self.at < len(self.tokens) and self.tokens[self.at] != Token("mark", ")"):
            found.append(self.expression(0, depth))
            if self.at < len(self.tokens) and self.tokens[self.at] == Token("mark", ","):
                self.at += 1
        self._expect(")")
        return tuple(found)

    def _expect(self, mark: str) -> None:
        if self._next() != Token("mark", mark):
            raise _Misunderstood(mark)


def unquoted(text: str) -> str:
    """Return what a quoted string says."""
    inner = text[1:-1]
    return re.sub(r"\\(.)", r"\1", inner) if "\\" in inner else inner


def both(first: Expression | None, second: Expression | None) -> Expression | None:
    """Return the claim that both hold; None always holds."""
    if first is None or second is None:
        return second if first is None else first
    return Binary("and", first, second)


def negated(expression: Expression) -> Expression:
    """Return the opposite claim."""
    return Unary("not", expression)


def show(expression: Expression) -> str:
    """Return an expression for people to read in the report."""
    if isinstance(expression, Asked):
        return show(expression.inner)
    if isinstance(expression, Opaque):
        return expression.source
    if isinstance(expression, Variable):
        return expression.name
    if isinstance(expression, Literal):
        value = expression.value
        return (
            f"{value:g}"
            if isinstance(value, float)
            else str(value).lower()
            if isinstance(value, bool)
            else f'"{value}"'
        )
    if isinstance(expression, Call):
        return f"{expression.name}({', '.join(show(each) for each in expression.arguments)})"
    if isinstance(expression, Unary):
        return f"{expression.operator} ({show(expression.inner)})"
    words = {"isnot": "is not"}
    return f"{show(expression.left)} {words.get(expression.operator, expression.operator)} {show(expression.right)}"


def leaves_of(expression: Expression | None) -> Iterator[Expression]:
    """Yield what an expression is joined of by and, or, not and other operators; a claim that was asked is one."""
    if isinstance(expression, Unary):
        yield from leaves_of(expression.inner)
    elif isinstance(expression, Binary):
        yield from leaves_of(expression.left)
        yield from leaves_of(expression.right)
    elif expression is not None:
        yield expression


def mentioned(expression: Expression | None) -> set[str]:
    """Return the names of the variables in an expression."""
    if isinstance(expression, Variable):
        return {expression.name}
    if isinstance(expression, Unary | Asked):
        return mentioned(expression.inner)
    if isinstance(expression, Binary):
        return mentioned(expression.left) | mentioned(expression.right)
    return set()
