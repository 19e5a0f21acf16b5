"""Why is my grade missing? What the coach's page says about each learner."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from foundation.api import Organisation
from learning import api, hooks, reviewing
from learning.hooks import DeliveryStatus
from learning.missing import Missing
from learning.models import Attempt
from tests.learning.catalogue import Shelf
from tests.learning.conftest import Playing, launch, place
from tests.learning.scenarios import call, chat
from tests.learning.test_grading import OPEN, coach_of, fix
from tests.learning.test_play import NEXT, TO_THE_END

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(organisation: Organisation, shelf: Shelf) -> Playing:
    return launch(place(organisation, "scenario", shelf.publish(chat())), api.new_learner(organisation, "Ana Reis"))


def why(ana: Playing) -> Missing | None:
    return reviewing.learner_page(coach_of(ana), ana.participation.uuid).missing


def sentence(ana: Playing) -> str:
    found = why(ana)
    return found.sentence if found else ""


def test_each_standing_has_its_reason(ana: Playing) -> None:
    assert "not begun" in sentence(ana)
    ana.play([NEXT])
    assert "not finished" in sentence(ana)
    ana.play([{"type": "stop"}])
    assert "stopped" in sentence(ana)
    ana.restart()
    ana.play([NEXT, OPEN])
    assert why(ana) is None
    fix(ana, kind="void", number=2)
    assert "stopped" in sentence(ana)
    fix(ana, kind="withdraw", value="void", number=2)
    fix(ana, kind="excuse", number=2)
    assert "excused" in sentence(ana)


def test_grade_that_waits_for_the_coach_leads_to_the_attempt(organisation: Organisation, shelf: Shelf) -> None:
    ana = launch(place(organisation, "scenario", shelf.publish(call())), api.new_learner(organisation))
    ana.play(TO_THE_END)
    found = why(ana)
    assert found is not None
    assert "waits for you" in found.sentence
    assert found.attempt == Attempt.objects.get()


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (DeliveryStatus("delayed", None, "The LMS refuses this grade.", "Tell them."), "The LMS refuses this grade."),
        (DeliveryStatus("sent", None, "The gradebook shows 70 %.", "It is left alone."), "The gradebook shows 70 %."),
        (DeliveryStatus("confirmed", None, "It is there."), ""),
        (DeliveryStatus("sent", None, "It took it."), ""),
        (DeliveryStatus("saved", None, "On its way."), "On its way."),
    ],
)
def test_delivery_speaks_where_there_is_a_grade(ana: Playing, status: Any, shown: str) -> None:
    ana.play([NEXT, OPEN])
    hooks.register_delivery_status(lambda ids: dict.fromkeys(ids, status))
    assert sentence(ana) == shown


def test_activity_without_a_column_says_so(ana: Playing) -> None:
    ana.play([NEXT, OPEN])
    hooks.register_missing_delivery(lambda placement: ("There is no column.", "Make one."))
    assert why(ana) == Missing("There is no column.", "Make one.")


def test_page_of_the_learner_shows_it(ana: Playing) -> None:
    ana.play([NEXT])
    coach = api.new_learner(ana.participation.placement.organisation, "Kim Berg")
    token = api.issue_coach_session(ana.participation.placement, coach, timezone.now())
    path = f"/coach/{ana.participation.placement.uuid}/learners/{ana.participation.uuid}/"
    page = ana.client.get(path, headers={"Authorization": f"Bearer {token}"})
    assert page.status_code == 200
    assert "Why is the grade not in the gradebook?" in page.content.decode()
