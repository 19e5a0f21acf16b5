"""Variables of a story: which type each has, and expressions over them as conditions and effects of a scenario."""

from collections.abc import Callable, Iterable
from typing import Any

from scenario_exchange.imported import Report, shortened
from scenario_exchange.readers.naming import Names, slug_of
from scenario_exchange.readers.stories.expressions import (
    Asked,
    Binary,
    Call,
    Expression,
    Literal,
    Opaque,
    Unary,
    Variable,
    mentioned,
    show,
)
from scenario_exchange.readers.stories.pieces import Change

Raw = dict[str, Any]
Condition = Raw | bool | None  # None: it cannot be said here
_COMPARING = ("is", "isnot", ">", ">=", "<", "<=")
_FLIPPED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
# Values of a variable with named values; one more is kept for what it is at the beginning.
MAX_WORDS = 49
_FAR = 1_000.0
_FARTHEST = 1_000_000.0
_VISITED = frozenset({"visited", "hasvisited", "passage.visits", "visits", "visited_count"})


class _Use:
    """What is known of one variable: the values it is given or compared with, and whether it grows."""

    def __init__(self) -> None:
        self.kinds: set[type] = set()
        self.words: dict[str, None] = {}
        self.low = 0.0
        self.high = 0.0
        self.grows = False
        self.start: bool | float | str | None = None
        # Whether a change that was understood gives it a value, and whether a part of the document speaks of it.
        self.is_given = False
        self.is_said = False

    def learn(self, value: bool | float | str) -> None:
        """Remember what matters of a value; a long story gives a variable thousands."""
        self.kinds.add(type(value))
        if isinstance(value, str):
            self.words[value] = None
        else:
            self.low, self.high = min(self.low, float(value)), max(self.high, float(value))

    @property
    def type(self) -> str:
        if self.grows or float in self.kinds:
            return "number" if str not in self.kinds and max(-self.low, self.high) <= _FARTHEST else ""
        if str in self.kinds:
            short = len(self.words) <= MAX_WORDS and all(len(word) <= 200 for word in self.words)
            return "choice" if self.kinds == {str} and short else ""
        return "flag"


