"""Leases: nobody holds a row twice, nothing is lost, and a lost lease changes nothing."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from foundation import leases
from tests.foundation.chores.kinds import KINDS
from tests.foundation.chores.models import Chore

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)
CHORES = KINDS[0]
LEASE_END = NOW + timedelta(seconds=CHORES.lease_s)


def make(name: str = "dishes", due_at: datetime | None = NOW) -> Chore:
    return Chore.objects.create(name=name, due_at=due_at)


def claim_one(now: datetime = NOW) -> tuple[Chore, UUID]:
    (row,) = leases.claim(CHORES, now, 1)
    assert isinstance(row, Chore)
    assert row.lease_id is not None
    return row, row.lease_id


@pytest.mark.django_db
class TestClaim:
    def test_takes_due_rows_only_and_the_longest_waiting_first(self) -> None:
        late = make("late", NOW)
        early = make("early", NOW - timedelta(hours=1))
        make("later", NOW + timedelta(seconds=1))
        make("nothing to do", None)
        first, _ = claim_one()
        second, _ = claim_one()
        assert [first, second] == [early, late]
        assert leases.claim(CHORES, NOW, 10) == []

    def test_a_claimed_row_is_leased_and_counts_as_a_try(self) -> None:
        make()
        row, _ = claim_one()
        assert (row.lease_until, row.due_at, row.tries) == (LEASE_END, LEASE_END, 1)

    def test_a_lease_that_ran_out_is_taken_again(self) -> None:
        make()
        _, first = claim_one()
        assert leases.claim(CHORES, LEASE_END - timedelta(seconds=1), 1) == []
        row, second = claim_one(LEASE_END)
        assert second != first
        assert row.tries == 2

    def test_takes_no_more_than_the_limit(self) -> None:
        for _ in range(5):
            make()
        assert len(leases.claim(CHORES, NOW, 3)) == 3
        assert leases.claim(CHORES, NOW, 0) == []
        assert len(leases.claim(CHORES, NOW, 3)) == 2

    def test_an_idle_look_is_one_query(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        with django_assert_num_queries(1):
            leases.claim(CHORES, NOW, 10)


@pytest.mark.django_db
class TestGiveBack:
    def test_finished_is_not_due_any_more(self) -> None:
        make()
        row, lease = claim_one()
        assert leases.finish(row, lease)
        row.refresh_from_db()
        assert (row.due_at, row.lease_id, row.lease_until, row.tries, row.last_error) == (
            None,
            None,
            None,
            0,
            "",
        )

    def test_rescheduled_keeps_tries_and_the_reason(self) -> None:
        make()
        row, lease = claim_one()
        assert leases.reschedule(row, lease, LATER, "busy")
        row.refresh_from_db()
        assert (row.due_at, row.lease_id, row.lease_until, row.tries, row.last_error) == (
            LATER,
            None,
            None,
            1,
            "busy",
        )

    @pytest.mark.parametrize("give_back", ["finish", "reschedule", "renew"])
    def test_a_lost_lease_changes_nothing(self, give_back: str) -> None:
        make()
        row, _ = claim_one()
        before = Chore.objects.values().get()
        stranger = uuid4()
        kept = {
            "finish": lambda: leases.finish(row, stranger),
            "reschedule": lambda: leases.reschedule(row, stranger, LATER, "x"),
            "renew": lambda: leases.renew(row, stranger, LATER),
        }[give_back]()
        assert kept is False
        assert Chore.objects.values().get() == before

    @pytest.mark.parametrize("outcome", ["finish", "reschedule"])
    def test_a_wish_made_during_the_run_survives(self, outcome: str) -> None:
        make()
        row, lease = claim_one()
        Chore.objects.update(due_at=NOW + timedelta(seconds=1))
        if outcome == "finish":
            leases.finish(row, lease)
        else:
            leases.reschedule(row, lease, LATER, "busy")
        row.refresh_from_db()
        assert row.due_at == NOW + timedelta(seconds=1)

    def test_a_wish_made_during_the_run_is_not_taken_by_a_second_worker(self) -> None:
        make()
        claim_one()
        Chore.objects.update(due_at=NOW)
        assert leases.claim(CHORES, NOW, 1) == []

    def test_a_renewed_lease_lasts_longer(self) -> None:
        make()
        row, lease = claim_one()
        assert leases.renew(row, lease, LATER)
        assert leases.claim(CHORES, LEASE_END, 1) == []
        assert leases.finish(row, lease)
        row.refresh_from_db()
        assert row.due_at is None


def test_backoff_has_full_jitter_between_a_second_and_an_hour() -> None:
    def delays(tries: int) -> list[float]:
        return [(leases.backoff(tries, NOW) - NOW).total_seconds() for _ in range(400)]

    assert min(delays(1)) >= 1
    assert max(delays(1)) <= 5
    assert max(delays(4)) <= 40
    many = delays(5_000)  # never a last try, never an overflow
    assert max(many) <= 3600
    assert min(many) < 600 < 3000 < max(many)


@pytest.mark.django_db(transaction=True)
def test_concurrent_workers_never_hold_the_same_row() -> None:
    Chore.objects.bulk_create(Chore(name="dishes", due_at=NOW) for _ in range(60))
    barrier = threading.Barrier(4)
    held: list[list[object]] = [[] for _ in range(4)]

    def work(mine: list[object]) -> None:
        try:
            barrier.wait(10)
            while rows := leases.claim(CHORES, NOW, 4):
                mine += [row.pk for row in rows]
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(mine,)) for mine in held]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    taken = [pk for mine in held for pk in mine]
    assert len(taken) == 60
    assert len(set(taken)) == 60
    assert set(Chore.objects.values_list("tries", flat=True)) == {1}
