"""What an activity asks to be shown, written into its custom parameters when it was made. Pure.

`branchwise_target` is "scenario:<uuid>", "course:<uuid>" or "course:<uuid>/<module>"; `branchwise_item` our own id of
the link. An LMS without custom parameters may say the same in the query of the tool URL: ?target=…&item=….
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from lti import claims
from lti.claims import Claims
from lti.ports import Target
from lti.problems import LaunchProblem

TARGET = "branchwise_target"
ITEM = "branchwise_item"
KINDS = ("scenario", "course")


@dataclass(frozen=True)
class Asked:
    """The target asked for, and the id of the link; both may be missing."""

    target: Target | None
    item: str = ""


def read(body: Claims) -> Asked:
    """Return what a launch asks for. Raises LaunchProblem when it is written in a way nobody can read."""
    custom = claims.mapping(body, claims.CUSTOM)
    query = _query(claims.address(body, claims.TARGET))
    written = claims.words(custom, TARGET) or query.get("target", "")
    item = claims.words(custom, ITEM, 64) or query.get("item", "")[:64]
    # A platform leaves a variable that it does not know as it is: "$ResourceLink.id".
    return Asked(parse(written) if written and not written.startswith("$") else None, item)


def parse(written: str) -> Target:
    kind, _, rest = written.partition(":")
    uuid, _, module = rest.partition("/")
    try:
        if kind == "course" or (kind == "scenario" and not module):
            return Target(kind, UUID(uuid), module[:64])  # type: ignore[arg-type]
    except ValueError:
        pass
    raise LaunchProblem("launch.content_missing", f"{TARGET}=scenario:… or course:…", written)


def write(target: Target) -> str:
    return f"{target.kind}:{target.uuid}" + (f"/{target.module}" if target.module else "")


def _query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
