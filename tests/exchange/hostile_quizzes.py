"""Quizzes made to exhaust an importer: gaps, options, conditions and rules in numbers that nobody writes."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.exchange import hostile


def moodle(kind: str, text: str, more: str = "") -> bytes:
    name = f'<question type="{kind}"><name><text>a</text></name>'
    return f"<quiz>{name}<questiontext><text>{text}</text></questiontext>{more}</question></quiz>".encode()


def qti_1(asked: str, worth: str = "") -> bytes:
    item = f'<item ident="a"><presentation>{asked}</presentation><resprocessing>{worth}</resprocessing></item>'
    return f"<questestinterop>{item}</questestinterop>".encode()


def qti_2(declared: str, body: str, more: str = "") -> bytes:
    return f'<assessmentItem identifier="a">{declared}<itemBody>{body}</itemBody>{more}</assessmentItem>'.encode()


def oppia(html: str) -> bytes:
    asked = "interaction: {id: Continue, default_outcome: {dest: a}}"
    return f"init_state_name: a\nstates:\n  a:\n    content: {{html: '{html}'}}\n    {asked}\n".encode()


def _platforms() -> Iterator[tuple[str, str, bytes]]:
    yield "gift-blank-lines", "a.gift", b"q {T}\n\nq {=x " + b"x" * 1_000_000 + b"\n" * 1_000_000
    yield "gift-answers", "a.gift", b"q {T}\n\nq {=a" + b"=~" * 900_000 + b"}"
    yield "gift-backslashes", "a.gift", b"q {=a}\n\n" + b"\\" * 1_900_000
    yield "moodle-gaps", "a.xml", moodle("cloze", "{1:SA:=a}" * 200_000)
    yield "moodle-gaps-bounded", "a.xml", moodle("cloze", "{1:SA:=a}" * 11_000)
    yield "moodle-open-gaps", "a.xml", moodle("cloze", "{1:SA:" * 16_000)
    choices = "<selectoption><text>a</text></selectoption>" * 25_000
    yield "moodle-words", "a.xml", moodle("gapselect", "[[1]]" * 19_000, choices)
    yield "moodle-signs", "a.xml", moodle("gapfill", "[" * 99_000 + "a]")
    pair = "<subquestion><text>b</text><answer><text>c</text></answer></subquestion>"
    yield "moodle-one-right", "a.xml", moodle("matching", "", pair * 18_000)


def _qti() -> Iterator[tuple[str, str, bytes]]:
    choice = '<response_lid ident="r"><render_choice><response_label ident="a"/></render_choice></response_lid>'
    yield "qti1-responses", "a.xml", qti_1(choice * 20_000)
    field = '<response_str ident="r"><render_fib/></response_str>'
    yield "qti1-fields", "a.xml", qti_1(f"<material><mattext>x</mattext></material>{field}" * 13_000)
    bounds = '<vargte respident="r">1</vargte><varlte respident="r">2</varlte>' * 30_000
    worth = f"<respcondition><conditionvar>{bounds}</conditionvar><setvar>1</setvar></respcondition>"
    yield "qti1-ranges", "a.xml", qti_1('<response_num ident="r"/>', worth)
    declared = '<responseDeclaration identifier="R"/>'
    entry = '<textEntryInteraction responseIdentifier="R"/>'
    yield "qti2-entries", "a.xml", qti_2(declared, f"<p>{entry * 70_000}</p>")
    yield "qti2-declarations", "a.xml", qti_2(declared * 60_000, f"<p>{entry * 50}</p>")
    words = '<gapText identifier="x">w</gapText>' * 500
    gaps = f'<gapMatchInteraction responseIdentifier="R">{words}{"<gap/>" * 60_000}</gapMatchInteraction>'
    yield "qti2-gaps", "a.xml", qti_2(declared, gaps)
    nested = ('<simpleChoice identifier="a">' * 80 + "x" + "</simpleChoice>" * 80) * 600
    yield (
        "qti2-nested",
        "a.xml",
        qti_2(declared, f'<choiceInteraction responseIdentifier="R">{nested}</choiceInteraction>'),
    )
    yield (
        "qti1-doctype",
        "a.xml",
        b"<!DOCTYPE a " + b" " * 900_000 + b'[<!ENTITY b "c">]><questestinterop>&b;</questestinterop>',
    )


def _packed(name: str, main: str, content: object) -> tuple[str, str, bytes]:
    head = ("h5p.json", json.dumps({"mainLibrary": main}).encode())
    return name, "a.h5p", hostile.packed([head, ("content/content.json", json.dumps(content).encode())])


def _others() -> Iterator[tuple[str, str, bytes]]:
    drag = "".join(f"*w{number}* " for number in range(60))
    yield _packed("h5p-gaps", "H5P.Blanks", {"questions": [f"{number} *a*" for number in range(12_000)]})
    many = [{"library": "H5P.DragText 1.0", "params": {"textField": f"{n} {drag}"}} for n in range(300)]
    yield _packed("h5p-words", "H5P.QuestionSet", {"questions": many})
    yield _packed("h5p-one-text", "H5P.DragText", {"textField": "".join(f"*w{n}* " for n in range(100_000))})
    yield "oppia-elements", "a.yaml", oppia("<oppia-noninteractive-a " * 70_000)
    yield (
        "oppia-tabs",
        "a.yaml",
        oppia('<oppia-noninteractive-tabs tab_contents-with-value="' + "&quot;" * 200_000 + '">'),
    )
    rules = [{"rule_type": "Equals", "inputs": {"x": "a"}}] * 60_000
    asked = {"id": "TextInput", "answer_groups": [{"outcome": {"dest": "b"}, "rule_specs": rules}]}
    yield (
        "oppia-rules",
        "a.json",
        json.dumps({"init_state_name": "a", "states": {"a": {"interaction": asked}}}).encode(),
    )


def quizzes() -> Iterator[tuple[str, str, bytes]]:
    """Yield (name, file name, bytes) of each."""
    yield from _platforms()
    yield from _qti()
    yield from _others()
