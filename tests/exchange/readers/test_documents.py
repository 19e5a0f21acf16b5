"""Word documents and pages as people make them: merged cells, links, comments, tracked changes, breaks, foreign marks."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from scenario_exchange import Imported, read
from scenario_exchange.readers.html_text import from_html, plain_from_html

LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def opened(document: Any) -> Imported:
    out = io.BytesIO()
    document.save(out)
    return read(io.BytesIO(out.getvalue()), "board.docx")


def table(document: Any, *rows: list[str]) -> Any:
    made = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(made.add_row().cells, row, strict=True):
            cell.text = words
    return made


def told(found: Imported, kind: str) -> list[tuple[str, str]]:
    return [(entry.place, entry.what) for entry in found.report.entries if entry.kind == kind]


HEAD = ["Scene", "Text", "Choice", "Next"]
ROWS = [["Desk", "", "Ask her", "Door"], ["", "", "Wait", "Door"], ["Door", "She goes.", "", ""]]


def test_a_cell_as_wide_as_two_moves_no_other() -> None:
    document = docx.Document()
    made = table(document, HEAD, *ROWS)
    made.cell(1, 0).merge(made.cell(1, 1))
    desk, door = opened(document).documents[0]["scenes"]
    assert [(each["text"], each["goto"]) for each in desk["choices"]] == [("Ask her", door["id"]), ("Wait", door["id"])]


def test_a_title_above_the_names_of_the_columns_is_named() -> None:
    document = docx.Document()
    document.add_paragraph("For the desk.")
    made = table(document, ["The counter", "", "", ""], HEAD, *ROWS)
    made.cell(0, 0).merge(made.cell(0, 3))
    found = opened(document)
    assert len(found.documents[0]["scenes"]) == 2
    assert told(found, "dropped") == [
        ("paragraph 1", "Text outside the tables: “For the desk.”."),
        ("table 1", "A row above the one that names the columns: “The counter”."),
    ]


def outline() -> tuple[Any, Any]:
    document = docx.Document()
    document.add_heading("Meeting", 1)
    document.add_heading("Start", 2)
    spoken = document.add_paragraph("Read")
    document.add_paragraph("Go on -> End", style="List Bullet")
    document.add_heading("End", 2)
    return document, spoken


def run(text: str, tag: str = "w:t") -> Any:
    made, words = OxmlElement("w:r"), OxmlElement(tag)
    words.text = text
    words.set(qn("xml:space"), "preserve")
    made.append(words)
    return made


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("https://example.org/rules", "Read [the rules](https://example.org/rules)"),
        ("http://example.org/a b", "Read the rules (http://example.org/a b)"),
    ],
)
def test_links_keep_their_address(address: str, text: str) -> None:
    document, spoken = outline()
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), document.part.relate_to(address, LINK, is_external=True))
    link.append(run(" the "))
    link.append(run("rules"))
    spoken._p.append(link)
    assert opened(document).documents[0]["scenes"][0]["prompt"] == text


def test_what_stands_beside_the_body_is_named() -> None:
    document, spoken = outline()
    document.sections[0].header.paragraphs[0].text = "Draft 3"
    for tag, inner in (("w:ins", run(" this")), ("w:del", run(" that", "w:delText"))):
        change = OxmlElement(tag)
        change.append(inner)
        spoken._p.append(change)
    found = opened(document)
    assert found.documents[0]["scenes"][0]["prompt"] == "Read this"
    assert told(found, "dropped") == [("The head of its pages", "“Draft 3”.")]
    assert ("Tracked changes", "All of them were taken as accepted.") in told(found, "changed")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Go on<br>", "Go on"),
        ("<p>a<br></p><p><br>b<br/>c<br><br></p>", "a\n\nb\\\nc"),
        ("<ul><li>a<br></li><li>b</li></ul>", "- a\n- b"),
        ("<p>a\\<br></p><p>b</p>", "a\\\\\n\nb"),
        ("<br>", ""),
    ],
)
def test_a_break_at_the_end_of_a_block_leaves_no_backslash(source: str, text: str) -> None:
    assert from_html(source).text == text


def test_words_that_only_tags_part_stay_apart() -> None:
    assert plain_from_html("<p>Ask<br />her</p><ul><li>now</li></ul>") == "Ask her now"


def test_marks_that_mean_nothing_in_a_markdown_storyboard_are_named() -> None:
    source = "# A\n![desk](desk.png)\n- Go <b>on</b> -> B\n\n# B\n\n| a | b |\n|---|---|\n"
    found = read(io.BytesIO(source.encode()), "a.md")
    assert [each for each in told(found, "changed") if "typed" in each[1]] == [
        ("line 2", "A picture stands as it is typed: “![desk](desk.png)”."),
        ("line 3", "HTML stands as it is typed: “<b>”."),
        ("line 8", "A table stands as it is typed: “|---|---|”."),
    ]


def test_a_storyboard_without_points_counts_finishing_it() -> None:
    """Graded by what was earned of nothing it could not be published."""
    plain = read(io.BytesIO(b"# A\n- Go -> B\n\n# B\nBye.\n"), "a.md")
    assert (plain.documents[0]["purpose"], plain.documents[0]["scoring"]) == ("practice", {"grade": "completion"})
    assert ("a", "Nothing in it gives points: who finishes it has done it.") in told(plain, "changed")
    pointed = read(io.BytesIO(b"# A\n- Go -> B [+2 care]\n\n# B\nBye.\n"), "a.md")
    assert pointed.documents[0]["scoring"] == {}


@pytest.mark.parametrize(
    "head",
    [
        "Scene,Text,Choice 1,Next 1,Choice 2,Next 2",
        "Scene,Text,Option A,Goes to,Option B,Goes to B",
        "Scene,Text,Choice,Next,Choice,Next",
    ],
)
def test_choices_that_stand_beside_each_other_are_all_read(head: str) -> None:
    sheet = f"{head}\nDesk,She waits.,Ask,Door,Wait,Desk\nDoor,Bye.,,,,Desk\n"
    found = read(io.BytesIO(sheet.encode()), "board.csv")
    desk = found.documents[0]["scenes"][0]
    assert [(each["text"], each["goto"]) for each in desk["choices"]] == [("Ask", "Door"), ("Wait", "Desk")]
    assert told(found, "dropped") == [("row 3", "“Desk” belongs to a choice without words.")]
