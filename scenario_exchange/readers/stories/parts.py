"""Passages that are only shown inside others: they become no scenes of their own."""

from collections.abc import Iterator

from scenario_exchange.readers.stories.pieces import Chance, Include, Jump, Link, Passage, Piece, Story


def only_parts(story: Story) -> set[str]:
    """Return the passages that are shown inside others and that nothing leads to."""
    passages = {each.name: each for each in story.passages}
    every = [piece for each in story.passages for piece in _all_pieces(each.pieces)]
    shown = {piece.target for piece in every if isinstance(piece, Include)}
    if not shown:
        return set()
    led_to = {piece.target for piece in every if isinstance(piece, Link | Jump)}
    led_to |= {target for piece in every if isinstance(piece, Chance) for target in piece.targets}
    led_to |= {each.name for each in story.passages if each.offered is not None}
    parts = {name for name in shown if name in passages} - led_to - {story.start}
    # Parts that show each other and that no scene shows are scenes after all, or nobody would see them again.
    waiting = [each for each in story.passages if each.name not in parts]
    seen: set[str] = set()
    for passage in waiting:
        found = (_shown_in(passage) & parts) - seen
        seen |= found
        waiting.extend(passages[name] for name in sorted(found))
    return seen


def _shown_in(passage: Passage) -> set[str]:
    return {piece.target for piece in _all_pieces(passage.pieces) if isinstance(piece, Include)}


def _all_pieces(pieces: list[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        yield piece
        if isinstance(piece, Link) and piece.body:
            yield from _all_pieces(piece.body)
