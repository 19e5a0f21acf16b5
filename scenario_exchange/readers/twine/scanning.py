"""A passage in one pass: from every mark that may open something to where that ends, with the words between."""

import re
from collections.abc import Callable
from typing import NamedTuple

# So many marks may open what nothing closes; after that the rest is words.
MAX_UNCLOSED = 200


class Token(NamedTuple):
    """Words, a link, a variable, a bracket, a verbatim stretch, or a macro with its arguments."""

    kind: str
    name: str
    rest: str
    # The name of a macro as its author wrote it, where its kind of story has several spellings.
    written: str = ""


# Returns (where the token ends, the token; None where the mark opens nothing) of a text, a place and the mark there.
TokenAt = Callable[[str, int, str], tuple[int, Token | None]]


def scan(text: str, opening: re.Pattern[str], token_at: TokenAt) -> list[Token]:
    """Return the tokens of a passage in their order; all that is in none of them is words."""
    found: list[Token] = []
    at = unclosed = 0
    for match in opening.finditer(text):
        start = match.start()
        if start < at or unclosed > MAX_UNCLOSED:
            continue
        end, token = token_at(text, start, match[0])
        if token is None:
            unclosed += 1
            continue
        if start > at:
            found.append(Token("words", "", text[at:start]))
        found.append(token)
        at = end
    return [*found, Token("words", "", text[at:])]
