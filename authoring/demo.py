"""What the demo shows of authoring: every course pack, loaded and published."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from authoring.management.commands.load_packs import find_packs
from authoring.packs.load import load_pack
from foundation.api import Organisation, Role, User


def load_courses(organisation: Organisation, users: Mapping[str, User]) -> list[str]:
    """A hook of config.demo: load the packs as the publisher; a second time changes nothing."""
    lines = []
    for folder in find_packs(Path(settings.BASE_DIR) / "course_packs"):
        course = load_pack(folder, organisation, users[Role.PUBLISHER]).course
        lines.append(f"Course: {course.title}: {settings.PUBLIC_URL}{reverse('courses:edit', args=[course.pk])}")
    return lines
