"""The peer of benchmarks.launches: a login and a launch in plain Django, as short as they can be and still be right.

Verified: issuer, client and deployment are registered and active; the state is known, not older than ten minutes,
began in this browser (a cookie's digest) and is taken once; RS256 by the platform's key of that kid, parsed once per
process; issuer, audience, times with 30 s of leeway, the nonce of that login; version, type and target.
Kept, in the same tables as ours: a row per login until its launch, and a row per launch. Found, as they are there from
an earlier launch: platform, deployment, link with placement and column, person with learner, participation. The
browser goes on with a signed token. One call of the ORM for each, with what belongs to it joined; the
middleware of `startproject`.
Left out: making what a first launch makes, pages that explain, claims of another shape, names, roles and due dates.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import jwt
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from jwt.utils import base64url_decode

from learning.api import Participation
from lti.models import LaunchRecord, LoginState, LtiPerson, Platform, ResourceLink

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
LAUNCH = "http://localhost:9100/bare/launch/"


def answered_here(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the addresses of this module instead of the site's."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.urlconf = "benchmarks.bare_launch"
        return get_response(request)

    return answer


@csrf_exempt
@xframe_options_exempt
def login(request: HttpRequest) -> HttpResponse:
    asked = request.POST
    platform = Platform.objects.get(issuer=asked["iss"], client_id=asked["client_id"], status="active")
    secret = secrets.token_urlsafe(32)
    row = LoginState.objects.create(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        bind_digest=hashlib.sha256(secret.encode()).hexdigest(),
        platform=platform,
        target=asked["target_link_uri"],
        login_hint=asked["login_hint"],
        message_hint=asked.get("lti_message_hint", ""),
        expires_at=timezone.now() + timedelta(minutes=10),
    )
    parameters = {
        "scope": "openid", "response_type": "id_token", "response_mode": "form_post", "prompt": "none",
        "client_id": platform.client_id, "redirect_uri": LAUNCH, "login_hint": row.login_hint, "state": row.state,
        "nonce": row.nonce, "lti_message_hint": row.message_hint,
    }  # fmt: skip
    response = HttpResponseRedirect(f"{platform.auth_url}?{urlencode(parameters)}")
    response.set_cookie(f"bare-{row.state[:16]}", secret, 600, secure=True, httponly=True, samesite="None")
    return response


@csrf_exempt
@xframe_options_exempt
def launch(request: HttpRequest) -> HttpResponse:
    now, token, name = timezone.now(), request.POST["id_token"], request.POST["state"]
    digest = hashlib.sha256(request.COOKIES.get(f"bare-{name[:16]}", "").encode()).hexdigest()
    begun = LoginState.objects.select_related("platform").filter(state=name, bind_digest=digest, expires_at__gt=now)
    state = begun.first()
    if state is None or LoginState.objects.filter(pk=state.pk).delete()[0] != 1:
        return HttpResponseBadRequest("No such login.")
    platform = state.platform
    header = json.loads(base64url_decode(token.partition(".")[0]))
    key = _key(platform.pk, header["kid"])
    body = jwt.decode(
        token, key, algorithms=["RS256"], audience=platform.client_id, issuer=platform.issuer, leeway=30,
        options={"require": ["exp", "iat", "iss", "aud"]},
    )  # fmt: skip
    if not _is_meant(body, state):
        return HttpResponseBadRequest("Not a launch of this login.")
    link = ResourceLink.objects.select_related("deployment__organisation", "placement", "line_item").get(
        deployment__platform=platform,
        deployment__deployment_id=body[f"{LTI}deployment_id"],
        deployment__is_active=True,
        link_id=body[f"{LTI}resource_link"]["id"],
    )
    house = link.deployment.organisation
    person = LtiPerson.objects.select_related("learner").get(platform=platform, organisation=house, sub=body["sub"])
    taken_part = Participation.objects.get(placement=link.placement, learner=person.learner, is_preview=False)
    LaunchRecord.objects.create(
        code="ok", organisation=house, platform=platform, person=person, link=link, acted_as="learner", way="cookie"
    )
    bearer = signing.dumps({"participation": str(taken_part.uuid)}, salt="bare")
    response = HttpResponseRedirect(f"/play/{taken_part.uuid}/#{bearer}", status=303)
    response.delete_cookie(f"bare-{name[:16]}", samesite="None")
    response["Cache-Control"] = "no-store"
    return response


def _is_meant(body: dict[str, Any], state: LoginState) -> bool:
    return (
        body.get("nonce") == state.nonce
        and body.get(f"{LTI}version") == "1.3.0"
        and body.get(f"{LTI}message_type") == "LtiResourceLinkRequest"
        and body.get(f"{LTI}target_link_uri") == LAUNCH
    )


@lru_cache
def _key(platform: int, kid: str) -> Any:
    keys = Platform.objects.get(pk=platform).key_set["keys"]
    return jwt.PyJWK(next(key for key in keys if key["kid"] == kid)).key


urlpatterns = [path("bare/login/", login), path("bare/launch/", launch)]
