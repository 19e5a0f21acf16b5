"""Cells that no spreadsheet program runs: a leading apostrophe stands before what begins like a formula."""

import re

# Behind any number of apostrophes, so that taking one off undoes exactly what was done.
_DANGEROUS = re.compile(r"^'*[=+\-@\t\r\0＝＋－＠]")


def guard(cell: str) -> str:
    """Return a cell that is text to every spreadsheet program."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def unguard(cell: str) -> str:
    """Take off the apostrophe that `guard` put on."""
    return cell[1:] if cell.startswith("'") and _DANGEROUS.match(cell) else cell
