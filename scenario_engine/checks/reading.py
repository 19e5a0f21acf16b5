"""How hard a text is to read: one published formula per language, and none where none has been shown to hold.

Flesch and its kin, higher is easier: English (Flesch 1948), German (Amstad 1978), French (Kandel and Moles 1958),
Spanish (Fernández Huerta 1959), Italian (Franchina and Vacca 1972), Dutch (Douma 1960). LIX (Björnsson 1968), lower is
easier: Swedish, Danish, Norwegian. Syllables are counted as groups of vowels, which is near enough over 100 words.
"""

import re
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?…]+(?:\s|$|[”’\"»)])|\n")
_MARKUP = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]|[*_`#>]|\{[^{}]*\}")
_VOWELS = re.compile(r"[aeiouyáàâäãåæéèêëíìîïóòôöõøœúùûüýÿ]+", re.IGNORECASE)
MIN_WORDS = 100


class Formula(NamedTuple):
    """base − per_sentence · words per sentence − per_word · syllables per word."""

    base: float
    per_sentence: float
    per_word: float


FLESCH = {
    "en": Formula(206.835, 1.015, 84.6),
    "de": Formula(180, 1, 58.5),
    "fr": Formula(207, 1.015, 73.6),
    "es": Formula(206.84, 1.02, 60),
    "it": Formula(217, 1.3, 60),
    "nl": Formula(206.84, 0.93, 77),
}
LIX = frozenset({"sv", "da", "nb", "nn", "no"})
HARD_FLESCH, HARD_LIX = 45, 50


class Reading(NamedTuple):
    """What a text measures: the words in it, the number, the name of the scale, and whether that is hard to read."""

    words: int
    value: float
    scale: str
    is_hard: bool


def count_words(text: str) -> int:
    """Return the number of words as a reader sees them."""
    return len(_WORD.findall(_MARKUP.sub(_shown, text)))


def measure(texts: list[str], language: str) -> Reading | None:
    """Return how hard texts are to read; None for a language without a formula, or for fewer than 100 words."""
    code = language.partition("-")[0].lower()
    if code not in FLESCH and code not in LIX:
        return None
    plain = [_MARKUP.sub(_shown, text) for text in texts]
    words = [word for text in plain for word in _WORD.findall(text)]
    if len(words) < MIN_WORDS:
        return None
    sentences = sum(max(1, len(_SENTENCE.findall(text))) for text in plain)
    per_sentence = len(words) / sentences
    if code in LIX:
        value = per_sentence + 100 * sum(len(word) > 6 for word in words) / len(words)
        return Reading(len(words), round(value, 1), "LIX", value > HARD_LIX)
    syllables = sum(max(1, len(_VOWELS.findall(word))) for word in words)
    formula = FLESCH[code]
    value = formula.base - formula.per_sentence * per_sentence - formula.per_word * syllables / len(words)
    return Reading(len(words), round(value, 1), "Flesch", value < HARD_FLESCH)


def _shown(match: re.Match[str]) -> str:
    return match.group(2) or match.group(1) or ""
