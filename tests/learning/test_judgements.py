"""Words that wait for a judge: recorded when read, given up at the deadline, never blocking anybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from config.work import KINDS
from foundation.api import Organisation, run_due
from learning import api
from learning.judging import Reading, Words
from learning.models import Attempt, Grade, Judgement, PendingJudgement, Step
from tests.learning.catalogue import Shelf
from tests.learning.conftest import Playing, launch, place
from tests.learning.scenarios import call
from tests.learning.test_play import GOOD, NEXT, RIGHT, WARM, WORDS

pytestmark = pytest.mark.django_db

KIND = [kind for kind in KINDS if kind.name == "learning.judgements"]


@dataclass
class FakeJudge:
    """Answers what the test says, and remembers what it was asked."""

    answer: Reading | Exception | None
    wait: timedelta = timedelta(seconds=20)
    asked: list[Words] = field(default_factory=list)

    def read(self, words: Words, now: datetime) -> Reading | None:
        self.asked.append(words)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


READ = Reading({"warmth": 4}, "model", "fake-1", {"warmth": ["a whole day", "I am sorry"]})


@pytest.fixture(autouse=True)
def work_kinds(settings: Any) -> None:
    settings.WORK_KINDS = "config.work.KINDS"


def ana_wrote(organisation: Organisation, shelf: Shelf, judge: FakeJudge, scenario: dict[str, Any]) -> Playing:
    api.register_judge(judge)
    ana = launch(place(organisation, "scenario", shelf.publish(scenario)), api.new_learner(organisation))
    served = ana.play([GOOD, NEXT, RIGHT, NEXT, WORDS])
    assert (served["view"]["awaits"], served["poll_after_s"]) == ("judgement", 1.5)
    return ana


def counting() -> dict[str, Any]:
    scenario = call()
    scenario["scenes"][2]["counts"] = "yes"
    return scenario


def test_what_the_judge_read_is_recorded_as_a_step_and_leads_on(organisation: Organisation, shelf: Shelf) -> None:
    judge = FakeJudge(READ)
    ana = ana_wrote(organisation, shelf, judge, counting())
    row = PendingJudgement.objects.get()
    assert run_due(timezone.now(), KIND) == 1
    served = ana.load().json()
    assert served["view"]["ending"]["id"] == "warm"
    assert [(each.text, each.scene, each.seq) for each in judge.asked] == [(WORDS["text"], "words", row.seq)]
    assert Step.objects.order_by("seq").values_list("by", "action__type", "action__source").last() == (
        "host", "judged", "model",
    )  # fmt: skip
    judgement = Judgement.objects.get()
    assert (judgement.kind, judgement.criterion, judgement.value, judgement.source) == ("level", "warmth", "4", "model")
    assert judgement.evidence == ["a whole day", "I am sorry"]
    assert Grade.objects.get().ratio == Decimal("1.0000")


def test_a_level_that_a_coach_must_confirm_grades_nothing_yet(organisation: Organisation, shelf: Shelf) -> None:
    ana = ana_wrote(organisation, shelf, FakeJudge(READ), call())
    run_due(timezone.now(), KIND)
    assert ana.load().json()["debrief"]["grade"]["reason"] == "pending"
    assert not Grade.objects.exists()


def test_a_judge_that_fails_is_asked_again_until_the_deadline(organisation: Organisation, shelf: Shelf) -> None:
    judge = FakeJudge(RuntimeError("busy"))
    ana = ana_wrote(organisation, shelf, judge, call())
    now = timezone.now()
    run_due(now, KIND)
    assert "busy" in PendingJudgement.objects.get().last_error
    assert ana.load().json()["view"]["awaits"] == "judgement"
    run_due(now + timedelta(seconds=25), KIND)
    served = ana.load().json()
    assert served["view"]["stage"] == "match"
    assert len(judge.asked) == 1
    assert ana.act(served["view"]["seq"], WARM).status_code == 200


def test_without_any_worker_the_learner_goes_on_after_the_deadline(
    organisation: Organisation, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = ana_wrote(organisation, shelf, FakeJudge(READ), call())
    later = timezone.now() + timedelta(seconds=21)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert ana.load().json()["view"]["stage"] == "match"
    run_due(later, KIND)  # a worker that comes back finds nothing to do
    assert not Judgement.objects.exists()
    assert Attempt.objects.get().seq == 6


def test_a_judge_with_nothing_to_say_lets_the_learner_match(organisation: Organisation, shelf: Shelf) -> None:
    ana = ana_wrote(organisation, shelf, FakeJudge(None), call())
    run_due(timezone.now(), KIND)
    assert ana.load().json()["view"]["stage"] == "match"
    assert PendingJudgement.objects.get().due_at is None


def test_levels_for_unknown_criteria_are_as_if_there_were_none(organisation: Organisation, shelf: Shelf) -> None:
    ana = ana_wrote(organisation, shelf, FakeJudge(Reading({"made_up": 4}, "model")), call())
    run_due(timezone.now(), KIND)
    assert not Judgement.objects.exists()
    assert ana.load().json()["view"]["stage"] == "match"


def test_a_stop_while_waiting_leaves_the_judge_nothing_to_do(organisation: Organisation, shelf: Shelf) -> None:
    judge = FakeJudge(READ)
    ana = ana_wrote(organisation, shelf, judge, call())
    assert ana.act(5, {"type": "stop"}).status_code == 200
    run_due(timezone.now(), KIND)
    assert judge.asked == []
