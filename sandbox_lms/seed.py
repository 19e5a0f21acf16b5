"""The sandbox's first content: five LMSs, one course and six people each, generated passwords."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from sandbox_lms import faults, personalities
from sandbox_lms.models import Course, Enrolment, Lms, Person

NAMES = {
    "moodle": "Northfield College",
    "canvas": "Harbour University",
    "openedx": "Open Learning Campus",
    "brightspace": "Lakeside Institute",
    "sakai": "Hillcrest University",
}
COURSE = "Service and leadership"
LABEL = "SL101"
#: Invented people: username, given name, family name, role.
PEOPLE = (
    ("admin", "Robin", "Admin", "admin"),
    ("teacher", "Dana", "Whitfield", "teacher"),
    ("amara", "Amara", "Okoye", "learner"),
    ("jonas", "Jonas", "Lindqvist", "learner"),
    ("mei", "Mei", "Tanaka", "learner"),
    ("rafael", "Rafael", "Duarte", "learner"),
)


@transaction.atomic
def seed_all() -> None:
    """Make the five LMSs that are not there yet."""
    for key, name in NAMES.items():
        if not Lms.objects.filter(key=key).exists():
            create_lms(key, name, key)


@transaction.atomic
def create_lms(key: str, name: str, personality: str, *, options: dict[str, Any] | None = None,
               seeded: bool = True) -> Lms:  # fmt: skip
    """Make an LMS, with the course and the people of the demo unless `seeded` is false."""
    if personality not in personalities.PERSONALITIES:
        known = ", ".join(personalities.PERSONALITIES)
        raise ValueError(f"There is no personality {personality!r}. Known: {known}.")
    if key in ("api", "static"):
        raise ValueError(f"{key!r} is an address of the sandbox itself; choose another key.")
    lms = Lms.objects.create(key=key, name=name, personality=personality, options=options or {})
    if seeded:
        fill(lms)
    return lms


def fill(lms: Lms) -> None:
    """Add the demo course and its people."""
    course = Course.objects.create(lms=lms, title=COURSE, label=LABEL)
    for username, given_name, family_name, role in PEOPLE:
        person = add_person(lms, username, given_name, family_name, is_admin=role == "admin")
        if role != "admin":
            Enrolment.objects.create(course=course, person=person, role=role)


def add_person(lms: Lms, username: str, given_name: str, family_name: str = "", *, is_admin: bool = False) -> Person:
    """Add somebody with a generated password, kept in the file of sign-ins."""
    person = Person(lms=lms, username=username, given_name=given_name, family_name=family_name, is_admin=is_admin)
    person.email = f"{username}@{lms.key}.example.org"
    password = secrets.token_urlsafe(9)
    person.set_password(password)
    person.save()
    _keep_sign_in(lms, username, password)
    return person


@transaction.atomic
def empty(lms: Lms) -> None:
    """Take everything out of an LMS, its tools too; the LMS itself, its key and issuer stay."""
    lms.courses.all().delete()
    lms.people.all().delete()
    lms.registrations.all().delete()
    lms.score_posts.all().delete()
    lms.faults = {}
    lms.save()
    faults.restart(lms)


def sign_ins() -> dict[str, dict[str, str]]:
    """Return the generated passwords: LMS key → username → password."""
    try:
        kept: dict[str, dict[str, str]] = json.loads(_file().read_text())
    except FileNotFoundError:
        return {}
    return kept


def _keep_sign_in(lms: Lms, username: str, password: str) -> None:
    kept = sign_ins()
    kept.setdefault(lms.key, {})[username] = password
    descriptor = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(kept, file, indent=2)
        file.write("\n")


def _file() -> Path:
    return Path(settings.SANDBOX_VAR) / "sign-ins.json"
