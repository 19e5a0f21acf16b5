"""Dynamic registration: an LMS admin pastes one URL, the platform tells us about itself, we tell it about us.

The new platform waits until somebody of the organisation approves it: whoever runs an LMS could register.
Source: https://www.imsglobal.org/spec/lti-dr/v1p0
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from foundation.api import Answer, Organisation, OutboundError, client_for_this_site, record
from lti import addresses, claims
from lti.models import Deployment, Platform, PlatformStatus
from lti.problems import LaunchProblem, shown
from lti.products import Product, detected
from lti.products.base import TOOL_CONFIGURATION

PLATFORM_CONFIGURATION = "https://purl.imsglobal.org/spec/lti-platform-configuration"
MOST_PENDING = 500


@dataclass(frozen=True)
class Configuration:
    """What a platform says of itself, checked."""

    issuer: str
    auth_url: str
    token_url: str
    token_audience: str
    jwks_url: str
    registration_url: str
    product: Product
    family_code: str
    version: str
    scopes: tuple[str, ...]


def tool_facts() -> Mapping[str, str]:
    """Return what we tell platforms about ourselves."""
    return {
        "name": "Branchwise",
        "description": "Practise hard conversations: branching scenarios with scores and feedback.",
        "domain": urlsplit(settings.PUBLIC_URL).netloc,
        "login": addresses.tool_url("/lti/login/"),
        "launch": addresses.launch_url(),
        "jwks": addresses.tool_url("/lti/jwks/"),
        "canvas": addresses.tool_url("/lti/canvas.json"),
        "icon": addresses.icon_url(),
    }


def register(configuration_url: str, token: str, organisation: Organisation | None) -> Platform:
    """Register with the platform that publishes `configuration_url`. Raises LaunchProblem."""
    configuration = fetch_configuration(configuration_url, token)
    if Platform.objects.filter(status=PlatformStatus.PENDING).count() >= MOST_PENDING:
        raise LaunchProblem("register.refused", "fewer LMSs that wait for approval", f"{MOST_PENDING}")
    body = configuration.product.registration(tool_facts(), configuration.scopes)
    answer = _call("POST", configuration.registration_url, token, body)
    if answer.status not in (200, 201):
        raise LaunchProblem("register.refused", "200 or 201", f"{answer.status}: {answer.text(200)}")
    return _keep(configuration, _object(answer, "register.refused"), organisation)


def fetch_configuration(url: str, token: str) -> Configuration:
    """Fetch and check a platform's configuration. Raises LaunchProblem."""
    _check_address(url, "openid_configuration")
    answer = _call("GET", url, token)
    if answer.status != 200:
        raise LaunchProblem("register.configuration", "200", f"{answer.status}: {answer.text(100)}")
    return read_configuration(_object(answer, "register.configuration"), url)


def read_configuration(raw: Mapping[str, Any], url: str) -> Configuration:
    """Check what a platform says of itself. Raises LaunchProblem."""
    found: dict[str, str] = {}
    for name in ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint"):
        found[name] = claims.address(raw, name, 500)
        if not found[name]:
            raise LaunchProblem("register.configuration", f"{name}: a web address", raw.get(name, "nothing"))
        _check_address(found[name], name)
    details = raw.get(PLATFORM_CONFIGURATION)
    details = details if isinstance(details, dict) else {}
    family_code = claims.words(details, "product_family_code", 50)
    product = detected(family_code, urlsplit(found["issuer"]).hostname or "")
    _check_hosts(found, url, product)
    scopes = raw.get("scopes_supported")
    return Configuration(
        issuer=found["issuer"],
        auth_url=found["authorization_endpoint"],
        token_url=found["token_endpoint"],
        token_audience=claims.words(raw, "authorization_server", 500) or product.token_audience,
        jwks_url=found["jwks_uri"],
        registration_url=found["registration_endpoint"],
        product=product,
        family_code=family_code,
        version=claims.words(details, "version", 100),
        scopes=tuple(scope for scope in scopes if isinstance(scope, str)) if isinstance(scopes, list) else (),
    )


