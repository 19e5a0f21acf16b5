"""docs/checks.md, written from the rules: `python -m scenario_engine.checks.handbook docs/checks.md`."""

import sys
from itertools import groupby
from pathlib import Path

from scenario_engine.checks.catalogue import RULES
from scenario_engine.checks.explained import EXPLAINED
from scenario_engine.checks.rule import Rule
from scenario_engine.findings import doc_anchor

_HEAD = """# Checks

What Branchwise looks at in a scenario. An **error** keeps it from being published, a **warning** does not, a **note**
informs. A code never changes its meaning. `python -m scenario_engine check FILE` prints the findings of a file; with
`--json` each finding names its section here.

Rules marked ¹ stand on the search of all plays: every situation (scene, variables, facts, choices, visits, levels,
goals, and what was earned at moments that can be met again) is visited once, up to 200,000 situations, or 2 million
remembered values if that comes first. Beyond that a finding says what is not proven and why. They are left out while
the structure has errors. Terms: [scoring.md](scoring.md).

This page is generated from the rules (`python -m scenario_engine.checks.handbook docs/checks.md`).
Faults of the document itself (`document.…`) come before all these: a file that cannot be read cannot be checked.

"""
_AREAS = {
    "structure": "Structure",
    "proof": "Proof",
    "unused": "What is never used",
    "play": "Playing",
    "roleplay": "Role-plays",
    "timer": "Time limits",
    "text": "Texts",
    "score": "Scoring",
    "teaching": "Teaching",
    "key": "Keys and reviews",
    "review": "Keys and reviews",
}


def handbook() -> str:
    """Return the page: a table per area, then a section per code."""
    lines: list[str] = []
    for area, rules in groupby(RULES, key=_area):
        lines += [f"## {area}", ""]
        for rule in rules:
            lines += _section(rule)
    return _HEAD + _contents() + "\n".join(lines).rstrip() + "\n"


def _contents() -> str:
    lines: list[str] = []
    for area, rules in groupby(RULES, key=_area):
        lines += [f"**{area}**", "", "| code | level | what must hold |", "|---|---|---|"]
        lines += [f"| [`{r.code}`](#{doc_anchor(r.code)}){_mark(r)} | {r.level} | {r.summary} |" for r in rules]
        lines.append("")
    return "\n".join(lines) + "\n"


def _section(rule: Rule) -> list[str]:
    found = EXPLAINED[rule.code]
    return [
        f"### {rule.code}",
        "",
        f"*{rule.level}*{_mark(rule)} · {rule.summary}",
        "",
        f"{found.why}",
        "",
        f"- For example: {found.example}",
        f"- To mend it: {found.mend}",
        "",
    ]


def _area(rule: Rule) -> str:
    return _AREAS[rule.code.partition(".")[0]]


def _mark(rule: Rule) -> str:
    return " ¹" if rule.needs_proof else ""


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(handbook(), encoding="utf-8")
