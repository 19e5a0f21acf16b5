"""Which organisation and user a command works for."""

from __future__ import annotations

from django.core.management.base import CommandError, CommandParser

from foundation.api import Organisation, User


def add_owner_arguments(parser: CommandParser) -> None:
    parser.add_argument("--organisation", default="", metavar="SLUG", help="Needed where there are several.")
    parser.add_argument("--user", default="", metavar="NAME", help="On whose behalf; else the first superuser.")


def find_organisation(slug: str) -> Organisation:
    """Return the organisation named, or the only one. Raises CommandError that lists them."""
    found = list(Organisation.objects.filter(slug=slug) if slug else Organisation.objects.all()[:2])
    if len(found) == 1:
        return found[0]
    known = ", ".join(Organisation.objects.values_list("slug", flat=True)) or "none"
    raise CommandError(f"Say --organisation SLUG. Known: {known}.")


def find_user(name: str) -> User:
    """Return the user named, or the first superuser. Raises CommandError when there is none."""
    users = User.objects.filter(is_active=True)
    user = users.filter(username=name).first() if name else users.filter(is_superuser=True).order_by("pk").first()
    if user is None:
        raise CommandError(f"There is no user “{name}”." if name else "Say --user NAME: there is no superuser.")
    return user
