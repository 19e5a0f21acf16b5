"""Addresses: our own, as platforms know them, and which foreign hosts a registration vouches for."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.templatetags.static import static

from lti.models import Platform
from lti.products import product_named

# Nothing that could end a directive of a Content-Security-Policy: origins stand in those.
_HOST = re.compile(r"[a-z0-9_.-]+|[0-9a-f:.]+")


def tool_url(path: str) -> str:
    """Return the absolute address of a path of ours."""
    return f"{settings.PUBLIC_URL}{path}"


def launch_url() -> str:
    return tool_url("/lti/launch/")


def icon_url() -> str:
    return tool_url(static("lti/icon.svg"))


@lru_cache(maxsize=1024)
def origin(url: str) -> str:
    """Return scheme, host and port in the form browsers use, "" when `url` is not a web address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or not _HOST.fullmatch(parts.hostname):
        return ""
    standard = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != standard else "")


def is_ours(url: str) -> bool:
    return origin(url) == origin(settings.PUBLIC_URL)


def registered_origins(platform: Platform) -> list[str]:
    """Return the origins that the registration itself names, the issuer's first, each once."""
    urls = [platform.issuer, platform.auth_url, platform.token_url, platform.jwks_url]
    urls += [text for text in platform.settings.get("origins", []) if isinstance(text, str)]
    return list(dict.fromkeys(found for url in urls if (found := origin(url))))


def framing_origins(platform: Platform | None, *also: str) -> list[str]:
    """Return who may frame a page of ours with something to press: the platform, and what a launch signed."""
    if platform is None:
        return []
    product = product_named(platform.product)
    related = [f"https://*{suffix}" for suffix in product.host_suffixes]
    found = [origin(url) for url in (*also, *platform.settings.get("seen_origins", []))]
    return list(dict.fromkeys([*registered_origins(platform), *filter(None, found), *related]))
