"""Copying a course: the tool's own names survive, every id of the LMS is new."""

from django.db import transaction

from sandbox_lms import personalities
from sandbox_lms.models import Course, LineItem, Link


@transaction.atomic
def copy_course(course: Course, title: str = "") -> Course:
    """Return a copy with the links and columns of `course`, without people and grades.

    As measured in Moodle (SOURCES.md M2): new context id, resource link ids and line item ids;
    custom, resourceId and tag are kept. The specification says the same of every platform.
    """
    made = Course.objects.create(
        lms=course.lms, title=title or f"{course.title} (copy)", label=f"{course.label}-2", copied_from=course
    )
    blocks: dict[str, Link] = {}
    for link in course.links.all():
        copy = _copy_link(link, made, blocks.get(link.resource_link_id))
        if course.lms.personality == "openedx":
            blocks.setdefault(link.resource_link_id, copy)
        for column in link.columns.filter(coupled=True):
            _copy_column(column, copy)
    return made


def _copy_link(link: Link, course: Course, block: Link | None) -> Link:
    copy = Link.objects.create(
        course=course, registration=link.registration, title=link.title, text=link.text, url=link.url,
        icon=link.icon, custom=link.custom, history=[link.resource_link_id, *link.history],
    )  # fmt: skip
    personality = personalities.of(course.lms)
    copy.resource_link_id = block.resource_link_id if block else personality.new_resource_link_id(copy)
    copy.save()
    return copy


def _copy_column(column: LineItem, link: Link) -> LineItem:
    return LineItem.objects.create(
        course=link.course, registration=link.registration, link=link,
        resource_link_id=link.resource_link_id, label=column.label, maximum=column.maximum,
        resource_id=column.resource_id, tag=column.tag, coupled=True,
        submission_review=column.submission_review,
    )  # fmt: skip
