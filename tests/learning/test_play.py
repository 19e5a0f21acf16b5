"""Steps: exactly once, refused when stale or unfit, and never half of one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.api import Organisation
from learning import api
from learning.attempts import decode_state
from learning.models import Attempt, Grade, Step
from scenario_engine.actions import LearnerAction
from scenario_engine.play import advance, start
from tests.learning.catalogue import Shelf
from tests.learning.conftest import Playing, launch, place
from tests.learning.scenarios import call, chat

pytestmark = pytest.mark.django_db

GOOD = {"type": "choose", "choice": "dc_good"}
NEXT = {"type": "continue"}
RIGHT = {"type": "answer", "value": "op_right"}
WORDS = {"type": "write", "text": "You waited a whole day, and I am sorry. It comes at noon."}
WARM = {"type": "choose", "choice": "sa_warm"}
TO_THE_END = [GOOD, NEXT, RIGHT, NEXT, WORDS, WARM]


@pytest.fixture
def ana(organisation: Organisation, shelf: Shelf) -> Playing:
    placement = place(organisation, "scenario", shelf.publish(call()))
    return launch(placement, api.new_learner(organisation, "Ana Reis"))


def test_the_first_load_starts_and_the_second_resumes(ana: Playing) -> None:
    first, second = ana.load(), ana.load()
    assert first.status_code == 200
    assert first.json() == second.json()
    assert Attempt.objects.count() == 1
    assert first["Cache-Control"] == "no-store"


def test_a_step_is_applied_recorded_and_answered_with_what_comes_next(ana: Playing) -> None:
    ana.load()
    answer = ana.act(0, GOOD)
    assert answer.status_code == 200
    assert answer.json()["view"]["seq"] == 1
    assert answer.json()["view"]["stage"] == "reaction"
    assert list(Step.objects.values_list("seq", "by", "action")) == [(1, "learner", GOOD)]


def test_a_repeated_step_is_answered_409_with_what_is_current(ana: Playing) -> None:
    ana.load()
    first, second = ana.act(0, GOOD), ana.act(0, GOOD)
    assert (first.status_code, second.status_code) == (200, 409)
    assert second.json()["view"] == first.json()["view"]
    assert second.json()["error_code"] == "step.stale"
    assert Step.objects.count() == 1


@pytest.mark.parametrize("seq", [5, 1, -1, 10**12])
def test_a_step_out_of_order_changes_nothing(ana: Playing, seq: int) -> None:
    ana.load()
    answer = ana.act(seq, GOOD)
    assert answer.status_code == 409
    assert answer.json()["view"]["seq"] == 0
    assert not Step.objects.exists()


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ({"type": "choose", "choice": "dc_hidden"}, "play.not-offered"),
        ({"type": "choose", "choice": "gone"}, "play.not-offered"),
        ({"type": "continue"}, "play.not-offered"),
        ({"type": "write", "text": "hello"}, "play.not-offered"),
        ({"type": "time_up"}, "play.not-offered"),
        ({"type": "judged", "levels": {"warmth": 4}}, "action.malformed"),
        ({"type": "character_says", "text": "hi"}, "action.malformed"),
        ({"type": "choose"}, "action.malformed"),
        ({"type": "choose", "choice": "dc_good", "points": 9}, "action.malformed"),
        ({"type": "choose", "choice": "x" * 100}, "action.malformed"),
        ({}, "action.malformed"),
        (None, "action.malformed"),
        ([1], "action.malformed"),
        ({"type": "teleport", "scene": "warm"}, "action.malformed"),
    ],
)
def test_what_does_not_fit_is_answered_422_with_what_is_current(ana: Playing, action: Any, code: str) -> None:
    ana.load()
    answer = ana.act(0, action)
    assert answer.status_code == 422, answer.content
    assert answer.json()["error_code"] == code
    assert answer.json()["view"]["seq"] == 0
    assert not Step.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"seq": 0}', b'{"action": {}}', b'{"seq": "0", "action": {}}', b'{"seq": 1e999, "action": {}}',
     b'{"seq": 0.5, "action": {}}', b"\xff\xfe", b"[" * 5000, b'{"seq": ' + b"9" * 5000 + b', "action": {}}'],
)  # fmt: skip
def test_a_body_that_is_no_step_is_answered_400(ana: Playing, body: bytes) -> None:
    ana.load()
    headers = {"Authorization": f"Bearer {ana.token}"}
    answer = ana.client.post(ana.url(action="act/"), body, content_type="application/json", headers=headers)
    assert answer.status_code == 400, answer.content
    assert answer.json()["error_code"] == "body.unreadable"


def test_a_body_beyond_the_cap_is_answered_413_before_it_is_read(ana: Playing) -> None:
    ana.load()
    answer = ana.act(0, {"type": "write", "text": "x" * 70_000})
    assert answer.status_code == 413
    assert answer.json()["error_code"] == "body.too-large"


def test_words_with_nul_or_lone_surrogates_are_never_an_error_of_ours(ana: Playing) -> None:
    view = ana.play([GOOD, NEXT, RIGHT, NEXT])["view"]
    headers = {"Authorization": f"Bearer {ana.token}"}
    for text in (rb"a\u0000b", rb"\ud800", rb"\u0000"):
        body = b'{"seq": %d, "action": {"type": "write", "text": "%s"}}' % (view["seq"], text)
        answer = ana.client.post(ana.url(action="act/"), body, content_type="application/json", headers=headers)
        assert answer.status_code in (400, 422), answer.content
    assert ana.load().json()["view"] == view


def test_the_host_records_that_nobody_read_the_words_in_the_same_step(ana: Playing) -> None:
    served = ana.play([GOOD, NEXT, RIGHT, NEXT, WORDS])
    assert served["view"]["stage"] == "match"
    assert list(Step.objects.order_by("seq").values_list("seq", "by", "action__type"))[-2:] == [
        (5, "learner", "write"),
        (6, "host", "judged"),
    ]
    assert served["view"]["seq"] == 6


def test_replaying_the_steps_gives_the_state(ana: Playing, shelf: Shelf) -> None:
    ana.play(TO_THE_END)
    attempt = Attempt.objects.get()
    story = shelf.stories[attempt.version_id]
    state = start(story, attempt.seed, attempt.number)
    import msgspec

    from scenario_engine.actions import HostAction

    for action in Step.objects.order_by("seq").values_list("action", flat=True):
        state = advance(story, state, msgspec.convert(action, LearnerAction | HostAction))
    assert state == decode_state(attempt.state)


def test_a_step_after_the_end_changes_nothing(ana: Playing) -> None:
    served = ana.play(TO_THE_END)
    seq = served["view"]["seq"]
    answers = [ana.act(seq, NEXT), ana.act(seq - 1, WARM), ana.act(0, GOOD)]
    assert [each.status_code for each in answers] == [422, 409, 409]
    assert answers[0].json()["error_code"] == "play.over"
    assert Step.objects.count() == seq


def test_stopping_gives_no_grade_and_uses_up_no_attempt(organisation: Organisation, shelf: Shelf) -> None:
    placement = place(organisation, "scenario", shelf.publish(call()), policies={"attempts": 1})
    ana = launch(placement, api.new_learner(organisation))
    served = ana.play([GOOD, {"type": "stop"}])
    assert served["view"]["over"] is True
    assert (served["attempts_left"], served["can_start_again"]) == (1, True)
    assert not Grade.objects.exists()
    assert ana.restart().json()["attempt"] == 2


def test_starting_again_makes_the_next_attempt_as_long_as_the_policy_allows(
    organisation: Organisation, shelf: Shelf
) -> None:
    placement = place(organisation, "scenario", shelf.publish(chat()), policies={"attempts": 2})
    ana = launch(placement, api.new_learner(organisation))
    opening = [{"type": "continue"}, {"type": "choose", "choice": "ch_open"}]
    assert ana.play(opening)["attempts_left"] == 1
    again = ana.restart()
    assert (again.status_code, again.json()["attempt"], again.json()["view"]["seq"]) == (200, 2, 0)
    served = ana.play(opening)
    assert (served["attempts_left"], served.get("can_start_again", False)) == (0, False)
    refused = ana.restart()
    assert (refused.status_code, refused.json()["error_code"]) == (403, "attempt.none-left")


def test_pressing_start_again_twice_starts_one_attempt(organisation: Organisation, shelf: Shelf) -> None:
    ana = launch(place(organisation, "scenario", shelf.publish(chat())), api.new_learner(organisation))
    ana.play([{"type": "continue"}, {"type": "choose", "choice": "ch_open"}])
    first, second = ana.restart(), ana.restart()
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert Attempt.objects.count() == 2


def test_an_open_attempt_must_be_ended_before_the_next(ana: Playing) -> None:
    ana.play([GOOD])
    answer = ana.restart()
    assert (answer.status_code, answer.json()["error_code"]) == (403, "attempt.open")


def test_publishing_again_touches_no_attempt(organisation: Organisation, shelf: Shelf) -> None:
    uuid = shelf.publish(call())
    ana = launch(place(organisation, "scenario", uuid), api.new_learner(organisation))
    before = ana.play([GOOD])
    changed = call()
    changed["title"] = "Another title"
    changed["scenes"][1]["prompt"] = "Another question?"
    shelf.publish(changed, uuid)
    assert ana.load().json() == before
    served = ana.play([NEXT])
    assert served["view"]["title"] == "A late delivery"
    served = ana.play([RIGHT, NEXT, WORDS, WARM])
    assert Attempt.objects.get().version_id == 1
    again = ana.restart().json()
    assert again["view"]["title"] == "Another title"
    assert list(Attempt.objects.order_by("number").values_list("version_id", flat=True)) == [1, 2]


def test_time_that_is_up_is_recorded_only_once_it_is(
    organisation: Organisation, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    from django.utils import timezone

    ana = launch(place(organisation, "scenario", shelf.publish(chat())), api.new_learner(organisation))
    ana.play([{"type": "continue"}])
    early = ana.act(1, {"type": "time_up"})
    assert (early.status_code, early.json()["error_code"]) == (422, "play.time-left")
    later = timezone.now() + timedelta(seconds=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    answer = ana.act(1, {"type": "time_up"})
    assert answer.status_code == 200
    assert answer.json()["view"]["ending"]["id"] == "poor"
    assert Step.objects.get(seq=2).by == "host"


def test_a_step_takes_few_statements(ana: Playing) -> None:
    ana.load()
    with CaptureQueriesContext(connection) as captured:
        assert ana.act(0, GOOD).status_code == 200
    statements = [each["sql"] for each in captured.captured_queries if "SAVEPOINT" not in each["sql"]]
    assert len(statements) <= 4, statements


def test_the_database_away_is_answered_503_and_leaves_nothing_behind(
    ana: Playing, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError
    from django.db.models import QuerySet

    ana.load()
    inserting = QuerySet.bulk_create

    def fail(self: Any, rows: Any, *args: Any, **kwargs: Any) -> Any:
        if self.model is Step:
            raise OperationalError("database is locked")
        return inserting(self, rows, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "bulk_create", fail)
    answer = ana.act(0, GOOD)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "2"
    monkeypatch.undo()
    assert ana.load().json()["view"]["seq"] == 0
    assert ana.act(0, GOOD).status_code == 200
