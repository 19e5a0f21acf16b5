"""What is unfinished when time is over, and the sentence that goes beside a grade into the gradebook."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.work import KINDS
from foundation.api import Organisation, run_due
from learning import api
from learning.models import Attempt, DueDate, Grade
from tests.learning.catalogue import Shelf
from tests.learning.conftest import Playing, launch, place
from tests.learning.scenarios import call, chat
from tests.learning.test_grading import ASK, NEXT, OPEN, WAIT, fix, ratios
from tests.learning.test_play import GOOD, RIGHT

pytestmark = pytest.mark.django_db
DUE = [kind for kind in KINDS if kind.name == "learning.due"]


def placed(organisation: Organisation, shelf: Shelf, document: dict[str, Any], **policies: Any) -> Playing:
    due_at = (timezone.now() + timedelta(days=1)).isoformat()
    placement = place(organisation, "scenario", shelf.publish(document), policies={"due_at": due_at, **policies})
    return launch(placement, api.new_learner(organisation))


def pass_the_due_date() -> int:
    return run_due(timezone.now() + timedelta(days=2), DUE)


def test_what_is_unfinished_counts_as_far_as_it_got(organisation: Organisation, shelf: Shelf) -> None:
    ana = placed(organisation, shelf, call(when_unfinished="score_so_far"))
    ana.play([GOOD, NEXT, RIGHT])
    assert run_due(timezone.now(), DUE) == 0
    assert pass_the_due_date() == 1
    assert ratios(ana.participation) == {"": Decimal("0.5556")}  # (3 + 2) of 9
    assert pass_the_due_date() == 0


def test_unfinished_is_no_grade_unless_the_author_says_so(organisation: Organisation, shelf: Shelf) -> None:
    ana = placed(organisation, shelf, call())
    ana.play([GOOD, NEXT, RIGHT])
    assert DueDate.objects.count() == 0
    api.regrade(ana.participation.pk, timezone.now() + timedelta(days=2))
    assert ratios(ana.participation) == {}


def test_opening_an_activity_is_no_zero(organisation: Organisation, shelf: Shelf) -> None:
    ana = placed(organisation, shelf, call(when_unfinished="score_so_far"))
    ana.load()
    assert pass_the_due_date() == 1
    assert ratios(ana.participation) == {}


def test_finished_attempt_is_not_replaced_by_one_that_is_under_way(organisation: Organisation, shelf: Shelf) -> None:
    ana = placed(organisation, shelf, chat(when_unfinished="score_so_far"), attempt="last")
    ana.play([NEXT, OPEN])
    ana.restart()
    ana.play([NEXT, ASK])
    pass_the_due_date()
    assert ratios(ana.participation) == {"": Decimal("1.0000")}


def test_whole_attempt_takes_the_place_of_its_part_when_it_is_finished_late(
    organisation: Organisation, shelf: Shelf
) -> None:
    ana = placed(organisation, shelf, chat(when_unfinished="score_so_far"))
    ana.play([NEXT, ASK])
    pass_the_due_date()
    assert ratios(ana.participation) == {"": Decimal("0.2500")}
    ana.play([WAIT])
    assert ratios(ana.participation) == {"": Decimal("0.2500")}  # 1, then below nothing: the first try stays
    assert Attempt.objects.get().status == "finished"


def test_later_due_date_takes_the_part_back(organisation: Organisation, shelf: Shelf) -> None:
    ana = placed(organisation, shelf, chat(when_unfinished="score_so_far"))
    ana.play([NEXT, ASK])
    api.set_due_at(ana.participation.placement, timezone.now() - timedelta(minutes=1), timezone.now())
    run_due(timezone.now(), DUE)
    assert ratios(ana.participation) == {}  # begun after that date
    Attempt.objects.update(started_at=timezone.now() - timedelta(hours=1))
    api.regrade(ana.participation.pk, timezone.now())
    assert ratios(ana.participation) == {"": Decimal("0.2500")}
    api.set_due_at(ana.participation.placement, timezone.now() + timedelta(days=1), timezone.now())
    api.regrade(ana.participation.pk, timezone.now())
    assert ratios(ana.participation) == {"": None}
    assert DueDate.objects.get().due_at > timezone.now()


def test_moving_a_due_date_takes_as_many_statements_for_a_class_as_for_one(
    organisation: Organisation, shelf: Shelf
) -> None:
    now = timezone.now()
    first = placed(organisation, shelf, chat(when_unfinished="score_so_far"))
    placement = first.participation.placement
    first.play([NEXT, ASK])
    taken = []
    for days in (2, 3):
        with CaptureQueriesContext(connection) as captured:
            api.set_due_at(placement, now + timedelta(days=days), now)
        taken.append(len(captured.captured_queries))
        for _ in range(4):
            launch(placement, api.new_learner(organisation)).play([NEXT, ASK])
    assert taken[0] == taken[1]
    assert set(DueDate.objects.values_list("due_at", flat=True)) == {now + timedelta(days=3)}
    assert DueDate.objects.count() == 9


def test_stopping_after_the_due_date_takes_the_part_back(organisation: Organisation, shelf: Shelf) -> None:
    ana = placed(organisation, shelf, chat(when_unfinished="score_so_far"))
    ana.play([NEXT, ASK])
    pass_the_due_date()
    ana.play([{"type": "stop"}])
    assert ratios(ana.participation) == {"": None}


def test_gradebook_gets_the_title_of_the_ending_and_then_a_coachs_reason(
    organisation: Organisation, shelf: Shelf, changes: list[dict[str, Any]]
) -> None:
    ana = launch(place(organisation, "scenario", shelf.publish(chat())), api.new_learner(organisation))
    ana.play([NEXT, OPEN])
    assert api.current_grade(ana.participation.pk, "").comment == "Tea"
    fix(ana, kind="grade", value="1")
    grade = Grade.objects.get()
    assert (grade.comment, grade.revision, len(changes)) == ("Read it again.", 2, 2)  # the words alone are news
    fix(ana, kind="withdraw", value="grade")
    assert Grade.objects.get().comment == "Tea"


def test_erased_learner_leaves_no_words_beside_a_grade(organisation: Organisation, shelf: Shelf) -> None:
    ana = launch(place(organisation, "scenario", shelf.publish(chat())), api.new_learner(organisation))
    ana.play([NEXT, OPEN])
    fix(ana, kind="grade", value="0.5")
    api.erase_learner(ana.participation.learner, timezone.now(), by="test")
    assert Grade.objects.get().comment == ""
