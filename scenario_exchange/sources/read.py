"""`read_source`: the words of a file, with notes on what was left out. The bytes tell the format, not the name."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import msgspec
from lxml import etree, html

MAX_BYTES = 10 * 1024 * 1024
MAX_CHARACTERS = 400_000
MAX_PAGES = 300
MAX_INFLATED = 60 * 1024 * 1024
_DROPPED = ("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "head", "nav", "footer")
_BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "blockquote", "pre", "figcaption")


class SourceText(msgspec.Struct, frozen=True):
    """Paragraphs separated by empty lines, and sentences for the designer about what was not read."""

    text: str
    notes: list[str] = []


class UnreadableSource(ValueError):
    """The file cannot be read; the message says why and what to do."""


def read_source(data: bytes, name: str) -> SourceText:
    """Return the words of a file. Raises UnreadableSource."""
    if len(data) > MAX_BYTES:
        raise UnreadableSource(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. Give a shorter one.")
    if data.startswith(b"%PDF-"):
        paragraphs, notes = _pdf(data)
    elif data.startswith(b"PK\x03\x04"):
        paragraphs, notes = _docx(data)
    else:
        paragraphs, notes = _text(data, name)
    return _joined(paragraphs, notes)


def _joined(paragraphs: list[str], notes: list[str]) -> SourceText:
    clean = [" ".join(each.replace("\0", "").split()) for each in paragraphs]
    text = "\n\n".join(each for each in clean if each)
    text = text.encode("utf-8", "ignore").decode()
    if not text:
        raise UnreadableSource("There are no words in this file. If it is a scan, have its text recognised first.")
    if len(text) > MAX_CHARACTERS:
        notes = [*notes, f"Only the first {MAX_CHARACTERS:,} characters were read."]
        text = text[:MAX_CHARACTERS]
    return SourceText(text, notes)


def _pdf(data: bytes) -> tuple[list[str], list[str]]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise UnreadableSource("This PDF is protected by a password. Save it without one.")
        pages = reader.pages[:MAX_PAGES]
        texts = [page.extract_text() for page in pages]
        count = len(reader.pages)
    except UnreadableSource:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
        OverflowError,
    ) as error:
        raise UnreadableSource("This PDF is damaged. Open it and print it to a new PDF.") from error
    notes = [f"Only the first {MAX_PAGES} of {count} pages were read."] if count > MAX_PAGES else []
    empty = sum(not text.strip() for text in texts)
    if empty:
        notes.append(f"{empty} of {len(texts)} pages have no text (pictures or scans).")
    return [block for text in texts for block in re.split(r"\n\s*\n", text)], notes


def _docx(data: bytes) -> tuple[list[str], list[str]]:
    import docx

    try:
        _check_inflated(data)
        document: Any = docx.Document(io.BytesIO(data))
    except UnreadableSource:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError, OSError) as error:
        raise UnreadableSource("This is no Word document (DOCX) that can be read. Save it again as DOCX.") from error
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        paragraphs += [" | ".join(cell.text for cell in row.cells) for row in table.rows]
    notes = ["Tables stand after the text."] if document.tables else []
    return paragraphs, notes


def _check_inflated(data: bytes) -> None:
    """Refuse a zip bomb: count the bytes while inflating, whatever the directory of the archive claims."""
    total = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if len(archive.infolist()) > 2000:
            raise UnreadableSource("The document has too many parts.")
        for entry in archive.infolist():
            with archive.open(entry) as part:
                while chunk := part.read(1 << 16):
                    total += len(chunk)
                    if total > MAX_INFLATED:
                        raise UnreadableSource("The document is too large when unpacked. Give a shorter one.")


def _text(data: bytes, name: str) -> tuple[list[str], list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in data[:1000]:
            raise UnreadableSource("Give a PDF, DOCX, HTML, Markdown or text file.") from error
        text = data.decode("cp1252", "replace")
    start = text.lstrip()[:200].lower()
    if name.lower().endswith((".html", ".htm", ".xhtml")) or start.startswith(("<!doctype html", "<html")):
        return _html(text), []
    return re.split(r"\n\s*\n", text), []


def _html(text: str) -> list[str]:
    try:
        # The stubs of lxml know elements of XML only; these can do more.
        root: Any = html.document_fromstring(text, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableSource("This HTML page cannot be read.") from error
    for element in root.xpath("|".join(f"//{name}" for name in _DROPPED)):
        element.drop_tree()
    blocks = root.xpath("|".join(f"//{name}" for name in _BLOCKS))
    innermost = [block for block in blocks if not block.xpath("|".join(f".//{name}" for name in _BLOCKS))]
    return [block.text_content() for block in innermost] or [root.text_content()]
