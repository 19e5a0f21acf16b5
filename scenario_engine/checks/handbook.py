"""docs/checks.md, written from the rules: `python -m scenario_engine.checks.handbook docs/checks.md`."""

import sys
from pathlib import Path

from scenario_engine.checks.catalogue import RULES

_HEAD = """# Checks

What Branchwise looks at in a scenario. An **error** keeps it from being published, a **warning** does not, a **note**
informs. A code never changes its meaning. `python -m scenario_engine check FILE` prints the findings of a file.

This page is generated from the rules (`python -m scenario_engine.checks.handbook docs/checks.md`).
Faults of the document itself (`document.…`) come before all these: a file that cannot be read cannot be checked.

"""
_AREAS = {
    "structure": "Structure",
    "play": "Playing",
    "text": "Texts",
    "score": "Scoring",
    "key": "Keys and reviews",
    "review": "Keys and reviews",
}


def handbook() -> str:
    """Return the page."""
    lines: list[str] = []
    area = ""
    for rule in RULES:
        heading = _AREAS[rule.code.partition(".")[0]]
        if heading != area:
            area = heading
            lines += [f"## {heading}", "", "| code | level | what must hold |", "|---|---|---|"]
        mark = " ¹" if rule.needs_proof else ""
        lines.append(f"| `{rule.code}`{mark} | {rule.level} | {rule.summary} |")
        following = RULES[RULES.index(rule) + 1 :]
        if not following or _AREAS[following[0].code.partition(".")[0]] != area:
            lines.append("")
    lines.append("¹ Found by the search of all plays; left out while the structure has errors. Its terms are in")
    lines.append("[scoring.md](scoring.md).")
    return _HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(handbook(), encoding="utf-8")
