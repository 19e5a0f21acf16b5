"""OpenID configuration, key set, and the authorisation endpoint that signs the launch message."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from sandbox_lms import keys, personalities, scopes
from sandbox_lms.claims import build_message
from sandbox_lms.headers import allow_posts_to_tool
from sandbox_lms.lookup import find_lms
from sandbox_lms.models import Launch, Lms, Registration
from sandbox_lms.registration_tokens import may_read_configuration

VARIABLES = [
    "User.id", "User.username", "Person.name.given", "Person.name.family", "Person.name.full",
    "Person.email.primary", "Context.id", "Context.title", "Context.label", "Context.id.history",
    "ResourceLink.id", "ResourceLink.title",
]  # fmt: skip


class AuthRefused(Exception):
    """The authorisation request is refused; `code` is the OpenID Connect error."""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(description)
        self.code = code


def configuration(request: HttpRequest, lms_key: str) -> HttpResponse:
    """Answer the OpenID configuration with the LTI platform configuration in it."""
    lms = find_lms(lms_key)
    personality = personalities.of(lms)
    if not personality.has_dynamic_registration:
        raise Http404(f"{personality.label} has no OpenID configuration: register the tool by hand.")
    if not may_read_configuration(request, lms):
        return JsonResponse({"errorMessage": "A registration token is needed."}, status=401)
    query = f"?invitation={request.GET['invitation']}" if "invitation" in request.GET else ""
    return JsonResponse(
        {
            "issuer": lms.issuer,
            "authorization_endpoint": f"{lms.issuer}/auth",
            "token_endpoint": f"{lms.issuer}/token",
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
            "jwks_uri": f"{lms.issuer}/jwks",
            "registration_endpoint": f"{lms.issuer}/register{query}",
            "scopes_supported": ["openid", *scopes.ALL],
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public", "pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "claims_supported": ["sub", "iss", "name", "given_name", "family_name", "email", "locale"],
            **personality.platform_extras(lms),
            scopes.PLATFORM_CONFIGURATION: {
                "product_family_code": personality.family_code,
                "version": personality.version,
                "messages_supported": personality.platform_messages(),
                "variables": VARIABLES,
            },
        }
    )


def jwks(request: HttpRequest, lms_key: str) -> HttpResponse:
    """Answer the public keys of the LMS."""
    return JsonResponse(keys.key_set(find_lms(lms_key)), headers={"Cache-Control": "max-age=60"})


@csrf_exempt
def authorise(request: HttpRequest, lms_key: str) -> HttpResponse:
    """Answer the tool's authorisation request with a form that posts the signed message, or the error.

    No cookie of ours is needed: the hint, made for one launch and known to nobody else, is the session.
    """
    lms = find_lms(lms_key)
    personality = personalities.of(lms)
    asked: dict[str, str] = (request.POST if request.method == "POST" else request.GET).dict()
    registration = lms.registrations.filter(client_id=asked.get("client_id", "")).first()
    redirect_uri = asked.get("redirect_uri", "")
    if registration is None or not _is_registered(lms, registration, redirect_uri):
        # Nothing may be sent to an address that the tool never registered.
        reason = "redirect_uri is not registered" if registration else "client_id is unknown"
        return _page(request, lms, f"Invalid request: {reason}.")
    try:
        launch = _check(lms, registration, asked)
    except AuthRefused as refused:
        if personality.auth_errors == "page":
            return _page(request, lms, str(refused))
        fields = {"error": refused.code, "error_description": str(refused)}
        return _post(request, redirect_uri, {**fields, "state": asked.get("state", "")})
    if personality.hint_is_one_use and not Launch.objects.filter(pk=launch.pk, used=False).update(used=True):
        return _page(request, lms, "This launch was used already. Open the activity again.")
    token = keys.sign(lms, build_message(launch, asked["nonce"]))
    return _post(request, redirect_uri, {"id_token": token, "state": asked.get("state", "")})


def _is_registered(lms: Lms, registration: Registration, redirect_uri: str) -> bool:
    if lms.personality == "canvas":
        # authentication_controller.rb compares the address before its query.
        redirect_uri = redirect_uri.split("?")[0]
    return redirect_uri in registration.redirect_uris


def _check(lms: Lms, registration: Registration, asked: dict[str, str]) -> Launch:
    personality = personalities.of(lms)
    missing = [name for name in personality.required_auth if not asked.get(name)]
    if missing:
        code = personality.missing_parameter_code
        raise AuthRefused(code, f"The following parameters are missing: {','.join(missing)}")
    fixed = {"response_type": "id_token", "response_mode": "form_post", "prompt": "none", "scope": "openid"}
    for name, value in fixed.items():
        if name in personality.required_auth and asked[name] != value:
            raise AuthRefused(personality.missing_parameter_code, f"The '{name}' must be '{value}'")
    hint = personality.read_message_hint(asked.get("lti_message_hint", ""))
    launch = Launch.objects.select_related("course", "person", "link", "deep_link").filter(
        lms=lms, hint=hint, registration=registration, expires__gt=lms.now()
    ).first()  # fmt: skip
    if launch is None:
        raise AuthRefused("login_required", "The lti_message_hint is unknown or too old")
    if asked["login_hint"] != personality.person_id(launch.person):
        raise AuthRefused("login_required", "The user is not logged in")
    if not registration.is_active:
        raise AuthRefused("unauthorized_client", "Client not authorized in requested context")
    return launch


def _post(request: HttpRequest, url: str, fields: dict[str, Any]) -> HttpResponse:
    context = {"method": "post", "url": url, "fields": fields, "title": "Opening the tool"}
    return allow_posts_to_tool(render(request, "sandbox_lms/send_form.html", context))


def _page(request: HttpRequest, lms: Lms, message: str) -> HttpResponse:
    context = {"lms": lms, "message": message}
    return render(request, "sandbox_lms/frame_message.html", context, status=400)
