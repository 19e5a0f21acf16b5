"""`python -m scenario_engine`: what people and scripts read, and the exit status."""

import json
from pathlib import Path

import pytest

from scenario_engine.cli import main
from tests.engine.driving import SCENARIOS

QUIET = str(SCENARIOS / "quiet-colleague.yaml")
GIFT = str(SCENARIOS / "faulty-gift.yaml")
TRANSCRIPT = str(SCENARIOS.parent / "transcripts" / "02-perfect-and-confirmed.json")


def test_check_of_a_sound_scenario_prints_the_best_total(capsys):
    assert main(["check", QUIET]) == 0
    assert capsys.readouterr().out == (
        "0 errors, 0 warnings, 0 notes.\nThe best play earns 15 (71 situations searched).\n"
    )


def test_check_prints_findings_by_scene_and_says_no(tmp_path: Path, capsys):
    loose = tmp_path / "loose.yaml"
    loose.write_text(
        "format: 1\nid: x\ntitle: Loose\nscenes: [{id: a, kind: page}, {id: b, kind: ending, outcome: good}]\n"
    )
    assert main(["check", str(loose)]) == 1
    out = capsys.readouterr().out
    assert "\nb\n  warning: No way leads to this scene.  [structure.unreachable]\n" in out
    assert out.endswith("3 errors, 1 warning, 0 notes.\n")


def test_check_as_json_has_a_stable_shape(capsys):
    assert main(["check", GIFT, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == ["file", "findings", "errors", "warnings", "notes", "maximum", "situations"]
    assert (answer["errors"], answer["warnings"], answer["maximum"]) == (0, 2, "24")
    assert all(set(f) == {"code", "level", "message", "hint", "scene", "part", "path"} for f in answer["findings"])


def test_check_of_a_broken_document_names_every_fault(tmp_path: Path, capsys):
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: 1\nid: x\ntitel: Typo\nscenes: [{id: a, kind: pages}]\n")
    assert main(["check", str(broken), "--json"]) == 1
    codes = [finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]]
    assert codes == ["document.unknown-field", "document.missing-field", "document.unknown-kind"]


def test_a_file_that_is_not_there_is_unusable(capsys):
    assert main(["check", "nowhere.yaml"]) == 2
    assert capsys.readouterr().err == "nowhere.yaml: No such file or directory\n"


def test_play_prints_ending_grade_and_profile(capsys):
    assert main(["play", QUIET, "--actions", TRANSCRIPT]) == 0
    assert capsys.readouterr().out == (
        "Ending: agreed (good)\nGrade: 0.9333\nTotal: 14 of 15\n"
        "  noticing: 10 of 11 over 4 moments\n  agreeing: 4 of 4 over 2 moments\n"
        "Path: brief → window → opening → ask_round → ask_round → ask_round → means → words → step_now → agreed\n"
    )


def test_play_as_json_has_a_stable_shape(capsys):
    assert main(["play", QUIET, "--actions", TRANSCRIPT, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["profile"] == {
        "noticing": {"shown": "10", "offered": "11", "moments": 4},
        "agreeing": {"shown": "4", "offered": "4", "moments": 2},
    }
    assert {
        name: answer[name] for name in ("ending", "outcome", "grade", "reason", "total", "held", "maximum", "over")
    } == {
        "ending": "agreed",
        "outcome": "good",
        "grade": "0.9333",
        "reason": "",
        "total": "14",
        "held": False,
        "maximum": "15",
        "over": False,
    }


def test_play_takes_a_bare_list_and_stops_at_the_first_refusal(tmp_path: Path, capsys):
    actions = tmp_path / "actions.json"
    actions.write_text('[{"type": "choose", "choice": "go"}, {"type": "choose", "choice": "go"}]')
    assert main(["play", QUIET, "--actions", str(actions)]) == 1
    assert capsys.readouterr().err == (
        "Action 2 (choose) in scene “window”: There is nothing to choose here. [play.not-offered]\n"
    )


@pytest.mark.parametrize("text", ["{", "[{}]", '[{"type": "dance"}]', '{"seed": 1}'])
def test_unreadable_actions_are_unusable(tmp_path: Path, text: str, capsys):
    actions = tmp_path / "actions.json"
    actions.write_text(text)
    assert main(["play", QUIET, "--actions", str(actions)]) == 2
    assert capsys.readouterr().err.startswith(f"{actions}: ")


def test_a_document_that_cannot_be_read_cannot_be_played(tmp_path: Path, capsys):
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: 1")
    assert main(["play", str(broken), "--actions", TRANSCRIPT]) == 2
    assert "is missing" in capsys.readouterr().err
