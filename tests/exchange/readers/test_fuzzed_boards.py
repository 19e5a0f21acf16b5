"""Storyboards and quizzes bent out of shape: they are read or refused, and nothing else ever happens."""

import io
import json
import zipfile
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenario_engine.codec import decode_raw
from scenario_exchange import read
from scenario_exchange.imported import Imported, ImportRefused, Report
from scenario_exchange.storyboards.conditions import Unclear, parse_condition
from scenario_exchange.storyboards.notation import parse_changes, parse_points
from scenario_exchange.storyboards.read_rows import read_rows
from scenario_exchange.storyboards.row import COLUMNS, PARTS, Row
from tests.exchange.readers.samples import BOARDS

FAST = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
TOKENS = [
    "", '"', "'", "\n", "\r\n", "\t", ",", ";", "|", "{", "}", "[", "]", "(", ")", "<", ">", "</p>", "&amp;", "&#0;", "%", "=", "~", "#", "::", "->",
    "\\", "*", "- ", "> ", "# ", "## ", "---\n", "9" * 400, "1e999", "NaN", "-", "\u2028", "\ufdd0", "\x00", "\ud800", "\u202e", "﻿", "true", "null",
    "scene", "choice", "goto", "/* scene */", "/* choice more: {} */", "{#a}", "[once; if (]", "not " * 50, "((" * 40, "<!DOCTYPE a>", "<b>" * 60,
]  # fmt: skip


def sound(imported: Imported) -> None:
    for document in imported.documents:
        assert decode_raw(document).problems == []
    assert imported.report.entries


@st.composite
def bent(draw: st.DrawFn, text: str) -> bytes:
    """Draw a text with a few of its pieces replaced, doubled or left out."""
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 1, 3, 20, 400])))
        other = draw(st.one_of(st.sampled_from(TOKENS), st.just(text[start:end] * 2), st.text(max_size=5)))
        text = text[:start] + other + text[end:]
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("name", [name for name, (_, data) in BOARDS.items() if not data.startswith(b"PK")])
def test_a_bent_text_is_read_or_refused(name: str) -> None:
    file, data = BOARDS[name]

    @FAST
    @given(bent(data.decode("utf-8-sig")))
    def stays_whole(changed: bytes) -> None:
        with suppress(ImportRefused):
            sound(read(io.BytesIO(changed), file))

    stays_whole()


@pytest.mark.parametrize("name", [name for name, (_, data) in BOARDS.items() if data.startswith(b"PK")])
def test_a_bent_package_is_read_or_refused(name: str) -> None:
    file, data = BOARDS[name]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    target = "word/document.xml" if "word/document.xml" in parts else "items/0.xml"

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(bent(parts[target].decode()))
    def stays_whole(changed: bytes) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for entry, content in {**parts, target: changed}.items():
                archive.writestr(entry, content)
        with suppress(ImportRefused):
            sound(read(out, file))

    stays_whole()


_json: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-9, 9),
        st.floats(allow_nan=False),
        st.sampled_from(["", "a", "x y", "\n"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["", "id", "text", "points", "when", "add", "who", "mood", "goto", "choices", "var", "not"]
            ),
            inner,
        ),
    ),
    max_leaves=6,
)
_cells = st.one_of(
    st.sampled_from([*TOKENS, "a", "b", "empathy +2", "trust +3; learn x", "not a", "decision", "end", "50 %"]),
    st.text(max_size=8),
)
_rows = st.builds(
    lambda cells, more, part: Row(
        cells={**cells, "part": part}, more=more if isinstance(more, dict) else {}, place="row"
    ),
    st.dictionaries(st.sampled_from([*COLUMNS[:-1], "choice", "then"]), _cells, max_size=6),
    _json,
    st.sampled_from(["", *PARTS, "x"]),
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_rows, max_size=8), st.booleans())
def test_any_rows_become_a_document_or_are_refused(rows: list[Row], is_own: bool) -> None:
    with suppress(ImportRefused):
        document = read_rows(rows, "x", Report(), is_own=is_own)
        assert decode_raw(json.loads(json.dumps(document))).problems == []


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(st.sampled_from([*TOKENS, "a", "and", "or", "not", "3", ">="]), max_size=12).map(" ".join),
    )
)
def test_any_line_is_understood_or_called_unclear(line: str) -> None:
    for parse in (parse_condition, parse_points, parse_changes):
        with suppress(Unclear):
            parse(line)
