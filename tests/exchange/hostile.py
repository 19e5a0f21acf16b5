"""Hostile files, built here by code: packages, texts, JSON, YAML and markup that no importer may fall for."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterable


def packed(files: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an honest zip of `files`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def named(name: str) -> bytes:
    """Return a zip whose only file has `name`, byte for byte as given, in both of its headers."""
    stand_in = "x" * len(name.encode())
    return packed([(stand_in, b"{}")]).replace(stand_in.encode(), name.encode())


def link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("content/content.json")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def encrypted() -> bytes:
    data = bytearray(packed([("a.json", b"{}")]))
    directory = data.index(b"PK\1\2")
    data[6] |= 1
    data[directory + 8] |= 1
    return bytes(data)


def bomb(megabytes: int = 40, name: str = "content/content.json") -> bytes:
    """Return a zip that unpacks to a thousand times its size."""
    return packed([(name, b" " * (megabytes * 1024 * 1024))])


def lying(name: str = "content/content.json") -> bytes:
    """Return a bomb whose directory claims that it is small."""
    data = bytearray(bomb(20, name))
    directory = data.index(b"PK\1\2")
    struct.pack_into("<L", data, directory + 24, 10)
    struct.pack_into("<L", data, 22, 10)
    return bytes(data)


def overlapping(count: int = 50) -> bytes:
    """Return a zip in which all files share the bytes of one."""
    body = packed([("a", b"0" * 100_000)])
    directory = body.index(b"PK\1\2")
    end = body.index(b"PK\5\6")
    entry = body[directory:end]
    entries = b"".join(entry[:46] + bytes([97 + i % 26]) * 1 + entry[47:] for i in range(count))
    tail = bytearray(body[end:])
    struct.pack_into("<HHLL", tail, 8, count, count, len(entries), directory)
    return body[:directory] + entries + bytes(tail)


def crowded(count: int = 5_000) -> bytes:
    return packed([(f"f{i}.txt", b"") for i in range(count)], zipfile.ZIP_STORED)


def lists_a_million() -> bytes:
    """Return a zip whose directory is 30 MB long."""
    entry = packed([("a", b"")], zipfile.ZIP_STORED)
    start, end = entry.index(b"PK\1\2"), entry.index(b"PK\5\6")
    entries = entry[start:end] * 650_000
    tail = bytearray(entry[end:])
    struct.pack_into("<HHLL", tail, 8, 100, 100, len(entries), start)
    return entry[:start] + entries + bytes(tail)


def damaged() -> bytes:
    data = bytearray(packed([("h5p.json", b"x" * 5_000)], zipfile.ZIP_STORED))
    data[300] ^= 0xFF
    return bytes(data)


# Name: (bytes, the code that refuses them).
PACKAGES: dict[str, tuple[bytes, str]] = {
    "slip": (named("../../etc/cron.d/x"), "package.unsafe-name"),
    "slip-inside": (named("content/../../x"), "package.unsafe-name"),
    "absolute": (named("/etc/passwd"), "package.unsafe-name"),
    "drive": (named("C:/windows/x"), "package.unsafe-name"),
    "backslash": (named("..\\..\\x"), "package.unsafe-name"),
    "share": (named("\\\\host\\share"), "package.unsafe-name"),
    "nul": (named("a.json\0.png"), "package.unsafe-name"),
    "right-to-left": (packed([("gnp.\u202exe", b"x")]), "package.unsafe-name"),
    "line-end": (named("a\nb.json"), "package.unsafe-name"),
    "dot": (named("./a.json"), "package.unsafe-name"),
    "double-slash": (named("a//b.json"), "package.unsafe-name"),
    "long-name": (packed([("n" * 600, b"x")]), "package.unsafe-name"),
    "link": (link(), "package.link"),
    "encrypted": (encrypted(), "package.encrypted"),
    "duplicate-case": (packed([("a.json", b"1"), ("A.JSON", b"2")]), "package.duplicate-name"),
    "duplicate-form": (packed([("\u00e9.json", b"1"), ("e\u0301.json", b"2")]), "package.duplicate-name"),
    "bzip2": (packed([("a.json", b"1" * 100)], zipfile.ZIP_BZIP2), "package.method"),
    "lzma": (packed([("a.json", b"1" * 100)], zipfile.ZIP_LZMA), "package.method"),
    "nested": (packed([("inner.zip", packed([("a", b"1")]))]), "package.nested"),
    "overlapping": (overlapping(), "package.damaged"),
    "crowded": (crowded(), "package.too-large"),
    "cut-short": (packed([("a.json", b"1" * 100)])[:-30], "package.damaged"),
    "trailing": (packed([("a.json", b"1")]) + b"more", "package.damaged"),
    "no-directory": (b"PK\x03\x04" + b"\0" * 100, "package.damaged"),
}
