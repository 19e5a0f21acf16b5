"""The libraries of the wheel's extra `formats`, imported when a format first needs them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

HINT = "Install the extra: pip install 'branchwise[formats]'."


class MissingLibrary(Exception):
    """A library of the extra `formats` is not installed."""

    def __init__(self, library: str) -> None:
        super().__init__(f"This format needs the library {library}. {HINT}")
        self.library = library


def library(module: str, name: str) -> Any:
    """Return a module of the library `name`. Raises MissingLibrary."""
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingLibrary(name) from error
