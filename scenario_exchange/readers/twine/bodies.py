"""Links that do something: what stands in a link macro goes with the choice, or becomes a scene behind it."""

from scenario_exchange.imported import shortened
from scenario_exchange.readers.stories.expressions import Expression
from scenario_exchange.readers.stories.pieces import Change, Jump, Link, Piece, Words
from scenario_exchange.readers.twine.weaving import Weaver


def add_body(
    weaver: Weaver, text: str, target: str, when: Expression | None, body: list[Piece], *, once: bool = False
) -> None:
    """Add a link whose body does something: plain changes and words go with the choice, more becomes a scene."""
    weaver.way(text, target, when, once=once)
    link = weaver.pieces[-1]
    if not isinstance(link, Link):
        return
    ends = [piece for piece in body if isinstance(piece, Jump) and piece.when is None]
    if _is_plain(body):
        _fill(link, body, target or (ends[0].target if ends else ""))
        if link.stays:
            weaver.loosened(
                f"“{shortened(text, 40)}” only changes what is on the page; it leads back here.", "Draw the way on."
            )
        return
    weaver.loosened(f"What happens after “{shortened(text, 40)}” became a scene of its own.", "Play it once.")
    way_on = [Jump(target=target)] if target else [] if ends else [Jump(target="", back=True)]
    link.target, link.body = "", [*body, *way_on]


def _is_plain(body: list[Piece]) -> bool:
    """Return whether a body does nothing but change, say and lead on, without conditions."""
    words = [piece for piece in body if isinstance(piece, Words)]
    return (
        all(isinstance(piece, Words | Change | Jump) and piece.when is None for piece in body)
        and not any(piece.picture for piece in words)
        and (len(words) < 2 or not any(piece.shown for piece in words))
        and sum(isinstance(piece, Jump) for piece in body) < 2
    )


def _fill(link: Link, body: list[Piece], target: str) -> None:
    words = [piece for piece in body if isinstance(piece, Words) and piece.text]
    link.changes = [*link.changes, *(piece for piece in body if isinstance(piece, Change))]
    link.reaction = "\n\n".join(piece.text for piece in words)
    link.said = words[0].shown if words else []
    link.target = target
    link.stays = not target
