"""Word documents by python-docx: styles, tables, links, header and footer, either direction of writing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from scenario_engine.rich import plain, rich
from scenario_exchange.formats import library
from scenario_exchange.writers.board.labels import is_right_to_left, labels_for
from scenario_exchange.writers.board.parts import Board

docx = library("docx", "python-docx")
docx_table = library("docx.table", "python-docx")
shared = library("docx.shared", "python-docx")
oxml = library("docx.oxml", "python-docx")
ns = library("docx.oxml.ns", "python-docx")
enum_style = library("docx.enum.style", "python-docx")

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PAGE_CM = 17.5
_INK, _SOFT = (0x1C, 0x24, 0x30), (0x5A, 0x64, 0x72)


class Word:
    """A document in the making."""

    def __init__(self, title: str, first: Board) -> None:
        self.document: Any = docx.Document()
        self.is_rtl = is_right_to_left(first.language)
        self._marks = 0
        core = self.document.core_properties
        core.title, core.author, core.comments = clean(title)[:255], "Branchwise", f"{first.version} {first.digest}"
        core.language = first.language[:64]
        self._styles(first)
        self._style_ids = {style.name: style.style_id for style in self.document.styles}
        self._page(first)

    def _page(self, first: Board) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = shared.Cm(21), shared.Cm(29.7)
        section.left_margin = section.right_margin = shared.Cm(1.75)
        section.top_margin = section.bottom_margin = shared.Cm(2)
        label = labels_for(first.language)
        head = section.header.paragraphs[0]
        self.run(head, f"{first.title}\t\t{label('Version')}: {first.version}")
        foot = section.footer.paragraphs[0]
        self.run(foot, f"{label('Digest')}: {first.digest[:16]}\t\t{label('Page')} ")
        self._field(foot, "PAGE")
        self.run(foot, f" {label('of')} ")
        self._field(foot, "NUMPAGES")
        for paragraph in (head, foot):
            self._direct(paragraph)

    def _styles(self, first: Board) -> None:
        styles = self.document.styles
        styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", shared.Pt(10.5)
        styles["Normal"].paragraph_format.space_after = shared.Pt(2)
        for name, size, color, bold in (("Storyboard label", 9.5, _SOFT, True), ("Storyboard id", 8.5, _SOFT, False)):
            style = styles.add_style(name, enum_style.WD_STYLE_TYPE.CHARACTER)
            style.font.size, style.font.bold = shared.Pt(size), bold
            style.font.color.rgb = shared.RGBColor(*color)
        styles["Storyboard id"].font.name = "Consolas"
        for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
            styles[name].font.color.rgb = shared.RGBColor(*_INK)
        language = oxml.OxmlElement("w:lang")
        language.set(ns.qn("w:val"), first.language)
        if self.is_rtl:
            language.set(ns.qn("w:bidi"), first.language)
        styles["Normal"].element.get_or_add_rPr().append(language)

    def heading(self, level: int, text: str, mark: str = "") -> None:
        """Add a heading (0: the title); `mark` is where links lead."""
        paragraph = self.document.add_heading(clean(text), level)
        paragraph.paragraph_format.keep_with_next = True
        self._direct(paragraph)
        if mark:
            self._marks += 1
            start, end = oxml.OxmlElement("w:bookmarkStart"), oxml.OxmlElement("w:bookmarkEnd")
            for element in (start, end):
                element.set(ns.qn("w:id"), str(self._marks))
            start.set(ns.qn("w:name"), mark)
            paragraph._p.insert(1, start)
            paragraph._p.append(end)

    def paragraph(self) -> Any:
        """Add a paragraph."""
        paragraph = self.document.add_paragraph()
        self._direct(paragraph)
        return paragraph

    def page_break(self) -> None:
        """Begin a page."""
        self.document.add_page_break()

    def run(self, paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, style: str = "") -> Any:
        """Add words to a paragraph."""
        run = paragraph.add_run(clean(text))
        if style:
            run._r.style = self._style_ids[style]  # looking a style up by name takes longer than all the rest
        if bold:
            run.bold = True
        if italic:
            run.italic = True
        if self.is_rtl and style != "Storyboard id":
            run._r.get_or_add_rPr().append(oxml.OxmlElement("w:rtl"))
        return run

    def link(self, paragraph: Any, text: str, mark: str) -> None:
        """Add a link to a heading."""
        element = oxml.OxmlElement("w:hyperlink")
        element.set(ns.qn("w:anchor"), mark)
        run = self.run(paragraph, text)
        run.font.underline = True
        element.append(run._r)
        paragraph._p.append(element)

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[Any]],
        widths: Sequence[int],
        fill: Callable[[Any, Any], None],
        *,
        caption: str = "",
        tall: bool = False,
    ) -> None:
        """Add a table; without a `head` its first column names what the second says."""
        columns = len(head) or len(rows[0])
        table = self.document.add_table(rows=0, cols=columns)
        table._tbl.tblPr.style = self._style_ids["Table Grid"]
        table.autofit = False
        self._describe(table, caption)
        shares = [width / 100 for width in widths] or [1 / columns] * columns
        if head:
            for cell, name in zip(_add_row(table, shares), head, strict=True):
                self.run(self.cell_paragraphs(cell, True)(), name, bold=True)
                _shade(cell)
            _mark_row(table, "w:tblHeader")
        for row in rows:
            cells = _add_row(table, shares)
            _mark_row(table, "w:cantSplit")
            if tall:
                docx_table._Row(table._tbl.tr_lst[-1], table).height = shared.Cm(1.2)
            for index, (cell, content) in enumerate(zip(cells, row, strict=True)):
                fill(cell, content)
                if not head and not index:
                    _shade(cell)
        self.document.add_paragraph().paragraph_format.space_after = shared.Pt(0)

    def _describe(self, table: Any, caption: str) -> None:
        properties = table._tbl.tblPr
        if caption:
            element = oxml.OxmlElement("w:tblCaption")
            element.set(ns.qn("w:val"), clean(caption)[:200])
            properties.append(element)
        if self.is_rtl:
            properties.insert(1, oxml.OxmlElement("w:bidiVisual"))

    def cell_paragraphs(self, cell: Any, first: bool) -> Callable[[], Any]:
        """Return what gives the next paragraph of a cell; the first one is there already."""
        state = {"first": first}

        def following() -> Any:
            paragraph = cell.paragraphs[0] if state["first"] else cell.add_paragraph()
            state["first"] = False
            self._direct(paragraph)
            return paragraph

        return following

    def authored(self, paragraphs: Callable[[], Any], text: str, label: str = "") -> None:
        """Write authored text with its form."""
        for block in rich(text):
            if block["t"] in ("ul", "ol"):
                for number, item in enumerate(block["c"], 1):
                    for inner in item:
                        label = self._block(paragraphs(), inner, label, f"{number}. " if block["t"] == "ol" else "• ")
            elif block["t"] == "hr":
                self.run(paragraphs(), "———")
            else:
                label = self._block(paragraphs(), block, label, "")
        if label:
            self.run(paragraphs(), f"{label}: ", style="Storyboard label")

    def _block(self, paragraph: Any, block: Any, label: str, mark: str) -> str:
        if label:
            self.run(paragraph, f"{label}: ", style="Storyboard label")
        if mark:
            self.run(paragraph, mark)
        self._inlines(paragraph, block.get("c", []), bold=block["t"] == "h", italic=block["t"] == "quote")
        return ""

    def _inlines(self, paragraph: Any, parts: Any, *, bold: bool, italic: bool) -> None:
        for part in parts:
            if isinstance(part, str):
                self.run(paragraph, part, bold=bold, italic=italic)
            elif isinstance(part, list):
                self._inlines(paragraph, part, bold=bold, italic=italic)
            elif part["t"] == "br":
                paragraph.add_run().add_break()
            elif part["t"] in ("ul", "ol", "p"):
                self._inlines(paragraph, part["c"], bold=bold, italic=italic)
            elif part["t"] in _AS_WRITTEN:
                self.run(paragraph, _as_written(part), bold=bold, italic=italic)
            else:
                self._inlines(paragraph, part["c"], bold=bold or part["t"] == "b", italic=italic or part["t"] == "i")

    def _direct(self, paragraph: Any) -> None:
        if self.is_rtl:
            paragraph._p.get_or_add_pPr().append(oxml.OxmlElement("w:bidi"))

    def _field(self, paragraph: Any, name: str) -> None:
        for kind in ("begin", "", "end"):
            run = paragraph.add_run()
            if kind:
                element = oxml.OxmlElement("w:fldChar")
                element.set(ns.qn("w:fldCharType"), kind)
            else:
                element = oxml.OxmlElement("w:instrText")
                element.text = name
            run._r.append(element)

    def save(self, file: BinaryIO) -> None:
        """Write the document."""
        self.document.save(file)


# What Word has no form for that reads back stands as it is written.
_AS_WRITTEN = ("a", "code", "term")


def _as_written(part: Any) -> str:
    words = plain([part])
    if part["t"] == "code":
        return f"`{words}`"
    if part["t"] == "a":
        return f"[{words}]({part['href']})"
    name = part["id"]
    return f"[[{name}]]" if words == name.replace("_", " ") else f"[[{name}|{words}]]"


def clean(text: str) -> str:
    """Return words without the characters that XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def _add_row(table: Any, shares: Sequence[float]) -> list[Any]:
    """Add a row and return its cells; the library's own way looks at the whole table each time."""
    tr = table._tbl.add_tr()
    cells = []
    for share in shares:
        tc = tr.add_tc()
        tc.width = shared.Cm(_PAGE_CM * share)
        cells.append(docx_table._Cell(tc, table))
    return cells


def _mark_row(table: Any, name: str) -> None:
    table._tbl.tr_lst[-1].get_or_add_trPr().append(oxml.OxmlElement(name))


def _shade(cell: Any) -> None:
    shading = oxml.OxmlElement("w:shd")
    shading.set(ns.qn("w:val"), "clear")
    shading.set(ns.qn("w:fill"), "F2F4F7")
    cell._tc.get_or_add_tcPr().append(shading)
