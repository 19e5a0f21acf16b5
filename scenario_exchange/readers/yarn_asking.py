"""What Yarn's expressions ask for: variables, those that are worked out of others, and visits to nodes."""

import re

from scenario_exchange.imported import Report, shortened
from scenario_exchange.readers.stories.expressions import (
    Binary,
    Call,
    Expression,
    Literal,
    Opaque,
    Unary,
    Variable,
    both,
    mentioned,
    negated,
    parse,
)
from scenario_exchange.readers.stories.pieces import Change, Story
from scenario_exchange.readers.twine.sources import parse_change
from scenario_exchange.readers.yarn_nodes import Node

_DECLARED = re.compile(r"^\s*<<\s*declare\s+(.*?)(?:\s+as\s+\w+)?\s*>>")
# A case of an enumeration: .Started, or State.Started; a description behind the value of a declaration.
_CASE = re.compile(r"(?<![\w\"'$.)])\.([A-Za-z_]\w*)")
_DESCRIBED = re.compile(r'(\S)\s+"[^"]{0,500}"$')
_COMPARING = ("is", "isnot", ">", ">=", "<", "<=")
_VISITED = ("visited", "visited_count")
MAX_SIZE = 100


class Asking:
    """Knows what is declared, wherever it is declared, and reads expressions accordingly."""

    def __init__(self, nodes: list[Node], story: Story, report: Report) -> None:
        self.report = report
        self._worked_out: dict[str, Expression] = {}
        for node in nodes:
            for line in node.lines:
                declared = _DECLARED.match(line)
                if declared:
                    self._declare(node, declared[1], story)

    def _declare(self, node: Node, source: str, story: Story) -> None:
        change = self.change(source)
        if change is not None and isinstance(change.value, Opaque) and _DESCRIBED.search(source):
            change = self.change(_DESCRIBED.sub(r"\1", source))
        if change is None:
            self.report.dropped(node.name, f"Not converted: <<declare {shortened(source, 60)}>>.")
        elif isinstance(change.value, Literal):
            story.before.append(change)
        elif isinstance(change.value, Opaque) or not mentioned(change.value):
            story.before.append(change)  # named where the story's variables are
        else:
            self._worked_out[change.name] = change.value
            what = f"“{change.name}” is worked out of others; each condition on it asks for them instead."
            self.report.changed("Variables", what)

    def claim(self, source: str, node: Node) -> Expression:
        """Return an expression that stands in a node. A visit counts there once it is over, here when it begins."""
        return self._within(self._expanded(_named_cases(parse(_with_cases(source))), 0), node.title)

    def change(self, source: str) -> Change | None:
        """Return the change that a command makes."""
        change = parse_change(_with_cases(source))
        if change is not None:
            change.value = _named_cases(change.value)
        return change

    def first_visit(self, node: Node) -> Expression:
        """Return the claim that a node is played for the first time."""
        return negated(Binary(">=", Call("visited", (Literal(node.name),)), Literal(2.0)))

    def when_of(self, node: Node) -> Expression | None:
        """Return when a node of a group may be played."""
        found: Expression | None = None
        for source in node.whens:
            once, _, rest = source.partition(" if ") if source.startswith("once") else ("", "", source)
            if once:
                found = both(found, negated(Call("visited", (Literal(node.name),))))
            if rest.strip() and rest.strip() != "always":
                # It is asked before the node is entered.
                found = both(found, self._expanded(_named_cases(parse(_with_cases(rest.strip()))), 0))
        return found

    def _expanded(self, found: Expression, depth: int) -> Expression:
        """Return an expression with what is worked out of other variables in their place."""
        if not self._worked_out or depth > MAX_SIZE:
            return found
        if isinstance(found, Variable):
            value = self._worked_out.get(found.name)
            return self._expanded(value, depth + MAX_SIZE // 4) if value is not None else found
        if isinstance(found, Unary):
            return Unary(found.operator, self._expanded(found.inner, depth + 1))
        if isinstance(found, Binary):
            left = self._expanded(found.left, depth + 1)
            return Binary(found.operator, left, self._expanded(found.right, depth + 1))
        return found

    def _within(self, found: Expression, title: str) -> Expression:
        """Return an expression whose visits to the node that it stands in leave out the visit going on."""
        if _asks_for(found, title):
            return Binary(">=", found, Literal(2.0))
        if isinstance(found, Unary):
            return Unary(found.operator, self._within(found.inner, title))
        if not isinstance(found, Binary):
            return found
        if found.operator in _COMPARING and isinstance(found.right, Literal) and _asks_for(found.left, title):
            value = found.right.value
            if isinstance(value, bool):
                again = Binary(">=", found.left, Literal(2.0))
                return again if value == (found.operator == "is") else negated(again)
            return Binary(found.operator, found.left, Literal(value + 1)) if isinstance(value, float) else found
        return Binary(found.operator, self._within(found.left, title), self._within(found.right, title))


def _with_cases(source: str) -> str:
    return _CASE.sub(r'"\1"', source) if "." in source and '"' not in source else source


def _named_cases(found: Expression) -> Expression:
    """Return an expression with the cases of enumerations as words: what has no $ is no variable."""
    if isinstance(found, Variable) and not found.name.startswith("$"):
        return Literal(found.name.rpartition(".")[2])
    if isinstance(found, Unary):
        return Unary(found.operator, _named_cases(found.inner))
    if isinstance(found, Binary):
        return Binary(found.operator, _named_cases(found.left), _named_cases(found.right))
    return found


def _asks_for(found: Expression, title: str) -> bool:
    if not isinstance(found, Call) or found.name not in _VISITED or len(found.arguments) != 1:
        return False
    return found.arguments[0] == Literal(title)
