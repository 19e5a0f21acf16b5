"""Texts of quiz files: Markdown of other tools, and how the report names a medium that stays behind."""

from __future__ import annotations

import re

from scenario_exchange.imported import shortened
from scenario_exchange.readers.html_text import from_html
from scenario_exchange.readers.wording import as_text, clean, quoted, tidy

_MEDIA = {"img": "picture", "audio": "sound", "video": "film", "source": "medium"}
_TAG = re.compile(r"<[a-z/!][^<>]{0,300}>", re.IGNORECASE)
_PICTURE = re.compile(r"!\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")
_CODE = re.compile(r"`[^`\n]{0,500}`")


def from_markdown(source: str) -> str:
    """Return Markdown of another tool as authored text: our marks are a part of its marks, tags are no marks here."""
    if _TAG.search(source):
        return from_html(source).text
    plain = _PICTURE.sub(lambda match: as_text(match[1]), clean(source)).replace("[[", "\\[\\[")
    return tidy(_CODE.sub(lambda match: match[0].replace("{", "(").replace("}", ")"), quoted(plain)))


def named_medium(tag: str) -> str:
    """Return what people call the medium of a tag."""
    return _MEDIA.get(tag, "medium")


def shown_address(address: str) -> str:
    """Return an address as a report shows it: a file written out in letters is no address to read."""
    return "in its text" if address[:5].lower() == "data:" else f"“{shortened(address, 90)}”"
