"""A finding: a problem in the designer's work, as a value. Codes never change their meaning."""

from collections.abc import Iterable
from typing import Literal

import msgspec

FindingLevel = Literal["error", "warning", "note"]


class Finding(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One problem with its place.

    `code` is stable ("structure.unknown-target"); `scene` and `part` (a choice, option, beat or criterion id) say
    where in the story, `path` where in the document ("$.scenes[3].choices[0].goto"); `hint` says what to do next.
    """

    code: str
    level: FindingLevel
    message: str
    hint: str = ""
    scene: str = ""
    part: str = ""
    path: str = ""


def doc_anchor(code: str) -> str:
    """Return the anchor of a code's section in docs/checks.md, as Markdown renderers make it from the heading."""
    return code.replace(".", "")


def has_errors(findings: Iterable[Finding]) -> bool:
    """Return whether any finding is an error, the level that refuses publishing."""
    return any(finding.level == "error" for finding in findings)
