"""What can go wrong with a platform's service, beyond the OutboundErrors of the connection.

ServiceError
├── TokenRefused    no access token: wrong client id, keys unreachable, scope not granted
├── PlatformBusy    we asked too often; says how long to wait
├── PlatformDown    the platform is in trouble
├── NotAdmitted     an address that this registration does not vouch for
└── Unusable        an answer that is not what the specification says
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from foundation.api import Answer, redact

DEFAULT_PAUSE_S = 30.0
LONGEST_PAUSE_S = 3600.0


class ServiceError(Exception):
    """A service call failed; `status` is the HTTP status where there was one."""

    def __init__(self, status: int | None, message: str) -> None:
        super().__init__(redact(message))
        self.status = status


class TokenRefused(ServiceError):
    pass


class PlatformBusy(ServiceError):
    def __init__(self, status: int, seconds: float) -> None:
        super().__init__(status, f"The LMS asked to wait {seconds:.0f} s.")
        self.seconds = seconds


class PlatformDown(ServiceError):
    pass


class NotAdmitted(ServiceError):
    pass


class Unusable(ServiceError):
    pass


def retry_after_s(answer: Answer) -> float:
    """Return how long an answer asks us to wait, within reason; both forms of Retry-After are read."""
    value = (answer.headers.get("Retry-After") or "").strip()
    if not value:
        return DEFAULT_PAUSE_S
    if value.isascii() and value.isdigit():
        return min(LONGEST_PAUSE_S, max(1.0, float(value[:9])))
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return DEFAULT_PAUSE_S
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(LONGEST_PAUSE_S, max(1.0, (aware - datetime.now(UTC)).total_seconds()))
