"""Starters: small complete scenarios to write over. One YAML file each; the list gives their order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from authoring.documents import document_in
from scenario_engine.codec import to_raw

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Starter:
    """One starter, as the start page shows it."""

    name: str
    title: str
    summary: str


STARTERS = (
    Starter("conversation", "A conversation", "Two decisions, a reaction after each choice, three endings by trust."),
    Starter("lesson", "A plain lesson", "Two pages and an ending: something to read before a conversation."),
    Starter("quiz", "A short quiz", "Three questions with feedback and a second try."),
    Starter("empty", "An empty page", "One page and one ending, nothing else."),
)


def load_starter(name: str) -> dict[str, Any]:
    """Return the raw document of a starter; the empty one for a name that is not in the list."""
    known = {starter.name for starter in STARTERS}
    return to_raw(document_in((FOLDER / f"{name if name in known else 'empty'}.yaml").read_bytes()))
