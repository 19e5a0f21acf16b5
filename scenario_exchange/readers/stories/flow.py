"""Statements that run one after the other (Yarn, ink) as passages: a menu or a jump ends one, the next goes on."""

import msgspec

from scenario_exchange.readers.stories.branches import Branches
from scenario_exchange.readers.stories.expressions import Asked, Binary, Expression, Unary, both
from scenario_exchange.readers.stories.pieces import Asks, Chance, Change, Include, Jump, Link, Passage, Piece, Words

MAX_NESTED = 40


class Option(msgspec.Struct, kw_only=True):
    """One entry of a menu, and what follows when it is chosen."""

    text: str
    body: list["Statement"]
    when: Expression | None = None
    once: bool = False
    shown: list[Expression] = []


class Menu(msgspec.Struct, kw_only=True):
    """The learner chooses."""

    options: list[Option]


class Arm(msgspec.Struct, kw_only=True):
    """What happens while a claim holds; `claim` is None for the last resort."""

    claim: Expression | None
    body: list["Statement"]


class Fork(msgspec.Struct, kw_only=True):
    """If, else if, else."""

    arms: list[Arm]


class Luck(msgspec.Struct, kw_only=True):
    """One of several is said, drawn by luck; one whose condition holds comes before those without."""

    options: list[Option]


class Stop(msgspec.Struct, kw_only=True):
    """The story ends here."""


Statement = Words | Change | Jump | Include | Link | Menu | Fork | Luck | Stop


def drawn(ways: list[tuple[str, Expression | None]]) -> list[Piece]:
    """Return the ways to one of several passages: what asks for most comes first, what asks for nothing is drawn."""
    asking = sorted((way for way in ways if way[1] is not None), key=lambda way: -_size(way[1]))
    free = [target for target, when in ways if when is None]
    found: list[Piece] = [Jump(target=target, when=when) for target, when in asking]
    if len(free) > 1:
        found.append(Chance(targets=free))
    return [*found, *(Jump(target=target) for target in free[:1] if len(free) == 1)]


def _size(expression: Expression | None) -> int:
    if isinstance(expression, Binary):
        return _size(expression.left) + _size(expression.right)
    return _size(expression.inner) if isinstance(expression, Unary | Asked) else 1


def is_plain(statements: list[Statement]) -> bool:
    """Return whether statements only say, change and show, so that they can stand inside another passage."""
    return all(
        isinstance(each, Words | Change | Include | Link)
        or (isinstance(each, Fork) and all(is_plain(arm.body) for arm in each.arms))
        for each in statements
    )


