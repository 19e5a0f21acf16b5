"""The token endpoint: client credentials with private_key_jwt, as strict as the personality."""

import secrets
from datetime import timedelta

import jwt
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sandbox_lms import faults, personalities, tool_keys
from sandbox_lms.lookup import find_lms
from sandbox_lms.models import AccessToken, Lms, Registration, UsedAssertion

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class TokenRefused(Exception):
    """An OAuth 2.0 error answer."""

    def __init__(self, code: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.code, self.status = code, status


@csrf_exempt
@require_POST
def token(request: HttpRequest, lms_key: str) -> HttpResponse:
    """Answer a token request."""
    lms = find_lms(lms_key)
    if (fault := faults.strike(lms, "token")) is not None and not fault.applies:
        return faults.answer(fault, request)
    try:
        registration, asked = _check(lms, request)
        granted = _permitted(lms, registration, asked)
    except TokenRefused as refused:
        body = {"error": refused.code, "error_description": str(refused)}
        return JsonResponse(body, status=refused.status)
    response = _answer(lms, registration, granted)
    return faults.answer(fault, request) if fault is not None else response


def _answer(lms: Lms, registration: Registration, granted: list[str]) -> HttpResponse:
    personality = personalities.of(lms)
    says = personalities.Options.of(lms).token_lifetime_s
    # A platform may say an hour and mean three seconds (fault test F6).
    lives = faults.FaultProfile.of(lms).token_lives_s or says
    made = AccessToken.objects.create(
        registration=registration,
        token=secrets.token_urlsafe(40),
        scopes=granted,
        expires=lms.now() + timedelta(seconds=lives),
    )
    AccessToken.objects.filter(expires__lt=lms.now() - timedelta(hours=1)).delete()
    body = {
        "access_token": made.token,
        "token_type": "bearer",
        "expires_in": says,
        "scope": " ".join(granted),
    }
    return JsonResponse(body, content_type=personality.media_type_of_tokens)


def _check(lms: Lms, request: HttpRequest) -> tuple[Registration, list[str]]:
    for name in ("grant_type", "client_assertion_type", "client_assertion", "scope"):
        if not request.POST.get(name):
            raise TokenRefused("invalid_request", f"{name} is missing")
    if request.POST["grant_type"] != "client_credentials":
        raise TokenRefused("unsupported_grant_type", "grant_type must be client_credentials")
    if request.POST["client_assertion_type"] != ASSERTION_TYPE:
        raise TokenRefused("invalid_request", f"client_assertion_type must be {ASSERTION_TYPE}")
    assertion = request.POST["client_assertion"]
    registration = _registration_of(lms, assertion)
    try:
        claims = tool_keys.decode(registration, assertion)
    except tool_keys.ToolKeyProblem as problem:
        raise TokenRefused(problem.code, str(problem)) from problem
    if claims.get("sub") != registration.client_id:
        raise TokenRefused("invalid_client", "sub must be the client_id, as iss is")
    _check_audience(lms, claims.get("aud"))
    _check_first_use(lms, registration, claims.get("jti"))
    return registration, request.POST["scope"].split()


def _registration_of(lms: Lms, assertion: str) -> Registration:
    try:
        issuer = jwt.decode(assertion, options={"verify_signature": False}).get("iss")
    except jwt.InvalidTokenError as error:
        raise TokenRefused("invalid_request", f"client_assertion cannot be read: {error}") from error
    registration = lms.registrations.filter(client_id=str(issuer)).first()
    if registration is None or not registration.is_active:
        raise TokenRefused("invalid_client", "no active tool has this client_id")
    return registration


def _check_audience(lms: Lms, audience: object) -> None:
    accepted = personalities.of(lms).audiences(lms)
    named = audience if isinstance(audience, list) else [audience]
    if accepted is not None and not set(accepted).intersection(str(name) for name in named):
        raise TokenRefused("invalid_client", f"aud must be {accepted[0]}")


def _check_first_use(lms: Lms, registration: Registration, jti: object) -> None:
    if not personalities.of(lms).jti_is_one_use:
        return
    if not jti:
        raise TokenRefused("invalid_request", "jti is missing")
    try:
        with transaction.atomic():
            UsedAssertion.objects.create(registration=registration, jti=str(jti)[:255])
    except IntegrityError as error:
        raise TokenRefused("invalid_client", "the jti was used already") from error


def _permitted(lms: Lms, registration: Registration, asked: list[str]) -> list[str]:
    permitted = [scope for scope in asked if scope in registration.scopes]
    refuses = personalities.of(lms).foreign_scopes == "refused"
    if not permitted or (refuses and len(permitted) < len(asked)):
        raise TokenRefused("invalid_scope", "the tool may not use these scopes")
    return permitted
