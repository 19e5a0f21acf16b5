"""What a Word document holds beside its body: comments, notes, heads and feet, tracked changes. Named, not read."""

from __future__ import annotations

import re

from scenario_exchange.imported import ImportRefused, Report, shortened
from scenario_exchange.limits import Limits
from scenario_exchange.markup import parse_xml
from scenario_exchange.packages import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = re.compile(r"word/(comments|footnotes|endnotes|header|footer)\d{0,3}\.xml")
_NAMES = {
    "comments": "Comments of reviewers",
    "footnotes": "Footnotes",
    "endnotes": "Endnotes",
    "header": "The head of its pages",
    "footer": "The foot of its pages",
}
_CHANGE = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[\s>]")
_BODY = "word/document.xml"


def tell_beside(package: Package, limits: Limits, report: Report) -> None:
    """Name in the report what stands beside the body of a document."""
    for name in package.names:
        match = _PARTS.fullmatch(name)
        if match is None:
            continue
        try:
            root = parse_xml(package.read(name), limits, name)
        except ImportRefused as refused:
            if refused.code.startswith("package."):
                raise
            report.dropped(_NAMES[match[1]], refused.message)
            continue
        words = " ".join("".join(str(each.text or "") for each in root.iter(f"{_W}t")).split())
        if words:
            report.dropped(_NAMES[match[1]], f"“{shortened(words)}”.")
    if _CHANGE.search(package.read(_BODY)):
        report.changed("Tracked changes", "All of them were taken as accepted.", "Read the texts once.")
