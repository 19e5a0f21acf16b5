"""A child that does what the file `what` in its folder says: answers, refuses, or misbehaves. Run by the tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from authoring.confined.bounds import Bounds
from authoring.confined.child import Refusal, be_confined

BOUNDS = Bounds(memory=700_000_000, cpu_s=1, wall_s=20, file_bytes=1_000_000)


def act(folder: Path) -> Any:
    what = (folder / "what").read_text()
    if what == "answer":
        return {"environment": sorted(os.environ), "django": "django" in sys.modules}
    if what == "refuse":
        raise Refusal({"code": "import.test"})
    if what == "eat":
        return len(bytearray(5_000_000_000))
    if what == "fill":
        (folder / "big").write_bytes(b"x" * 5_000_000)
    while what == "loop":
        pass
    raise RuntimeError("a fault of ours")


if __name__ == "__main__":
    be_confined(act, BOUNDS)
