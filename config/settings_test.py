"""The settings of the test run: the site's own, in a throw-away var/ and with fast passwords."""

import atexit
import os
import shutil
from pathlib import Path

RUNS = Path(__file__).resolve().parent.parent / "var" / "tests"


def _sweep_up() -> None:
    """Remove what ended runs left behind: some end without a chance to clean up."""
    for folder in RUNS.glob("run-*"):
        try:
            os.kill(int(folder.name.removeprefix("run-")), 0)
        except (ProcessLookupError, ValueError):
            shutil.rmtree(folder, ignore_errors=True)
        except PermissionError:
            pass  # somebody else's run


# Made once by the first process; the others of the same run (pytest-xdist) inherit it.
if "BRANCHWISE_TEST_VAR" not in os.environ:
    _sweep_up()
    os.environ["BRANCHWISE_TEST_VAR"] = str(RUNS / f"run-{os.getpid()}")
    atexit.register(shutil.rmtree, os.environ["BRANCHWISE_TEST_VAR"], ignore_errors=True)
for name in [name for name in os.environ if name.startswith("BRANCHWISE_") and "TEST" not in name]:
    del os.environ[name]  # a developer's own settings must not change what the tests see
os.environ["BROKER_URL"] = os.environ.get("BRANCHWISE_TEST_BROKER", "")
os.environ.pop("PUBLIC_URL", None)
for name in ("SANDBOX_PORT", "SANDBOX_URL"):
    os.environ.pop(name, None)
os.environ["DATABASE_URL"] = os.environ.get("BRANCHWISE_TEST_DATABASE", "")
os.environ["BRANCHWISE_VAR"] = os.environ["BRANCHWISE_TEST_VAR"]

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, INSTALLED_APPS, STORAGES  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "tests.foundation.chores"]
WORK_KINDS = "tests.foundation.chores.kinds.ALL_KINDS"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and other processes see it, as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["BRANCHWISE_VAR"]) / "test.sqlite3")}
