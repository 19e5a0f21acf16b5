"""Who may do what: the roles of a membership decide, organisation by organisation.

Wagtail asks a policy per model; this one answers from Membership rows. Django groups only open the admin's door
(see `groups`): a permission held through a group would reach into every organisation.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from foundation.api import Membership, Organisation, Role, User

WRITING = frozenset({"add", "change", "view", "delete"})
ALLOWED: dict[str, frozenset[str]] = {
    Role.DESIGNER: WRITING,
    Role.REVIEWER: frozenset({"view", "review"}),
    Role.PUBLISHER: WRITING | {"publish", "lock", "unlock", "review"},
}
_CACHE = "_authoring_roles"


def roles_of(user: Any) -> dict[int, set[str]]:
    """Return the roles of a user by organisation id, read once per request (per user object)."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return {}
    found: dict[int, set[str]] | None = getattr(user, _CACHE, None)
    if found is None:
        found = {}
        for organisation_id, role in Membership.objects.filter(user=user).values_list("organisation_id", "role"):
            found.setdefault(organisation_id, set()).add(role)
        setattr(user, _CACHE, found)
    return found


def forget_roles(user: Any) -> None:
    """Forget what was read of a user's roles: a membership has just changed."""
    user.__dict__.pop(_CACHE, None)


def may(user: Any, action: str, organisation_id: int | None) -> bool:
    """Return whether `user` may do `action` in this organisation. A superuser may do everything."""
    if getattr(user, "is_superuser", False) and user.is_active:
        return True
    roles = roles_of(user).get(organisation_id or 0, set())
    return any(action in ALLOWED.get(role, frozenset()) for role in roles)


def organisations_for(user: Any, *actions: str) -> QuerySet[Organisation]:
    """Return the organisations in which `user` may do any of these actions."""
    if getattr(user, "is_superuser", False) and user.is_active:
        return Organisation.objects.all()
    found = [pk for pk in roles_of(user) if any(may(user, action, pk) for action in actions)]
    return Organisation.objects.filter(pk__in=found)


class MembershipPolicy(BasePermissionPolicy):  # type: ignore[misc]
    """Permissions on scenarios and courses, from the memberships of the user."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return organisations_for(user, action).exists()

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return organisations_for(user, *actions).exists()

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if not may(user, action, instance.organisation_id):
            return False
        # What was ever published is not a designer's to throw away.
        was_published = action == "delete" and instance.first_published_at is not None
        return not was_published or may(user, "publish", instance.organisation_id)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        owned: QuerySet[Any] = self.model._default_manager.filter(organisation__in=organisations_for(user, *actions))
        return owned

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        roles = [role for role, allowed in ALLOWED.items() if allowed & set(actions)]
        users = User.objects.filter(is_active=True)
        return (users.filter(memberships__role__in=roles) | users.filter(is_superuser=True)).distinct()


class PolicyForOne:
    """The policy as seen from one object: what Wagtail asks of the model is answered for that object's organisation.

    Many of Wagtail's views ask "may this user publish snippets?"; somebody who publishes in one organisation and
    only designs in another must hear two answers.
    """

    def __init__(self, policy: Any, instance: Model) -> None:
        self._policy = policy
        self._instance = instance

    def __getattr__(self, name: str) -> Any:
        return getattr(self._policy, name)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(self._policy.user_has_permission_for_instance(user, action, self._instance))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)
