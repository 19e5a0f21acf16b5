"""Fixtures that every test may use, and the reasons for which a test may be skipped.

A test marked chromium, postgres, redis, rabbitmq or python312 is skipped with one line of reason where that
is missing, and fails instead when CI=true: a pipeline must not grow green by losing its servers.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import migrated, needs
from tests.sharing import Sharing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(trylast=True)  # after pytest-django put tests that empty the database behind those that do not
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    for item in items:
        for marker in needs.NEEDS:
            if item.get_closest_marker(marker) and not needs.is_ci() and (reason := needs.missing(marker)):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    return Sharing(config, log)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in needs.NEEDS:
        if item.get_closest_marker(marker) and needs.is_ci() and (reason := needs.missing(marker)):
            pytest.fail(f"CI=true, but {reason}.", pytrace=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once per reason what was skipped."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason.removeprefix("Skipped: ")] = reasons.get(reason.removeprefix("Skipped: "), 0) + 1
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"skipped {count} {'test' if count == 1 else 'tests'}: {reason}")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Begin from a migrated copy of the database where one is kept (SQLite)."""
    from django.db import connections

    if migrated.is_sqlite():
        migrated.place_copy(Path(connections["default"].settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Take the copy as it is; its folder is thrown away with the run."""
    return migrated.is_sqlite()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """Keep what was just migrated for the next run."""
    from django.db import connections

    if migrated.is_sqlite() and not migrated.template_path().exists():
        migrated.keep_copy(Path(connections["default"].settings_dict["NAME"]))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one driver of a test process: it cannot be started twice."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, and Django would take our own queries for async ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium for tests marked `chromium`; take a `page` or `context` for each test."""
    chromium = playwright.chromium.launch(executable_path=needs.find_headless(), args=CHROMIUM_ARGUMENTS)
    yield chromium
    chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile of the test's own."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def python312() -> str:
    """The path of a Python 3.12, for tests marked `python312`."""
    return needs.find_python312()


@pytest.fixture
def pass_on_postgres() -> Callable[..., None]:
    """Run test files once more, on PostgreSQL, and fail with their output when they fail.

    For tests marked `postgres`: `pass_on_postgres("tests/foundation/test_leases.py")`. The tables come from the models:
    migrations are walked there by `make faults`.
    """

    def run(*paths: str) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        environment["BRANCHWISE_TEST_DATABASE"] = os.environ["BRANCHWISE_TEST_POSTGRES"]
        environment.pop("BRANCHWISE_TEST_VAR", None)
        # The run inside must not start a run of its own, whatever the pipeline demands of the one outside.
        environment.pop("BRANCHWISE_TEST_POSTGRES")
        environment.pop("CI", None)
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-migrations", *paths],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=1200,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]

    return run
