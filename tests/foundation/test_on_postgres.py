"""The tests of leases and workers once more, on PostgreSQL: SKIP LOCKED instead of one writer at a time."""

from collections.abc import Callable

import pytest


@pytest.mark.long
@pytest.mark.postgres
def test_leases_and_workers_hold_on_postgres(pass_on_postgres: Callable[..., None]) -> None:
    pass_on_postgres(
        "tests/foundation/test_leases.py", "tests/foundation/test_worker.py", "tests/foundation/test_durability.py"
    )
