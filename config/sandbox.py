"""The running sandbox LMS as a partner: registering this site with it and adding activities, as its people would."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from foundation.api import Organisation, User
from lti.models import Platform
from lti.platforms import approve_platform
from sandbox_lms.testing import LmsHandle, Sandbox
from sandbox_lms.testing_browser import Arrival, Browser


class SandboxFailed(Exception):
    """A step with the sandbox did not end as it should; the message says which and what came back."""


@dataclass(frozen=True)
class Joined:
    """This site registered with one LMS of the sandbox."""

    lms: LmsHandle
    platform: Platform
    registration: int


def connect() -> Sandbox:
    """Return the sandbox that runs beside this site. Raises SandboxFailed when it has left no token."""
    folder = Path(settings.VAR_DIR) / "sandbox"
    try:
        token = (folder / "api-token").read_text().strip()
    except OSError as error:
        raise SandboxFailed("The sandbox LMS has not been started here: run `make run` first.") from error
    return Sandbox(settings.SANDBOX_URL, token, None, folder, removes_folder=False)


def join(lms: LmsHandle, organisation: Organisation, by: User | str) -> Joined:
    """Register by dynamic registration, approve the LMS here and activate the tool there."""
    known = {row["client_id"] for row in lms.registrations()}
    invitation = lms.invite(f"{settings.PUBLIC_URL}/lti/register/?{urlencode({'organisation': organisation.slug})}")
    page = Browser().go("GET", invitation["url"])
    _check(page, "The registration")
    fresh = [row for row in lms.registrations() if row["client_id"] not in known]
    if not fresh:
        raise SandboxFailed("The registration page answered, but the LMS knows no new tool.")
    platform = Platform.objects.get(issuer=lms.issuer, client_id=fresh[0]["client_id"])
    approve_platform(platform, organisation, by)
    lms.activate(int(fresh[0]["id"]))
    return Joined(lms, platform, int(fresh[0]["id"]))


def add_activity(sandbox: Sandbox, joined: Joined, pick: str) -> dict[str, Any]:
    """Choose content by deep linking, as a teacher would; `pick` is "scenario:<uuid>" or "course:<uuid>"."""
    lms, browser = joined.lms, Browser()
    before = {link["id"] for link in lms.links(lms.course)}
    login = lms.start_deep_link(person_of(lms, "teacher"), lms.course, joined.registration)
    page = sandbox.follow(login, browser)
    _check(page, "The page to choose from")
    form = next((each for each in page.forms() if each.action.endswith("/answer/")), page.forms()[-1])
    fields = {name: value for name, value in form.fields.items() if name not in ("pick", "cancel")}
    answered = browser.go("POST", form.action, {**fields, "pick": pick, "graded": "1"})
    _check(answered, "The choice")
    for each in answered.forms():
        if "JWT" in each.fields:
            _check(browser.go("POST", each.action, each.fields), "The way back to the LMS")
            break
    links = [link for link in lms.links(lms.course) if link["id"] not in before]
    if not links:
        raise SandboxFailed("Deep linking ended without a new activity in the course.")
    return dict(links[0])


def person_of(lms: LmsHandle, role: str) -> str:
    """Return the first person with a role in the LMS's first course."""
    people = [row["username"] for row in lms.roster(lms.course) if row["role"] == role]
    if not people:
        raise SandboxFailed(f"The course in the sandbox has no {role}.")
    return str(people[0])


def _check(page: Arrival, what: str) -> None:
    if page.status >= 400:
        raise SandboxFailed(f"{what} answered {page.status} at {page.url}: {page.body[:300]}")
