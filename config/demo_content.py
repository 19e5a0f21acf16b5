"""What the demo shows beside the course packs: a scripted model, and the course inside the sandbox LMS."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings

from authoring import demo as authoring_demo
from authoring.models import Course
from config import sandbox as partner
from foundation.api import Organisation, User
from scenario_ai.api import AiSettings

LMS_KEY = "moodle"


def load_courses(organisation: Organisation, users: Mapping[str, User]) -> Iterable[str]:
    """Load and publish the course packs."""
    loaded = authoring_demo.prepare(organisation, users["publisher"], users)
    return [f"Course: {each.course.title}" for each in loaded]


def script_the_model(organisation: Organisation, users: Mapping[str, User]) -> Iterable[str]:
    """Let the scripted model answer briefs, so that drafting a course can be seen without a key."""
    AiSettings.objects.get_or_create(organisation=organisation, defaults={"provider": "scripted"})
    return []


def link_sandbox(organisation: Organisation, users: Mapping[str, User]) -> Iterable[str]:
    """Register the sandbox once, and put the course into its course."""
    try:
        sandbox = partner.connect()
        lms = sandbox.lms(LMS_KEY)
        if not any(link.get("custom") for link in lms.links(lms.course)):
            joined = partner.join(lms, organisation, users["operator"])
            for course in Course.objects.filter(organisation=organisation, live=True):
                partner.add_activity(sandbox, joined, f"course:{course.uuid}")
    except Exception as error:  # the demo is worth showing without its LMS, too
        return [f"The sandbox LMS could not be linked: {error}"]
    base = f"{settings.SANDBOX_URL}/{LMS_KEY}"
    return [
        f"learner  {base}/course/{lms.course}/  (press a name to be that person)",
        f"teacher  {base}/course/{lms.course}/gradebook/",
    ]
