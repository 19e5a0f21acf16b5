"""The launch message: over pylti1p3's MessageLaunch, with every check that it leaves out.

Replaced, each for a hole that was tried out: state, nonce and registration (exchangeable between logins and
issuers, replayable), `get_client_id` (first audience only, azp ignored), key fetching (each launch, unguarded),
`validate_jwt_signature` (no audience, no required times, no leeway), `validate_message` (no target, no lengths),
`validate` (crashes on bodies of another shape), sessions (none here).
"""

from __future__ import annotations

from typing import Any, cast

import jwt
import msgspec
from django.http import HttpRequest
from django.utils import timezone
from jwt.utils import base64url_decode
from pylti1p3.exception import LtiException
from pylti1p3.message_launch import MessageLaunch

from lti import claims, key_sets, login_states, platforms
from lti.launching import links
from lti.models import Deployment, LoginState, Platform, ResourceLink, Way
from lti.problems import LaunchProblem
from lti.protocol import audience, messages
from lti.protocol.audience import ALGORITHM, LEEWAY_S
from lti.protocol.registration import PlatformRegistration, ToolConf
from lti.protocol.request import BindingCookies, LaunchRequest, NoSessions

OLDEST_S = 600
MAX_TOKEN = 200_000
# How code that expects the specification's shapes fails on a body of another shape.
SHAPE_ERRORS = (KeyError, TypeError, AttributeError, ValueError, ArithmeticError, RecursionError)
NO_CALLS: Any = object()  # in place of a requests session: keys are fetched by lti.key_sets alone


