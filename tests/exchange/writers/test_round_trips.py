"""What is written and read again is what it was: packs, sheets and our own Twee are fixed points."""

import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from scenario_engine.codec import decode, to_raw
from scenario_exchange.detect import Peek
from scenario_exchange.packages import Package
from scenario_exchange.readers import csv_sheet, twee_own
from scenario_exchange.storyboards.conditions import format_condition, parse_condition
from scenario_exchange.writers import write
from tests.exchange.random_documents import conditions, documents

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def read_back(reader: Any, data: bytes, name: str) -> dict[str, Any]:
    peek = Peek(io.BytesIO(data), name)
    assert reader.fits(peek)
    documents: list[dict[str, Any]] = reader.read(peek).documents
    assert len(documents) == 1
    return documents[0]


@SLOW
@given(documents())
def test_a_sheet_comes_back_as_it_was(document: dict[str, Any]) -> None:
    written = write([document], {}, "csv")
    assert read_back(csv_sheet, written.data, "x.csv") == document
    assert write([read_back(csv_sheet, written.data, "x.csv")], {}, "csv").data == written.data


@SLOW
@given(documents())
def test_our_twee_comes_back_as_it_was(document: dict[str, Any]) -> None:
    written = write([document], {}, "twee")
    assert read_back(twee_own, written.data, "x.twee") == document
    assert write([read_back(twee_own, written.data, "x.twee")], {}, "twee").data == written.data


@SLOW
@given(documents())
def test_a_pack_comes_back_as_it_was(document: dict[str, Any]) -> None:
    media = {"media/a.png": b"\x89PNG", "media/m.png": b"\x89PNG2"}
    written = write([document], media, "pack")
    package = Package(io.BytesIO(written.data))
    decoded = decode(package.read(f"scenarios/{document['id']}.yaml"))
    assert decoded.scenario is not None, decoded.problems
    assert to_raw(decoded.scenario) == document
    assert {key: package.read(key) for key in package.names if key.startswith("media/")} == media
    assert write([to_raw(decoded.scenario)], media, "pack").data == written.data


@SLOW
@given(conditions)
def test_a_condition_as_a_line_reads_back(condition: dict[str, Any]) -> None:
    assert parse_condition(format_condition(condition)) == condition


@pytest.mark.parametrize("format", ["storyboard-html", "storyboard-docx", "branching-xblock"])
def test_every_other_format_takes_any_document(format: str) -> None:
    from scenario_exchange.writers import ExportRefused

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(documents())
    def takes(document: dict[str, Any]) -> None:
        try:
            written = write([document], {}, format)
        except ExportRefused as refused:
            assert format == "branching-xblock" and refused.code in ("export.loop", "export.too-many-screens")
        else:
            assert written.data and written.report.entries

    takes()
