"""Numbers as people type them, read by the rules of their language. No guess beyond that: anything else is refused."""

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache

MAX_LENGTH = 40
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
# Groups of three, or of two before the last three as in India.
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}")
_PLAIN = re.compile(r"\d+(?:\.\d*)?|\.\d+")


def read_number(text: str, locale: str) -> Fraction | None:
    """Return the number typed in a language, exactly; None when it is not one.

    The language's own marks come first (German 1.250,5). A single mark that cannot group thousands there is a decimal
    mark whichever it is (8.5 typed in German, 8,5 typed in English). Digits may be of any script.
    """
    typed = _western(text.strip())
    if not typed or len(typed) > MAX_LENGTH:
        return None
    sign, digits = (typed[0], typed[1:]) if typed[0] in "+-" else ("", typed)
    decimal, group = _marks(locale)
    plain = _in_language(digits, decimal, group) or _with_one_mark(digits)
    return Fraction(sign + plain) if _PLAIN.fullmatch(plain) else None


def show_exactly(number: Fraction) -> str:
    """Return a number as stored: a decimal with a point ("8.5"), or a fraction where no decimal is exact ("1/3")."""
    ten = number.denominator
    for prime in (2, 5):
        while ten % prime == 0:
            ten //= prime
    if ten != 1:
        return str(number)
    places = 0
    while number.denominator != 1:
        number, places = number * 10, places + 1
    digits = str(abs(number.numerator)).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _western(text: str) -> str:
    digits = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    joined = "".join(digits).replace("\u2212", "-").replace("\u066b", ".").replace("\u066c", ",")
    return re.sub(r"[\u200e\u200f\u061c]", "", joined).replace("’", "'")


def _in_language(digits: str, decimal: str, group: str) -> str:
    """Return the number with a point for the decimal mark, where it is well-formed in the language, else ""."""
    if digits.count(decimal) > 1:
        return ""
    whole, mark, rest = digits.partition(decimal)
    joined = (_SPACES.sub(",", whole) if group == " " else whole.replace(group, ",")) if group else whole
    if "," in joined:
        if not _GROUPED.fullmatch(joined):
            return ""
        joined = joined.replace(",", "")
    return joined + ("." + rest if mark else "")


def _with_one_mark(digits: str) -> str:
    """Return the number where its only mark, a point or a comma, cannot group thousands; else ""."""
    found = re.fullmatch(r"(\d*)[.,](\d+)", digits)
    return f"{found[1]}.{found[2]}" if found else ""


@lru_cache(maxsize=64)
def _marks(locale: str) -> tuple[str, str]:
    """Return the decimal and the group mark of a language; a space stands for every kind of space."""
    # Babel is slow to import, and checking needs none of it.
    from babel import Locale, UnknownLocaleError
    from babel.numbers import get_decimal_symbol, get_group_symbol

    try:
        known = Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        known = Locale("en")
    decimal, group = (_western(mark) for mark in (get_decimal_symbol(known), get_group_symbol(known)))
    return decimal, " " if _SPACES.fullmatch(group) else group
