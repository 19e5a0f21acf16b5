"""Files named on the command line."""

from pathlib import Path
from typing import TypeVar

import msgspec

from scenario_engine.codec import Decoded, decode

T = TypeVar("T")


class Unusable(Exception):
    """What was named cannot be used; the message says why."""


def read_bytes(name: str) -> bytes:
    """Return what is in a file. Raises Unusable."""
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Unusable(f"{name}: {error.strerror or error}") from error


def read_document(name: str) -> Decoded:
    """Return the scenario in a file, or its problems. Raises Unusable when there is no such file."""
    return decode(read_bytes(name))


def read_json(name: str, kind: type[T]) -> T:
    """Return the values in a JSON file. Raises Unusable when they are not what is wanted."""
    try:
        return msgspec.json.decode(read_bytes(name), type=kind)
    except msgspec.DecodeError as error:
        raise Unusable(f"{name}: {error}") from error
