"""Requests and cookies as pylti1p3 wants to see them, over Django's.

Its own cookie service knows neither Partitioned nor __Host-, and sets one cookie per launch that nobody deletes.
"""

from __future__ import annotations

from http.cookies import Morsel
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from pylti1p3.cookie import CookieService
from pylti1p3.request import Request
from pylti1p3.session import SessionService

# Python before 3.14 does not know the attribute; setting it there is an error.
Morsel._reserved.setdefault("partitioned", "Partitioned")  # type: ignore[attr-defined]
Morsel._flags.add("partitioned")  # type: ignore[attr-defined]


class LaunchRequest(Request):
    """One request. A launch is read from the body alone: an id_token in a query would end in logs."""

    def __init__(self, request: HttpRequest, *, post_only: bool) -> None:
        self.django = request
        self._post_only = post_only

    @property
    def session(self) -> None:
        """No launch touches a session: there is none to fixate."""
        return None

    def is_secure(self) -> bool:
        return bool(settings.PUBLIC_URL.startswith("https://"))

    def get_param(self, key: str) -> str:
        """Return a parameter as text, "" when it is absent."""
        value = self.django.POST.get(key)
        if value is None and not self._post_only:
            value = self.django.GET.get(key)
        return value or ""


class NoSessions(SessionService):
    """Stands where pylti1p3 wants a session store. Nothing of a login or launch is kept in sessions."""

    def __init__(self) -> None:
        pass


class BindingCookies(CookieService):
    """Cookies that work inside the frame of another site, one per login, deleted by the launch."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._to_set: dict[str, tuple[str, int]] = {}

    def get_cookie(self, name: str) -> str | None:
        return self._request.COOKIES.get(cookie_name(name))

    def set_cookie(self, name: str, value: str | int, exp: int | None = 600) -> None:
        self._to_set[name] = (str(value), exp or 0)

    def delete_cookie(self, name: str) -> None:
        self._to_set[name] = ("", 0)

    def update_response(self, response: HttpResponseBase) -> None:
        for name, (value, seconds) in self._to_set.items():
            write_cookie(response, cookie_name(name), value, seconds)


def cookie_name(name: str) -> str:
    """Return the cookie's whole name: __Host- pins it to this host, and needs https."""
    prefix = "__Host-" if settings.PUBLIC_URL.startswith("https://") else ""
    return f"{prefix}lti-{name[:16]}"


def write_cookie(response: HttpResponseBase, name: str, value: str, seconds: int) -> None:
    """Set a cookie that a browser keeps apart per top site (CHIPS), so that blocking the others spares it.

    Browsers take Secure cookies over http from this machine only; elsewhere http cannot work in a frame, and the
    cookie is a plain first-party one.
    """
    secure = settings.PUBLIC_URL.startswith("https://") or is_loopback()
    response.set_cookie(
        name, value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="None" if secure else "Lax"
    )
    if secure:
        response.cookies[name]["partitioned"] = True


def is_loopback() -> bool:
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    return host in ("localhost", "127.0.0.1", "::1") or host.endswith(".localhost")
