"""What the demo shows of authoring: every course pack, loaded and published."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from authoring.management.commands.load_packs import find_packs
from authoring.packs.load import LoadedPack, load_pack
from foundation.api import Membership, Organisation, Role, User


def prepare(organisation: Organisation, by: User, people: Mapping[str, User] | None = None) -> list[LoadedPack]:
    """Give `people` (role → user) their roles, then load and publish every pack. A second time changes nothing."""
    for role, user in {Role.PUBLISHER.value: by, **(people or {})}.items():
        if role in Role.values:
            Membership.objects.get_or_create(organisation=organisation, user=user, role=role)
    return [load_pack(folder, organisation, by) for folder in find_packs(Path(settings.BASE_DIR) / "course_packs")]
