"""The OIDC login that an LMS begins: over pylti1p3's, with a state that is bound, single-use and expiring.

Replaced: `_prepare_redirect_url` (a state tied to no nonce, issuer or browser; `?` appended to addresses that have a
query) and `validate_oidc_login` (unknown issuers raise a bare Exception).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from pylti1p3.oidc_login import OIDCLogin

from lti import addresses, login_states, platforms
from lti.login_states import LoginRequest
from lti.models import LoginState, Platform
from lti.problems import LaunchProblem
from lti.protocol.registration import PlatformRegistration, ToolConf
from lti.protocol.request import BindingCookies, LaunchRequest, NoSessions

MAX_HINT = 8_000
SHOWN = ("iss", "client_id")  # hints name a person
LIFETIME_S = int(login_states.LIFETIME.total_seconds())


class Login(OIDCLogin[LaunchRequest, ToolConf, NoSessions, BindingCookies, HttpResponse]):
    """One login. `redirect_url` is where the browser goes next; `state` and `secret` are what it keeps."""

    state: LoginState
    secret: str

    def __init__(self, request: HttpRequest) -> None:
        self.cookies = BindingCookies(request)
        # By keyword: pylti1p3next, the other distribution of the library, takes them in no other way.
        super().__init__(
            LaunchRequest(request, post_only=False),
            ToolConf(),
            session_service=NoSessions(),
            cookie_service=self.cookies,
        )

    def redirect_url(self) -> str:
        """Begin a login as the platform asks. Raises LaunchProblem."""
        return str(self._prepare_redirect_url(addresses.launch_url()))

    def validate_oidc_login(self) -> PlatformRegistration:
        issuer = self._checked("iss", 500, required=True)
        client_id = self._checked("client_id", 255)
        self._asked = LoginRequest(
            login_hint=self._checked("login_hint", MAX_HINT, required=True),
            message_hint=self._checked("lti_message_hint", MAX_HINT),
            deployment_hint=self._checked("lti_deployment_id", 255) or self._checked("deployment_id", 255),
            target=self._checked("target_link_uri", 1000),
            storage_target=self._checked("lti_storage_target", 100),
        )
        if self._asked.target and not addresses.is_ours(self._asked.target):
            raise LaunchProblem("launch.target", addresses.tool_url("/"), addresses.origin(self._asked.target))
        platform = platforms.find_for_login(issuer, client_id, self._asked.deployment_hint)
        platforms.check_active(platform)
        return PlatformRegistration(platform)

    def _prepare_redirect_url(self, launch_url: str) -> str:
        self._registration = self.validate_oidc_login()
        return self._begin(self._registration.platform, self._asked, launch_url)

    def again(self, earlier: LoginState) -> str:
        """Begin the same login anew, in a window of its own. Returns where the browser goes."""
        asked = LoginRequest(
            earlier.login_hint, earlier.message_hint, earlier.deployment_hint, earlier.target, storage_target=""
        )
        platforms.check_active(earlier.platform)
        return self._begin(earlier.platform, asked, addresses.launch_url(), is_window=True)

    def _begin(self, platform: Platform, asked: LoginRequest, launch_url: str, *, is_window: bool = False) -> str:
        self.state, self.secret = login_states.begin(platform, asked, timezone.now(), is_window=is_window)
        self.cookies.set_cookie(self.state.state, self.secret, LIFETIME_S)
        return with_query(platform.auth_url, authentication_request(platform, asked, self.state, launch_url))

    def _checked(self, name: str, length: int, *, required: bool = False) -> str:
        value = self._get_request_param(name)
        if required and not value:
            raise LaunchProblem("login.parameter", name, "nothing")
        if len(value) > length or not value.isprintable():
            received = value if name in SHOWN else f"{len(value)} characters"
            raise LaunchProblem("login.parameter", f"{name}: printable, at most {length} characters", received)
        return value

    def get_redirect(self, url: str) -> Any:
        raise NotImplementedError("The view answers by itself; see lti.views.login.")

    def get_response(self, html: str) -> HttpResponse:
        raise NotImplementedError("The view answers by itself; see lti.views.login.")


def authentication_request(
    platform: Platform, asked: LoginRequest, state: LoginState, launch_url: str
) -> dict[str, str]:
    """Return the parameters of the OIDC authentication request.

    Source: https://www.imsglobal.org/spec/security/v1p0 (section 5.1.1.2)
    """
    parameters = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": platform.client_id,
        "redirect_uri": launch_url,
        "login_hint": asked.login_hint,
        "state": state.state,
        "nonce": state.nonce,
    }
    if asked.message_hint:
        parameters["lti_message_hint"] = asked.message_hint
    return parameters


def with_query(url: str, parameters: dict[str, str]) -> str:
    """Add parameters to an address, keeping those it has."""
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in parameters]
    return urlunsplit(parts._replace(query=urlencode([*query, *parameters.items()]), fragment=""))
