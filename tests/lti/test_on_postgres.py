"""The tests of grades on their way once more, on PostgreSQL: its own SQL for claims, intents and outcomes."""

from collections.abc import Callable

import pytest


@pytest.mark.long
@pytest.mark.postgres
def test_grades_arrive_on_postgres(pass_on_postgres: Callable[..., None]) -> None:
    pass_on_postgres("tests/lti/test_outbox.py", "tests/lti/test_lanes.py", "tests/lti/test_comments.py")
