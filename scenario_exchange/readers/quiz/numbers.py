"""Numbers as quiz files write them."""

from __future__ import annotations

import math
import re
from typing import TypeVar

_NUMBER = re.compile(r"^[-+]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][-+]?\d{1,3})?$")
Default = TypeVar("Default", float, None)


def number_in(text: str, otherwise: Default) -> float | Default:
    """Return the number that a text says, with a decimal point or comma, else `otherwise`."""
    plain = text.strip().replace(",", ".").replace("−", "-")
    if not _NUMBER.match(plain):
        return otherwise
    value = float(plain)
    return value if math.isfinite(value) else otherwise
