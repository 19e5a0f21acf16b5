"""Texts to a translator and back: PO and XLIFF carry everything, and tell what is old, gone or broken."""

from contextlib import suppress
from typing import Any

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenario_engine.document import Scenario
from scenario_engine.texts import entry, iter_texts, source_mark, staleness
from scenario_exchange.imported import ImportRefused
from scenario_exchange.texts import Format, export_texts, import_texts
from scenario_exchange.texts.check import check_translation
from tests.engine.stories import CAFE, scenario
from tests.exchange.random_documents import scenarios, texts

FORMATS: tuple[Format, ...] = ("po", "xliff")
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
PROMPT = "scenes.hello.prompt"


def cafe(**changes: str) -> Scenario:
    body = CAFE
    for old, new in changes.items():
        body = body.replace(old, new)
    return scenario(body)


def table() -> dict[str, dict[str, str]]:
    sources = dict(iter_texts(cafe()))
    return {
        PROMPT: entry("Was sagst du?", sources[PROMPT]),
        "scenes.door.text": entry("Morgen, {learner.first_name}. Die [[queue|Schlange]].", sources["scenes.door.text"]),
        "scenes.hello.choices.hush.text": entry("Ruhe, bitte.", "Quiet!"),
    }


@pytest.mark.parametrize("format", FORMATS)
def test_a_table_comes_back_as_it_was(format: Format) -> None:
    imported = import_texts(cafe(), export_texts(cafe(), table(), "de", format))
    assert imported.table == table()
    assert imported.locale == "de"
    assert staleness(cafe(), imported.table)["scenes.hello.choices.hush.text"] == "stale"


@pytest.mark.parametrize("format", FORMATS)
def test_writing_reading_and_writing_gives_the_same_bytes(format: Format) -> None:
    written = export_texts(cafe(), table(), "de", format)
    assert export_texts(cafe(), import_texts(cafe(), written).table, "de", format) == written


@SLOW
@given(scenarios(), st.data(), st.sampled_from(FORMATS))
def test_any_table_comes_back(of: Scenario, data: st.DataObject, format: Format) -> None:
    sources = dict(iter_texts(of))
    chosen = data.draw(st.lists(st.sampled_from(sorted(sources)), max_size=6, unique=True))
    made: dict[str, Any] = {}
    for key in chosen:
        text = data.draw(texts)
        if text.strip() and not any(each.is_grave for each in check_translation(sources[key], text, "fr")):
            made[key] = entry(text, sources[key] if data.draw(st.booleans()) else "another source")
    written = export_texts(of, made, "fr", format)
    assert import_texts(of, written).table == made
    assert export_texts(of, import_texts(of, written).table, "fr", format) == written


def test_po_says_where_a_text_stands_and_who_speaks() -> None:
    file = polib.pofile(export_texts(cafe(), table(), "de", "po").decode())
    found = {each.msgctxt: each for each in file}
    assert (
        found["scenes.hello.beats.b1.text"].comment == "Scene “hello” (decision) · beats › b1 › text · says: Noor, she"
    )
    assert found["scenes.hello.beats.b1.text"].occurrences == [("hello", "")]
    assert found["scenes.hello.choices.hush.text"].fuzzy
    assert not found[PROMPT].fuzzy


@pytest.mark.parametrize("format", FORMATS)
def test_a_source_that_changed_after_the_export_makes_the_translation_stale(format: Format) -> None:
    written = export_texts(cafe(), table(), "de", format)
    edited = cafe(**{"What do you say?": "What do you say to her?"})
    imported = import_texts(edited, written)
    assert imported.table[PROMPT] == {"text": "Was sagst du?", "source": source_mark("What do you say?")}
    assert staleness(edited, imported.table)[PROMPT] == "stale"
    assert [each.what for each in imported.report.of_kind("changed") if each.place == PROMPT] == [
        "The source has changed since the translation was made."
    ]


@pytest.mark.parametrize("format", FORMATS)
def test_a_text_that_is_gone_is_reported_with_its_words(format: Format) -> None:
    held = {**table(), "scenes.gone.text": entry("Weg.", "Gone.")}
    imported = import_texts(cafe(), export_texts(cafe(), held, "de", format))
    assert imported.orphans == {"scenes.gone.text": "Weg."}
    assert [each.what for each in imported.report.of_kind("dropped")] == ["The scenario has no such text: “Weg.”."]


def test_a_translation_that_would_break_in_play_is_not_taken_and_told() -> None:
    held = {**table(), "scenes.door.text": entry("Morgen, {learner.name}.", "x")}
    imported = import_texts(cafe(), export_texts(cafe(), held, "de", "po"))
    assert "scenes.door.text" not in imported.table
    (told,) = imported.report.of_kind("dropped")
    assert (told.place, told.what) == (
        "scenes.door.text",
        "The slot {learner.name} is not in the source. “Morgen, {learner.name}.”",
    )


@pytest.mark.parametrize(
    ("source", "text", "locale", "messages"),
    [
        ("{n, plural, one {# day} other {# days}}", "{n, plural, one {# dzień} few {# dni} many {# dni} other {# dnia}}", "pl", []),
        ("{n, plural, one {# day} other {# days}}", "{n, plural, one {# dzień} other {# dni}}", "pl",
         ["The plural form “few” of pl is missing in {n}: “other” is said instead.", ]),
        ("{n, plural, one {# day} other {# days}}", "{n, plural, few {x} other {# 日}}", "ja",
         ["“few” is no plural form of ja; it is never used in {n}."]),
        ("Hello {name}", "Hallo", "de", ["The slot {name} is missing."]),
        ("Hello", "Hallo {name", "de", ["The braces cannot be read: After “{name” a comma or “}” is expected."]),
        ("See [here](https://a.example)", "Siehe [hier](https://b.example)", "de",
         ["The link https://b.example is not in the source.", "The link https://a.example is missing."]),
        ("Plain", "<b>Fett</b>", "de", ["HTML is shown as it is typed."]),
        ("A [[queue]]", "Eine [[schlange]]", "de", ["The glossary has no term “schlange”."]),
        ("{who, select, she {her} other {them}}", "{who, select, sie {ihr} other {ihnen}}", "de",
         ["The case “sie” of {who} is not in the source and is never used.",
          "The case “she” of {who} is missing: “other” is said instead."]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_translation(source: str, text: str, locale: str, messages: list[str]) -> None:
    assert [each.message for each in check_translation(source, text, locale, ["queue"])] == messages


def test_the_wrong_language_is_refused() -> None:
    with pytest.raises(ImportRefused, match="The file is in “de”, not in “fr”"):
        import_texts(cafe(), export_texts(cafe(), table(), "de", "po"), locale="fr")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"/etc/passwd", "import.structure"),
        (b"<xliff version='2.1'/>", "import.other-release"),
        (b"<html/>", "import.other-release"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><xliff version="1.2"/>', "import.doctype"),
        (b'msgid "a\nmsgstr', "import.structure"),
        (b"\xff\xff", "import.encoding"),
    ],
)
def test_what_is_no_translators_file_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        import_texts(cafe(), data)
    assert refused.value.code == code


@SLOW
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))),
    st.booleans(),
)
def test_rubbish_is_refused_or_gives_nothing(data: bytes, inside: bool) -> None:
    whole = export_texts(cafe(), table(), "de", "po" if data[:1] < b"a" else "xliff")
    cut = len(data) * 7 % len(whole)
    with suppress(ImportRefused):
        import_texts(cafe(), whole[:cut] + data + whole[cut:] if inside else data)
