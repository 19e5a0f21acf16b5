"""Dynamic and manual registration of tools, activation, removal."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sandbox_lms import personalities, scopes
from sandbox_lms.ags_rules.common import parse_object
from sandbox_lms.lookup import find_lms
from sandbox_lms.models import Lms, Registration
from sandbox_lms.registration_tokens import find_token


@csrf_exempt
@require_POST
def register(request: HttpRequest, lms_key: str) -> HttpResponse:
    """Answer a dynamic registration request."""
    lms = find_lms(lms_key)
    personality = personalities.of(lms)
    token = find_token(request, lms)
    if not personality.has_dynamic_registration or token is None:
        return JsonResponse({"error": "invalid_token"}, status=401)
    body = parse_object(request.body)
    if body is None:
        return JsonResponse({"error": "invalid_client_metadata"}, status=400)
    if not isinstance(body.get(scopes.TOOL_CONFIGURATION, {}), Mapping):
        return JsonResponse({"error": "invalid_client_metadata"}, status=400)
    refusal = personality.refuse_registration(body)
    if refusal is not None:
        return HttpResponse(refusal.body, status=refusal.status, content_type=refusal.content_type)
    with transaction.atomic():
        client_id = token.client_id if not token.used else personality.new_client_id(lms)
        registration = create_registration(lms, client_id, body)
        token.used = True
        token.save()
    return JsonResponse(personality.registration_answer(registration, body))


def create_registration(lms: Lms, client_id: str, body: Mapping[str, Any]) -> Registration:
    """Store a tool from the body of a dynamic registration, pending."""
    personality = personalities.of(lms)
    tool: Mapping[str, Any] = body.get(scopes.TOOL_CONFIGURATION) or {}
    domain = str(tool.get("domain", ""))
    messages = [message for message in tool.get("messages") or [] if isinstance(message, dict)]
    deep_link = next((m for m in messages if m.get("type") == scopes.DEEP_LINKING), {})
    registration = Registration.objects.create(
        lms=lms,
        client_id=client_id,
        name=str(body.get("client_name", ""))[:255],
        initiate_login_uri=body.get("initiate_login_uri", ""),
        redirect_uris=list(body.get("redirect_uris") or []),
        jwks_uri=body.get("jwks_uri", ""),
        # Without a target Moodle assumes https://<domain> (SOURCES.md M3).
        target_link_uri=tool.get("target_link_uri") or (f"https://{domain}" if domain else ""),
        deep_link_uri=deep_link.get("target_link_uri") or "",
        domain=domain,
        description=str(tool.get("description", "")),
        logo_uri=str(body.get("logo_uri") or "")[:1000],
        scopes=personality.granted_scopes(str(body.get("scope", "")).split()),
        claims=list(tool.get("claims") or []),
        custom=dict(tool.get("custom_parameters") or {}),
        messages=messages,
    )
    if personality.deploys_at_registration:
        registration.deployment_id = personality.new_deployment_id(registration)
        registration.save()
    return registration


def register_by_hand(lms: Lms, values: Mapping[str, Any]) -> Registration:
    """Store and activate a tool whose addresses an admin typed in.

    Needs initiate_login_uri, redirect_uris, jwks_uri, target_link_uri. A tool with the same `client_id` is
    replaced by the new values and keeps its activities. Raises ValueError.
    """
    for key in ("initiate_login_uri", "jwks_uri", "target_link_uri"):
        if urlsplit(str(values.get(key, ""))).scheme not in ("http", "https"):
            raise ValueError(f"{key} must be an http or https address.")
    if not values.get("redirect_uris"):
        raise ValueError("redirect_uris must name at least one address.")
    body = {
        **values,
        "client_name": values.get("name") or "External tool",
        "scope": " ".join(values.get("scopes", scopes.ALL)),
        scopes.TOOL_CONFIGURATION: {
            "domain": urlsplit(str(values["target_link_uri"])).netloc,
            "target_link_uri": values["target_link_uri"],
            "claims": values.get("claims", ["iss", "sub", "name", "email"]),
            "custom_parameters": values.get("custom") or {},
            "messages": [
                {"type": scopes.RESOURCE_LINK},
                {"type": scopes.DEEP_LINKING, "target_link_uri": values.get("deep_link_uri", "")},
            ],
        },
    }
    client_id = str(values.get("client_id") or personalities.of(lms).new_client_id(lms))
    former = lms.registrations.filter(client_id=client_id).first()
    registration = create_registration(lms, client_id, body)
    if former is not None:
        registration = _replace(former, registration)
    activate(registration)
    return registration


def _replace(former: Registration, made: Registration) -> Registration:
    # Links, columns and tokens hang on the former row: it takes the new values and stays.
    made.delete()
    made.pk, made.created, made.deployment_id = former.pk, former.created, former.deployment_id
    made.save(force_update=True)
    return made


def activate(registration: Registration) -> None:
    """Let the tool be used; where the LMS makes deployments on installing, make one."""
    if not registration.deployment_id:
        registration.deployment_id = personalities.of(registration.lms).new_deployment_id(registration)
    registration.state = Registration.ACTIVE
    # In Moodle a teacher would still have to switch it on (SOURCES.md M3); here Activate does both.
    registration.in_chooser = True
    registration.save()
