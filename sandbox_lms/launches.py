"""Starting launches: the row behind the hint, and the login initiation that goes to the tool."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sandbox_lms import personalities, scopes
from sandbox_lms.models import Course, DeepLink, Launch, Link, Person, Registration

LIFETIME = timedelta(minutes=10)


class LaunchRefused(Exception):
    """This person cannot open this here; the text says why."""


@dataclass(frozen=True)
class Login:
    """A login initiation: the browser sends `fields` to `url` by `method`."""

    method: str
    url: str
    fields: dict[str, str]
    hint: str


Starter = Callable[[], Login]


def start_link(
    person: Person, link: Link, *, presentation: str = "iframe", claims: dict[str, Any] | None = None
) -> Login:
    """Start the launch of an activity."""
    return _start(
        person, link.course, link.registration, scopes.RESOURCE_LINK,
        link.url or link.registration.target_link_uri, link=link, presentation=presentation, claims=claims,
    )  # fmt: skip


def start_deep_link(deep_link: DeepLink, *, claims: dict[str, Any] | None = None) -> Login:
    """Start the trip to the tool where content is chosen."""
    registration = deep_link.registration
    target = registration.deep_link_uri or registration.target_link_uri
    return _start(
        deep_link.person, deep_link.course, registration, scopes.DEEP_LINKING, target,
        deep_link=deep_link, claims=claims,
    )  # fmt: skip


def start_review(person: Person, link: Link, for_user: Person, review: dict[str, Any]) -> Login:
    """Start the launch from the gradebook that shows one learner's submission."""
    target = str(review.get("url") or link.url or link.registration.target_link_uri)
    return _start(
        person, link.course, link.registration, scopes.SUBMISSION_REVIEW, target, link=link, for_user=for_user
    )


def _start(
    person: Person, course: Course, registration: Registration, message_type: str, target: str,
    *, link: Link | None = None, deep_link: DeepLink | None = None, for_user: Person | None = None,
    presentation: str = "iframe", claims: dict[str, Any] | None = None,
) -> Login:  # fmt: skip
    if not registration.is_active:
        raise LaunchRefused(f"{registration.name} is not active yet: an admin has to activate it first.")
    lms = course.lms
    personality = personalities.of(lms)
    hint = personality.new_hint(person, link)
    launch, _ = Launch.objects.update_or_create(
        hint=hint,
        defaults={
            "lms": lms, "registration": registration, "person": person, "course": course, "link": link,
            "deep_link": deep_link, "message_type": message_type, "target_link_uri": target,
            "for_user": for_user, "presentation": presentation, "claims": claims or {},
            "expires": lms.now() + LIFETIME, "used": False,
        },
    )  # fmt: skip
    Launch.objects.filter(expires__lt=lms.now() - timedelta(days=1)).delete()
    fields = {
        "iss": lms.issuer,
        "target_link_uri": target,
        "login_hint": personality.person_id(person),
        "lti_message_hint": personality.message_hint(launch),
        "client_id": registration.client_id,
        **personality.login_extras(launch),
    }
    return Login(personality.login_method, registration.initiate_login_uri, fields, hint)
