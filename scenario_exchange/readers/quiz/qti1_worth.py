"""What the conditions of a QTI 1.2 item give for an answer, and what they tell then."""

from __future__ import annotations

from typing import Any

from scenario_exchange.readers.quiz.markup import attribute, every, first, name_of
from scenario_exchange.readers.quiz.numbers import number_in

_LOW, _HIGH = ("vargte", "vargt"), ("varlte", "varlt")
_TESTS = ("varequal", "varsubstring", *_LOW, *_HIGH)
# Names that exporters give to what is told of all answers, of right and of wrong ones.
_ALL, _RIGHT, _WRONG = ("general_fb",), ("correct_fb", "correct"), ("general_incorrect_fb", "incorrect_fb", "incorrect")


class _Condition:
    """One condition: its tests that are not denied, its points, and the names of what it tells."""

    def __init__(self, element: Any) -> None:
        tested = first(element, "conditionvar")
        denied = {each for outer in every(element, "not") for each in outer.iter()}
        found = list(every(tested, *_TESTS)) if tested is not None else []
        self.tests = [each for each in found if each not in denied]
        self.by_name: dict[str, list[tuple[str, Any]]] = {}
        for each in self.tests:
            self.by_name.setdefault(attribute(each, "respident"), []).append((name_of(each), each))
        self.only_denied = bool(found) and not self.tests
        self.other = tested is not None and first(tested, "other") is not None
        self.points = sum(_points(each) for each in every(element, "setvar"))
        self.told = [attribute(each, "linkrefid") for each in every(element, "displayfeedback")]

    def of(self, name: str, *kinds: str) -> list[Any]:
        """Return the tests of a response."""
        return [each for kind, each in self.by_name.get(name, []) if kind in kinds]


class Worth:
    """The conditions of an item, asked answer by answer."""

    def __init__(self, item: Any, feedback: dict[str, str]) -> None:
        self.feedback = feedback
        self.conditions = [_Condition(each) for each in every(item, "respcondition")]
        self.by_name: dict[str, list[_Condition]] = {}
        for each in self.conditions:
            for name in each.by_name:
                self.by_name.setdefault(name, []).append(each)
        # Whether points are given for several answers together only.
        giving = [each for each in self.conditions if each.points > 0]
        self.together = len(giving) == 1 and len(giving[0].tests) > 1
        self.used: set[str] = set()

    def knows(self, name: str) -> bool:
        """Return whether any condition tests a response."""
        return name in self.by_name

    def shares(self, name: str, keys: list[str], *, several: bool) -> dict[str, float]:
        """Return the share of the points that each key gives; of a whole with several right ones, a part of it."""
        given: dict[str, float] = dict.fromkeys(keys, 0.0)
        for condition in self.by_name.get(name, []):
            for test in condition.of(name, "varequal"):
                key = _text(test)
                if condition.points and key in given:
                    given[key] = max(condition.points, given[key]) if given[key] else condition.points
        gains = [value for value in given.values() if value > 0]
        full = (sum(gains) if several else max(gains)) if gains else 1.0
        return {key: value / full for key, value in given.items()}

    def order(self, name: str) -> list[str]:
        """Return the keys of a response in the order that gives points."""
        for condition in self.by_name.get(name, []):
            tests = condition.of(name, "varequal")
            if len(tests) > 1 and condition.points > 0:
                numbered = [(number_in(attribute(each, "index"), 0), each) for each in tests]
                return [_text(each) for _, each in sorted(numbered, key=lambda pair: pair[0])]
        return []

    def typed(self, name: str) -> list[tuple[float, list[str], list[tuple[str, str]], bool]]:
        """Return (share, accepted texts, accepted ranges, whether a part is enough) of each condition with points."""
        giving = [each for each in self.by_name.get(name, []) if each.points > 0]
        highest = max((each.points for each in giving), default=1.0)
        found = []
        for each in giving:
            loose = each.of(name, "varsubstring")
            texts = [_text(test) for test in [*each.of(name, "varequal"), *loose]]
            found.append((each.points / highest, list(dict.fromkeys(texts)), _ranges(each, name), bool(loose)))
        return found

    def minds_capitals(self, name: str) -> bool:
        """Return whether a condition tells capitals from small letters."""
        tests = [test for each in self.by_name.get(name, []) for test in each.of(name, "varequal")]
        return any(attribute(test, "case").lower() == "yes" for test in tests)

    def told_by_answer(self, name: str) -> dict[str, str]:
        """Return what is told after each answer to a response."""
        found: dict[str, list[str]] = {}
        for condition in self.by_name.get(name, []):
            for test in condition.of(name, "varequal", "varsubstring"):
                for told in condition.told:
                    if told not in (*_ALL, *_RIGHT, *_WRONG):
                        self.used.add(told)
                        found.setdefault(_text(test), []).append(self.feedback.get(told, ""))
        return {key: "\n\n".join(dict.fromkeys(each for each in told if each)) for key, told in found.items()}

    def told_of_all(self) -> tuple[str, str, str]:
        """Return what is told whatever is answered, after the right answer, and after others."""
        named: dict[str, set[str]] = {"all": set(_ALL), "right": set(_RIGHT), "wrong": set(_WRONG)}
        for condition in self.conditions:
            if condition.only_denied:
                named["wrong"].update(condition.told)
            elif not condition.tests:
                named["all"].update(told for told in condition.told if told not in (*_RIGHT, *_WRONG))
        found = []
        for names in named.values():
            told = [name for name in self.feedback if name in names]
            self.used.update(told)
            found.append("\n\n".join(dict.fromkeys(self.feedback[name] for name in told if self.feedback[name])))
        return found[0], found[1], found[2]

    def lost(self) -> list[str]:
        """Return what no condition with an answer tells."""
        tested = {told for each in self.conditions if each.tests for told in each.told}
        return [words for name, words in self.feedback.items() if words and name not in self.used | tested]


def _ranges(condition: _Condition, name: str) -> list[tuple[str, str]]:
    """Return the ranges of a condition: a lower and a higher bound inside the same element."""
    highs: dict[Any, str] = {}
    for each in condition.of(name, *_HIGH):
        highs.setdefault(each.getparent(), _text(each))
    lows = [(_text(each), highs.get(each.getparent())) for each in condition.of(name, *_LOW)]
    return [(low, high) for low, high in lows if high is not None][:100]


def _text(element: Any) -> str:
    return str(element.text or "").strip()


def _points(setvar: Any) -> float:
    return number_in(str(setvar.text or ""), 0.0) if attribute(setvar, "action").lower() in ("set", "add", "") else 0.0
