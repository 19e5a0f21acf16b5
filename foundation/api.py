"""The only door of foundation: what other apps may import, and nothing else."""

from foundation.audit import record
from foundation.csp import framed_by, set_csp
from foundation.durability import durable
from foundation.encryption import CannotDecrypt, decrypt, encrypt
from foundation.health import register_warning
from foundation.identifiers import uuid7
from foundation.keys import key_of
from foundation.leases import backoff, finish, renew, reschedule
from foundation.metrics import counter, register_gauge
from foundation.models import AuditEntry, Leased, Membership, Organisation, Role, User
from foundation.outbound import (
    Answer,
    BadStatus,
    Client,
    Interrupted,
    NotJson,
    OutboundError,
    Refused,
    TimedOut,
    TooLarge,
    Unreachable,
    checked_addresses,
    client_for_this_site,
)
from foundation.prepared import PreparedQuery, insert
from foundation.redaction import redact
from foundation.waking import wake
from foundation.work import GIVEN_BACK, Again, WorkKind
from foundation.worker import put_off, run_due

__all__ = [
    "GIVEN_BACK",
    "Again",
    "Answer",
    "AuditEntry",
    "BadStatus",
    "CannotDecrypt",
    "Client",
    "Interrupted",
    "Leased",
    "Membership",
    "NotJson",
    "Organisation",
    "OutboundError",
    "PreparedQuery",
    "Refused",
    "Role",
    "TimedOut",
    "TooLarge",
    "Unreachable",
    "User",
    "WorkKind",
    "backoff",
    "checked_addresses",
    "client_for_this_site",
    "counter",
    "decrypt",
    "durable",
    "encrypt",
    "finish",
    "framed_by",
    "insert",
    "key_of",
    "put_off",
    "record",
    "redact",
    "register_gauge",
    "register_warning",
    "renew",
    "reschedule",
    "run_due",
    "set_csp",
    "uuid7",
    "wake",
]
