"""Adding to the audit trail. Reading it is a page's matter."""

from collections.abc import Mapping
from typing import Any

from foundation.models import AuditEntry, Organisation, User


def record(
    organisation: Organisation | None,
    actor: User | str,
    action: str,
    subject: str,
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append one entry; call it inside the transaction of what it reports.

    `actor` is a user or the name of a part acting by itself ("worker"). Users are stored by id, never
    by name, so that erasing a person leaves no name behind.
    """
    name = actor if isinstance(actor, str) else f"user:{actor.pk}"
    return AuditEntry.objects.create(
        organisation=organisation,
        actor=name[:100],
        action=action,
        subject=subject[:200],
        detail=dict(detail or {}),
    )
