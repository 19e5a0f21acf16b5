"""The doors for texts, JSON, YAML and markup: nothing is guessed, nothing grows, every refusal says where."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from scenario_exchange import ImportRefused, read
from scenario_exchange.imported import shortened
from scenario_exchange.limits import Limits
from scenario_exchange.markup import drop_active, parse_html, parse_xml
from scenario_exchange.plain import decode_text, read_json, read_yaml
from scenario_exchange.refusals import REFUSALS


def refusal(of: Callable[[], Any]) -> ImportRefused:
    with pytest.raises(ImportRefused) as refused:
        of()
    assert refused.value.code in REFUSALS
    return refused.value


@pytest.mark.parametrize(
    "data",
    [
        "é\nb".encode(),
        b"\xef\xbb\xbf" + "é\r\nb".encode(),
        b"\xff\xfe" + "é\rb".encode("utf-16-le"),
        b"\xfe\xff" + "é\nb".encode("utf-16-be"),
    ],
)
def test_texts_arrive_whatever_their_mark_and_line_ends(data: bytes) -> None:
    assert decode_text(data) == "é\nb"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("é".encode("latin-1"), "import.encoding"),
        ("Grüße".encode("cp1252"), "import.encoding"),
        ("日本語".encode("shift-jis"), "import.encoding"),
        (b"\xed\xa0\x80", "import.encoding"),
        (b"\xff\xfe\x00\xd8", "import.encoding"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "import.encoding"),
        ("ab".encode("utf-16-le"), "import.nul"),
        (b"a\nb\0", "import.nul"),
        (b"x" * (20 * 1024 * 1024 + 1), "import.too-large"),
    ],
)
def test_other_encodings_are_refused_and_never_guessed(data: bytes, code: str) -> None:
    refused = refusal(lambda: decode_text(data))
    assert refused.code == code
    assert refused.hint


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000 + "]" * 100_000, "import.depth"),
        ('{"a":' * 5_000 + "1" + "}" * 5_000, "import.depth"),
        ('{"a": ' + "9" * 5_000 + "}", "import.number"),
        ('{"a": NaN}', "import.number"),
        ('{"a": -Infinity}', "import.number"),
        ('{"a": 1e999}', "import.number"),
        ('{"a": "\\ud800"}', "import.surrogate"),
        ('{"a": "\\u0000"}', "import.nul"),
        ('{"a": 1, "a": 2}', "import.duplicate-key"),
        ('{"a": 1,}', "import.json"),
        ("[" + "{}," * 300_000 + "{}]", "import.too-large"),
        ("hello", "import.json"),
    ],
)
def test_hostile_json_is_refused(text: str, code: str) -> None:
    assert refusal(lambda: read_json(text)).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x [1]\nb: *x", "import.yaml"),
        ("a: !!python/object/apply:os.system [ls]", "import.yaml"),
        ("a: " + "[" * 50_000, "import.depth"),
        ("- x\n" * 100_000, "import.too-large"),
        ("a: 1\na: 2", "import.duplicate-key"),
    ],
)
def test_hostile_yaml_is_refused(text: str, code: str) -> None:
    assert refusal(lambda: read_yaml(text)).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "import.doctype"),
        ('<?xml version="1.0"?>\n<!-- x --><!DOCTYPE a SYSTEM "http://x/y.dtd"><a/>', "import.doctype"),
        ("<!DOCTYPE a><a/>", "import.doctype"),
        ("<a>&undefined;</a>", "import.markup"),
        ("<a><b></a>", "import.markup"),
        ("", "import.markup"),
        ("<a>" * 200 + "</a>" * 200, "import.depth"),
        ("<a>" * 100_000 + "</a>" * 100_000, "import.too-large"),
        ("<a>" + "<b/>" * 200_000 + "</a>", "import.too-large"),
        ("<a " + "".join(f'b{i}="" ' for i in range(700_000)) + "/>", "import.too-large"),
    ],
)
def test_hostile_xml_is_refused(text: str, code: str) -> None:
    assert refusal(lambda: parse_xml(text)).code == code


def test_xml_is_read_whatever_encoding_it_claims_once_it_is_decoded() -> None:
    data = b"\xff\xfe" + '<?xml version="1.0" encoding="UTF-16"?><a>é</a>'.encode("utf-16-le")
    assert parse_xml(data).text == "é"
    assert parse_xml('<?xml version="1.0" encoding="latin-1"?><a>é</a>'.encode()).text == "é"


def test_html_loses_what_could_run_and_says_so() -> None:
    root = parse_html("<!DOCTYPE html><p onclick='x()'>a<script>evil()</script><iframe src='x'></iframe></p>")
    assert drop_active(root) == ["script", "iframe"]
    assert root.text_content() == "a"


def test_html_nested_by_thousands_is_refused() -> None:
    assert refusal(lambda: parse_html("<div>" * 10_000)).code == "import.depth"


@pytest.mark.parametrize(("data", "code"), [(b"", "import.empty"), (b"\0\1\2\3 binary", "import.unknown-format")])
def test_what_nobody_knows_is_refused_with_what_can_be_imported(data: bytes, code: str) -> None:
    refused = refusal(lambda: read(io.BytesIO(data), "thing.bin"))
    assert refused.code == code
    assert refused.hint


def test_an_upload_that_is_too_large_is_refused_before_it_is_read() -> None:
    assert refusal(lambda: read(io.BytesIO(b"x" * 100), "a.json", Limits(upload=99))).code == "import.too-large"


def test_quotations_in_reports_are_short() -> None:
    assert shortened("a\n b" + "c" * 500) == "a b" + "c" * 116 + "…"
