"""Leave to register a tool: making the link that an admin opens, and checking what comes back with it."""

import secrets
from datetime import timedelta
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import HttpRequest

from sandbox_lms import keys, personalities
from sandbox_lms.models import Lms, RegistrationToken

LIFETIME = timedelta(hours=1)


def invite(lms: Lms, tool_url: str) -> tuple[str, RegistrationToken]:
    """Return the address that starts dynamic registration at `tool_url`, and the token in it."""
    personality = personalities.of(lms)
    client_id = personality.new_client_id(lms)
    expires = lms.now() + LIFETIME
    if personality.key == "moodle":
        # SOURCES.md M3: a JWT whose sub is the future client_id, scope "reg".
        token = keys.sign(
            lms,
            {"sub": client_id, "scope": "reg", "iat": int(lms.now().timestamp()),
             "exp": int(expires.timestamp()), "jti": secrets.token_hex(8)},
        )  # fmt: skip
    else:
        token = secrets.token_urlsafe(40)
    made = RegistrationToken.objects.create(
        lms=lms, token=token, client_id=client_id, tool_url=tool_url[:1000], expires=expires
    )
    query = {"openid_configuration": f"{lms.issuer}/.well-known/openid-configuration"}
    if personality.key == "canvas":
        # oidc_configuration_url carries the token too (dynamic_registration_controller.rb).
        query["openid_configuration"] += "?" + urlencode({"registration_token": token})
    if personality.sends_registration_token:
        query["registration_token"] = token
    else:
        # Brightspace sends none (webwork2#2993); here the addresses themselves are the secret.
        query["openid_configuration"] += "?" + urlencode({"invitation": token})
    parts = urlsplit(tool_url)
    joined = "&".join(part for part in (parts.query, urlencode(query)) if part)
    return urlunsplit(parts._replace(query=joined)), made


def find_token(request: HttpRequest, lms: Lms) -> RegistrationToken | None:
    """Return the valid token that this request carries, None when there is none."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if not personalities.of(lms).sends_registration_token:
        given = request.GET.get("invitation", "")
    given = given or request.GET.get("registration_token", "")
    found = RegistrationToken.objects.filter(lms=lms, token=given, expires__gt=lms.now()).first()
    if found is not None and found.used and personalities.of(lms).registration_token_is_one_use:
        return None
    return found


def may_read_configuration(request: HttpRequest, lms: Lms) -> bool:
    """Canvas wants its token for the configuration too (SOURCES.md P); the others show it to all."""
    return personalities.of(lms).key != "canvas" or find_token(request, lms) is not None
