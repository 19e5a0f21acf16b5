"""What the demo shows of authoring: the course packs, published, and people in each role."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from authoring.management.commands.load_packs import find_packs
from authoring.packs.load import LoadedPack, load_pack
from foundation.api import Membership, Organisation, Role, User


def prepare(organisation: Organisation, by: User, people: dict[str, User] | None = None) -> list[LoadedPack]:
    """Give `people` (role name → user) their roles, and load and publish every course pack. Repeatable."""
    for role, user in {Role.PUBLISHER.value: by, **(people or {})}.items():
        if role in Role.values:
            Membership.objects.get_or_create(organisation=organisation, user=user, role=role)
    return [load_pack(folder, organisation, by) for folder in find_packs(Path(settings.BASE_DIR) / "course_packs")]
