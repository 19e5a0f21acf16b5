"""The one door for texts, JSON and YAML: encodings, forbidden characters, depth and size. Nothing is guessed."""

import codecs
from typing import Any

from scenario_engine.codec.reading import Unreadable, read_raw
from scenario_exchange.imported import ImportRefused
from scenario_exchange.limits import DEFAULT, Limits

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WIDE = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def decode_text(data: bytes, limits: Limits = DEFAULT, place: str = "") -> str:
    """Return the text of `data` (UTF-8, or UTF-16 with its mark) with plain line ends. Raises ImportRefused."""
    if len(data) > limits.text:
        raise ImportRefused(
            "import.too-large",
            f"A text has {len(data):,} bytes; at most {limits.text:,} are read.",
            "Split it, and keep media outside the text.",
            place,
        )
    encoding, skip = next(((name, len(mark)) for mark, name in _BOMS if data.startswith(mark)), ("utf-8", 0))
    if data.startswith(_WIDE):
        raise _bad_encoding("The text is in UTF-32.", place)
    try:
        text = data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: skip + error.start].count(b"\n") + 1
        raise _bad_encoding(f"Byte {skip + error.start:,} (line {line:,}) is not {encoding.upper()}.", place) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        hint = "Delete it, or save the file as UTF-8 if it was saved as UTF-16 without a mark."
        raise ImportRefused("import.nul", f"Line {line:,} contains the NUL character.", hint, place)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _bad_encoding(message: str, place: str) -> ImportRefused:
    return ImportRefused("import.encoding", message, "Open the file and save it as UTF-8.", place)


def read_json(text: str, limits: Limits = DEFAULT, place: str = "") -> Any:
    """Return the values of a JSON text. Raises ImportRefused, also for NaN, duplicate keys and half characters."""
    if text.count("{") + text.count("[") + text.count(",") > limits.values:
        raise _too_many(limits.values, place)
    if text.lstrip()[:1] not in ("{", "["):
        raise ImportRefused("import.json", "The text is no JSON object or list.", "Export it again.", place)
    return _read(text, place)


def read_yaml(text: str, limits: Limits = DEFAULT, place: str = "") -> Any:
    """Return the values of a YAML 1.2 text, without aliases and tags. Raises ImportRefused."""
    if yaml_marks(text) > limits.yaml_values:
        raise _too_many(limits.yaml_values, place, "Convert it to JSON, which is read faster, or split it.")
    return _read(text, place)


def yaml_marks(text: str) -> int:
    """Return how many values a YAML text may hold at most, by its signs."""
    return text.count("\n") + text.count(",") + text.count("[") + text.count("{") + text.count(": ")


def _read(text: str, place: str) -> Any:
    try:
        return read_raw(text.encode("utf-8", "surrogatepass"))
    except Unreadable as error:
        finding = error.finding
        where = finding.path if finding.path not in ("", "$") else ""
        code = finding.code.replace("document.", "import.")
        raise ImportRefused(code, finding.message, finding.hint, place or where) from error


def _too_many(most: int, place: str, hint: str = "Split it.") -> ImportRefused:
    return ImportRefused("import.too-large", f"The file holds more than {most:,} values.", hint, place)
