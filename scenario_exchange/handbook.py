"""docs/imports.md, written from the readers: `python -m scenario_exchange.handbook docs/imports.md`."""

import sys
from pathlib import Path

from scenario_exchange.fidelity import FIDELITY
from scenario_exchange.limits import DEFAULT, FATTER, MEGABYTE
from scenario_exchange.reading import READERS
from scenario_exchange.refusals import REFUSALS
from scenario_exchange.storyboards.bounds import MAX_ROWS

_HEAD = """# Importing what you have

Upload a file in the admin, or run `python manage.py import_scenario FILE`. The contents tell the format, the name only
where contents could be two things. A file may hold several scenarios. Each arrives as a draft, with a report that names
scene by scene what was **kept**, **changed** and **dropped**. Nothing is lost silently, no script is run, and nothing
is half-imported: a file is read whole or refused with a code, a reason and what to do.

Ids come from names that last in the source, so importing a file again gives the same ones. Ways that lead nowhere in
the source stay open and are findings of the [checks](checks.md).

This page is generated (`python -m scenario_exchange.handbook docs/imports.md`).

## Formats

"""


def handbook() -> str:
    """Return the page."""
    lines = ["| format | files |", "|---|---|"]
    lines += [f"| [{each.title}](#{each.name}) | {', '.join(f'`{e}`' for e in each.extensions)} |" for each in READERS]
    for reader in READERS:
        found = FIDELITY[reader.name]
        lines += ["", f'<a id="{reader.name}"></a>', "", f"### {reader.title}", ""]
        told = {"Kept": found.kept, "Changed": found.changed, "Dropped": found.dropped}
        lines += [f"- **{name}**: {text}" for name, text in told.items() if text]
    lines += ["", "## Bounds", "", *_bounds(), "", "## Refusals", "", "| code | meaning |", "|---|---|"]
    lines += [f"| `{code}` | {meaning} |" for code, meaning in REFUSALS.items()]
    return _HEAD + "\n".join(lines) + "\n"


def _bounds() -> list[str]:
    return [
        f"An upload has at most {DEFAULT.upload // MEGABYTE} MB. A package holds at most {DEFAULT.files:,} files and "
        f"{DEFAULT.inflated // MEGABYTE} MB unpacked; a file in it",
        f"at most {DEFAULT.file // MEGABYTE} MB, and {DEFAULT.ratio} times what it takes packed. A text has at most "
        f"{DEFAULT.text // MEGABYTE} MB. A scenario has at most {DEFAULT.scenes:,} scenes,",
        f"a storyboard {MAX_ROWS:,} rows. A file of another tool has at most {DEFAULT.words // MEGABYTE} MB of words "
        "(a long novel has one; pictures inside",
        f"the file and the program of a page do not count) and {DEFAULT.elements:,} tags (a Word document {FATTER} "
        "times that). What is larger is refused at",
        "once; what is not is read within two seconds of processor time and 64 MB of memory.",
    ]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(handbook(), encoding="utf-8")
