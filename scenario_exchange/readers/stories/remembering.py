"""Claims whose answer must be kept: what they ask about changes in the passage before its text goes by them."""

from collections.abc import Container

from scenario_exchange.readers.stories.expressions import Asked, Binary, Expression, Unary, leaves_of, mentioned
from scenario_exchange.readers.stories.pieces import Asks, Chance, Change, Jump, Piece


def asked_again(pieces: list[Piece]) -> list[Asked]:
    """Return the claims of a passage that are gone by after what they ask about has changed.

    All changes happen before the text shows; a change or jump happens in its turn.
    """
    changes = [(index, piece.name) for index, piece in enumerate(pieces) if isinstance(piece, Change)]
    places = {piece.key: index for index, piece in enumerate(pieces) if isinstance(piece, Asks)}
    if not changes or not places:
        return []
    found: dict[Asked, None] = {}
    seen: dict[int, list[Asked]] = {}
    changed: dict[Asked, int] = {}
    for index, piece in enumerate(pieces):
        if piece.when is None:
            continue
        if id(piece.when) not in seen:
            seen[id(piece.when)] = list(
                dict.fromkeys(leaf for leaf in leaves_of(piece.when) if isinstance(leaf, Asked))
            )
        in_turn = isinstance(piece, Change | Jump | Chance)
        for claim in seen[id(piece.when)]:
            if claim not in changed:
                changed[claim] = _first_change(claim, places, changes, len(pieces))
            if changed[claim] < (index if in_turn else len(pieces)):
                found[claim] = None
    return list(found)


def _first_change(claim: Asked, places: dict[int, int], changes: list[tuple[int, str]], never: int) -> int:
    """Return where something that a claim asks about changes first after it was asked."""
    if claim.key not in places:
        return never
    names = mentioned(claim)
    return next((at for at, name in changes if at > places[claim.key] and name in names), never)


def open_names(expression: Expression | None, kept: Container[Asked]) -> set[str]:
    """Return the variables that an expression asks about when it is gone by, not before."""
    if isinstance(expression, Asked) and expression in kept:
        return set()
    if isinstance(expression, Unary | Asked):
        return open_names(expression.inner, kept)
    if isinstance(expression, Binary):
        return open_names(expression.left, kept) | open_names(expression.right, kept)
    return mentioned(expression)
