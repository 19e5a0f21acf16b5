"""Sound storyboards and quizzes: the templates, what our own writers give, and a Word table made by hand."""

import io
from pathlib import Path

import docx

from scenario_engine.codec import to_raw
from scenario_exchange.writers import write
from tests.engine.stories import CAFE, scenario
from tests.exchange.readers.quizzes import (
    CHOICE,
    DRAWN,
    ENTRY,
    GAPS,
    GIFT,
    HOTSPOT,
    MATCH,
    MOODLE,
    ORDER,
    QTI1,
    QTI3,
    package,
)

TEMPLATES = Path(__file__).parents[3] / "docs" / "templates"
HEAD = ["Szene", "Wer", "Text", "Wahl", "Führt zu", "Punkte", "Wenn", "Rückmeldung"]
TABLE = [
    HEAD,
    ["Am Schalter", "Noor", "Schon wieder zu spät.", "", "", "", "", ""],
    ["", "", "", "Was ist passiert?", "Kaffee", "Zuwendung +2", "", "Gefragt, bevor geurteilt wird."],
    ["", "", "", "Leise, bitte.", "Schluss", "Zuwendung -1", "", ""],
    ["Kaffee", "", "Ihr trinkt einen Kaffee.", "", "", "", "", ""],
]


def written(format: str) -> bytes:
    return write([to_raw(scenario(CAFE))], {}, format).data


def word_table() -> bytes:
    document = docx.Document()
    document.add_heading("Am Bus", 0)
    table = document.add_table(rows=0, cols=len(HEAD))
    for row in TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_outline() -> bytes:
    document = docx.Document()
    document.add_heading("The parcel", 0)
    document.add_heading("Counter", 1)
    document.add_paragraph("Ines: This is the third time.")
    document.add_paragraph("Let me find out why. -> Call [+2 care]", style="List Bullet")
    document.add_paragraph("Please wait. -> Call", style="List Bullet")
    document.add_heading("Call (good)", 1)
    document.add_paragraph("It is on its way.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


BOARDS: dict[str, tuple[str, bytes]] = {
    "csv": ("board.csv", (TEMPLATES / "storyboard.csv").read_bytes()),
    "csv-own": ("cafe.csv", written("csv")),
    "markdown": ("board.md", (TEMPLATES / "storyboard.md").read_bytes()),
    "twee-own": ("cafe.twee", written("twee")),
    "docx-own": ("cafe.docx", written("storyboard-docx")),
    "docx-table": ("bus.docx", word_table()),
    "docx-outline": ("parcel.docx", word_outline()),
    "moodle-xml": ("quiz.xml", MOODLE.encode()),
    "moodle-gaps": ("gaps.xml", GAPS.encode()),
    "gift": ("quiz.gift", GIFT.encode()),
    "qti-package": ("quiz.zip", package(CHOICE, ORDER, MATCH, ENTRY, HOTSPOT, DRAWN)),
    "qti-3": ("item.xml", QTI3.encode()),
    "qti-1": ("bank.xml", QTI1.encode()),
}
