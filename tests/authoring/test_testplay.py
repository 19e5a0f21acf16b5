"""Test-play of every kind: a clock without a server that waits, private words that go nowhere, role-plays offline."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import signing

from authoring import testplay
from authoring.testplay import TestPlayRequest, play_document
from scenario_engine.actions import Answer, Choose, Clock, Continue, LearnerAction, Reflect, Say
from scenario_engine.views import TestPlayed
from tests.learning.kinds import visit_home


class Editor:
    """Plays one document as the editor does: each request brings what the last one answered."""

    def __init__(self) -> None:
        self.state: dict[str, Any] | None = None

    def ask(self, action: LearnerAction | None = None) -> Any:
        request = TestPlayRequest(document=visit_home(), state=self.state, action=action)
        answer: TestPlayed = play_document(visit_home(), request, texts=lambda locale: None, media={}, slots={})
        self.state = answer.state
        assert answer.served is not None
        return answer.served

    def play(self, *actions: LearnerAction) -> Any:
        served = self.ask()
        for action in actions:
            served = self.ask(action)
            assert served.error == "", (action, served.error)
        return served

    @property
    def track(self) -> dict[str, Any]:
        assert self.state is not None
        found: dict[str, Any] = signing.loads(self.state["track"], salt=testplay.SALT)
        return found


TO_REFLECTION = (
    Continue(),
    Choose("d_ring"),
    Answer("company"),
    Continue(),
    Say("You look tired."),
    Say("Shall I make tea?"),
    Continue(),
    Choose("s1"),
    Continue(),
    Say("I am bored."),
    Continue(),
)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1_000_000.0]
    monkeypatch.setattr(testplay.time, "time", lambda: now[0])
    return now


def test_time_is_over_when_the_player_asks_after_it(clock: list[float]) -> None:
    editor = Editor()
    editor.play(Continue())
    clock[0] += 15
    assert editor.ask().view.timer.seconds == 5
    clock[0] += 5
    assert editor.ask().view.scene == "word"
    assert [each["type"] for each in editor.track["actions"]] == ["continue", "time_up"]


def test_nobody_is_hurried_with_the_clock_off(clock: list[float]) -> None:
    editor = Editor()
    editor.play(Continue(), Clock(on=False))
    clock[0] += 3600
    assert (editor.ask().view.scene, editor.ask().view.timer.is_off) == ("door", True)


def test_private_words_come_back_to_their_writer_and_are_no_part_of_what_is_played() -> None:
    editor = Editor()
    served = editor.play(*TO_REFLECTION, Reflect("p1", "I was afraid."))
    assert [prompt.text for prompt in served.view.prompts] == ["I was afraid.", "", ""]
    assert "afraid" not in str(editor.track["actions"])
    assert editor.ask(Reflect("p1", "")).view.prompts[0].text == ""


def test_a_role_play_runs_on_authored_lines() -> None:
    editor = Editor()
    served = editor.play(*TO_REFLECTION[:5])
    assert [beat.text[0]["c"] for beat in served.view.roleplay.said] == [
        ["Oh. You again."],
        ["You look tired."],
        ["Yes. Very."],
    ]
    assert served.view.roleplay.goals[0].met is True
