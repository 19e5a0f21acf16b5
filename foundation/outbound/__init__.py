"""Calls to other people's servers, guarded against being turned on our own network."""

from foundation.outbound.client import Answer, Client, checked_addresses, client_for_this_site
from foundation.outbound.errors import (
    BadStatus,
    Interrupted,
    NotJson,
    OutboundError,
    Refused,
    TimedOut,
    TooLarge,
    Unreachable,
)

__all__ = [
    "Answer",
    "BadStatus",
    "Client",
    "Interrupted",
    "NotJson",
    "OutboundError",
    "Refused",
    "TimedOut",
    "TooLarge",
    "Unreachable",
    "checked_addresses",
    "client_for_this_site",
]
