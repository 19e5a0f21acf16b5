"""The pasts of one search, each once, and what steps make of them. A step known from elsewhere is not worked out again.

In a large story many steps do the same to the same past: they add to one variable, or do nothing that anybody asks
about. Effects are applied by `rules`, which play uses too: there is no second meaning.
"""

from collections.abc import Hashable

from scenario_engine.document import Choice, Scenario
from scenario_engine.document.conditions import Effects
from scenario_engine.document.replies import Sample
from scenario_engine.proof.remembered import Memory
from scenario_engine.proof.situations import Past
from scenario_engine.rules import apply_effects

Changes = Effects | Choice | Sample
UNCHANGED = 0


class Pasts:
    """The pasts of a story's situations. Equal ones are the same object, so that comparing them costs nothing."""

    def __init__(self, scenario: Scenario, memory: Memory) -> None:
        self._scenario, self._memory = scenario, memory
        self._each: dict[Hashable, Past] = {}
        self._known: dict[tuple[Past, int, int], Past] = {}
        self._variables, self._facts = memory.names("variables"), memory.names("facts")
        self._numbers: dict[Hashable, int] = {((), (), ()): UNCHANGED}
        self._number_of: dict[int, int] = {}

    def settle(self, past: Past, scene: str) -> Past:
        """Return the one past that stands for a draft on arriving at `scene`."""
        kept = self._memory.at[scene]
        settled = self._each.setdefault((id(kept), past.keep(kept, self._memory.visit_limits)), past)
        settled.is_settled = True
        return settled

    def after(self, past: Past, changes: Changes | None, scene: str) -> Past:
        """Return what `past` is on arriving at `scene`, when nothing but `changes` happens on the way."""
        step = (past, UNCHANGED if changes is None else self._number(changes), id(self._memory.at[scene]))
        found = self._known.get(step)
        if found is None:
            copy = past.copy()
            self.change(copy, changes)
            found = self._known[step] = self.settle(copy, scene)
        return found

    def change(self, past: Past, changes: Changes | None) -> None:
        """Apply changes to a draft, where anybody asks about them."""
        if changes is not None and self._number(changes) != UNCHANGED:
            past.variables, past.facts = past.variables.copy(), past.facts.copy()
            apply_effects(self._scenario, past, changes.add, changes.set, changes.learn)

    def _number(self, changes: Changes) -> int:
        """Return a number for all changes that do the same to what is asked about."""
        if not self._variables and not self._facts:
            return UNCHANGED
        found = self._number_of.get(id(changes))
        if found is None:
            key = (
                tuple(each for each in changes.add.items() if each[0] in self._variables),
                # A flag is not a number, but equal to one in Python.
                tuple((*each, type(each[1])) for each in changes.set.items() if each[0] in self._variables),
                tuple(fact for fact in changes.learn if fact in self._facts),
            )
            found = self._number_of[id(changes)] = self._numbers.setdefault(key, len(self._numbers))
        return found
