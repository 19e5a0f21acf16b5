"""What platforms fetch from us: our public keys, and a configuration for Canvas."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from lti import addresses, registration, tool_keys
from lti.products.base import END_DATES, SCOPES


@require_safe
def jwks(request: HttpRequest) -> JsonResponse:
    """Every key that may have signed something still in use. Kept short, so that a rotation is seen in time."""
    response = JsonResponse({"keys": tool_keys.published_keys()})
    response["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
def canvas(request: HttpRequest) -> JsonResponse:
    """The configuration that a Canvas admin pastes as "Enter URL" of an LTI developer key."""
    tool = registration.tool_facts()
    placement = {"message_type": "LtiDeepLinkingRequest", "target_link_uri": tool["launch"], "text": tool["name"]}
    return JsonResponse(
        {
            "title": tool["name"],
            "description": tool["description"],
            "oidc_initiation_url": tool["login"],
            "target_link_uri": tool["launch"],
            "public_jwk_url": tool["jwks"],
            "scopes": list(SCOPES),
            "custom_fields": dict(END_DATES),
            "extensions": [
                {
                    "platform": "canvas.instructure.com",
                    "domain": urlsplit(settings.PUBLIC_URL).netloc,
                    "tool_id": "branchwise",
                    "privacy_level": "name_only",
                    "settings": {
                        "text": tool["name"],
                        "icon_url": addresses.icon_url(),
                        "placements": [
                            {"placement": name, **placement} for name in ("assignment_selection", "link_selection")
                        ],
                    },
                }
            ],
        }
    )
