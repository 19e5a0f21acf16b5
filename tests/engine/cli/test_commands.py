"""`python -m scenario_engine`: what people and scripts read, and the exit status."""

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from scenario_engine.checks import RULES
from scenario_engine.cli import main
from scenario_engine.cli.report import schema
from tests.engine.driving import SCENARIOS

DOCS = Path(__file__).parents[3] / "docs"
QUIET = str(SCENARIOS / "quiet-colleague.yaml")
GIFT = str(SCENARIOS / "faulty-gift.yaml")
TRANSCRIPT = str(SCENARIOS.parent / "transcripts" / "02-perfect-and-confirmed.json")


def test_check_of_a_sound_scenario_prints_the_best_total(capsys):
    assert main(["check", QUIET]) == 0
    out = capsys.readouterr().out
    assert out.endswith("0 errors, 0 warnings, 2 notes.\nThe best play earns 15 (71 situations searched).\n")


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
    assert (answer["errors"], answer["warnings"], answer["maximum"]) == (0, 5, "24")
    jsonschema.validate(answer, json.loads((DOCS / "check.schema.json").read_text()))
    assert all(f["doc"] == f"docs/checks.md#{f['code'].replace('.', '')}" for f in answer["findings"])


def test_the_schema_of_check_is_not_stale():
    assert json.loads((DOCS / "check.schema.json").read_text()) == schema()


def test_every_finding_leads_to_a_section_of_the_docs():
    headings = set(re.findall(r"^### (\S+)$", (DOCS / "checks.md").read_text(encoding="utf-8"), re.MULTILINE))

    assert headings == {rule.code for rule in RULES}


def test_check_of_a_broken_document_names_every_fault(tmp_path: Path, capsys):
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: 1\nid: x\ntitel: Typo\nscenes: [{id: a, kind: pages}]\n")
    assert main(["check", str(broken), "--json"]) == 1
    codes = [finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]]
    assert codes == ["document.unknown-field", "document.missing-field", "document.unknown-kind"]

    assert main(["check", str(broken)]) == 1
    assert "There is no field “titel” here. (titel)  [document.unknown-field]" in capsys.readouterr().out


def test_check_says_where_an_infinite_number_stands(tmp_path: Path, capsys):
    broken = tmp_path / "broken.json"
    broken.write_text('{"format": 1, "scenes": [{"id": "a", "minutes": [3, 1e999]}]}')
    assert main(["check", str(broken)]) == 1
    assert "A number is infinite or not a number. (scenes[0].minutes[1])" in capsys.readouterr().out


def test_check_ends_quietly_when_nobody_reads_on():
    many = "".join(f", {{id: d{i}, kind: decision, choices: [{{id: c{i}, text: x, goto: no{i}}}]}}" for i in range(900))
    command = [sys.executable, "-m", "scenario_engine", "check", "/dev/stdin"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdin and running.stdout and running.stderr
        running.stdin.write(f"format: 1\nid: x\ntitle: X\nscenes: [{{id: a, kind: line, beats: []}}{many}]\n".encode())
        running.stdin.close()
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()
        assert (running.wait(60), said) == (1, b"")


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


def test_prove_shows_what_each_ending_can_come_to(capsys):
    assert main(["prove", GIFT]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "The best play earns 24 (256 situations searched).\n\nmoon (good): 11 to 24, grade 46% to 100%\n"
    )
    assert "  most:  fw_both → " in out


def test_prove_as_json_names_the_plays(capsys):
    assert main(["prove", GIFT, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == [
        "maximum", "situations", "seed", "best_path", "endings", "competencies", "competency_paths", "steps"
    ]  # fmt: skip
    assert answer["endings"][2]["least_path"][0] == {"scene": "first_words", "kind": "choose", "value": "fw_queue"}


def test_prove_says_when_there_is_too_much_to_search(capsys):
    assert main(["prove", GIFT, "--bound", "20"]) == 2
    assert "More than 20 situations" in capsys.readouterr().err


def test_simulate_prints_players_and_writes_the_picture(tmp_path: Path, capsys):
    picture = tmp_path / "plays.svg"
    assert main(["simulate", GIFT, "--players", "20", "--kinds", "best,worst", "--svg", str(picture)]) == 0
    out = capsys.readouterr().out
    assert "best          100%   12.0 scenes  moon 10" in out
    assert picture.read_text(encoding="utf-8").startswith("<svg ")


def test_simulate_as_json_is_the_same_for_the_same_seed(capsys):
    assert main(["simulate", GIFT, "--players", "18", "--json", "--seed", "a"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert main(["simulate", GIFT, "--players", "18", "--json", "--seed", "a"]) == 0
    assert json.loads(capsys.readouterr().out) == first
    assert (first["scenario"], first["seed"], first["plays"], len(first["players"])) == ("faulty-gift", "a", 18, 9)


def test_simulate_knows_its_players(capsys):
    assert main(["simulate", GIFT, "--kinds", "lucky"]) == 2
    assert capsys.readouterr().err == "There is no player “lucky”.\n"


def test_impact_says_who_can_move(tmp_path: Path, capsys):
    new = tmp_path / "new.yaml"
    new.write_text(Path(GIFT).read_text(encoding="utf-8").replace("points: {acknowledgement: 2, reassurance: 1}", "points: {acknowledgement: 3}"), encoding="utf-8")  # fmt: skip
    attempts = tmp_path / "attempts.json"
    go_on = [{"type": "continue"}, {"type": "continue"}]
    attempts.write_text(
        json.dumps(
            [
                {"id": "early", "seed": "s", "actions": go_on},
                {"id": "late", "seed": "s", "actions": [*go_on, {"type": "choose", "choice": "fw_both"}]},
            ]
        )
    )
    assert main(["impact", GIFT, str(new), "--attempts", str(attempts)]) == 1
    out = capsys.readouterr().out
    assert "changed: first_words" in out
    assert "early: Path and score stay as they are.  [impact.moves]" in out
    assert "2 attempts: 2 touched, 1 can move, 1 must stay." in out
    assert main(["impact", GIFT, str(new), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["attempts"] == []
