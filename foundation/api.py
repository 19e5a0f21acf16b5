"""The only door of foundation: what other apps may import, and nothing else."""

from foundation.audit import record
from foundation.identifiers import uuid7
from foundation.models import AuditEntry, Leased, Membership, Organisation, Role, User

__all__ = ["AuditEntry", "Leased", "Membership", "Organisation", "Role", "User", "record", "uuid7"]
