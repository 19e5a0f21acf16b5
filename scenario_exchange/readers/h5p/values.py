"""Reading values that may be missing or of another type than the format says: real files are untidy."""

from typing import Any

Raw = dict[str, Any]


def obj(value: Any, *path: str) -> Raw:
    """Return the object at `path`, or an empty one."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def items(value: Any, *path: str) -> list[Any]:
    """Return the list at `path`, or an empty one."""
    *before, last = path
    found = obj(value, *before).get(last)
    return found if isinstance(found, list) else []


def words(value: Any, *path: str) -> str:
    """Return the text at `path`, or an empty one."""
    *before, last = path
    found = obj(value, *before).get(last)
    return found if isinstance(found, str) else ""


def number(value: Any, *path: str) -> float | None:
    """Return the number at `path`, also one written as a text, or None."""
    *before, last = path
    found = obj(value, *before).get(last)
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return None
    try:
        plain = float(found)
    except (ValueError, OverflowError):
        return None
    return plain if -1e6 <= plain <= 1e6 else None


def library(value: Any) -> str:
    """Return the name of a library without its release ("H5P.Image 1.1" is "Image")."""
    return words(value, "library").partition(" ")[0].removeprefix("H5P.")
