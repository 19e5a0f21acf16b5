"""Reading without the collector of cycles: what a reader makes stays to the end, and is looked through in vain."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the collector; a reader's work is bounded in time and size, and leaves hardly a cycle behind."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
