"""How much goes to one platform at a time: two at first, what it bears later, and never at another's expense."""

import itertools
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from foundation.leases import Leased, claim
from lti.grades import batches, lanes, statements
from lti.models import Cause, GradeDelivery, GradeState, GradeTarget, LtiPerson, Platform
from lti.ports import new_learner
from lti.work import GRADES
from tests.lti.conftest import add_platform
from tests.lti.enrolling import enrol, make_due, target
from tests.lti.grading import deliver, give_grade


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """A batch has time for all its grades, however slow the machine is; a test of its time brings a clock of its own."""
    monkeypatch.setattr(batches, "time", SimpleNamespace(monotonic=lambda: 0.0))


def with_people(lms, web, visitor, count, rules="plain"):
    """A platform with `count` grades on their way; returns its gradebook."""
    book, participation = enrol(lms, web, visitor, rules)
    give_grade(participation, "0.5")
    row = GradeTarget.objects.get(platform=lms.row)
    for number in range(count - 1):
        person = LtiPerson.objects.create(
            platform=lms.row,
            organisation=row.person.organisation,
            sub=f"other-{number}",
            learner=new_learner(row.person.organisation, ""),
        )
        copy = GradeTarget.objects.get(pk=row.pk)
        copy.pk, copy.person = None, person
        copy.save()
    return book


def claimed(limit=8, now=None, size=1):
    """Claim as a worker does whose `limit` threads are free; the first row of each batch of up to `size`."""
    kind = replace(GRADES, batch=size)
    moment = now or timezone.now()
    found: list[Leased] = []
    while len(found) < limit and (rows := claim(kind, moment, limit - len(found))):
        found.append(rows[0])
    return found


def test_what_is_due_is_spread_over_the_room_that_a_lane_has(lms, web, visitor):
    with_people(lms, web, visitor, 7)
    now = timezone.now()
    batches = [claim(GRADES, now, 8), claim(GRADES, now, 8)]
    assert [len(rows) for rows in batches] == [4, 3]
    assert len({row.lease_id for rows in batches for row in rows}) == 2


def test_batch_ends_with_its_platform_and_the_rest_goes_back_as_it_came(lms, web, visitor):
    book = with_people(lms, web, visitor, 6)
    now = timezone.now()
    rows = claim(GRADES, now, 1)
    before = {row.pk: row.comment_sent for row in rows}
    book.faults = [200, 503]
    batches.run(rows, now)
    assert len(book.posts()) == 2
    first, second, *others = GradeTarget.objects.filter(pk__in=before).order_by("pk")
    assert (first.state, second.cause) == (GradeState.DELIVERED, Cause.DOWN)
    assert [(row.tries, row.is_unsure, row.comment_sent, row.due_at, row.lease_id) for row in others] == [
        (0, False, before[row.pk], now, None) for row in others
    ]


def test_slow_platform_does_not_keep_what_its_batch_has_no_time_for(lms, web, visitor, monkeypatch):
    book = with_people(lms, web, visitor, 6)
    now = timezone.now()
    rows = claim(GRADES, now, 1)
    monkeypatch.setattr(batches, "LONGEST_S", -1)
    batches.run(rows, now)
    assert book.posts() == []
    assert GradeTarget.objects.filter(due_at__lte=now, lease_id=None, is_unsure=False, tries=0).count() == 6


@pytest.mark.parametrize(
    "seconds, size", [([], 10), ([0.02], 30), ([0.2], 10), ([0.4], 5), ([0.4, 0.1], 8), ([10], 1), ([0], 30)], ids=str
)
def test_batch_holds_what_a_platform_takes_in_its_time(lms, web, visitor, seconds, size):
    with_people(lms, web, visitor, 30)
    platform = Platform.objects.get()
    platform.concurrency = 1
    platform.save()
    for each in seconds:
        lanes.note_pace(platform, each)
    assert len(claim(GRADES, timezone.now(), 1)) == size


