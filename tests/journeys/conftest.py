"""One real site for all journeys of a test process; each journey makes an LMS of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.site import PLAYER, Site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if not PLAYER.exists():
        pytest.skip("the player is not built (make build)")
    running = Site(tmp_path_factory.mktemp("site") / "var")
    yield running
    running.stop()
