"""Finding rows for a request, with the 404 that fits."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from sandbox_lms.models import Course, Link, Lms


def find_lms(key: str) -> Lms:
    """Return the LMS of the address, or 404."""
    return get_object_or_404(Lms, key=key)


def find_course(lms: Lms, pk: Any) -> Course:
    """Return a course of `lms`, or 404."""
    return get_object_or_404(Course.objects.select_related("lms"), lms=lms, pk=pk)


def find_link(lms: Lms, pk: Any) -> Link:
    """Return a link of `lms`, or 404."""
    link = Link.objects.select_related("course__lms", "registration").filter(pk=pk, course__lms=lms).first()
    if link is None:
        raise Http404("There is no such activity.")
    return link
