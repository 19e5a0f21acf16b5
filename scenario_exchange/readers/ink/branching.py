"""Conditions and alternatives of compiled ink: plain arms become text under a condition, others become ways."""

from __future__ import annotations

from typing import Any

from scenario_exchange.readers.ink.arms import Alternatives, end_of_plain, other_arms
from scenario_exchange.readers.ink.containers import Pointer, resolve
from scenario_exchange.readers.ink.vocabulary import settled
from scenario_exchange.readers.ink.walk import Walk
from scenario_exchange.readers.stories.branches import Branches
from scenario_exchange.readers.stories.expressions import Binary, Call, Expression, Literal, both
from scenario_exchange.readers.stories.pieces import Asks, Chance, Jump, Link, Passage, Words
from scenario_exchange.readers.stories.whole_lines import Lines


class Branching:
    """The half of a reading that decides; the other half (`walking`) reads what stands between."""

    def __init__(self, walk: Walk, passage: Passage) -> None:
        self.walk = walk
        self.passage = passage
        self.stack: list[Expression] = []
        self.strings: list[int] = []
        self.lines = Lines()

    def flush(self) -> None:
        """Make a piece of the text read so far."""
        raise NotImplementedError

    def pop(self) -> Expression:
        """Return the expression worked out last."""
        raise NotImplementedError

    def step(self, pointer: Pointer) -> Pointer | None:
        """Read what stands at a place; return where to go on."""
        raise NotImplementedError

    def item(self, item: Any, here: Pointer) -> Pointer | None:
        """Read one instruction; return where to go on."""
        raise NotImplementedError

    def arms(self, first: Pointer, onward: Pointer) -> Pointer | None:
        """Read a condition: plain arms are text that shows while it holds; others are ways."""
        rejoins = end_of_plain(first, self.walk.root)
        others = other_arms(first, rejoins, self.walk.root) if rejoins is not None else None
        if rejoins is None or others is None:
            self._decide(self.pop(), first, onward)
            return None
        branches = self._branches()
        self._said_while(branches.arm(self.pop()), first)
        for other in others:
            *test, last = other.content
            for at, item in enumerate(test):
                self.item(item, Pointer(other, at))
            arm = resolve(str(last["->"]), self.walk.root, Pointer(other, len(test)))
            when = branches.arm(self.pop() if last.get("c") else None)
            if arm is not None:
                self._said_while(when, arm)
        return rejoins

    def _branches(self) -> Branches:
        self.flush()
        branches = Branches()
        self.passage.pieces.append(Asks(key=branches.key))
        return branches

    def _said_while(self, when: Expression | None, arm: Pointer) -> None:
        inner = type(self)(self.walk, Passage(name=self.passage.name))
        inner.lines = self.lines.copy()
        last = len(arm.container.content) - 1
        pointer: Pointer | None = arm
        while pointer is not None and not (pointer.container is arm.container and pointer.at >= last):
            pointer = inner.step(pointer)
        inner.flush()
        self.lines = inner.lines
        for piece in inner.passage.pieces:
            piece.when = both(when, piece.when)
            self.passage.pieces.append(piece)

    def alternatives(self, found: Alternatives) -> Pointer | None:
        """Read {one|two}: which is said depends on how often its passage was visited, or on luck."""
        report, place = self.walk.report, self.passage.name
        if self.strings:
            self.walk.lacking["a choice whose words change"] = None
            return None
        if found.kind == "cycle":
            report.changed(place, "Alternatives that go round stay at the last one.", "Play it several times.")
        self.flush()
        if found.kind == "shuffle":
            report.changed(place, "Shuffled alternatives are drawn anew each time.")
            way: list[Jump | Chance] = [Chance(targets=[self.walk.passage_at(arm) for _, arm in found.arms])]
            self._ways(way, found.onward)
            return None
        plain = all(end_of_plain(arm, self.walk.root) == found.onward for _, arm in found.arms)
        visits = Call("visited", (Literal(place),))
        jumps: list[Jump | Chance] = []
        branches = self._branches() if plain else Branches()
        for index, arm in found.arms:
            last = index == found.number - 1
            claim = Binary(">=" if last else "is", visits, Literal(float(index + 1)))
            if plain:
                self._said_while(branches.arm(None if last else claim), arm)
            else:
                jumps.append(Jump(target=self.walk.passage_at(arm), when=claim))
        if plain:
            return found.onward
        self._ways([*jumps, Jump(target=self.walk.passage_at(settled(found.onward)))], found.onward)
        return None

    def _ways(self, ways: list[Jump | Chance], onward: Pointer) -> None:
        """Go one of several ways, after what was said before."""
        if not any(isinstance(piece, Words | Link) for piece in self.passage.pieces):
            self.passage.pieces.extend(ways)
            return
        name = f"{settled(onward).name} decides"
        self.walk.passages[name] = Passage(name=name, pieces=list(ways))
        self.passage.pieces.append(Jump(target=name))

    def _decide(self, claim: Expression, found: Pointer, onward: Pointer) -> None:
        """Go one way or the other: a passage of its own decides, so that what was said before is heard first."""
        self.flush()
        jumps: list[Jump | Chance] = [
            Jump(target=self.walk.passage_at(found), when=claim),
            Jump(target=self.walk.passage_at(settled(onward))),
        ]
        self._ways(jumps, onward)
