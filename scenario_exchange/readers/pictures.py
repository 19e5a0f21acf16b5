"""Media of foreign packages: their keys, and what their bytes must look like to be brought along."""

import re
from pathlib import PurePosixPath

from scenario_exchange.readers.naming import hash_of, slug_of

# Extension: what the bytes begin with. Nothing that a browser would run is here.
_SIGNATURES: dict[str, re.Pattern[bytes]] = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "avif": re.compile(rb"....ftypavi[fs]", re.DOTALL),
    "mp3": re.compile(rb"ID3|\xff[\xe0-\xff]"),
    "ogg": re.compile(rb"OggS"),
    "wav": re.compile(rb"RIFF....WAVE", re.DOTALL),
    "webm": re.compile(rb"\x1aE\xdf\xa3"),
    "m4a": re.compile(rb"....ftypM4A", re.DOTALL),
    "mp4": re.compile(rb"....ftyp", re.DOTALL),
    "vtt": re.compile(rb"(?:\xef\xbb\xbf)?WEBVTT"),
    "svg": re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,2000}-->\s*)*<svg\b"),
}


def extension_for(data: bytes) -> str:
    """Return the extension that the bytes deserve, or "" when they are no media that scenarios use."""
    head = data[:4096]
    return next((name for name, signature in _SIGNATURES.items() if signature.match(head)), "")


def key_for(name: str, data: bytes) -> str:
    """Return the media key for a file of a foreign package, or "" when it cannot be used."""
    extension = extension_for(data)
    stem = slug_of(PurePosixPath(name).stem, "file")
    return f"media/{stem}-{hash_of(name)}.{extension}" if extension else ""
