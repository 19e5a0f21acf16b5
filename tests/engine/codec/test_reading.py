"""Hostile and broken bytes get one clear finding each, never an exception."""

import pytest

from scenario_engine.codec import decode

DEEP = b"[" * 100_000 + b"]" * 100_000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "document.empty"),
        (b"   \n", "document.empty"),
        (b"\xff\xfe{}", "document.encoding"),
        (b"{", "document.json"),
        (b'{"a": 1, "a": 2}', "document.duplicate-key"),
        (b"a: 1\na: 2", "document.duplicate-key"),
        (b'{"a": NaN}', "document.number"),
        (b'{"a": 1e999}', "document.number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "document.number"),
        (DEEP, "document.depth"),
        (b'{"a": "\\u0000"}', "document.nul"),
        (b'{"a": "\\ud800"}', "document.surrogate"),
        (b"a: &x {b: 1}\nc: *x", "document.yaml"),
        (b"a: [1", "document.yaml"),
        (b"a: !!python/object:os.system x", "document.yaml"),
        (b"? [a, b]\n: 1", "document.yaml"),
        (b"- 1\n- 2", "document.type"),
        (b"hello", "document.type"),
        (b"title: x", "document.format"),
        (b"format: 2", "document.format"),
        (b"format: true", "document.format"),
    ],
)
def test_unusable_bytes_are_one_finding(data: bytes, code: str) -> None:
    decoded = decode(data)
    assert decoded.scenario is None
    assert [finding.code for finding in decoded.problems] == [code]
    assert decoded.problems[0].level == "error"
    assert decoded.problems[0].message


def test_too_many_bytes_are_refused() -> None:
    assert decode(b" " * (20 * 1024 * 1024 + 1)).problems[0].code == "document.too-large"


def test_yaml_words_stay_words() -> None:
    text = b"format: 1\nid: no\ntitle: 'on'\nreview: [{by: x, role: legal, places: [NO, GB], on: 2026-10-01}]\n"
    scenario = decode(text).scenario
    assert scenario is not None
    assert scenario.id == "no"
    assert scenario.review[0].places == ["NO", "GB"]
    assert scenario.review[0].on.isoformat() == "2026-10-01"


@pytest.mark.parametrize("text", ["a: " + "[" * 200_000, "- " * 200_000 + "x", "a: " + "{a: " * 200_000])
def test_yaml_nested_by_thousands_is_refused_before_it_is_built(text: str) -> None:
    assert [problem.code for problem in decode(text.encode()).problems] == ["document.depth"]
