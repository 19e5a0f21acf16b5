"""Starting a confined child, waiting for it within its time, and reading what it answered."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import msgspec
from django.conf import settings

from authoring.confined.bounds import DONE, OUT_OF_MEMORY, REFUSED, Bounds
from authoring.confined.child import ANSWER

logger = logging.getLogger(__name__)
KEPT_ERRORS = 4_000


class Ended(Exception):
    """The child ended without its work done: it refused (see `answer`), used too much, or broke."""

    def __init__(self, why: Literal["refused", "memory", "time", "broken"], answer: Any = None) -> None:
        super().__init__(why)
        self.why, self.answer = why, answer


def run_confined(module: str, folder: Path, bounds: Bounds) -> Any:
    """Run `python -m module folder` and return its answer. Raises Ended.

    The child inherits no setting or secret of ours: its environment holds the path of the code and nothing else.
    """
    with (folder / "errors").open("wb") as errors:
        child = subprocess.Popen(  # noqa: S603 (our own module, arguments of our own)
            [sys.executable, "-m", module, str(folder)],
            cwd=settings.BASE_DIR,
            env={"PATH": os.defpath, "PYTHONUTF8": "1", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            stdout=errors,
            stderr=errors,
            start_new_session=True,
        )
        try:
            code = child.wait(timeout=bounds.wall_s)
        except subprocess.TimeoutExpired:
            raise Ended("time") from None
        finally:
            _end(child)
    return _answer(module, folder, code)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Leave nothing of the child behind, whatever ended the wait."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _answer(module: str, folder: Path, code: int) -> Any:
    if code in (DONE, REFUSED):
        answer = msgspec.json.decode((folder / ANSWER).read_bytes())
        if code == DONE:
            return answer
        raise Ended("refused", answer)
    if code == OUT_OF_MEMORY:
        raise Ended("memory")
    if code in (-signal.SIGXCPU, -signal.SIGKILL):  # the kernel's answer to too much time
        raise Ended("time")
    said = (folder / "errors").read_bytes()[-KEPT_ERRORS:].decode("utf-8", "replace")
    if "MemoryError" in said or "cannot allocate memory" in said.lower():
        raise Ended("memory")
    logger.error("%s broke (exit %s): %s", module, code, said)
    raise Ended("broken")
