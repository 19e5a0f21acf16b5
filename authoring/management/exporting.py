"""What both export commands share: their arguments, and what they say about the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from authoring.exports.writing import Made


def add_export_arguments(parser: CommandParser, formats: list[str]) -> None:
    parser.add_argument("slug")
    parser.add_argument("--to", choices=sorted(formats), default="pack")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--json", action="store_true", help="Print the report as JSON.")


def tell(command: BaseCommand, made: Made, out: Path, *, as_json: bool) -> None:
    """Write the file and print what it could not carry."""
    try:
        out.write_bytes(made.data)
    except OSError as error:
        raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
    if as_json:
        said: dict[str, Any] = {"file": str(out), "bytes": len(made.data), "report": made.entries}
        command.stdout.write(json.dumps(said, ensure_ascii=False))
        return
    command.stdout.write(f"{out}: {len(made.data):,} bytes")
    for entry in made.entries:
        if entry["kind"] != "kept":
            place = f"{entry['place']}: " if entry.get("place") else ""
            command.stdout.write(f"{entry['kind']}: {place}{entry['what']} {entry.get('hint', '')}".rstrip())
