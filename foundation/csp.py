"""The Content-Security-Policy of every page: strict, looser under /admin/, framed where a view says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar

from django.http import HttpResponseBase

STRICT: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'",),
    "media-src": ("'self'",),
    "connect-src": ("'self'",),
    "form-action": ("'self'",),
    "base-uri": ("'none'",),
    "frame-ancestors": ("'none'",),
}
# Wagtail's choosers and date pickers start from inline scripts; its preview is a frame of our own.
ADMIN: Mapping[str, tuple[str, ...]] = {
    **STRICT,
    "script-src": ("'self'", "'unsafe-inline'"),
    "style-src": ("'self'", "'unsafe-inline'"),
    "img-src": ("'self'", "data:", "blob:"),
    "font-src": ("'self'", "data:"),
    "frame-src": ("'self'",),
    "worker-src": ("'self'", "blob:"),
    "frame-ancestors": ("'self'",),
}

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
_CHANGES = "branchwise_csp"
_WHOLE = "branchwise_whole_csp"


def set_csp(response: HttpResponseBase, **directives: Iterable[str]) -> None:
    """Replace directives of one response: `set_csp(response, frame_ancestors=[origin])`.

    Sources that could end a directive are refused: they come from LMS registrations.
    """
    changes = dict(getattr(response, _CHANGES, {}))
    for name, sources in directives.items():
        listed = tuple(sources)
        for source in listed:
            if not source or any(c in source for c in ";, \t\r\n") or not source.isascii():
                raise ValueError(f"{source!r} cannot stand in a Content-Security-Policy.")
        changes[name.replace("_", "-")] = listed or ("'none'",)
    setattr(response, _CHANGES, changes)


def replace_csp(response: HttpResponseBase, policy: Mapping[str, tuple[str, ...]]) -> None:
    """Give one response a policy of its own instead of the site's (files that are no pages of ours)."""
    setattr(response, _WHOLE, dict(policy))


def framed_by(
    *origins: str,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let the pages of a view be framed by these origins: `@framed_by("'self'")`."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def framed(*args: P.args, **kwargs: P.kwargs) -> R:
            response = view(*args, **kwargs)
            if "frame-ancestors" not in getattr(response, _CHANGES, {}):
                set_csp(response, frame_ancestors=origins)
            return response

        return framed

    return decorate


def policy_for(path: str, response: HttpResponseBase) -> dict[str, tuple[str, ...]]:
    """Return the directives that a response gets."""
    whole: dict[str, tuple[str, ...]] | None = getattr(response, _WHOLE, None)
    if whole is not None:
        return {"frame-ancestors": ("'none'",), **whole}
    base = ADMIN if path.startswith("/admin/") else STRICT
    return {**base, **getattr(response, _CHANGES, {})}


def write(policy: Mapping[str, Iterable[str]]) -> str:
    return "; ".join(" ".join((name, *sources)) for name, sources in policy.items())
