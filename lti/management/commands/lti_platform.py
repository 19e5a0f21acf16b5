"""`manage.py lti_platform`: LMS connections without a browser."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from foundation.api import Organisation, OutboundError
from lti import platforms, preflight, registration, roster, tool_keys
from lti.models import Context, Deployment, Platform
from lti.problems import LaunchProblem
from lti.services.errors import ServiceError

BY = "command"


class Command(BaseCommand):
    help = "Adds, approves, suspends, lists and tries LMS connections; rotates our keys."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        add = actions.add_parser("add", help="add a platform by hand")
        for name in ("issuer", "client-id", "auth-url", "token-url", "jwks-url"):
            add.add_argument(f"--{name}", required=True)
        add.add_argument("--organisation", required=True, help="slug")
        add.add_argument("--deployment", action="append", default=[], help="may be given several times")
        add.add_argument("--product", default="", help="moodle, canvas, openedx …")
        add.add_argument("--name", default="")
        add.add_argument("--token-audience", default="")
        add.add_argument("--approve", action="store_true")
        register = actions.add_parser("register", help="register with a platform's configuration URL")
        register.add_argument("--configuration", required=True)
        register.add_argument("--token", default="")
        register.add_argument("--organisation", required=True, help="slug")
        for action, text in (("approve", "let it launch"), ("suspend", "stop it"), ("test", "try it without a launch")):
            added = actions.add_parser(action, help=text)
            _with_platform(added)
            if action == "test":
                added.add_argument("--writes", action="store_true", help="try a column of our own too")
        deployment = actions.add_parser("deployment", help="add a deployment")
        _with_platform(deployment)
        deployment.add_argument("--deployment", required=True)
        deployment.add_argument("--organisation", required=True, help="slug")
        listing = actions.add_parser("list", help="list them")
        listing.add_argument("--json", action="store_true")
        actions.add_parser("names", help="take over names from the rosters of all courses")
        actions.add_parser("rotate-keys", help="sign with the next key; the first call only publishes one")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        getattr(self, f"do_{action.replace('-', '_')}")(options)

    def do_add(self, options: dict[str, Any]) -> None:
        organisation = _organisation(options["organisation"])
        fields = ("issuer", "client_id", "auth_url", "token_url", "jwks_url", "product", "name", "token_audience")
        try:
            platform = platforms.add_platform(
                by=BY,
                deployments=dict.fromkeys(options["deployment"], organisation),
                organisation=organisation,
                **{name: options[name] for name in fields},
            )
        except platforms.PlatformRefused as error:
            raise CommandError(str(error)) from error
        if options["approve"]:
            platforms.approve_platform(platform, organisation, BY)
        self._say(platform)

    def do_register(self, options: dict[str, Any]) -> None:
        try:
            organisation = _organisation(options["organisation"])
            platform = registration.register(options["configuration"], options["token"], organisation)
        except LaunchProblem as problem:
            words = problem.in_words()
            raise CommandError(f"{words.what} {words.fix} [{words.expected} / {words.received}]") from problem
        self._say(platform)

    def do_approve(self, options: dict[str, Any]) -> None:
        platform = _platform(options["platform"])
        slug = options["organisation"]
        organisation = _organisation(slug) if slug else platform.organisation
        if organisation is None:
            raise CommandError("Say on behalf of which organisation: --organisation SLUG.")
        try:
            platforms.approve_platform(platform, organisation, BY)
        except platforms.PlatformRefused as error:
            raise CommandError(str(error)) from error
        self._say(platform)

    def do_suspend(self, options: dict[str, Any]) -> None:
        platform = _platform(options["platform"])
        platforms.suspend_platform(platform, BY)
        self._say(platform)

    def do_deployment(self, options: dict[str, Any]) -> None:
        platform = _platform(options["platform"])
        organisation = _organisation(options["organisation"])
        Deployment.objects.get_or_create(
            platform=platform, deployment_id=options["deployment"], defaults={"organisation": organisation}
        )
        self._say(platform)

    def do_test(self, options: dict[str, Any]) -> None:
        failed = False
        platform = _platform(options["platform"])
        probes = []
        for found in preflight.probe(platform, writes=options["writes"]):
            probes.append(found)
            failed = failed or found.ok is False
            word = {True: "ok  ", False: "FAIL", None: "    "}[found.ok]
            self.stdout.write(f"{word}  {found.name}: {found.said}")
        preflight.keep(platform, probes, timezone.now())
        if failed:
            raise CommandError("Not everything works.")

    def do_list(self, options: dict[str, Any]) -> None:
        rows = Platform.objects.select_related("organisation").order_by("pk")
        if options["json"]:
            self.stdout.write(json.dumps([_described(row) for row in rows], indent=1))
            return
        for row in rows:
            self._say(row)

    def do_names(self, options: dict[str, Any]) -> None:
        for context in Context.objects.exclude(memberships_url="").select_related("deployment__platform"):
            try:
                self.stdout.write(f"{context}: {roster.take_over_names(context)} names")
            except (ServiceError, OutboundError) as error:
                self.stderr.write(f"{context}: {error}")

    def do_rotate_keys(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"Signing with {tool_keys.rotate(timezone.now()).kid}.")

    def _say(self, platform: Platform) -> None:
        known = ", ".join(platform.deployments.values_list("deployment_id", flat=True)) or "no deployment yet"
        self.stdout.write(
            f"{platform.pk}  {platform.status:<9}  {platform.issuer}  client {platform.client_id}  {known}"
        )


def _with_platform(parser: ArgumentParser) -> None:
    parser.add_argument("platform", help="its number, issuer or client id")
    if parser.prog.endswith(" approve"):
        parser.add_argument("--organisation", default="", help="slug, where the platform has none yet")


def _described(row: Platform) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "issuer": row.issuer,
        "client_id": row.client_id,
        "status": row.status,
        "product": row.product,
        "organisation": row.organisation.slug if row.organisation else None,
        "deployments": list(row.deployments.values_list("deployment_id", flat=True)),
    }


def _organisation(slug: str) -> Organisation:
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no organisation {slug!r}.")
    return found


def _platform(word: str) -> Platform:
    rows = Platform.objects.filter(pk=int(word)) if word.isascii() and word.isdigit() else Platform.objects.none()
    found = list(rows or Platform.objects.filter(issuer=word) or Platform.objects.filter(client_id=word))
    if len(found) != 1:
        raise CommandError(f"{word!r} names {len(found) or 'no'} platforms; `lti_platform list` shows their numbers.")
    return found[0]
