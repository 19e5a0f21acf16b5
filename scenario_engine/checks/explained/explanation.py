"""What is said about a rule."""

from typing import NamedTuple


class Explained(NamedTuple):
    """Why the rule matters, an example of what breaks it, and how to mend that."""

    why: str
    example: str
    mend: str
