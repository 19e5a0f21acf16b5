"""The demo that `make run` shows: an organisation, sign-ins, and what each room adds.

A hook is a function `(organisation, users) -> lines`: it may be called at each start, changes nothing
the second time, and returns lines to print ("Course: http://…"). `users` maps roles to users.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from foundation.api import Membership, Organisation, Role, User

Hook = Callable[[Organisation, Mapping[str, User]], Iterable[str]]

# Dotted paths, called in this order: while the programs start, and once site and sandbox LMS answer.
WHILE_STARTING: Sequence[str] = ("config.demo_content.load_courses", "config.demo_content.script_the_model")
ONCE_READY: Sequence[str] = ("config.demo_content.link_sandbox",)

SIGN_INS = (Role.DESIGNER, Role.REVIEWER, Role.PUBLISHER, Role.COACH, Role.OPERATOR)


def load(hooks: Sequence[str]) -> list[str]:
    """Make the demo's people, call the hooks, and return what they say."""
    organisation, _ = Organisation.objects.get_or_create(
        slug="demo",
        defaults={"name": "Branchwise demo", "support_contacts": "Your teacher, or the student help desk."},
    )
    users = _make_users(organisation)
    lines: list[str] = []
    for path in hooks:
        hook: Hook = import_string(path)
        lines += hook(organisation, users)
    return lines


def sign_ins() -> Mapping[str, str]:
    """Return the passwords of the demo's users by user name; empty before the demo is loaded."""
    path = _passwords_path()
    return json.loads(path.read_text()) if path.exists() else {}


def _make_users(organisation: Organisation) -> dict[str, User]:
    passwords = dict(sign_ins())
    users: dict[str, User] = {}
    for role in SIGN_INS:
        name = role.value
        user, is_new = User.objects.get_or_create(
            username=name, defaults={"email": f"{name}@demo.example", "is_superuser": role is Role.OPERATOR}
        )
        # Hashing is slow on purpose, so a password that stands is not tried again at each start.
        if is_new or name not in passwords:
            user.set_password(passwords.setdefault(name, _new_password()))
            user.save(update_fields=["password"])
        Membership.objects.get_or_create(organisation=organisation, user=user, role=role)
        users[name] = user
    _keep(passwords)
    return users


def _new_password() -> str:
    """Four groups of four: easy to type, 82 bits."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4))


def _keep(passwords: Mapping[str, str]) -> None:
    path = _passwords_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(passwords, file, indent=1)
    draft.replace(path)


def _passwords_path() -> Path:
    return Path(settings.SECRETS_DIR) / "demo.json"
