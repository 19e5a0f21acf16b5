"""What options are worth where they come from, compared with what they are worth here."""

from __future__ import annotations

from scenario_exchange.readers.quiz.items import QuizItem

_NEAR = 0.02


def told_of_worth(item: QuizItem) -> str:
    """Return what the report says of the worth of options, or "" when it stays what it was."""
    return _single(item) if item.kind == "single" else _multiple(item)


def _single(item: QuizItem) -> str:
    if any(option.share < 0 for option in item.options):
        return "Options that take points away are worth nothing: below zero there are no points."
    return ""


def _multiple(item: QuizItem) -> str:
    if not item.partial:
        return ""
    gains = [option.share for option in item.options if option.share > 0]
    losses = [-option.share for option in item.options if option.share <= 0]
    told = []
    if not _all_near(gains, 1 / max(1, len(gains))):
        told.append("right options share the points evenly")
    if losses and not _all_near(losses, 1 / len(losses)):
        told.append(f"each wrong option takes away {1 / len(losses):.0%} of the points{_instead(losses)}")
    words = ", and ".join(told)
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _instead(losses: list[float]) -> str:
    if not any(losses):
        return " (nothing where it comes from)"
    if _all_near(losses, losses[0]):
        return f" ({losses[0]:.0%} where it comes from)"
    return " (unlike amounts where it comes from)"


def _all_near(shares: list[float], wanted: float) -> bool:
    return all(abs(share - wanted) <= _NEAR for share in shares)
