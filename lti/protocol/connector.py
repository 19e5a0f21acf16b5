"""pylti1p3's service connector over our own calls, for whatever of its services is used.

Its own parses the private key for each signature, has no time-out and no second try after 401, asks for a token
per object, and writes the address of the next page in lower case.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from pylti1p3.service_connector import ServiceConnector, TServiceConnectorResponse

from lti.protocol.registration import PlatformRegistration
from lti.services import calls, tokens
from lti.services.errors import ServiceError


class Connector(ServiceConnector):
    """The same two methods, safe."""

    def __init__(self, registration: PlatformRegistration) -> None:
        self._registration = registration
        self.platform = registration.platform

    def get_access_token(self, scopes: Sequence[str]) -> str:
        return tokens.access_token(self.platform, tuple(scopes))

    def make_service_request(
        self,
        scopes: Sequence[str],
        url: str,
        is_post: bool = False,
        data: str | None = None,
        content_type: str = "application/json",
        accept: str = "application/json",
        case_insensitive_headers: bool = False,
    ) -> TServiceConnectorResponse:
        body = msgspec.json.decode(data) if data else None
        answer = calls.call(
            self.platform,
            "POST" if is_post else "GET",
            url,
            tuple(scopes),
            accept=accept,
            body=body,
            content_type=content_type,
        )
        if not answer.ok:
            raise ServiceError(answer.status, f"The LMS answered {answer.status}.")
        return {
            "headers": dict(answer.headers),
            "body": answer.json() if answer.body else None,
            "next_page_url": calls.linked(answer, "next") or None,
        }
