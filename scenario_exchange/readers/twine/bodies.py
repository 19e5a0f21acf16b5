"""Links that do something: what stands in a link macro goes with the choice."""

from scenario_exchange.imported import shortened
from scenario_exchange.readers.stories.expressions import Expression
from scenario_exchange.readers.stories.pieces import Change, Jump, Link, Piece, Words
from scenario_exchange.readers.twine.weaving import Weaver


def add_body(weaver: Weaver, text: str, target: str, when: Expression | None, body: list[Piece]) -> None:
    """Add a link whose body does something: changes go with the choice, words are its reaction."""
    changes = [piece for piece in body if isinstance(piece, Change)]
    jumps = [piece.target for piece in body if isinstance(piece, Jump)]
    reaction = [piece for piece in body if isinstance(piece, Words) and piece.text]
    weaver.way(text, target or (jumps[0] if jumps else ""), when, changes)
    made = weaver.pieces[-1]
    if isinstance(made, Link):
        if len(reaction) == 1:
            made.reaction, made.shown = reaction[0].text, reaction[0].shown
        elif reaction:
            made.reaction = "\n\n".join(piece.text for piece in reaction if not piece.shown)
        if any(piece.when is not None or (piece.shown and len(reaction) > 1) for piece in reaction):
            weaver.lost(f"conditions inside the link “{shortened(text, 40)}”")
    if not target and not jumps:
        weaver.loosened(
            f"“{shortened(text, 40)}” only changes what is on the page; it leads back here.", "Draw the way on."
        )
        if isinstance(made, Link):
            made.target = weaver.place
            made.once = True
    for piece in body:
        if isinstance(piece, Link):
            weaver.pieces.append(piece)
