"""Every fault of a document with its path; ids filled in; both forms read back to the same scenario."""

from pathlib import Path

import pytest

from scenario_engine.codec import decode, digest, encode_json, encode_yaml
from scenario_engine.findings import Finding
from tests.engine.stories import CAFE, HEAD, scenario


def found(body: str) -> list[tuple[str, str, str]]:
    decoded = decode((HEAD + body).encode())
    assert decoded.scenario is None
    return [(finding.code, finding.path, finding.scene) for finding in decoded.problems]


def test_all_faults_are_named_at_once() -> None:
    body = """
minutes: soon
scenes:
  - {id: a, kind: line, goto: 3, colour: red}
  - {id: b, kind: riddle}
  - {id: c, kind: decision, choices: [{id: x}, {id: y, text: t, when: {var: v, at_least: no}}]}
"""
    assert sorted(found(body)) == [
        ("document.missing-field", "$.scenes[2].choices[0].text", "c"),
        ("document.type", "$.minutes", ""),
        ("document.type", "$.scenes[0].goto", "a"),
        ("document.type", "$.scenes[2].choices[1].when.at_least", "c"),
        ("document.unknown-field", "$.scenes[0].colour", "a"),
        ("document.unknown-kind", "$.scenes[1].kind", "b"),
    ]


@pytest.mark.parametrize(
    "condition",
    ["{}", "{fact: a, chosen: b}", "{var: v}", "{fact: a, at_least: 1}", "{level: x, at_least: 1}", "{goal: x}"],
)
def test_a_condition_has_one_subject_compared_as_it_can_be(condition: str) -> None:
    body = f"scenes: [{{id: a, kind: line, goto: a, beats: [{{text: t, when: {condition}}}]}}]"
    assert found(body) == [("document.condition", "$.scenes[0].beats[0].when", "a")]


def test_parts_without_an_id_get_the_first_free_one() -> None:
    body = "scenes: [{id: a, kind: line, goto: a, beats: [{text: x}, {id: b1, text: y}, {text: z}]}]"
    first = scenario(body).scenes[0]
    assert [beat.id for beat in first.beats] == ["b2", "b1", "b3"]


def test_json_and_yaml_read_back_to_the_same_scenario() -> None:
    original = scenario(CAFE)
    assert decode(encode_json(original)).scenario == original
    assert decode(encode_yaml(original)).scenario == original
    assert digest(original) == digest(scenario(CAFE))


def test_a_finding_names_what_is_known_there() -> None:
    decoded = decode((HEAD + "sceens: []").encode())
    assert decoded.problems == [
        Finding(
            code="document.unknown-field",
            level="error",
            message="There is no field “sceens” here.",
            path="$.sceens",
            hint=decoded.problems[0].hint,
        )
    ]
    assert "scenes" in decoded.problems[0].hint


def test_a_draft_with_loose_ends_decodes() -> None:
    assert scenario("scenes: [{id: a, kind: line}, {id: b, kind: reply}, {id: c, kind: decision}]").scenes[0].id == "a"


def test_generated_contracts_are_fresh() -> None:
    from scenario_engine.contract import contract_files

    folder = Path(__file__).parents[3] / "frontend" / "contract"
    for name, text in contract_files().items():
        assert (folder / name).read_text(encoding="utf-8") == text, f"run python -m scenario_engine.contract {folder}"


@pytest.mark.parametrize(
    ("body", "message", "hint"),
    [
        ("purpose: practise", "“practise” is not known here.", "Did you mean “practice”? It is one of assessment, coached, practice."),
        ("scenes: [{id: a, kind: desicion}]", "“kind” says “desicion”.", "Did you mean “decision”? One of: page,"),
        ("scenes: [{id: a, kind: line, gotto: b}]", "There is no field “gotto” here.", "Did you mean “goto”? Known here: audio,"),
        ("scenes: [{id: a, kind: ending, outcome: good, grade: most}]", "“most” is not known here.", "It is a number or none."),
        ("scenes: [{id: a, kind: ending}]", "The field “outcome” is missing.", "Add it: one of good, mixed, poor, read, stopped."),
        ("scenes: [{id: a, kind: reflection}]", "The field “prompts” is missing.", "Add it: a list."),
    ],
)  # fmt: skip
def test_a_slip_of_the_hand_is_told_what_was_meant(body: str, message: str, hint: str) -> None:
    problem = decode((HEAD + body).encode()).problems[0]
    assert problem.message == message
    assert problem.hint.startswith(hint)
