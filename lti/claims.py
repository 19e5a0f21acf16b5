"""Names of the claims, and reading them without trusting their shape. Pure.

Every getter takes the whole body and raises LaunchProblem with the claim's name when the value has another type
than the specification says. Empty text counts as absent: Moodle sends "" and null for what it does not know.
Source: https://www.imsglobal.org/spec/lti/v1p3 (section 5.3)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from lti.problems import LaunchProblem

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
MESSAGE_TYPE = LTI + "message_type"
VERSION = LTI + "version"
DEPLOYMENT_ID = LTI + "deployment_id"
TARGET = LTI + "target_link_uri"
RESOURCE_LINK = LTI + "resource_link"
ROLES = LTI + "roles"
CONTEXT = LTI + "context"
CUSTOM = LTI + "custom"
PRESENTATION = LTI + "launch_presentation"
TOOL_PLATFORM = LTI + "tool_platform"
AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
DEEP_LINKING_ITEMS = "https://purl.imsglobal.org/spec/lti-dl/claim/content_items"
DEEP_LINKING_DATA = "https://purl.imsglobal.org/spec/lti-dl/claim/data"

Claims = Mapping[str, Any]
MAX_ID = 255


def short(claim: str) -> str:
    """Return a claim's name without the prefix everybody knows."""
    return claim.removeprefix(LTI)


def identifier(claims: Claims, name: str, *, within: str = "", required: bool = True) -> str:
    """Return an id: text of 1 to 255 characters, none of them a control character."""
    label = f"{short(within)}.{name}" if within else short(name)
    value = claims.get(name)
    if value is None or value == "":
        if required:
            raise LaunchProblem("launch.claim", f"{label}: text of at most {MAX_ID} characters", "nothing")
        return ""
    if not isinstance(value, str):
        raise LaunchProblem("launch.claim", f"{label}: text", type(value).__name__)
    if len(value) > MAX_ID:
        raise LaunchProblem("launch.claim", f"{label}: at most {MAX_ID} characters", f"{len(value)} characters")
    if not value.isprintable():
        raise LaunchProblem("launch.claim", f"{label}: printable text", "control characters")
    return value


def words(claims: Claims, name: str, length: int = 300) -> str:
    """Return text meant for people, cut and cleaned; anything else counts as absent."""
    value = claims.get(name)
    if not isinstance(value, str):
        return ""
    return "".join(letter for letter in value if letter.isprintable())[:length].strip()


def mapping(claims: Claims, name: str) -> Claims:
    """Return a claim that is an object; absent and null are an empty one."""
    value = claims.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise LaunchProblem("launch.claim", f"{short(name)}: an object", type(value).__name__)
    return cast(Claims, value)


def texts(claims: Claims, name: str) -> list[str]:
    """Return a claim that is a list of texts, empty ones left out; absent and null are an empty one."""
    value = claims.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise LaunchProblem("launch.claim", f"{short(name)}: a list of texts", type(value).__name__)
    return [entry for entry in value if entry]


def address(claims: Claims, name: str, length: int = 1000) -> str:
    """Return a web address, or "" when there is none or it is not one."""
    value = claims.get(name)
    if not isinstance(value, str) or len(value) > length or not value.startswith(("https://", "http://")):
        return ""
    return value if value.isascii() and value.isprintable() and not set(value) & set(' "<>\\^`{|}') else ""


def flag(claims: Claims, name: str) -> bool:
    """Return a boolean; some platforms write it as text."""
    value = claims.get(name)
    return value is True or (isinstance(value, str) and value.lower() == "true")


@dataclass(frozen=True)
class GradeService:
    """The Assignment and Grade Services claim; `line_item` is "" where the platform couples none."""

    items_url: str
    line_item: str
    scopes: tuple[str, ...]


def grade_service(claims: Claims) -> GradeService | None:
    endpoint = claims.get(AGS)
    if not isinstance(endpoint, dict):
        return None
    scopes = endpoint.get("scope")
    listed = tuple(scope for scope in scopes if isinstance(scope, str)) if isinstance(scopes, list) else ()
    return GradeService(address(endpoint, "lineitems"), address(endpoint, "lineitem"), listed)


# Kept of a failed launch: what helps to find the cause, and says nothing about a person.
_KEPT = ("iss", "aud", "azp", "iat", "exp", MESSAGE_TYPE, VERSION, DEPLOYMENT_ID, TARGET, ROLES)


def redacted(claims: object) -> dict[str, Any]:
    """Return what may be kept of a failed launch; of everything else, only that it was there."""
    if not isinstance(claims, dict):
        return {"type": type(claims).__name__}
    kept: dict[str, Any] = {short(name): _cut(claims[name]) for name in _KEPT if name in claims}
    link = claims.get(RESOURCE_LINK)
    if isinstance(link, dict):
        kept["resource_link.id"] = _cut(link.get("id"))
    kept["also_present"] = sorted(short(str(name))[:80] for name in claims if name not in _KEPT)[:60]
    return kept


def _cut(value: object) -> object:
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, list):
        return [_cut(entry) for entry in value[:10]]
    text = value if isinstance(value, str) else type(value).__name__
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:300]).split("?", 1)[0]
