"""The one door for zip packages: names, sizes and overlaps are checked before anything is unpacked.

Nothing is ever written to disk, and bytes are counted while they inflate, whatever the directory claims.
"""

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from typing import BinaryIO

from scenario_exchange.imported import ImportRefused, shortened
from scenario_exchange.limits import DEFAULT, MEGABYTE, Limits

_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")
_ENTRY_BYTES = 46 + 512  # of the directory, for one file with a long name
_UNSAFE = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\\\\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_DRIVE = re.compile(r"^[A-Za-z]:")
_NESTED = (".zip", ".h5p", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar", ".jar", ".mbz", ".imscc")
_CHUNK = 1 << 16


def looks_packed(head: bytes) -> bool:
    """Return whether a file begins as zip packages do."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


class Package:
    """An opened zip package. Raises ImportRefused when made, if anything in its directory is not plain and safe."""

    def __init__(self, file: BinaryIO, limits: Limits = DEFAULT) -> None:
        self.limits = limits
        self._inflated = 0
        directory = _check_end(file, limits)
        try:
            self._zip = zipfile.ZipFile(file)
            entries = self._zip.infolist()
            _check_overlaps(file, entries, directory)
        except (zipfile.BadZipFile, struct.error, OSError, ValueError, NotImplementedError) as error:
            raise _damaged("") from error
        if len(entries) > limits.files:
            raise _too_large(f"The package holds {len(entries):,} files; at most {limits.files:,} are read.")
        self._entries = _checked(entries)

    @property
    def names(self) -> list[str]:
        """The names of the files, in the order of the package; folders are left out."""
        return list(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """Return the bytes of a file. Raises ImportRefused: missing, damaged, or larger than it may be."""
        entry = self._entries.get(name)
        if entry is None:
            raise ImportRefused(
                "package.missing-file", f"The package has no file “{shortened(name)}”.", "Export it again.", name
            )
        return self._inflate(entry)

    def _inflate(self, entry: zipfile.ZipInfo) -> bytes:
        found = io.BytesIO()
        # Small files may shrink a lot (a white picture, a list of blanks) and do no harm.
        most = min(self.limits.file, max(MEGABYTE, self.limits.ratio * entry.compress_size))
        try:
            with self._zip.open(entry) as part:
                while chunk := part.read(_CHUNK):
                    found.write(chunk)
                    self._inflated += len(chunk)
                    if found.tell() > most or self._inflated > self.limits.inflated:
                        raise _too_large(f"“{shortened(entry.filename)}” unpacks to more than is read.", entry.filename)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, struct.error, ValueError) as error:
            raise _damaged(entry.filename) from error
        return found.getvalue()


def _check_end(file: BinaryIO, limits: Limits) -> int:
    """Return where the directory begins. It is looked at before the library reads it: it may list a million files."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = len(tail) - 22 if tail[-22:-18] == b"PK\5\6" and tail[-2:] == b"\0\0" else tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < 22:
        raise _damaged("")
    _, _, _, _, count, length, offset, comment = _END.unpack_from(tail, at)
    if tail[max(0, at - 20) : at][:4] == b"PK\6\7" or 0xFFFF in (count,) or 0xFFFFFFFF in (length, offset):
        raise _too_large("The package is in the form for very large packages (ZIP64).")
    if count > limits.files or length > limits.files * _ENTRY_BYTES:
        raise _too_large(f"The package lists more than {limits.files:,} files.")
    end = max(0, size - 65_557) + at
    if offset + length != end or end + 22 + comment != size:
        raise _damaged("")
    return int(offset)


def _check_overlaps(file: BinaryIO, entries: list[zipfile.ZipInfo], directory: int) -> None:
    """Refuse files that share their bytes: so a few kilobytes stand for gigabytes."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            raise _damaged(entry.filename)
        file.seek(entry.header_offset)
        header = _LOCAL.unpack(file.read(_LOCAL.size))
        if header[0] != b"PK\3\4":
            raise _damaged(entry.filename)
        end = entry.header_offset + _LOCAL.size + header[9] + header[10] + entry.compress_size
        if end > directory:
            raise _damaged(entry.filename)


def _checked(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        _check_name(name)
        _check_entry(entry, name)
        folded = unicodedata.normalize("NFC", name).casefold().rstrip("/")
        if folded in seen:
            raise ImportRefused(
                "package.duplicate-name",
                f"Two files of the package are called “{shortened(name)}”.",
                "Pack it again with each file once.",
                name,
            )
        seen.add(folded)
        if not name.endswith("/"):
            found[name] = entry
    return found


def _check_name(name: str) -> None:
    parts = name.removesuffix("/").split("/")
    unsafe = _UNSAFE.search(name) or _DRIVE.match(name) or len(name) > 500
    if unsafe or any(part in ("", ".", "..") for part in parts):
        shown = shortened(name.encode("ascii", "backslashreplace").decode())
        raise ImportRefused(
            "package.unsafe-name",
            f"The package holds a file named “{shown}”.",
            "Names must stay inside the package and hold no hidden characters. Pack it again.",
            shown,
        )


def _check_entry(entry: zipfile.ZipInfo, name: str) -> None:
    shown = shortened(name)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ImportRefused("package.link", f"“{shown}” is a link or device, no plain file.", "Leave it out.", name)
    if entry.flag_bits & 0x41:
        raise ImportRefused(
            "package.encrypted", "The package is protected by a password.", "Pack it again without one.", name
        )
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ImportRefused(
            "package.method", f"“{shown}” is packed in an unusual way.", "Pack it again as a plain zip file.", name
        )
    if name.lower().endswith(_NESTED):
        raise ImportRefused(
            "package.nested",
            f"“{shown}” is a package inside the package.",
            "Import it by itself, or leave it out.",
            name,
        )


def _damaged(name: str) -> ImportRefused:
    what = f"“{shortened(name)}” in the package is damaged." if name else "The package is damaged."
    return ImportRefused("package.damaged", what, "Export or pack it again.", name)


def _too_large(message: str, place: str = "") -> ImportRefused:
    return ImportRefused("package.too-large", message, "Leave out what is not needed, or split it.", place)