class Flow:
    """Turns the statements of one node into passages: the first has its name, others a name derived from it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.passages: list[Passage] = []
        self._count = 0
        self._end = ""
        self._waiting: list[tuple[Passage, list[Statement], str, int]] = []

    def compile(self, statements: list[Statement]) -> list[Passage]:
        """Return the passages of the node."""
        self._passage(self.name, statements, "", 0)
        # One after the other, not inside each other: a node may hold thousands of menus.
        while self._waiting:
            passage, waiting, after, depth = self._waiting.pop()
            goes_on = self._pieces(passage.pieces, None, waiting, after, depth)
            if goes_on and after:
                passage.pieces.append(Jump(target=after))
        return self.passages

    def _fresh(self) -> str:
        self._count += 1
        return f"{self.name} ({self._count + 1})"

    def _passage(self, name: str, statements: list[Statement], after: str, depth: int) -> None:
        """Add a passage of `statements` that goes on to `after` ("" ends the story)."""
        self.passages.append(Passage(name=name))
        self._waiting.append((self.passages[-1], statements, after, depth))

    def _pieces(
        self, pieces: list[Piece], when: Expression | None, statements: list[Statement], after: str, depth: int
    ) -> bool:
        """Add statements to a passage; return whether what stands after them still belongs to it."""
        for index, statement in enumerate(statements):
            if isinstance(statement, Stop):
                return False
            if isinstance(statement, Menu):
                self._menu(pieces, when, statement, statements[index + 1 :], after, depth)
                return False
            if isinstance(statement, Luck):
                self._luck(pieces, statement, statements[index + 1 :], after, depth)
                return False
            if isinstance(statement, Fork):
                if not all(is_plain(arm.body) for arm in statement.arms):
                    self._fork(pieces, statement, statements[index + 1 :], after, depth)
                    return False
                branches = Branches()
                pieces.append(Asks(key=branches.key))
                for arm in statement.arms:
                    self._pieces(pieces, both(when, branches.arm(arm.claim)), arm.body, after, depth + 1)
                continue
            pieces.append(msgspec.structs.replace(statement, when=both(when, statement.when)))
            if isinstance(statement, Jump) and statement.when is None:
                return False
        return True

    def _rest(self, rest: list[Statement], after: str, depth: int) -> str:
        """Return the passage that goes on with `rest`."""
        if not rest:
            return after
        name = self._fresh()
        self._passage(name, rest, after, depth)
        return name

    def _menu(
        self, pieces: list[Piece], when: Expression | None, menu: Menu, rest: list[Statement], after: str, depth: int
    ) -> None:
        behind = self._rest(rest, after, depth)
        for option in menu.options:
            target, changes = self._option(option, behind, depth)
            link = Link(text=option.text, target=target, when=both(when, option.when), once=option.once)
            link.changes, link.shown = changes, option.shown
            pieces.append(link)

    def _option(self, option: Option, behind: str, depth: int) -> tuple[str, list[Change]]:
        """Return where an option leads, and what it changes. Changes at its beginning go with the choice."""
        changes: list[Change] = []
        body = list(option.body)
        while body and isinstance(body[0], Change):
            changes.append(body.pop(0))  # type: ignore[arg-type]
        if len(body) == 1 and isinstance(body[0], Jump):
            return body[0].target, changes
        if not body:
            return behind or self._the_end(), changes
        name = self._fresh()
        self._passage(name, body if depth < MAX_NESTED else [], behind, depth + 1)
        return name, changes

    def _fork(self, pieces: list[Piece], fork: Fork, rest: list[Statement], after: str, depth: int) -> None:
        """A fork with menus or jumps inside: a passage of its own decides where to go."""
        behind = self._rest(rest, after, depth) or self._the_end()
        branches = Branches()
        jumps: list[Piece] = []
        for arm in fork.arms:
            name = self._fresh()
            self._passage(name, arm.body if depth < MAX_NESTED else [], behind, depth + 1)
            jumps.append(Jump(target=name, when=branches.arm(arm.claim)))
        if all(arm.claim is not None for arm in fork.arms):
            jumps.append(Jump(target=behind))
        self._decide(pieces, jumps)

    def _luck(self, pieces: list[Piece], luck: Luck, rest: list[Statement], after: str, depth: int) -> None:
        behind = self._rest(rest, after, depth) or self._the_end()
        ways: list[tuple[str, Expression | None]] = []
        for option in luck.options:
            name = self._fresh()
            self._passage(name, option.body if depth < MAX_NESTED else [], behind, depth + 1)
            ways.append((name, option.when))
        jumps = drawn(ways)
        if all(when is not None for _, when in ways):
            jumps.append(Jump(target=behind))
        self._decide(pieces, jumps)

    def _decide(self, pieces: list[Piece], jumps: list[Piece]) -> None:
        """Go on by conditions: what was said before is heard first, so a passage of its own decides after it."""
        if any(isinstance(piece, Words | Link | Include) for piece in pieces):
            deciding = self._fresh()
            self.passages.append(Passage(name=deciding, pieces=jumps))
            jumps = [Jump(target=deciding)]
        pieces.extend(jumps)

    def _the_end(self) -> str:
        if not self._end:
            self._end = self._fresh()
            self.passages.append(Passage(name=self._end))
        return self._end