class Launch(MessageLaunch[LaunchRequest, ToolConf, NoSessions, BindingCookies]):
    """One launch. After `validate` it has `platform`, `deployment`, `state` and `body`; trust nothing before."""

    state: LoginState
    deployment: Deployment
    # The link that the token names, with all that hangs on it, read by one statement. Only ever a link of the
    # platform that the login was sent to; what it says counts once the token is checked.
    known: ResourceLink | None = None

    def __init__(self, request: HttpRequest) -> None:
        self.cookies = BindingCookies(request)
        self._now = timezone.now()
        super().__init__(
            LaunchRequest(request, post_only=True),
            ToolConf(),
            session_service=NoSessions(),
            cookie_service=self.cookies,
            requests_session=NO_CALLS,
        )
        self.set_auto_validation(enable=False)

    @property
    def body(self) -> claims.Claims:
        return cast(claims.Claims, self._jwt.get("body", {}))

    @property
    def header(self) -> claims.Claims:
        return cast(claims.Claims, self._jwt.get("header", {}))

    @property
    def platform(self) -> Platform | None:
        """The platform whose login this is, as soon as that is known."""
        return getattr(self, "state", None) and self.state.platform

    def _get_request_param(self, key: str) -> str:
        return str(self._request.get_param(key))

    def validate(self) -> Launch:
        """Check everything, in an order that names the true cause. Raises LaunchProblem, nothing else."""
        try:
            self.validate_state().validate_jwt_format().validate_registration().validate_jwt_signature()
            self.validate_nonce().validate_message().validate_deployment()
        except LaunchProblem:
            raise
        except (LtiException, *SHAPE_ERRORS) as error:
            raise LaunchProblem("launch.unexpected", "", type(error).__name__) from error
        self._validated = True
        return self

    def validate_state(self) -> Launch:
        state = self._get_request_param("state")
        if not state:
            raise LaunchProblem("launch.state_missing", "state", "nothing")
        self.state = login_states.take(state, self.secret_from_browser(state), self._now)
        self.cookies.delete_cookie(state)
        return self

    def secret_from_browser(self, state: str) -> str:
        """Return what the browser kept: in the cookie, or in the platform's storage and posted along from there."""
        return self.cookies.get_cookie(state) or self._get_request_param("binding")

    @property
    def way(self) -> Way:
        """What brought the secret back from the browser."""
        if self.state.is_window:
            return Way.WINDOW
        return Way.COOKIE if self.cookies.get_cookie(self.state.state) else Way.STORAGE

    def validate_jwt_format(self) -> Launch:
        token = self._get_request_param("id_token")
        if not token:
            raise LaunchProblem("launch.token_missing", "id_token", "nothing")
        parts = token.split(".")
        if len(parts) != 3 or len(token) > MAX_TOKEN or not token.isascii():
            raise LaunchProblem("launch.token_malformed", "three parts", f"{len(parts)} parts")
        self._jwt = cast(Any, {"header": _json_object(parts[0], "header"), "body": _json_object(parts[1], "body")})
        self.known = links.find_known(self.state.platform_id, self.body)
        if self.known is not None:
            self.state.platform = self.known.deployment.platform
        return self

    def validate_registration(self) -> Launch:
        """The token must come from whom the login was sent to, and be meant for us alone."""
        platform = self.state.platform
        platforms.check_active(platform)
        audience.check_issuer(self.body, platform)
        self.get_client_id()
        self._registration = PlatformRegistration(platform)
        return self

    def get_client_id(self) -> str:
        """Return our client id after checking audience and authorised party."""
        audience.check_audience(self.body, self.state.platform)
        return self.state.platform.client_id

    def get_public_key(self) -> tuple[Any, str]:
        audience.check_algorithm(self.header)
        kid = audience.check_kid(self.header)
        return key_sets.public_key(self.state.platform, kid), ALGORITHM

    def validate_jwt_signature(self) -> Launch:
        key, algorithm = self.get_public_key()
        audience.check_times(self.body)
        try:
            jwt.decode(
                self._get_id_token(),
                key,
                algorithms=[algorithm],
                issuer=self.state.platform.issuer,
                options={"require": ["exp", "iat", "iss", "aud"], "verify_aud": False},  # get_client_id did that
                leeway=LEEWAY_S,
            )
        except jwt.ExpiredSignatureError:
            raise LaunchProblem("launch.expired", f"exp after {self._now:%H:%M:%S}", self.body["exp"]) from None
        except jwt.ImmatureSignatureError:
            raise LaunchProblem("launch.from_future", f"iat up to {self._now:%H:%M:%S}", self.body["iat"]) from None
        except jwt.InvalidSignatureError:
            raise LaunchProblem("launch.signature", "a signature by a published key", "another one") from None
        except jwt.InvalidTokenError as error:
            raise LaunchProblem("launch.claim", "a valid token", str(error)) from None
        if self._now.timestamp() - self.body["iat"] > OLDEST_S + LEEWAY_S:
            raise LaunchProblem("launch.expired", f"iat within {OLDEST_S} s", self.body["iat"])
        return self

    def validate_nonce(self) -> Launch:
        nonce = self.body.get("nonce")
        if not isinstance(nonce, str) or nonce != self.state.nonce:
            raise LaunchProblem("launch.nonce", "the nonce of this login", "another one" if nonce else "nothing")
        return self

    def validate_message(self) -> Launch:
        messages.check(self.body, self.state.platform)
        return self

    def validate_deployment(self) -> Launch:
        name = audience.check_deployment(self.body)
        known = self.known.deployment if self.known is not None else None
        self.deployment = known if known and known.is_active else platforms.find_deployment(self.state.platform, name)
        self.deployment.platform = self.state.platform
        return self

    def save_launch_data(self) -> Launch:
        return self  # nothing of a launch is kept beyond the rows that lti.entering writes


def _json_object(part: str, what: str) -> dict[str, Any]:
    """Decode one part strictly: valid UTF-8, no lone surrogates, no absurd depth."""
    try:
        value = msgspec.json.decode(base64url_decode(part))
    except (ValueError, RecursionError, UnicodeError):
        raise LaunchProblem("launch.token_malformed", f"a JSON {what}", "something else") from None
    if not isinstance(value, dict):
        raise LaunchProblem("launch.token_malformed", f"a JSON object as {what}", type(value).__name__)
    return value
