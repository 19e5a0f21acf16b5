"""Tests whose statements or locks differ there, once more on PostgreSQL: one run, for its database is made once."""

from collections.abc import Callable

import pytest

FILES = (
    # SKIP LOCKED instead of one writer at a time.
    "tests/foundation/test_leases.py",
    "tests/foundation/test_worker.py",
    "tests/foundation/test_durability.py",
    # Steps that arrive at once, and the grades they make.
    "tests/learning/test_exactly_once.py",
    "tests/learning/test_play.py",
    "tests/learning/test_grading.py",
    # PostgreSQL's own SQL for claims, intents and outcomes of grades on their way.
    "tests/lti/test_outbox.py",
    "tests/lti/test_bad_days.py",
    "tests/lti/test_columns.py",
    "tests/lti/test_lanes.py",
    # Statements that are written or compiled once.
    "tests/learning/test_prepared.py",
    "tests/lti/test_cost.py",
)


@pytest.mark.long
@pytest.mark.postgres
def test_what_depends_on_the_database_holds_on_postgres(pass_on_postgres: Callable[..., None]) -> None:
    pass_on_postgres(*FILES)
