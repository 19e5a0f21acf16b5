"""What every confined child does around its work: bound itself, answer in a file, say how it ended. No Django."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from authoring.confined.bounds import DONE, OUT_OF_MEMORY, REFUSED, Bounds, accept_bounds

ANSWER = "answer.json"


class Refusal(Exception):
    """The work was refused for a reason that a person can read; `answer` says it."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__(str(answer))
        self.answer = answer


def be_confined(work: Callable[[Path], Any], bounds: Bounds) -> None:
    """Run `work` in the folder named on the command line and end the process."""
    folder = Path(sys.argv[1])
    accept_bounds(bounds)
    try:
        answer, code = work(folder), DONE
    except Refusal as refusal:
        answer, code = refusal.answer, REFUSED
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    (folder / ANSWER).write_bytes(msgspec.json.encode(answer, enc_hook=str))
    sys.exit(code)
