"""Links in double brackets, as every Twine story format writes them."""

import re
from typing import NamedTuple

MAX_LINK = 4_000
_ADDRESS = re.compile(r"^\w{1,20}:///?\w")


class Bracketed(NamedTuple):
    """What stands between [[ and ]]: the words, the passage, and a setter of SugarCube."""

    text: str
    target: str
    setter: str = ""

    @property
    def is_address(self) -> bool:
        """Whether it leads to a page of the web, not to a passage."""
        return bool(_ADDRESS.match(self.target))


def parse_link(inside: str) -> Bracketed:
    """Return the parts of a link: text->passage, passage<-text, text|passage, or the passage alone."""
    body, _, setter = inside.partition("][")
    if "->" in body:
        text, _, target = body.rpartition("->")
    elif "<-" in body:
        target, _, text = body.partition("<-")
    elif "|" in body:
        text, _, target = body.rpartition("|")
    else:
        text = target = body
    return Bracketed(text.strip(), target.strip(), setter.strip().rstrip("]").strip())


def end_of_link(text: str, start: int) -> int:
    """Return where the link that begins at `start` ends (behind its brackets), or -1 when it does not."""
    end = text.find("]]", start + 2, start + MAX_LINK)
    return end + 2 if end >= 0 and "\n" not in text[start:end] else -1
