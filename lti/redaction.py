"""What may be kept of a failed launch: enough to find the cause and to check it once more, nothing about a person.

Kept are names of claims, what the platform says of itself and of the activity, and the shape of everything that is
checked. Who launches is replaced by dots of the same number; names, addresses and free text are only named. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from lti import claims
from lti.claims import short
from lti.launching import asked

LONGEST = 300
DOT = "·"
UNPRINTABLE = "\x01"

_WHOLE = (
    "iss",
    "aud",
    "azp",
    "iat",
    "exp",
    claims.MESSAGE_TYPE,
    claims.VERSION,
    claims.DEPLOYMENT_ID,
    claims.ROLES,
)
_PARTS: Mapping[str, tuple[str, ...]] = {
    claims.RESOURCE_LINK: ("id",),
    claims.CONTEXT: ("id",),
    claims.CUSTOM: (asked.TARGET, asked.ITEM),
    claims.PRESENTATION: ("locale", "document_target"),
    claims.DEEP_LINKING: ("accept_types", "accept_multiple", "accept_lineitem", "accept_presentation_document_targets"),
    claims.AGS: ("scope",),
}
_ADDRESSES: Mapping[str, tuple[str, ...]] = {
    claims.PRESENTATION: ("return_url",),
    claims.DEEP_LINKING: ("deep_link_return_url",),
    claims.AGS: ("lineitems", "lineitem"),
}
_LONG_NAMES = {short(name): name for name in (*_WHOLE, *_PARTS, claims.TARGET, claims.FOR_USER)}


def redacted(body: object) -> dict[str, Any]:
    """Return what may be kept of a token's body, by short names; of everything else, that it was there."""
    if not isinstance(body, dict):
        return {"type": type(body).__name__}
    kept: dict[str, Any] = {short(name): _cut(body[name]) for name in _WHOLE if name in body}
    for name in _PARTS:
        if name in body:
            kept[short(name)] = _part(name, body[name])
    if claims.TARGET in body:
        kept[short(claims.TARGET)] = _target(body[claims.TARGET])
    if "sub" in body:
        kept["sub"] = _dots(body["sub"])
    if claims.FOR_USER in body:
        person = body[claims.FOR_USER]
        kept[short(claims.FOR_USER)] = (
            {"user_id": _dots(person.get("user_id"))} if isinstance(person, dict) else _cut(person)
        )
    known = {_LONG_NAMES.get(name, name) for name in kept}
    kept["also_present"] = sorted(_name(short(name)) for name in body if name not in known)[:60]
    return kept


def redacted_header(header: object) -> dict[str, Any]:
    """Return which key and algorithm a token named."""
    if not isinstance(header, dict):
        return {}
    return {name: _cut(header[name]) for name in ("alg", "kid") if name in header}


def restored(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body that is checked as the launch was, with dots in the place of people."""
    return {_LONG_NAMES.get(name, name): value for name, value in kept.items() if name not in ("also_present", "type")}


def _part(name: str, value: object) -> object:
    if not isinstance(value, dict):
        return _cut(value)
    found = {each: _cut(value[each]) for each in _PARTS[name] if each in value}
    for each in _ADDRESSES.get(name, ()):
        if each in value:
            found[each] = _origin(value[each])
    return found


def _cut(value: object) -> object:
    return _walk(value, _text)


def _dots(value: object) -> object:
    """Keep how long an id is and whether it is printable: that is what is checked of it."""
    return _walk(value, lambda text: DOT * min(len(text), LONGEST) + ("" if text.isprintable() else UNPRINTABLE))


def _walk(value: object, written: Callable[[str], str]) -> object:
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, list):
        return [_walk(entry, written) for entry in value[:10]]
    if isinstance(value, dict):
        return {_name(name): type(entry).__name__ for name, entry in list(value.items())[:10]}
    return written(value) if isinstance(value, str) else type(value).__name__


def _name(value: str) -> str:
    """Names are as foreign as values: PostgreSQL refuses a NUL in either."""
    return _text(value)[:80]


def _text(value: str) -> str:
    cut = value[:LONGEST].split("?", 1)[0]
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in cut)


def _origin(value: object) -> object:
    """Keep the host of an address: what follows may name a person or carry a session."""
    if not isinstance(value, str):
        return _cut(value)
    try:
        parts = urlsplit(value)
    except ValueError:
        return _text(value)
    return _text(f"{parts.scheme}://{parts.hostname or ''}/…") if parts.scheme in ("http", "https") else _text(value)


def _target(value: object) -> object:
    """Keep an address of ours with the two parameters that choose content."""
    if not isinstance(value, str):
        return _cut(value)
    try:
        query = parse_qs(urlsplit(value).query)
    except ValueError:
        return _text(value)
    chosen: dict[str, str] = {name: query[name][0][:100] for name in ("target", "item") if name in query}
    return _text(value) + (f"?{urlencode(chosen)}" if chosen else "")
