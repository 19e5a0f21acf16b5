"""What a model is asked, and what it answered: the seam between the rooms that ask and the providers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import msgspec

Shape = TypeVar("Shape", bound=msgspec.Struct)

# Marks around what authors, files and learners wrote. Their own copies of the marks are taken out, so that
# nothing inside can pretend to be outside.
OPEN, CLOSE = "<<<", ">>>"


@dataclass(frozen=True)
class Ask(Generic[Shape]):
    """One question to a model.

    `instructions` are ours; `material` is other people's text by name, and data only. `shape` is what the answer must
    decode to. `inputs` are the same facts in plain form: the scripted provider answers from them.
    """

    purpose: str
    instructions: str
    shape: type[Shape]
    material: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, Any] = field(default_factory=dict)
    max_tokens: int = 4000
    timeout_s: float = 120


@dataclass(frozen=True)
class Answered:
    """The words of an answer and what it cost; tokens are 0 where the server does not say."""

    text: str
    model: str
    prompt_tokens: int = 0
    completion_tokens: int = 0


class Provider(Protocol):
    """Two real ones exist: `openai_chat` and `scripted`. Raises ModelError."""

    name: str

    def complete(self, ask: Ask[Any]) -> Answered: ...


def delimit(material: Mapping[str, str]) -> str:
    """Return other people's text fenced and named, its own marks removed."""
    blocks = []
    for name, text in material.items():
        clean = text.replace(OPEN, "").replace(CLOSE, "")
        blocks.append(f"{OPEN}{name}\n{clean}\n{CLOSE}")
    return "\n\n".join(blocks)
