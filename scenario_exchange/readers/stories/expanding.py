"""Passages shown inside passages: their pieces are put in place, within bounds."""

from collections.abc import Mapping

import msgspec

from scenario_exchange.imported import Report, shortened
from scenario_exchange.readers.stories.expressions import Expression, both
from scenario_exchange.readers.stories.pieces import Include, Jump, Link, Offers, Passage, Piece
from scenario_exchange.readers.wording import as_text

MAX_NESTED = 6
MAX_PIECES = 2_000


def expand(passage: Passage, passages: Mapping[str, Passage], report: Report) -> list[Piece]:
    """Return the pieces of a passage with those of the passages that it includes."""
    found: list[Piece] = []
    _expand(passage, None, (passage.name,), found, passages, report)
    return found


def _expand(
    passage: Passage,
    when: Expression | None,
    inside: tuple[str, ...],
    found: list[Piece],
    passages: Mapping[str, Passage],
    report: Report,
) -> None:
    for piece in passage.pieces:
        if len(found) >= MAX_PIECES:
            report.dropped(inside[0], f"What stands after the first {MAX_PIECES:,} pieces.", "Split the passage.")
            return
        condition = both(when, piece.when)
        if isinstance(piece, Offers):
            found.extend(_offered(passages, condition, inside[0]))
            continue
        if not isinstance(piece, Include):
            found.append(_placed(piece, condition, inside[0]))
            continue
        name = shortened(piece.target)
        included = passages.get(piece.target)
        if included is None:
            report.dropped(inside[0], f"It shows “{name}”, which does not exist.", "Write the text here.")
        elif piece.target in inside or len(inside) > MAX_NESTED:
            report.dropped(inside[0], f"It shows “{name}” inside itself.", "Lead to it with a choice.")
        else:
            report.changed(inside[0], f"The text of “{name}” is part of it.", "Change it in both places from now on.")
            _expand(included, condition, (*inside, piece.target), found, passages, report)


def _placed(piece: Piece, when: Expression | None, here: str) -> Piece:
    """Return a piece as it stands in the passage that shows it: what leads back leads there."""
    if isinstance(piece, Link) and piece.stays and not piece.target:
        return msgspec.structs.replace(piece, when=when, target=here)
    if isinstance(piece, Jump) and piece.back and not piece.target:
        return msgspec.structs.replace(piece, when=when, target=here)
    return msgspec.structs.replace(piece, when=when) if when is not piece.when else piece


def _offered(passages: Mapping[str, Passage], when: Expression | None, here: str) -> list[Piece]:
    """Return links to all storylets."""
    open_ones = [each for each in passages.values() if each.offered is not None and each.name != here]
    return [
        Link(text=as_text(each.name), target=each.name, when=both(when, each.offered))
        for each in open_ones[:MAX_PIECES]
    ]
