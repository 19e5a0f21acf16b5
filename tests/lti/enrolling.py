"""A learner of an LMS of some product, with a gradebook in memory."""

from django.utils import timezone

from learning.api import Participation
from lti.models import GradeDelivery, GradeTarget, Platform
from tests.lti.fake_lms import FakeLms

AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"


def enrol(lms, web, visitor, rules="plain", **claims):
    """Launch a learner of an LMS of that product; returns its gradebook and the participation."""
    Platform.objects.filter(pk=lms.row.pk).update(product="" if rules == "plain" else rules)
    book = FakeLms(web, lms.row.issuer, rules)
    endpoint = dict(book.endpoint)
    if rules == "openedx":  # declarative mode: the column is given, and may only be read
        endpoint["scope"] = [scope for scope in endpoint["scope"] if not scope.endswith("/lineitem")]
    lms.extra[AGS] = endpoint
    assert lms.launch(visitor, **claims).status_code == 303
    return book, Participation.objects.latest("pk")


def target():
    return GradeTarget.objects.get()


def last(field="outcome"):
    return getattr(GradeDelivery.objects.first(), field)


def make_due():
    GradeTarget.objects.update(due_at=timezone.now())
    Platform.objects.update(paused_until=None)
