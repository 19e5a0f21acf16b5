"""Conditions and cues as lines of a storyboard."""

from __future__ import annotations

from typing import Any

import msgspec

from scenario_engine.document.replies import ConditionalCue, Cues
from scenario_exchange.storyboards.conditions import format_condition
from scenario_exchange.writers.board.parts import Cell, Piece, Say


def when(holder: Any) -> str:
    """Return the condition of a rule as a line."""
    return format_condition(msgspec.to_builtins(holder.when)) if holder.when is not None else ""


def cue_words(cues: Cues) -> Cell:
    """Return families of wording, one a line."""
    found: list[Piece] = []
    for family, cue in cues.items():
        said = cue.any if isinstance(cue, ConditionalCue) else cue
        told = f" ({when(cue)})" if isinstance(cue, ConditionalCue) and cue.when else ""
        found.append(Say(", ".join(said) + told, family))
    return found
