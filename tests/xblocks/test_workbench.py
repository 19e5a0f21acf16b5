"""The block in the real workbench, from the built wheel: played, graded, edited, for several learners."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scenario_engine.codec import encode_json
from tests.engine.stories import CAFE, scenario
from tests.xblocks.conftest import block_xml, cafe
from tests.xblocks.workbench import Workbench

PYTHONS = ["ours", pytest.param("3.12", marks=pytest.mark.python312)]
pytestmark = pytest.mark.long


@pytest.fixture(scope="module", params=PYTHONS)
def bench(request: pytest.FixtureRequest, start_workbench: Callable[[str, dict[str, str]], Workbench]) -> Workbench:
    return start_workbench(
        request.param,
        {
            "cafe": block_xml(cafe(), display_name="A café & a bus", weight="2", max_attempts="2"),
            "empty": "<branchwise_scenario/>",
            "edited": block_xml(cafe()),
            "refused": block_xml(cafe(), display_name="As it was"),
            "broken": block_xml(b"{not json"),
        },
    )


def step(bench: Workbench, usage: str, seq: int, action: dict[str, Any], student: str = "s1") -> Any:
    status, served = bench.post(usage, "act", {"seq": seq, "action": action}, student)
    assert status == 200, served
    return served


def test_the_wheel_holds_the_block_and_the_player_and_no_address(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        assert "scenario_xblock/public/built/player.js" in names
        assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {
            "scenario_engine",
            "scenario_exchange",
            "scenario_xblock",
        }
        shipped = [name for name in names if name.endswith((".js", ".css", ".html")) and "/public/" in name]
        text = " ".join(archive.read(name).decode() for name in shipped)
    # Names of XML vocabularies are no addresses that anything is fetched from.
    found = set(re.findall(r"https?://[\w.\-/]+", text)) - {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert not found


def test_a_play_ends_with_one_grade_and_completion(bench: Workbench) -> None:
    usage = bench.usage("cafe")
    _, served = bench.post(usage, "load", {})
    assert (served["view"]["scene"], served.get("attempt", 1), served["attempts_left"]) == ("door", 1, 2)
    served = step(bench, usage, 0, {"type": "continue"})
    assert [choice["id"] for choice in served["view"]["choices"]] == ["ask", "hush"]
    served = step(bench, usage, 1, {"type": "choose", "choice": "ask"})
    served = step(bench, usage, 2, {"type": "continue"})
    assert served["debrief"]["grade"] == {"ratio": 1.0}
    assert served["delivery"]["status"] == "saved"
    assert bench.published("grade") == [{"value": 1.0, "max_value": 1.0, "only_if_higher": True}]
    assert bench.published("completion") == [{"completion": 1.0}]
    served = step(bench, usage, 3, {"type": "continue"})
    assert served["view"]["over"] is True
    assert len(bench.published("grade")) == 1


def test_a_repeated_step_is_not_taken_twice(bench: Workbench) -> None:
    usage = bench.usage("cafe")
    bench.post(usage, "load", {}, "s2")
    step(bench, usage, 0, {"type": "continue"}, "s2")
    again = step(bench, usage, 0, {"type": "continue"}, "s2")
    assert (again["error_code"], again["view"]["seq"]) == ("play.stale", 1)
    hidden = step(bench, usage, 1, {"type": "choose", "choice": "secret"}, "s2")
    assert (hidden["error_code"], hidden["view"]["seq"]) == ("play.not-offered", 1)


@pytest.mark.parametrize("body", [{}, {"seq": 0}, {"seq": 0, "action": {"type": "judged", "levels": {}}}, [], None, 3])
def test_what_is_no_action_of_a_learner_is_refused(bench: Workbench, body: Any) -> None:
    usage = bench.usage("cafe")
    bench.post(usage, "load", {}, "s3")
    status, answer = bench.post(usage, "act", body, "s3")
    assert status == 400, answer


def test_attempts_end_where_the_course_says(bench: Workbench) -> None:
    usage = bench.usage("cafe")
    bench.post(usage, "load", {}, "s4")
    for number in (1, 2):
        for seq, action in enumerate(({"type": "continue"}, {"type": "choose", "choice": "ask"}, {"type": "continue"})):
            served = step(bench, usage, seq, action, "s4")
        assert served.get("can_start_again", False) is (number == 1)
        status, answer = bench.post(usage, "restart", {}, "s4")
        assert (status, number) in ((200, 1), (409, 2)), answer
    assert [grade["value"] for grade in bench.published("grade", "s4")] == [1.0, 1.0]


def test_nothing_of_what_is_to_come_reaches_the_browser(bench: Workbench) -> None:
    usage = bench.usage("cafe")
    # The workbench prints the scenario's XML below the block; what is ours is the block itself.
    fragment = bench.page("cafe", "s5").split('class="branchwise-scenario"')[1].split("</div>")[0]
    sent = fragment + str(bench.post(usage, "load", {}, "s5")[1])
    for hidden in ("Coffee", "hello", "warm_end", "points", "What happened?", "secret"):
        assert hidden not in sent


def test_an_empty_block_says_what_to_do_and_a_broken_one_never_fails(bench: Workbench) -> None:
    assert "There is no scenario here yet." in bench.page("empty")
    assert "There is no scenario here yet." in bench.page("broken")
    status, answer = bench.post(bench.usage("empty"), "load", {})
    assert (status, "Studio" in str(answer)) == (404, True)


def test_an_edit_in_studio_strands_nobody(bench: Workbench) -> None:
    usage = bench.usage("edited")
    bench.post(usage, "load", {}, "early")
    step(bench, usage, 0, {"type": "continue"}, "early")
    changed = CAFE.replace("What happened?", "What happened to you?").replace("id: hush", "id: shush")
    document = encode_json(scenario(changed)).decode()
    settings = {"display_name": "Edited", "weight": 3, "max_attempts": None}
    status, saved = bench.post(usage, "studio_submit", {"document": document, "settings": settings})
    assert (status, saved["saved"]) == (200, True), saved
    old = step(bench, usage, 1, {"type": "choose", "choice": "hush"}, "early")
    assert old["error_code"] == "" if "error_code" in old else True
    _, fresh = bench.post(usage, "load", {}, "late")
    served = step(bench, usage, fresh["view"]["seq"], {"type": "continue"}, "late")
    assert [choice["id"] for choice in served["view"]["choices"]] == ["ask", "shush"]


def test_studio_refuses_errors_and_names_them(bench: Workbench) -> None:
    usage = bench.usage("refused")
    _, checked = bench.post(usage, "studio_check", {"document": "format: 1\nid: x\ntitle: T\nsceens: []"})
    assert checked["publishable"] is False
    assert checked["findings"][0]["code"] == "document.unknown-field"
    broken = encode_json(scenario(CAFE)).decode().replace('"goto":"fork"', '"goto":"nowhere"')
    _, refused = bench.post(usage, "studio_submit", {"document": broken, "settings": {"display_name": "Broken"}})
    assert refused["saved"] is False
    assert "structure.unknown-target" in {finding["code"] for finding in refused["findings"]}
    page = bench.page("refused", view="studio_view")
    assert "As it was" in page
    assert "Broken" not in page


def test_the_authors_view_is_an_outline_and_visitors_are_asked_to_sign_in(bench: Workbench) -> None:
    assert "<th scope='row'>hello</th>" in bench.page("cafe", view="author_view").replace('"row"', "'row'")
    assert "Sign in to play" in bench.page("cafe", view="public_view")
