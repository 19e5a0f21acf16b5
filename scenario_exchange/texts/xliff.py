"""Texts as XLIFF 1.2: one group for each scene; a stale translation needs review. Written and read by lxml alone."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from scenario_engine.codec import digest
from scenario_engine.document import Scenario
from scenario_exchange.imported import ImportRefused, shortened
from scenario_exchange.limits import Limits
from scenario_exchange.markup import parse_xml
from scenario_exchange.texts.units import FoundText, FoundTexts, Unit, place_of

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_XML = "http://www.w3.org/XML/1998/namespace"
_ILLEGAL = re.compile("([\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff])")
_CHARACTER = re.compile(r"^x-char-([0-9a-f]{4})$")
_OLD = frozenset({"needs-review-translation", "needs-translation", "needs-adaptation", "needs-l10n", "new"})
_OLD_REVIEWS = frozenset({"needs-review-adaptation", "needs-review-l10n"})


def write(scenario: Scenario, units: list[Unit], locale: str) -> bytes:
    """Return the file."""
    root = etree.Element(_tag("xliff"), {"version": "1.2"}, nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    attributes = {
        "original": scenario.id,
        "source-language": scenario.language,
        "target-language": locale,
        "datatype": "plaintext",
        "product-version": digest(scenario),
    }
    file = etree.SubElement(root, _tag("file"), attributes)
    body = etree.SubElement(file, _tag("body"))
    groups: dict[str, Any] = {}
    for unit in units:
        place = place_of(unit.key)
        if place not in groups:
            groups[place] = etree.SubElement(body, _tag("group"), {"resname": place})
        _write_unit(groups[place], unit)
    _break_lines(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=False) + b"\n"


def _break_lines(element: Any) -> None:
    """Put each element on a line of its own, and no blank into a text: `etree.indent` would."""
    if _name(element) in ("source", "target", "note"):
        return
    element.text = "\n"
    for child in element:
        child.tail = "\n"
        _break_lines(child)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _write_unit(group: Any, unit: Unit) -> None:
    attributes = {"id": unit.key, "resname": unit.key, f"{{{_XML}}}space": "preserve"}
    if unit.state == "fresh":
        attributes["approved"] = "yes"
    if unit.state == "orphan":
        attributes["translate"] = "no"
    if unit.mark:
        attributes["extradata"] = f"source {unit.mark}"
    element = etree.SubElement(group, _tag("trans-unit"), attributes)
    _write_text(etree.SubElement(element, _tag("source")), unit.source)
    if unit.text:
        state = {"fresh": "translated", "stale": "needs-review-translation"}.get(unit.state, "final")
        _write_text(etree.SubElement(element, _tag("target"), {"state": state}), unit.text)
    if unit.note:
        _write_text(etree.SubElement(element, _tag("note"), {"from": "author"}), unit.note)


def _write_text(element: Any, text: str) -> None:
    """Write words; characters that XML cannot hold become empty elements that name them."""
    pieces = _ILLEGAL.split(text)
    element.text = pieces[0]
    for index in range(1, len(pieces), 2):
        code = f"{ord(pieces[index]):04x}"
        attributes = {"id": f"c{index // 2 + 1}", "ctype": f"x-char-{code}"}
        etree.SubElement(element, _tag("x"), attributes).tail = pieces[index + 1]


def read(data: bytes, limits: Limits) -> FoundTexts:
    """Return what the file says. Raises ImportRefused."""
    root = parse_xml(data, limits)
    version = str(root.get("version", ""))
    if _name(root) != "xliff" or not version.startswith("1."):
        told = f"XLIFF {version}" if _name(root) == "xliff" else "not XLIFF"
        raise ImportRefused(
            "import.other-release", f"The file is {shortened(told)}; 1.2 is read.", "Export it as XLIFF 1.2."
        )
    found = FoundTexts(texts=[])
    for file in (each for each in root.iter() if _name(each) == "file"):
        found.locale = found.locale or str(file.get("target-language", ""))
        found.scenario = found.scenario or str(file.get("original", ""))
        for element in file.iter():
            if _name(element) == "trans-unit":
                _take(element, found)
    return found


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _take(element: Any, found: FoundTexts) -> None:
    key = str(element.get("resname") or element.get("id") or "")
    source = next((each for each in element if _name(each) == "source"), None)
    target = next((each for each in element if _name(each) == "target"), None)
    if source is None or target is None:
        return
    state = str(target.get("state", ""))
    extra = str(element.get("extradata", ""))
    found.texts.append(
        FoundText(
            key=key,
            source=_read_text(source, key, found),
            text=_read_text(target, key, found),
            is_old=state in _OLD or state in _OLD_REVIEWS,
            mark=extra.removeprefix("source ") if extra.startswith("source ") else "",
            is_obsolete=element.get("translate") == "no",
        )
    )


def _read_text(element: Any, key: str, found: FoundTexts) -> str:
    parts = [element.text or ""]
    for child in element:
        code = _CHARACTER.match(str(child.get("ctype", "")))
        if code:
            parts.append(chr(int(code[1], 16)))
        elif _name(child):
            parts.append(_read_text(child, key, found))
            found.remarks.append(f"“{shortened(key)}” has inline codes: their words were taken, their form was not.")
        parts.append(child.tail or "")
    return "".join(parts)
