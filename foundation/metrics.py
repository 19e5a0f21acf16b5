"""Figures in Prometheus' text format. Apps register gauges (asked at each scrape) and count events.

Counters are of this process; figures that must be whole (what waits, what failed) are gauges over rows.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

Labels = Mapping[str, str]
Sample = tuple[Labels, float]
Reader = Callable[[], Iterable[Sample]]


@dataclass
class Counter:
    """A number that only grows, per set of labels."""

    name: str
    help: str
    _values: dict[tuple[tuple[str, str], ...], float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, amount: float = 1, **labels: str) -> None:
        key = tuple(sorted(labels.items()))
        with self._lock:
            self._values[key] = self._values.get(key, 0) + amount

    def samples(self) -> list[Sample]:
        with self._lock:
            return [(dict(key), value) for key, value in self._values.items()]


@dataclass(frozen=True)
class Gauge:
    name: str
    help: str
    read: Reader


_counters: dict[str, Counter] = {}
_gauges: dict[str, Gauge] = {}


def counter(name: str, help_text: str) -> Counter:
    """Return the counter of that name, made on first use. Names end in _total."""
    return _counters.setdefault(name, Counter(name, help_text))


def register_gauge(name: str, help_text: str, read: Reader) -> None:
    """Have `read` asked at each scrape; it yields (labels, value). Register in AppConfig.ready()."""
    _gauges[name] = Gauge(name, help_text, read)


def exposition() -> str:
    """Return every figure as text. A gauge that fails leaves itself out and says so."""
    lines: list[str] = []
    for item in _counters.values():
        lines += _family(item.name, item.help, "counter", item.samples())
    failed = 0
    for gauge in _gauges.values():
        try:
            lines += _family(gauge.name, gauge.help, "gauge", list(gauge.read()))
        except Exception:
            failed += 1
            log.exception("The gauge %s could not be read.", gauge.name)
    lines += _family("branchwise_gauges_failed", "Gauges that could not be read now.", "gauge", [({}, failed)])
    return "\n".join(lines) + "\n"


def _family(name: str, help_text: str, kind: str, samples: Iterable[Sample]) -> list[str]:
    lines = [f"# HELP {name} {help_text}", f"# TYPE {name} {kind}"]
    for labels, value in samples:
        inner = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
        lines.append(f"{name}{{{inner}}} {value:g}" if inner else f"{name} {value:g}")
    return lines


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
