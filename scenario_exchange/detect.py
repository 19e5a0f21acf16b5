"""`read`: a file of any supported format. The bytes tell the format first, the name second."""

import io
import re
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, BinaryIO

import msgspec

from scenario_exchange.imported import Imported, ImportRefused, shortened
from scenario_exchange.limits import DEFAULT, MEGABYTE, Limits
from scenario_exchange.markup import without_scripts
from scenario_exchange.packages import Package, looks_packed
from scenario_exchange.pausing import uncollected
from scenario_exchange.plain import decode_text, read_json

_HEAD = 65_536
# A file written out in letters (base64), in long lines or in one.
_ENCODED = re.compile(r"(?:(?<![A-Za-z0-9+/=])[A-Za-z0-9+/=]{60,}+\s?){4,}+|(?<![A-Za-z0-9+/=])[A-Za-z0-9+/=]{500,}+")
# What may stand before a page or JSON: blanks, and the mark of UTF-8, also where bytes are looked at as letters.
_BEFORE = "\ufeff\xef\xbb\xbf \t\r\n"


class Peek:
    """A file as readers see it: looked at first (`extension`, `head`, `package`), then read (`text`, `json`).

    Everything is worked out once, when first asked for, behind the hardened doors.
    """

    def __init__(self, file: BinaryIO, name: str, limits: Limits = DEFAULT) -> None:
        self.name = shortened(PurePosixPath(name.replace("\\", "/")).name)
        self.extension = PurePosixPath(self.name.lower()).suffix
        self.limits = limits
        self._file = file
        # Work done, not time passed: a busy machine must not refuse an honest file.
        self._until = time.thread_time() + limits.seconds
        self._words = 0
        self.size = file.seek(0, io.SEEK_END)
        if self.size > limits.upload:
            raise ImportRefused(
                "import.too-large",
                f"The file has {self.size:,} bytes; at most {limits.upload:,} are read.",
                "Split it, or leave out large films.",
            )
        if not self.size:
            raise ImportRefused("import.empty", "The file is empty.", "Export it again.")
        file.seek(0)
        self.start = file.read(_HEAD)

    @property
    def is_package(self) -> bool:
        """Whether the bytes are a zip package."""
        return looks_packed(self.start)

    @cached_property
    def package(self) -> Package:
        """The opened package. Raises ImportRefused."""
        return Package(self._file, self.limits)

    @cached_property
    def data(self) -> bytes:
        """All bytes of a file that is no package."""
        if self.size > self.limits.text:
            decode_text(b" " * (self.limits.text + 1), self.limits)  # says what is too large, in one place
        self._file.seek(0)
        return self._file.read()

    @cached_property
    def head(self) -> str:
        """The beginning of a text, without the blanks before it; "" for a package or other binary file."""
        if self.is_package:
            return ""
        wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(self.start[:2])
        text = self.start.decode(wide or "utf-8", "replace").lstrip("\ufeff \t\r\n")
        return "" if "\0" in text else text

    @cached_property
    def text(self) -> str:
        """The whole text. Raises ImportRefused."""
        return decode_text(self.data, self.limits)

    @cached_property
    def looks_like_json(self) -> bool:
        """Whether the text begins as JSON does."""
        rest = self.head[1:].lstrip()
        if self.head[:1] == "{":
            return rest[:1] in ('"', "}", "")
        return self.head[:1] == "[" and self.extension in ("", ".json", ".js") and rest[:1] in ("{", "[", '"', "]", "")

    @cached_property
    def json(self) -> Any:
        """The values of a JSON text. Raises ImportRefused."""
        return read_json(self.text, self.limits)

    def check_words(self, text: str) -> None:
        """Refuse a file whose texts, this one and those before, are more than can be turned into ours in time."""
        first = text[:1_000].lstrip(_BEFORE)[:1]
        if len(text) > self.limits.words:
            text = without_scripts(text) if first == "<" else text
            text = _ENCODED.sub("", text) if "base64" in text else text
        # Half of JSON and of markup is names of fields and tags, which cost little.
        self._words += len(text) // 2 if first in ("<", "{", "[") else len(text)
        if self._words > self.limits.words:
            bound = self.limits.words // MEGABYTE
            raise ImportRefused(
                "import.too-large",
                f"The file holds more than {bound} MB of words.",
                "Split it into stories.",
                self.name,
            )
        if text.count("<") + text.count("&lt;") > self.limits.elements:
            raise ImportRefused(
                "import.too-large", f"The file holds more than {self.limits.elements:,} tags.", "Split it.", self.name
            )

    def check_time(self) -> None:
        """Refuse a file that takes far longer than an honest one. Readers call it now and then."""
        if time.thread_time() > self._until:
            raise ImportRefused("import.too-slow", "Reading the file takes too long.", "Split it, or tell us about it.")


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """A format: its stable name, what people call it, and how to know and read a file of it."""

    name: str
    title: str
    extensions: tuple[str, ...]
    fits: Callable[[Peek], bool]
    read: Callable[[Peek], Imported]
    # Whether its words are turned into ours, which takes time; those of our own formats are ours already.
    converts: bool = True


def detect(peek: Peek, readers: tuple[Reader, ...]) -> Reader:
    """Return the first reader that the contents fit. Raises ImportRefused when there is none."""
    for reader in readers:
        if reader.fits(peek):
            return reader
    named = [reader.title for reader in readers if peek.extension in reader.extensions]
    message = (
        f"The name says {' or '.join(named)}, but the contents are something else."
        if named
        else "No reader knows this file."
    )
    titles = ", ".join(dict.fromkeys(reader.title for reader in readers))
    raise ImportRefused("import.unknown-format", message, f"These can be imported: {titles}.", peek.name)


def read_with(readers: tuple[Reader, ...], file: BinaryIO, name: str, limits: Limits = DEFAULT) -> Imported:
    """Return what a file holds. Raises ImportRefused; nothing is half-imported."""
    peek = Peek(file, name, limits)
    reader = detect(peek, readers)
    if reader.converts and not peek.is_package:
        peek.check_words(peek.text)
    with uncollected():
        imported = reader.read(peek)
    if not imported.documents:
        raise ImportRefused("import.empty", "There is no scenario in this file.", "Export it again.", peek.name)
    return imported
