"""What follows a choice: where more happens than a choice can hold, a passage of its own is put behind it."""

from collections.abc import Mapping

import msgspec

from scenario_exchange.imported import Report, shortened
from scenario_exchange.readers.stories.pieces import Jump, Link, Passage, Piece, spoken

MAX_DEEP = 6


class Following:
    """Makes the passages behind choices, and remembers which passage each belongs to."""

    def __init__(self, passages: Mapping[str, Passage], report: Report) -> None:
        self.passages = passages
        self.report = report
        # The name of a passage behind a choice: where its ways back lead, and how many choices stand before it.
        self._made: dict[str, tuple[str, int]] = {}
        self._numbers: dict[str, int] = {}

    def after(self, name: str, pieces: list[Piece]) -> tuple[list[Piece], list[Passage]]:
        """Return the pieces of a passage with choices that lead to what follows them, and the passages that do."""
        added: list[Passage] = []
        found: list[Piece] = []
        root, deep = self._made.get(name, (name, 0))
        for piece in pieces:
            if not isinstance(piece, Link) or not piece.body:
                found.append(piece)
            elif deep >= MAX_DEEP:
                what = f"What happens after “{shortened(spoken(piece.text), 40)}”, a choice behind many others."
                self.report.dropped(name, what, "Give it a scene of its own.")
                found.append(msgspec.structs.replace(piece, body=[], target=root, stays=True))
            else:
                behind = self._behind(name, piece)
                self._made[behind.name] = (root, deep + 1)
                behind.pieces = [_back_to(root, each) for each in piece.body]
                added.append(behind)
                found.append(msgspec.structs.replace(piece, body=[], target=behind.name))
        return found, added

    def is_made(self, name: str) -> bool:
        """Return whether a passage stands behind a choice, and came from no file."""
        return name in self._made

    def _behind(self, name: str, link: Link) -> Passage:
        wanted = found = f"{name}: {shortened(spoken(link.text), 40)}"
        number = self._numbers.get(wanted, 1)
        while found in self.passages or found in self._made:
            number += 1
            found = f"{wanted} ({number})"
        self._numbers[wanted] = number
        return Passage(name=found)


def _back_to(root: str, piece: Piece) -> Piece:
    if isinstance(piece, Jump) and piece.back and not piece.target:
        return msgspec.structs.replace(piece, target=root)
    if isinstance(piece, Link) and piece.stays and not piece.target:
        return msgspec.structs.replace(piece, target=root)
    return piece
