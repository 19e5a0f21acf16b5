"""Whatever a confined child does, the parent is told in time and goes on; the child knows no secret of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from authoring.confined.bounds import Bounds
from authoring.confined.parent import Ended, run_confined

from . import naughty

CHILD = "tests.authoring.confined.naughty"


def run(folder: Path, what: str, bounds: Bounds = naughty.BOUNDS) -> Any:
    (folder / "what").write_text(what)
    return run_confined(CHILD, folder, bounds)


def test_an_answer_comes_back_from_a_process_without_our_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    answer = run(tmp_path, "answer")
    assert answer["django"] is False
    assert not [name for name in answer["environment"] if "DATABASE" in name or "BRANCHWISE" in name]


def test_a_refusal_brings_its_answer(tmp_path: Path) -> None:
    with pytest.raises(Ended) as ended:
        run(tmp_path, "refuse")
    assert (ended.value.why, ended.value.answer) == ("refused", {"code": "import.test"})


@pytest.mark.parametrize(
    ("what", "why"), [("eat", "memory"), ("loop", "time"), ("break", "broken"), ("fill", "broken")]
)
def test_what_goes_too_far_is_ended_and_named(tmp_path: Path, what: str, why: str) -> None:
    with pytest.raises(Ended) as ended:
        run(tmp_path, what)
    assert ended.value.why == why


def test_a_child_that_does_not_end_is_killed(tmp_path: Path) -> None:
    with pytest.raises(Ended, match="time"):
        run(tmp_path, "loop", Bounds(wall_s=1))