def _check_hosts(found: Mapping[str, str], url: str, product: Product) -> None:
    """The issuer must be who answered: otherwise anybody could register somebody else's LMS with own keys.

    Canvas has one issuer for all schools, on a host of its own: there the hosts must all be Canvas'.
    """
    asked = urlsplit(url).hostname or ""
    for name in ("issuer", "registration_endpoint"):
        host = urlsplit(found[name]).hostname or ""
        ours = all(f".{part}".endswith(product.configuration_suffixes) for part in (asked, host))
        if host != asked and not (product.configuration_suffixes and ours):
            raise LaunchProblem("register.issuer_host", asked, host)


def _check_address(url: str, name: str) -> None:
    parts = urlsplit(url if addresses.origin(url) else "")
    loopback = settings.ALLOW_LOOPBACK and parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.username or (parts.scheme != "https" and not loopback):
        raise LaunchProblem("register.configuration", f"{name}: an address with https", url.split("?")[0])


def _call(method: str, url: str, token: str, body: object = None) -> Answer:
    headers = {"Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    try:
        return client_for_this_site().request(method, url, headers=headers, json=body, max_bytes=256 * 1024)
    except OutboundError as error:
        raise LaunchProblem("register.configuration", "an answer", str(error)) from error


def _object(answer: Answer, code: str) -> Mapping[str, Any]:
    try:
        found = answer.json()
    except OutboundError:
        found = None
    if not isinstance(found, dict):
        raise LaunchProblem(code, "a JSON object", answer.text(100))
    return found


def _keep(configuration: Configuration, answer: Mapping[str, Any], organisation: Organisation | None) -> Platform:
    client_id = answer.get("client_id")
    if not isinstance(client_id, str) or not client_id.isprintable() or not 0 < len(client_id) <= 255:
        raise LaunchProblem("register.refused", "client_id", shown(client_id))
    deployment_id = _deployment_id(answer)
    addressed = {
        "auth_url": configuration.auth_url,
        "token_url": configuration.token_url,
        # Who a client assertion is meant for, where it is not the token URL (Brightspace).
        "token_audience": configuration.token_audience,
        "jwks_url": configuration.jwks_url,
    }
    platform, made = Platform.objects.get_or_create(
        issuer=configuration.issuer,
        client_id=client_id,
        defaults={
            **addressed,
            "organisation": organisation,
            "name": f"{configuration.product.name} at {urlsplit(configuration.issuer).netloc}"[:200],
            "product": configuration.family_code or next(iter(configuration.product.family_codes), ""),
            "product_version": configuration.version,
        },
    )
    if not made:
        _update(platform, addressed)
    _keep_deployment(platform, deployment_id)
    record(organisation, "lti", "lti.platform_registered", f"platform:{platform.pk}", {"issuer": platform.issuer})
    return platform


def _update(platform: Platform, addressed: Mapping[str, str]) -> None:
    """The same registration once more: other addresses have to be approved again."""
    if any(getattr(platform, name) != value for name, value in addressed.items()):
        for name, value in addressed.items():
            setattr(platform, name, value)
        platform.status = PlatformStatus.PENDING
        platform.save()


def _deployment_id(answer: Mapping[str, Any]) -> str:
    """Return the deployment that an answer names, "" when it names none. Raises LaunchProblem for an unusable name."""
    details = answer.get(TOOL_CONFIGURATION)
    named = details.get("deployment_id") if isinstance(details, dict) else None
    if named is None or named == "":
        return ""
    if not isinstance(named, str | int) or not str(named).isprintable() or len(str(named)) > claims.MAX_ID:
        raise LaunchProblem("register.refused", "deployment_id", shown(named))
    return str(named)


def _keep_deployment(platform: Platform, deployment_id: str) -> None:
    """Keep the deployment where the platform says it (Moodle, Sakai); others say it with the first launch.

    Without one, the approved platform takes deployments as they come: all of them are that organisation's.
    """
    if deployment_id and platform.organisation is not None:
        Deployment.objects.get_or_create(
            platform=platform, deployment_id=deployment_id, defaults={"organisation": platform.organisation}
        )
    elif deployment_id:
        platform.settings = {**platform.settings, "first_deployment": deployment_id}
        platform.save(update_fields=["settings"])
    else:
        platform.settings = {"new_deployments": "add", **platform.settings}
        platform.save(update_fields=["settings"])
