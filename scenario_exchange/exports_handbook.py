"""docs/exports.md, written from the writers: `python -m scenario_exchange.exports_handbook docs/exports.md`."""

import sys
from pathlib import Path

from scenario_exchange.export_refusals import EXPORT_REFUSALS
from scenario_exchange.writers import WRITERS

_HEAD = """# Taking it out again

*Export* in the admin, `python manage.py export_scenario SLUG --to FORMAT --out FILE`, or `export_course` for a
published course. Each export comes with a report of what the format could not carry; what does not fit at all is
refused with a code, and no file is written. Where a file holds one scenario, a course becomes a zip of such files.

This page is generated (`python -m scenario_exchange.exports_handbook docs/exports.md`).

## Formats

| format | name | files | holds a course |
|---|---|---|---|
"""


def exports_handbook() -> str:
    """Return the page."""
    lines = [
        f"| {each.title} | `{each.name}` | `{each.extension}` | {'yes' if each.holds_many else 'no'} |"
        for each in WRITERS
    ]
    lines += ["", "## Refusals", "", "| code | meaning | what to do |", "|---|---|---|"]
    lines += [f"| `{code}` | {meaning} | {hint} |" for code, (meaning, hint) in EXPORT_REFUSALS.items()]
    return _HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(exports_handbook(), encoding="utf-8")
