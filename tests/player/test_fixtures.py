"""The player is developed against fixtures; here they are held to the engine's own definition."""

import msgspec
import pytest

from scenario_engine.views import Served
from tests.player.conftest import FIXTURES, STATES


@pytest.mark.parametrize("state", STATES)
def test_fixture_is_what_a_host_could_serve(state: str) -> None:
    served = msgspec.json.decode((FIXTURES / f"{state}.json").read_bytes(), type=Served)
    assert served.view.title
