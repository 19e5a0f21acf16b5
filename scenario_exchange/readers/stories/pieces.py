"""What a passage is made of once its format has been read: words, links, changes, jumps and inclusions."""

import re

import msgspec

from scenario_exchange.readers.stories.expressions import Expression

# Words hold variables as a placeholder: this mark, the index in `Words.shown`, and the same mark again.
PLACEHOLDER = "\ue000"
_VALUE = re.compile(f"{PLACEHOLDER}\\d+{PLACEHOLDER}")


def spoken(text: str) -> str:
    """Return authored text as its author wrote it, for a name or the report."""
    text = _VALUE.sub("…", text) if PLACEHOLDER in text else text
    return re.sub(r"\\(.)", r"\1", text) if "\\" in text else text


class Words(msgspec.Struct, kw_only=True):
    """Authored text, shown while `when` holds; `shown` are the expressions whose values stand in it."""

    text: str
    when: Expression | None = None
    who: str = ""
    shown: list[Expression] = []
    # (name of the file or data address, words for those who do not see it)
    picture: tuple[str, str] | None = None
    # Whether it goes on in the line of the text before it, and whether blanks stand around it.
    joins: bool = False
    before: bool = False
    after: bool = False


class Change(msgspec.Struct, kw_only=True):
    """A variable gets a value ("set") or grows by it ("add")."""

    name: str
    operation: str
    value: Expression
    source: str
    when: Expression | None = None


class Link(msgspec.Struct, kw_only=True):
    """A way on that the reader chooses; `target` is the name of a passage, "" when it is not known before play."""

    text: str
    target: str
    when: Expression | None = None
    once: bool = False
    changes: list[Change] = []
    shown: list[Expression] = []
    # What is said to the choice, and the values that stand in it.
    reaction: str = ""
    said: list[Expression] = []
    # What happens after the choice, where that is more than changes and words: it becomes a scene of its own.
    body: list["Piece"] = []
    # It leads back to the passage it stands in, which is not entered again.
    stays: bool = False


class Jump(msgspec.Struct, kw_only=True):
    """The story goes on by itself; with `back`, to the passage whose choice led here."""

    target: str
    when: Expression | None = None
    back: bool = False


class Chance(msgspec.Struct, kw_only=True):
    """The story goes on to one of several passages, drawn by luck."""

    targets: list[str]
    when: Expression | None = None


class Include(msgspec.Struct, kw_only=True):
    """Another passage is shown inside this one."""

    target: str
    when: Expression | None = None


class Asks(msgspec.Struct, kw_only=True):
    """Here the story looks into a claim that later pieces go by."""

    key: int
    when: Expression | None = None


class Offers(msgspec.Struct, kw_only=True):
    """Every passage that is open just now (a storylet) is offered here."""

    when: Expression | None = None


Piece = Words | Change | Link | Jump | Chance | Include | Offers | Asks


class Passage(msgspec.Struct, kw_only=True):
    """A passage, knot or node: its name, its pieces, where it stood on the map, and the author's notes."""

    name: str
    pieces: list[Piece] = []
    at: tuple[float, float] | None = None
    tags: list[str] = []
    notes: list[str] = []
    # Storylets: offered wherever the story offers what is open.
    offered: Expression | None = None
    # The name that stays when the passage is renamed, where the format has one.
    key: str = ""


class Story(msgspec.Struct, kw_only=True):
    """Passages in the author's order, where play starts, and what is set before it does."""

    title: str
    passages: list[Passage]
    start: str = ""
    before: list[Change] = []
    key: str = ""
    language: str = ""
