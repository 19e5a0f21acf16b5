"""Rows of foundation: what they refuse."""

import pytest
from django.db import IntegrityError

from foundation.api import AuditEntry, Membership, Organisation, Role, User, record
from foundation.models import AuditIsAppendOnly

pytestmark = pytest.mark.django_db


def test_a_role_is_given_once() -> None:
    organisation = Organisation.objects.create(name="Acme", slug="acme")
    user = User.objects.create_user("ada")
    Membership.objects.create(organisation=organisation, user=user, role=Role.COACH)
    with pytest.raises(IntegrityError):
        Membership.objects.create(organisation=organisation, user=user, role=Role.COACH)


def test_an_audit_entry_is_never_changed_or_deleted() -> None:
    entry = record(None, "worker", "tidied", "var/")
    entry.action = "nothing"
    with pytest.raises(AuditIsAppendOnly):
        entry.save()
    with pytest.raises(AuditIsAppendOnly):
        entry.delete()
    with pytest.raises(AuditIsAppendOnly):
        AuditEntry.objects.all().delete()
    with pytest.raises(AuditIsAppendOnly):
        AuditEntry.objects.update(action="nothing")
    assert AuditEntry.objects.get().action == "tidied"


def test_an_audit_entry_names_a_user_by_id() -> None:
    user = User.objects.create_user("ada")
    assert record(None, user, "published", "scenario 1").actor == f"user:{user.pk}"