class Variables:
    """Learns every use first (`note`, `note_change`), then answers with conditions, effects and definitions."""

    def __init__(self, report: Report, scene_of: Callable[[str], str | None]) -> None:
        self.report = report
        self.scene_of = scene_of
        self._uses: dict[str, _Use] = {}
        self._names = Names("v")
        # Flags that keep an answer, because what was asked about changes before it is gone by; and those in use.
        self._flags: dict[Asked, str] = {}
        self._remembered: dict[Asked, str] = {}

    def note(self, expression: Expression | None) -> None:
        """Learn what an expression says about the types of its variables."""
        if isinstance(expression, Variable):
            self._use(expression.name)
        elif isinstance(expression, Unary | Asked):
            self.note(expression.inner)
        elif isinstance(expression, Binary):
            left, right = expression.left, expression.right
            for one, other in ((left, right), (right, left)):
                # "Gold: " + $gold says nothing about the type of $gold.
                tells = expression.operator in _COMPARING or not isinstance(getattr(other, "value", ""), str)
                if isinstance(one, Variable) and isinstance(other, Literal) and tells:
                    self._use(one.name).learn(other.value)
            self.note(left)
            self.note(right)

    def note_change(self, change: Change, *, before: bool = False) -> None:
        """Learn what a change says; one made before play gives the value to start with."""
        use = self._use(change.name)
        if isinstance(change.value, Literal):
            value = change.value.value
            use.learn(value)
            use.grows = use.grows or change.operation == "add"
            use.is_given = True
            if before and change.operation == "set":
                use.start = value
        self.note(change.value)

    def _use(self, name: str) -> _Use:
        return self._uses.setdefault(name, _Use())

    def type_of(self, name: str) -> str:
        """Return number, flag or choice; "" for what takes values of several kinds."""
        return self._use(name).type

    def id_of(self, name: str) -> str:
        """Return the id of a variable that the document is about to speak of."""
        self._use(name).is_said = True
        return self._names.of(name, name.lstrip("$_@"))

    def remember(self, claims: Iterable[Asked]) -> dict[Asked, Raw]:
        """Let flags answer `claims` from now on, and no others; return how each is asked at its place."""
        self._remembered = {}
        asked = {claim: self.condition(claim) for claim in claims}
        found = {claim: condition for claim, condition in asked.items() if isinstance(condition, dict)}
        for claim in found:
            if claim not in self._flags:
                about = min(mentioned(claim), default="it").lstrip("$_@")
                self._flags[claim] = self._names.fresh(slug_of(f"was {about}", "v"), "")
            self._remembered[claim] = self._flags[claim]
        return found

    def flag_of(self, claim: Asked) -> str:
        """Return the flag that keeps the answer to a claim."""
        return self._flags[claim]

    def definitions(self) -> dict[str, Raw]:
        """Return the variables for the document."""
        found: dict[str, Raw] = {}
        for name, use in self._uses.items():
            if not use.type or not (use.is_said or use.start is not None):
                continue
            found[self.id_of(name)] = self._definition(name, use)
            if not use.is_given:
                start = show(Literal(found[self.id_of(name)]["start"]))
                what = f"“{name}” is asked about, but nothing that was converted changes it: it stays {start}."
                self.report.changed("Variables", what, "Change it in the scenes where it should.")
        return found | {flag: {"type": "flag", "start": False} for flag in self._flags.values()}

    def _definition(self, name: str, use: _Use) -> Raw:
        if use.type == "flag":
            return {"type": "flag", "start": bool(use.start)}
        if use.type == "choice":
            start = use.start if isinstance(use.start, str) else ""
            words = list(dict.fromkeys([start, *use.words]))[:50]
            return {"type": "choice", "of": words, "start": start}
        first = float(use.start) if isinstance(use.start, bool | float) else 0.0
        low, high = min(first, use.low), max(first, use.high)
        if use.grows:
            low, high = (-_FAR if low < 0 else 0.0), max(_FAR, high)
            self.report.changed(
                "Variables",
                f"“{name}” is kept between {low:g} and {high:g}.",
                "Give it the range that it really needs.",
            )
        return {"type": "number", "range": [low, high], "start": first}

    def condition(self, expression: Expression | None) -> Condition:
        """Return `expression` as a condition; True or False when it always or never holds; None when it cannot be."""
        if expression is None:
            return True
        if isinstance(expression, Asked):
            flag = self._remembered.get(expression)
            return {"var": flag, "is": True} if flag else self.condition(expression.inner)
        if isinstance(expression, Opaque):
            return None
        if isinstance(expression, Literal):
            return bool(expression.value)
        if isinstance(expression, Variable):
            return self._is_set(expression.name)
        if isinstance(expression, Call):
            return self._visits(expression, ">=", 1)
        if isinstance(expression, Unary):
            return opposite(self.condition(expression.inner)) if expression.operator == "not" else None
        if expression.operator in ("and", "or"):
            return _joined(expression.operator, self.condition(expression.left), self.condition(expression.right))
        return self._compared(expression) if expression.operator in _COMPARING else None

    def _is_set(self, name: str) -> Condition:
        kind = self.type_of(name)
        var = self.id_of(name) if kind else ""
        if kind == "flag":
            return {"var": var, "is": True}
        if kind == "number":
            return {"not": {"var": var, "is": 0}}
        return {"not": {"var": var, "is": ""}} if kind == "choice" else None

    def _compared(self, claim: Binary) -> Condition:
        left, operator, right = claim.left, claim.operator, claim.right
        if isinstance(left, Literal) and not isinstance(right, Literal):
            left, operator, right = right, _FLIPPED.get(operator, operator), left
        if not isinstance(right, Literal):
            return None
        if isinstance(left, Unary | Binary) and isinstance(right.value, bool) and operator in ("is", "isnot"):
            holds = self.condition(left)
            return holds if right.value == (operator == "is") else opposite(holds)
        if isinstance(left, Call):
            value = right.value
            if isinstance(value, bool):
                seen = self._visits(left, ">=", 1)
                return seen if value == (operator == "is") else opposite(seen)
            return self._visits(left, operator, value) if isinstance(value, float) else None
        if not isinstance(left, Variable):
            return None
        return self._variable(left.name, operator, right.value)

    def _variable(self, name: str, operator: str, value: bool | float | str) -> Condition:
        kind = self.type_of(name)
        if kind == "number" and not isinstance(value, str):
            return _number({"var": self.id_of(name)}, operator, float(value))
        if (kind, type(value)) in (("flag", bool), ("choice", str)) and operator in ("is", "isnot"):
            same: Raw = {"var": self.id_of(name), "is": value}
            return same if operator == "is" else {"not": same}
        return None

    def _visits(self, call: Call, operator: str, value: float) -> Condition:
        if call.name.lower() not in _VISITED or len(call.arguments) != 1:
            return None
        (argument,) = call.arguments
        scene = self.scene_of(str(argument.value)) if isinstance(argument, Literal) else None
        return _number({"visits": scene}, operator, value) if scene else None

    def effects(self, changes: Iterable[Change], place: str) -> Raw:
        """Return changes as `add` and `set`, naming in the report each that cannot be said."""
        add: dict[str, float] = {}
        values: dict[str, Any] = {}
        for change in changes:
            value = self._value(change)
            if value is None:
                self.report.dropped(place, f"“{shortened(change.source)}” was not converted.", "Set it by hand.")
                continue
            var = self.id_of(change.name)
            if change.operation == "set":
                add.pop(var, None)
                values[var] = value
            elif var in values:
                values[var] += value
            else:
                add[var] = add.get(var, 0.0) + float(value)
        return {"add": {k: v for k, v in add.items() if abs(v) <= _FARTHEST}, "set": values}

    def _value(self, change: Change) -> bool | float | str | None:
        if not isinstance(change.value, Literal):
            return None
        value, kind = change.value.value, self.type_of(change.name)
        if kind == "number" and not isinstance(value, str):
            return float(value)
        return value if (kind, type(value)) in (("flag", bool), ("choice", str)) else None

    def slot(self, expression: Expression) -> str | None:
        """Return how a text shows the value of an expression, or None when it cannot."""
        if isinstance(expression, Variable) and self.type_of(expression.name) in ("number", "choice"):
            return f"{{{self.id_of(expression.name)}}}"
        return None


def opposite(condition: Condition) -> Condition:
    """Return the condition that holds when `condition` does not."""
    if condition is None or isinstance(condition, bool):
        return None if condition is None else not condition
    return condition["not"] if set(condition) == {"not"} else {"not": condition}


def _joined(operator: str, left: Condition, right: Condition) -> Condition:
    if left is None or right is None:
        return None
    settled = operator == "or"  # true settles an or, false settles an and
    if isinstance(left, bool):
        return left if left == settled else right
    if isinstance(right, bool):
        return right if right == settled else left
    name = "all" if operator == "and" else "any"
    parts: list[Raw] = []
    for each in (left, right):
        parts += each[name] if set(each) == {name} else [each]
    return {name: parts}


def _number(subject: Raw, operator: str, value: float) -> Condition:
    if abs(value) > _FARTHEST:
        return None
    plain = int(value) if value == int(value) else value
    found: dict[str, Raw] = {
        "is": {**subject, "is": plain},
        "isnot": {"not": {**subject, "is": plain}},
        ">=": {**subject, "at_least": plain},
        "<=": {**subject, "at_most": plain},
        ">": {"not": {**subject, "at_most": plain}},
        "<": {"not": {**subject, "at_least": plain}},
    }
    return found[operator]
