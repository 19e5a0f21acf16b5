"""Headers and ids around every request."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from foundation import csp, logs
from foundation.identifiers import uuid7

GetResponse = Callable[[HttpRequest], HttpResponseBase]
_ACCEPTED_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
# Nothing here asks for a camera, a microphone or a place, ever.
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=()"


class RequestIdMiddleware:
    """Gives each request an id, which its log lines and its answer carry."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        identity = given if _ACCEPTED_ID.fullmatch(given) else uuid7().hex
        token = logs.request_id.set(identity)
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
        response["X-Request-ID"] = identity
        return response


class SecurityHeadersMiddleware:
    """Adds the Content-Security-Policy and its companions to every answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        policy = csp.policy_for(request.path, response)
        response["Content-Security-Policy"] = csp.write(policy)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        ancestors = tuple(policy["frame-ancestors"])
        if ancestors == ("'none'",):
            response["X-Frame-Options"] = "DENY"
        elif ancestors == ("'self'",):
            response["X-Frame-Options"] = "SAMEORIGIN"
        else:
            # X-Frame-Options cannot name origins, and a page opened by an LMS must keep its opener.
            for name in ("X-Frame-Options", "Cross-Origin-Opener-Policy"):
                if name in response:
                    del response[name]
        return response
