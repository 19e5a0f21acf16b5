"""Finding, adding, approving and suspending platforms. Registration over HTTP is lti.registration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.api import Organisation, PreparedQuery, User, record
from lti.models import Deployment, Platform, PlatformStatus, PreflightCheck
from lti.problems import LaunchProblem
from lti.products import Product, product_named

FIRST_TRY_AFTER = timedelta(hours=1)  # when somebody has launched, most likely


class PlatformRefused(ValueError):
    """A platform cannot be added or approved as asked."""


def find_for_login(issuer: str, client_id: str, deployment_id: str) -> Platform:
    """Return the platform that begins a login.

    Some name no client id; then the issuer must have one registration, or the deployment must tell.
    """
    if client_id:
        platform = _REGISTERED.first(issuer, client_id)
        if platform is None:
            raise LaunchProblem("login.platform_unknown", _known_nearby(issuer), f"{issuer} / {client_id}")
        return platform
    found = list(Platform.objects.filter(issuer=issuer)[:20])
    if len(found) > 1 and deployment_id:
        found = [row for row in found if row.deployments.filter(deployment_id=deployment_id).exists()]
    if not found:
        raise LaunchProblem("login.platform_unknown", _known_nearby(issuer), issuer)
    if len(found) > 1:
        raise LaunchProblem("login.client_ambiguous", "client_id", "nothing")
    return found[0]


def _registered(issuer: str, client_id: str) -> QuerySet[Platform]:
    return Platform.objects.filter(issuer=issuer, client_id=client_id).order_by()


_REGISTERED = PreparedQuery(_registered, "<issuer>", "<client>")


def check_active(platform: Platform) -> None:
    if platform.status == PlatformStatus.PENDING:
        raise LaunchProblem("platform.pending", "", str(platform))
    if platform.status == PlatformStatus.SUSPENDED:
        raise LaunchProblem("platform.suspended", "", str(platform))


def product_of(platform: Platform) -> Product:
    return product_named(platform.product)


@transaction.atomic
def add_platform(*, by: User | str, deployments: Mapping[str, Organisation], **fields: Any) -> Platform:
    """Add a platform, pending, with the deployments known so far. Raises PlatformRefused when it is there already."""
    if Platform.objects.filter(issuer=fields["issuer"], client_id=fields["client_id"]).exists():
        raise PlatformRefused(f"{fields['issuer']} is registered already with client id {fields['client_id']}.")
    platform = Platform.objects.create(**fields)
    for deployment_id, organisation in deployments.items():
        Deployment.objects.create(platform=platform, deployment_id=deployment_id, organisation=organisation)
    record(platform.organisation, by, "lti.platform_added", f"platform:{platform.pk}", {"issuer": platform.issuer})
    return platform


@transaction.atomic
def approve_platform(platform: Platform, organisation: Organisation, by: User | str) -> None:
    """Let a platform launch, on behalf of an organisation. Raises PlatformRefused when another one has it."""
    row = Platform.objects.select_for_update().get(pk=platform.pk)
    if row.organisation_id not in (None, organisation.pk):
        raise PlatformRefused(f"{row} belongs to another organisation.")
    row.organisation, row.status = organisation, PlatformStatus.ACTIVE
    deployment_id = row.settings.pop("first_deployment", "")
    if deployment_id:
        Deployment.objects.get_or_create(
            platform=row, deployment_id=deployment_id, defaults={"organisation": organisation}
        )
    row.save(update_fields=["organisation", "status", "settings"])
    PreflightCheck.objects.update_or_create(platform=row, defaults={"due_at": timezone.now() + FIRST_TRY_AFTER})
    record(organisation, by, "lti.platform_approved", f"platform:{row.pk}", {"issuer": row.issuer})
    platform.refresh_from_db()


@transaction.atomic
def suspend_platform(platform: Platform, by: User | str) -> None:
    """Stop launches and deliveries; nothing is lost, and pending grades go out after the next approval."""
    Platform.objects.filter(pk=platform.pk).update(status=PlatformStatus.SUSPENDED)
    record(platform.organisation, by, "lti.platform_suspended", f"platform:{platform.pk}")
    platform.refresh_from_db()


def find_deployment(platform: Platform, deployment_id: str) -> Deployment:
    """Return the deployment a launch names; a new one is added where the platform's settings allow it.

    Blackboard and Brightspace make deployments at any time and tell nobody; an organisation that trusts
    everything inside its LMS sets `new_deployments` to "add".
    """
    rows = platform.deployments.select_related("organisation")
    row = rows.filter(deployment_id=deployment_id).first()
    if row is None and takes_new_deployments(platform) and platform.organisation is not None:
        row, _ = Deployment.objects.get_or_create(
            platform=platform, deployment_id=deployment_id, defaults={"organisation": platform.organisation}
        )
    if row is None or not row.is_active:
        raise unknown_deployment(platform, deployment_id)
    return row


def takes_new_deployments(platform: Platform) -> bool:
    """Say whether a deployment never seen is taken; it needs the organisation that it will belong to."""
    return platform.settings.get("new_deployments") == "add" and platform.organisation is not None


def unknown_deployment(platform: Platform, deployment_id: str) -> LaunchProblem:
    known = list(platform.deployments.filter(is_active=True).values_list("deployment_id", flat=True)[:3])
    return LaunchProblem("launch.deployment_unknown", ", ".join(known) or "none known yet", deployment_id)


def _known_nearby(issuer: str) -> str:
    """Name a registered issuer that differs only by its end or by case: the most frequent mistake."""
    plain = issuer.rstrip("/").lower()
    rows = Platform.objects.filter(issuer__istartswith=plain).values_list("issuer", flat=True)[:5]
    return next((known for known in rows if known.rstrip("/").lower() == plain), "")
