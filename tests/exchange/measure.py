"""Every hostile file read in a process of its own, with what it cost: `python -m tests.exchange.measure [NAME…]`."""

from __future__ import annotations

import gc
import io
import json
import sys
import time
from pathlib import Path

from scenario_engine.codec import decode_raw
from scenario_exchange import Imported, ImportRefused, read
from tests.exchange.corpus import all_files


def _status(field: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))


def _outcome(file: str, data: bytes) -> str | Imported:
    """Return what was imported, the code of the refusal, or what must never happen."""
    try:
        return read(io.BytesIO(data), file)
    except ImportRefused as error:
        return error.code
    except BaseException as error:
        return f"raised {type(error).__name__}: {str(error)[:200]}"


def _told(found: str | Imported) -> str:
    if isinstance(found, str):
        return found
    undecodable = [problem for document in found.documents for problem in decode_raw(document).problems]
    return f"undecodable: {undecodable[0].message}" if undecodable else "imported"


def measure(names: list[str]) -> dict[str, dict[str, object]]:
    """Return outcome, CPU seconds and megabytes beyond what was there before, for each file."""
    found: dict[str, dict[str, object]] = {}
    for name, (file, data) in all_files().items():
        if names and name not in names:
            continue
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5")  # forget the highest mark so far
        before, start = _status("VmRSS"), time.process_time()
        outcome = _outcome(file, data)
        cost = {"seconds": round(time.process_time() - start, 2), "megabytes": round(_status("VmHWM") - before, 1)}
        found[name] = {"outcome": _told(outcome), **cost}
    return found


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1:])))