def test_one_look_delivers_all_that_is_due_however_slow_the_platform(lms, web, visitor, monkeypatch):
    book = with_people(lms, web, visitor, 6)
    clock = itertools.count(step=0.9)  # each look at the clock takes nearly a second: few fit into a batch
    monkeypatch.setattr(batches, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    assert deliver() == 6
    assert len(book.posts()) == 6
    assert set(GradeTarget.objects.values_list("state", flat=True)) == {GradeState.DELIVERED}


def test_person_who_is_gone_since_the_claim_costs_the_others_nothing(lms, web, visitor):
    book = with_people(lms, web, visitor, 4)
    now = timezone.now()
    rows = claim(GRADES, now, 1)
    LtiPerson.objects.get(pk=rows[-1].person_id).delete()
    batches.run(rows, now)
    assert (len(book.posts()), GradeTarget.objects.filter(state=GradeState.DELIVERED).count()) == (len(rows) - 1,) * 2


def test_lease_lost_within_a_batch_is_lost_alone(lms, web, visitor):
    book = with_people(lms, web, visitor, 4)
    now = timezone.now()
    rows = claim(GRADES, now, 1)
    book.before_post = lambda: GradeTarget.objects.filter(pk=rows[0].pk).update(lease_id=uuid4())
    batches.run(rows, now)
    found = dict(GradeDelivery.objects.values_list("target_id", "outcome"))
    assert found == {row.pk: "delivered" for row in rows[1:]} | {rows[0].pk: "lease_lost"}
    states = dict(GradeTarget.objects.filter(pk__in=found).values_list("pk", "state"))
    assert states == {row.pk: "delivered" for row in rows[1:]} | {rows[0].pk: "pending"}


def test_waiting_for_the_database_takes_no_time_from_a_batch(lms, web, visitor, monkeypatch):
    book = with_people(lms, web, visitor, 4)
    now = timezone.now()
    rows = claim(GRADES, now, 1)
    clock = [0.0]
    monkeypatch.setattr(batches, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    note = statements.note_intents

    def note_late(intents):
        clock[0] += 60
        return note(intents)

    monkeypatch.setattr(statements, "note_intents", note_late)
    batches.run(rows, now)
    assert len(book.posts()) == len(rows)


def test_row_that_cannot_be_handled_costs_the_others_nothing(lms, web, visitor, monkeypatch):
    book = with_people(lms, web, visitor, 3)
    Platform.objects.update(concurrency=1)
    now = timezone.now()
    rows = claim(GRADES, now, 1)
    deliver_one = batches.deliver

    def fail_once(delivery):
        if delivery.target.pk == rows[0].pk:
            raise ValueError("nobody thought of this")
        return deliver_one(delivery)

    monkeypatch.setattr(batches, "deliver", fail_once)
    batches.run(rows, now)
    assert len(book.posts()) == 2
    found = GradeTarget.objects.get(pk=rows[0].pk)
    assert (found.state, found.lease_id, found.last_error) == (
        GradeState.PENDING,
        None,
        "ValueError: nobody thought of this",
    )
    assert found.due_at > now


def test_two_go_to_a_platform_at_once(lms, web, visitor):
    with_people(lms, web, visitor, 6)
    now = timezone.now()
    assert len(claimed(now=now)) == 2
    assert claimed(now=now) == []


def test_calls_of_a_killed_worker_do_not_fill_the_lane_for_long(lms, web, visitor):
    with_people(lms, web, visitor, 6)
    now = timezone.now()
    claimed(now=now)
    assert claimed(now=now + timedelta(seconds=20)) == []
    assert len(claimed(now=now + timedelta(seconds=26))) == 2


def test_platform_that_does_not_answer_leaves_room_for_the_others(lms, web, visitor, organisation):
    with_people(lms, web, visitor, 30)
    other = add_platform(web, organisation, name="other", key="second")
    other.extra = {k: v for k, v in lms.extra.items() if "custom" in k}
    with_people(other, web, visitor, 3)
    Platform.objects.filter(pk=lms.row.pk).update(failures=4)
    taken = [row.platform_id for row in claimed()]
    assert sorted(taken) == sorted([lms.row.pk, other.row.pk, other.row.pk])


def test_one_probe_goes_to_a_platform_that_was_down(lms, web, visitor):
    with_people(lms, web, visitor, 6)
    now = timezone.now()
    Platform.objects.update(failures=5, paused_until=now + timedelta(seconds=60))
    assert claimed(now=now) == []
    Platform.objects.update(paused_until=now - timedelta(seconds=1))
    assert len(claimed(now=now)) == 1


def test_failing_probe_pauses_again_and_a_clean_one_opens(lms, web, visitor):
    book = with_people(lms, web, visitor, 3)
    Platform.objects.update(failures=5)
    book.faults = [503]
    deliver()
    assert Platform.objects.get().paused_until > timezone.now() + timedelta(seconds=50)
    assert len(book.posts()) == 1
    make_due()
    deliver()
    platform = Platform.objects.get()
    assert (platform.failures, platform.paused_until) == (0, None)
    assert set(GradeTarget.objects.values_list("state", flat=True)) == {GradeState.DELIVERED}


def test_lane_grows_while_answers_are_clean_and_stops_at_its_widest(lms, web, visitor):
    with_people(lms, web, visitor, 1)
    for _ in range(lanes.GROWS_AFTER * 10):
        lanes.note_answer(Platform.objects.get(), {})
    assert Platform.objects.get().concurrency == lanes.WIDEST


def test_lane_halves_when_the_platform_asks_to_wait(lms, web, visitor):
    book = with_people(lms, web, visitor, 1)
    Platform.objects.update(concurrency=6)
    book.faults = [(429, {"Retry-After": "10"}, b"")]
    deliver()
    assert (Platform.objects.get().concurrency, target().cause) == (3, Cause.BUSY)


@pytest.mark.parametrize(("left", "wide"), [("20.5", 1), ("200", 4), ("650", 4), ("nonsense", 4), ("", 4)])
def test_lane_narrows_when_little_is_left_of_the_allowance(lms, web, visitor, left, wide):
    with_people(lms, web, visitor, 1)
    Platform.objects.update(concurrency=4)
    lanes.note_answer(Platform.objects.get(), {"X-Rate-Limit-Remaining": left})
    assert Platform.objects.get().concurrency == wide


def test_locked_grades_do_not_make_a_moodle_look_down(lms, web, visitor):
    book = with_people(lms, web, visitor, 8, "moodle")
    book.faults = [500] * 8
    for _ in range(8):
        make_due()
        deliver()
        if not book.faults:
            break
    assert (Platform.objects.get().failures, book.faults) == (0, [])


def test_platform_that_gives_no_token_is_left_alone(lms, web, visitor):
    from tests.lti.fake_web import answer

    with_people(lms, web, visitor, 12)
    web.on("POST", lms.row.token_url, lambda call: answer(call, 400, {"error": "invalid_client"}))
    for _ in range(12):
        GradeTarget.objects.update(due_at=timezone.now())
        deliver()
    assert len(web.made("POST", lms.row.token_url)) == 5
    assert set(GradeTarget.objects.exclude(cause="").values_list("cause", flat=True)) == {Cause.NO_ACCESS}


def test_canvas_without_attempts_left_takes_the_grade_as_a_change(lms, web, visitor):
    book, participation = enrol(lms, web, visitor, "canvas")
    book.faults = [(422, {}, b'{"errors": {"message": "The maximum number of allowed attempts has been reached"}}')]
    give_grade(participation, "0.5")
    deliver()
    assert (book.cells["person-7"].score, book.cells["person-7"].submissions) == (50, 0)
    assert target().state == GradeState.DELIVERED


def test_stamp_that_canvas_names_is_passed_at_once(lms, web, visitor):
    book, participation = enrol(lms, web, visitor, "canvas")
    late = timezone.now() + timedelta(hours=3)
    body = f"Provided timestamp of x before last updated timestamp of {late.isoformat()}".encode()
    book.faults = [(400, {}, body)]
    give_grade(participation, "0.5")
    deliver()
    assert target().state == GradeState.DELIVERED
    assert book.cells["person-7"].stamp > late


def test_unknown_later_stamp_is_passed_with_growing_steps(lms, web, visitor):
    book, participation = enrol(lms, web, visitor, "openedx")
    give_grade(participation, "0.3")
    deliver()
    book.cells["person-7"].stamp += timedelta(hours=1)  # sent by a host whose clock was an hour ahead
    give_grade(participation, "0.9")
    web.on("GET", book.item_url.split("?")[0] + "/results", without_stamps(book))
    for _ in range(14):
        make_due()
        deliver()
    assert (book.cells["person-7"].score, target().state) == (90, GradeState.DELIVERED)


def without_stamps(book):
    from tests.lti.fake_web import answer

    def results(call):
        [row] = book.results(call).json() or [None]
        row.pop("timestamp")
        return answer(call, 200, [row])

    return results
