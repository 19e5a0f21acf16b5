"""Who sees these pages: LMS admins and operators, each for their own organisations; superusers for all."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from foundation.api import Membership, Organisation, Role, User
from lti.models import GradeTarget, LaunchRecord, Platform

ROLES = (Role.LMS_ADMIN, Role.OPERATOR)
GROUP = "LMS admins"


def organisations_of(user: Any) -> QuerySet[Organisation]:
    """Return the organisations whose connections a user looks after."""
    if not user.is_authenticated or not user.is_active:
        return Organisation.objects.none()
    if user.is_superuser:
        return Organisation.objects.all()
    return Organisation.objects.filter(memberships__user=user, memberships__role__in=ROLES).distinct()


def check(request: HttpRequest) -> tuple[User, QuerySet[Organisation]]:
    """Return the user and the organisations they look after. Raises PermissionDenied when there is none."""
    user = request.user
    mine = organisations_of(user)
    if not isinstance(user, User) or not mine.exists():
        raise PermissionDenied
    return user, mine


def platforms_of(user: User, mine: QuerySet[Organisation], *, owned: bool = False) -> QuerySet[Platform]:
    """Return connections of these organisations, or with deployments of theirs unless `owned`.

    One that belongs to none yet is for superusers to give away.
    """
    rows = Q(organisation__in=mine)
    if not owned:
        rows |= Q(deployments__organisation__in=mine)
    if user.is_superuser:
        rows |= Q(organisation__isnull=True)
    return Platform.objects.filter(rows).distinct()


def launches_of(user: User, mine: QuerySet[Organisation]) -> QuerySet[LaunchRecord]:
    """Return records of these organisations; those of unknown LMSs belong to nobody and are for superusers."""
    rows = Q(organisation__in=mine)
    if user.is_superuser:
        rows |= Q(organisation__isnull=True)
    return LaunchRecord.objects.filter(rows)


def targets_of(mine: QuerySet[Organisation]) -> QuerySet[GradeTarget]:
    return GradeTarget.objects.filter(line_item__deployment__organisation__in=mine)


def prepare_group(using: str = "default", **kwargs: Any) -> None:
    """Let the group into Wagtail's admin; what its members may do there is asked of memberships."""
    access = Permission.objects.using(using).filter(codename="access_admin", content_type__app_label="wagtailadmin")
    group, _ = Group.objects.using(using).get_or_create(name=GROUP)
    group.permissions.add(*access)


def follow_membership(sender: Any, instance: Membership, raw: bool = False, **kwargs: Any) -> None:
    """Put a user into the group while they hold one of our roles anywhere."""
    if raw or instance.role not in ROLES:
        return
    group, _ = Group.objects.get_or_create(name=GROUP)
    if Membership.objects.filter(user_id=instance.user_id, role__in=ROLES).exists():
        group.user_set.add(instance.user_id)
    else:
        group.user_set.remove(instance.user_id)
