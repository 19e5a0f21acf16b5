"""A site of its own for each module of fault tests, and how much of everything `make faults` wants."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.journeys.site import PLAYER, Site

IS_NIGHTLY = os.environ.get("FAULTS_SIZE", "ci") == "nightly"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if not PLAYER.exists():
        pytest.skip("the player is not built (make build)")
    running = Site(tmp_path_factory.mktemp("site") / "var", settings="tests.faults.settings")
    yield running
    running.stop()
