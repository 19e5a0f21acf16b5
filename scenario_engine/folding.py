"""Words made comparable: what two people type for the same thing becomes the same text. Used for answers and cues."""

import re
import unicodedata
from functools import lru_cache

# An apostrophe holds a word together, whichever of its signs is typed.
_APOSTROPHES = str.maketrans("", "", "'’‘ʼʹ`´")
# Vowel marks of Arabic and Hebrew, which most people leave out, and the Arabic stretching stroke.
_OPTIONAL_MARKS = re.compile("[\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u0640]")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return `text` as compared: NFKC, casefolded, without apostrophes and optional marks, punctuation as space.

    Spaces are single and none stands at the ends. Accents stay: in most languages they make another word. A text of
    punctuation alone stays as it is.
    """
    whole = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()
    bare = _OPTIONAL_MARKS.sub("", whole.translate(_APOSTROPHES))
    spaced = "".join(_kept(sign) for sign in bare)
    return " ".join(spaced.split()) or whole


def _kept(sign: str) -> str:
    if sign.isascii():
        return sign if sign.isalnum() or sign in "$+<=>^|~" else " "
    category = unicodedata.category(sign)
    if category[0] in "PZ":
        return " "
    return "" if category[0] == "C" else sign


def clean(text: str) -> str:
    """Return what a learner typed, as it is kept: NFC, without control signs (line breaks stay), trimmed."""
    kept = "".join(c for c in text.replace("\r\n", "\n") if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", kept).strip()
