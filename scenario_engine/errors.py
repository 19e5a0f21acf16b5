"""The engine's exceptions. Problems in an author's work are findings, never exceptions.

EngineError
├── ActionRefused      what was sent cannot be done now; `code` says why
├── NotPlayable        the story cannot be started (no start, or a kind that cannot be played yet)
└── BoundReached       a search met its stated bound before it was done
"""


class EngineError(Exception):
    """Anything the engine raises on purpose."""


class ActionRefused(EngineError):
    """The action does not fit where the attempt is now. Nothing has changed."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class NotPlayable(EngineError):
    """The story cannot be played."""


class BoundReached(EngineError):
    """The search space is larger than `bound` situations.

    `earned`: situations differ by what was earned, too; there are fewer where only the story is followed.
    """

    def __init__(self, bound: int, *, earned: bool = False) -> None:
        super().__init__(f"More than {bound:,} situations: the search was stopped.")
        self.bound = bound
        self.earned = earned
