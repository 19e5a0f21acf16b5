"""Score-bearing commits reach the disk before anybody is told."""

import pytest
from django.db import connection, transaction

from foundation.api import durable


def level() -> str:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous" if connection.vendor == "sqlite" else "SHOW synchronous_commit")
        return str(cursor.fetchone()[0])


FULL, NORMAL = "2", "1"


@pytest.mark.django_db(transaction=True)
class TestDurable:
    def test_the_level_is_raised_for_the_transaction_alone(self) -> None:
        if connection.vendor == "sqlite":
            assert level() == NORMAL
            with durable():
                assert level() == FULL
                assert connection.in_atomic_block
            assert level() == NORMAL
            return
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO off")
        with durable():
            assert level() == "on"
        assert level() == "off"

    def test_the_level_falls_back_after_an_error(self) -> None:
        before = level()
        with pytest.raises(ZeroDivisionError), durable():
            raise ZeroDivisionError
        assert level() == before
        assert not connection.in_atomic_block

    def test_it_must_be_the_outermost_transaction(self) -> None:
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic(), durable():
            pass


@pytest.mark.django_db
def test_inside_a_test_s_own_transaction_it_is_a_plain_one() -> None:
    with durable():
        assert connection.in_atomic_block
