"""The formats that can be imported, as the upload page lists them. What reads them lives in scenario_exchange."""

from __future__ import annotations

from dataclasses import dataclass

from scenario_exchange.reading import READERS


@dataclass(frozen=True)
class Format:
    """One format, in words, with the endings its files have."""

    name: str
    title: str
    extensions: tuple[str, ...]


# A draft of ours with faults, which only we would read.
OWN = Format("document", "Branchwise scenario", (".yaml", ".yml", ".json"))
# Not listed: it says why it does not read, and it is Twee to everybody but us.
UNLISTED = frozenset({"twine-1", "twee-own"})


def list_formats() -> list[Format]:
    """Return every format that can be read, by title."""
    read = [each for each in READERS if each.name not in UNLISTED]
    found = [Format(each.name, each.title, tuple(_dotted(end) for end in each.extensions)) for each in read]
    return sorted(found, key=lambda each: each.title.lower())


def title_of(name: str) -> str:
    """Return the title of a format by its name, or the name where nobody knows it any more."""
    titles = {OWN.name: OWN.title, **{each.name: each.title for each in READERS}}
    return titles.get(name, name)


def accepted_extensions() -> str:
    """Return what a file input accepts. The content decides in the end, not the name."""
    return ",".join(sorted({extension for each in list_formats() for extension in each.extensions}))


def _dotted(extension: str) -> str:
    return extension if extension.startswith(".") else f".{extension}"
