"""Handing over and erasing what is kept about one learner."""

from __future__ import annotations

import json
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from foundation.api import AuditEntry, Organisation
from learning import api
from learning.models import Attempt, Goal, Grade, JournalEntry, Judgement, Step
from tests.learning.catalogue import Shelf
from tests.learning.conftest import NOW, Playing, launch, place
from tests.learning.scenarios import call
from tests.learning.test_grading import fix
from tests.learning.test_play import TO_THE_END, WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(organisation: Organisation, shelf: Shelf) -> Playing:
    ana = launch(place(organisation, "scenario", shelf.publish(call())), api.new_learner(organisation, "Ana Reis"))
    ana.play(TO_THE_END)
    fix(ana, kind="grade", value="0.5")
    learner, attempt = ana.participation.learner, Attempt.objects.get()
    JournalEntry.objects.create(learner=learner, attempt=attempt, scene="back", prompt="r1", text="I was tired.")
    Goal.objects.create(learner=learner, attempt=attempt, prompt="r2", text="If … then I will …")
    return ana


def everything() -> str:
    rows: list[Any] = []
    for model in (Attempt, Step, Judgement, JournalEntry, Goal, api.Learner, AuditEntry):
        rows += model.objects.values()
    return json.dumps(rows, default=str)


def test_an_export_holds_every_word_and_figure(ana: Playing) -> None:
    out = StringIO()
    call_command("export_learner", str(ana.participation.learner.uuid), stdout=out)
    told = json.loads(out.getvalue())
    assert told["learner"]["name"] == "Ana Reis"
    attempt = told["participations"][0]["attempts"][0]
    assert [step["action"] for step in attempt["steps"] if step["action"]["type"] == "write"] == [WORDS]
    assert [(each["kind"], each["value"], each["reason"]) for each in attempt["judgements"]] == [
        ("grade", "1/2", "Read it again.")
    ]
    assert told["participations"][0]["grades"][0]["ratio"] == "0.5000"
    assert [entry["text"] for entry in told["journal"] + told["goals"]] == ["I was tired.", "If … then I will …"]


def test_erasing_leaves_figures_and_no_word(ana: Playing) -> None:
    learner = ana.participation.learner
    call_command("erase_learner", str(learner.uuid), "--yes", stdout=StringIO())
    kept = everything()
    for word in ("Ana", "whole day", "tired", "then I will", "Read it again", "dc_good", "op_right"):
        assert word not in kept, word
    assert Grade.objects.get().ratio == Decimal("0.5000")
    attempt = Attempt.objects.get()
    assert (attempt.ending, attempt.status, attempt.ratio) == ("warm", "finished", Decimal("0.5000"))
    assert ana.load().status_code == 404
    assert AuditEntry.objects.filter(action="learner.erased").count() == 1


def test_erasing_takes_the_figures_too_when_told_so(ana: Playing) -> None:
    api.erase_learner(ana.participation.learner, NOW, by="test", keep_grades=False)
    assert not Grade.objects.exists()
    assert Attempt.objects.get().ratio is None


def test_erasing_wants_to_be_meant(ana: Playing) -> None:
    with pytest.raises(CommandError, match="say --yes"):
        call_command("erase_learner", str(ana.participation.learner.uuid))
    with pytest.raises(CommandError, match="is not the uuid"):
        call_command("export_learner", "nobody")
    assert "whole day" in everything()
