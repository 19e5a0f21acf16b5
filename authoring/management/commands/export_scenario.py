"""`manage.py export_scenario SLUG --to FORMAT --out FILE`: a draft or a published version of a scenario as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from authoring.exports.content import Content, NothingToExport, of_draft, of_version
from authoring.exports.formats import scenario_formats
from authoring.exports.writing import NotExported, write_scenario
from authoring.management.exporting import add_export_arguments, tell
from authoring.management.owners import add_owner_arguments, find_organisation
from authoring.models import Scenario


class Command(BaseCommand):
    help = "Write the newest version of a scenario (or --draft, or --version N) to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        add_export_arguments(parser, [each.name for each in scenario_formats()])
        parser.add_argument("--draft", action="store_true", help="The newest draft, published or not.")
        parser.add_argument("--number", type=int, metavar="N", help="This version instead of the newest.")
        add_owner_arguments(parser)

    def handle(self, *args: Any, slug: str, to: str, out: Path, **options: Any) -> None:
        organisation = find_organisation(options["organisation"])
        scenario = Scenario.objects.filter(organisation=organisation, slug=slug).first()
        if scenario is None:
            raise CommandError(f"There is no scenario “{slug}” in {organisation.slug}.")
        try:
            made = write_scenario(_content(scenario, options["draft"], options["number"]), to)
        except (NothingToExport, NotExported) as error:
            raise CommandError(str(error)) from error
        tell(self, made, out, as_json=options["json"])


def _content(scenario: Scenario, is_draft: bool, number: int | None) -> Content:
    if is_draft:
        return of_draft(scenario)
    versions = scenario.versions.order_by("-number")
    version = versions.filter(number=number).first() if number is not None else versions.first()
    if version is None:
        known = ", ".join(str(each) for each in versions.values_list("number", flat=True)) or "none"
        raise CommandError(f"There is no such version of “{scenario.slug}”. Published: {known}. Or say --draft.")
    return of_version(version)
