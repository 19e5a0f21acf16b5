"""One sandbox and one miniature tool for all tests of this folder; each test makes an LMS of its own."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from sandbox_lms import testing
from sandbox_lms.testing import LmsHandle, Sandbox
from tests.sandbox_lms.mini_tool import POOL, Tool

_numbers = count(1)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    # Making an RSA key takes longer than a test: the LMSs of this run share four.
    with testing.start(environment={"SANDBOX_KEY_POOL": "4"}) as running:
        yield running


@pytest.fixture
def tool() -> Iterator[Tool]:
    running = Tool().start()
    yield running
    running.stop()


@pytest.fixture
def make_lms(sandbox: Sandbox) -> Callable[..., LmsHandle]:
    """Return a maker of fresh, seeded LMSs of a personality."""

    def make(personality: str, **values: Any) -> LmsHandle:
        return sandbox.create_lms(f"{personality}-{next(_numbers)}", personality, **values)

    return make


@pytest.fixture
def connect(make_lms: Callable[..., LmsHandle], tool: Tool) -> Callable[..., tuple[LmsHandle, dict[str, Any]]]:
    """Return a maker of an LMS with the tool registered and active: by its address where the LMS can."""

    def make(personality: str, **values: Any) -> tuple[LmsHandle, dict[str, Any]]:
        lms = make_lms(personality, **values)
        if personality == "openedx":
            registration = lms.register(name="Mini tool", **tool.addresses())
            tool.know(lms.describe(), registration)
            return lms, registration
        assert POOL.request("GET", lms.invite(f"{tool.url}/register")["url"]).status == 200
        assert tool.registration_answer[0] == 200, tool.registration_answer
        return lms, lms.activate(lms.registrations()[0]["id"])

    return make
