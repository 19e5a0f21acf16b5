"""Names of the claims, and reading them without trusting their shape. Pure.

Every getter takes the whole body and raises LaunchProblem with the claim's name when the value has another type
than the specification says. Empty text counts as absent: Moodle sends "" and null for what it does not know.
Source: https://www.imsglobal.org/spec/lti/v1p3 (section 5.3)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

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
FOR_USER = LTI + "for_user"
AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
GROUPS = "https://purl.imsglobal.org/spec/lti-gs/claim/groupsservice"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
DEEP_LINKING_ITEMS = "https://purl.imsglobal.org/spec/lti-dl/claim/content_items"
DEEP_LINKING_MESSAGE = "https://purl.imsglobal.org/spec/lti-dl/claim/msg"
DEEP_LINKING_ERROR = "https://purl.imsglobal.org/spec/lti-dl/claim/errormsg"
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
    is_clean = value.isascii() and value.isprintable() and not set(value) & set(' "<>\\^`{|}')
    return value if is_clean and _has_host(value) else ""


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0  # reading an impossible port raises as well
    except ValueError:
        return False


def flag(claims: Claims, name: str) -> bool:
    """Return a boolean; some platforms write it as text."""
    value = claims.get(name)
    return value is True or (isinstance(value, str) and value.lower() == "true")


def locale(claims: Claims) -> str:
    """Return the language that a launch wishes for, "" where it says none; never raises."""
    presentation = claims.get(PRESENTATION)
    wished = words(presentation, "locale", 20) if isinstance(presentation, dict) else ""
    return wished or words(claims, "locale", 20)


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
    listed = (scope for scope in scopes if isinstance(scope, str)) if isinstance(scopes, list) else ()
    printable = tuple(scope for scope in listed if scope.isprintable())
    return GradeService(address(endpoint, "lineitems"), address(endpoint, "lineitem"), printable)
