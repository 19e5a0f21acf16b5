"""Faults on purpose, seeded: what goes wrong with the next service request, and how it looks to the client.

Whether a fault strikes is a pure function of the profile and a counter, so that a run can be repeated.
"""

import hashlib
import threading
import time
from dataclasses import dataclass, field, fields
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from sandbox_lms.models import Lms
from sandbox_lms.server import drop_connection

#: kind → is the request applied before it goes wrong?
KINDS = {"500": False, "429": False, "slow": False, "applied_timeout": True, "applied_502": True}
#: The fault mix F4 of the reliability tests: shares of all requests at `rate` 0.3.
MIX = {"500": 6.0, "429": 6.0, "slow": 4.5, "applied_timeout": 9.0, "applied_502": 4.5}

_lock = threading.Lock()
_counters: dict[int, int] = {}


@dataclass(frozen=True)
class FaultProfile:
    """What may go wrong at one LMS; an empty profile is an LMS that works."""

    seed: int = 1
    #: Share of requests that go wrong, 0..1.
    rate: float = 0.0
    #: Kind → weight.
    kinds: dict[str, float] = field(default_factory=lambda: dict(MIX))
    #: Which requests: "scores", "line_items", "results", "members", "token".
    endpoints: tuple[str, ...] = ("scores",)
    retry_after_s: int = 1
    #: How long a slow answer takes before the connection is dropped, nothing applied.
    slow_s: float = 10.0
    #: Tokens die after so many seconds whatever expires_in says; 0 is honest.
    token_lives_s: float = 0.0
    #: "" works, "503" answers so, "drop" closes every connection.
    outage: str = ""
    clock_offset_s: float = 0.0

    @classmethod
    def of(cls, lms: Lms) -> "FaultProfile":
        return cls.read(lms.faults)

    @classmethod
    def read(cls, values: dict[str, Any]) -> "FaultProfile":
        """Return the profile in `values`; raises ValueError for a key or kind that does not exist."""
        known = {item.name for item in fields(cls)}
        if unknown := sorted(set(values) - known):
            raise ValueError(f"No such fault setting: {', '.join(unknown)}. Known: {', '.join(sorted(known))}.")
        kinds = values.get("kinds", MIX)
        if not isinstance(kinds, dict):
            kinds = dict.fromkeys(kinds, 1.0)
        if wrong := sorted(set(kinds) - set(KINDS)):
            raise ValueError(f"No such kind of fault: {', '.join(wrong)}. Known: {', '.join(KINDS)}.")
        endpoints = tuple(values.get("endpoints", ("scores",)))
        return cls(**{**values, "kinds": kinds, "endpoints": endpoints})


@dataclass(frozen=True)
class Fault:
    kind: str
    applies: bool
    profile: FaultProfile


def strike(lms: Lms, endpoint: str) -> Fault | None:
    """Return what goes wrong with this request, None when nothing does."""
    if not lms.faults:
        return None
    profile = FaultProfile.of(lms)
    if profile.outage:
        return Fault(f"outage_{profile.outage}", False, profile)
    if profile.rate <= 0 or endpoint not in profile.endpoints:
        return None
    with _lock:
        number = _counters[lms.pk] = _counters.get(lms.pk, 0) + 1
    kind = draw(profile, number)
    return Fault(kind, KINDS[kind], profile) if kind else None


def draw(profile: FaultProfile, number: int) -> str:
    """Return the kind of fault of request `number`, "" for none."""
    digest = hashlib.sha256(f"{profile.seed}:{number}".encode()).digest()
    chance, pick = (int.from_bytes(digest[at : at + 6], "big") / 2**48 for at in (0, 6))
    if chance >= profile.rate:
        return ""
    mark = pick * sum(profile.kinds.values())
    for kind, weight in profile.kinds.items():
        mark -= weight
        if mark < 0:
            return kind
    return next(reversed(profile.kinds))


def restart(lms: Lms) -> None:
    """Count this LMS's requests from the beginning again."""
    with _lock:
        _counters.pop(lms.pk, None)


def answer(fault: Fault, request: HttpRequest) -> HttpResponse:
    """Return what the client gets; for a dropped connection it gets nothing, `status` 0 in our log."""
    if fault.kind == "slow":
        time.sleep(fault.profile.slow_s)
    if fault.kind in ("slow", "applied_timeout", "outage_drop"):
        drop_connection(request)
        return HttpResponse(status=504)
    if fault.kind == "429":
        response: HttpResponse = JsonResponse({"error": "Rate Limit Exceeded"}, status=429)
        response["Retry-After"] = str(fault.profile.retry_after_s)
        return response
    status = {"500": 500, "applied_502": 502}.get(fault.kind, 503)
    return HttpResponse(f"<h1>{status}</h1>", status=status, content_type="text/html")


def seen_status(fault: Fault) -> int:
    """Return the status that the client saw, 0 for a dropped connection."""
    return {"500": 500, "429": 429, "applied_502": 502, "outage_503": 503}.get(fault.kind, 0)
