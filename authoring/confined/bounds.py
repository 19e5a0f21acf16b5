"""The bounds of a child process, set by itself before it reads anything. Imported without Django."""

from __future__ import annotations

import resource
from dataclasses import dataclass

# How a child says why it stopped; anything else is a fault of ours.
DONE, REFUSED, OUT_OF_MEMORY = 0, 3, 4


@dataclass(frozen=True)
class Bounds:
    """What a child may use. `memory` is address space: an idle Python with lxml takes some 300 MB of it."""

    memory: int = 1_200_000_000
    cpu_s: int = 60
    wall_s: int = 120
    file_bytes: int = 400_000_000


def accept_bounds(bounds: Bounds) -> None:
    """Bound this very process. Set here, not between fork and exec: the parent has threads."""
    _lower(resource.RLIMIT_AS, bounds.memory)
    _lower(resource.RLIMIT_CPU, bounds.cpu_s)
    _lower(resource.RLIMIT_FSIZE, bounds.file_bytes)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(kind: int, wanted: int) -> None:
    _, hard = resource.getrlimit(kind)
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(kind, (limit, hard if kind == resource.RLIMIT_AS else limit))
