"""Bringing this site and an LMS of the sandbox together, as admins and teachers do."""

import re
from html import unescape

from lti import platforms
from lti.models import Platform
from sandbox_lms import testing
from tests.lti.conftest import SCENARIO


def join(sandbox, key, site, organisation):
    """Register with one LMS, by its own way, and approve; returns the LMS and the registration's number there."""
    lms = sandbox.lms(key)
    lms.reset()
    if key == "openedx":
        registered = lms.register(
            initiate_login_uri=f"{site}/lti/login/",
            redirect_uris=[f"{site}/lti/launch/"],
            jwks_uri=f"{site}/lti/jwks/",
            target_link_uri=f"{site}/lti/launch/",
        )
        described = lms.describe()
        platform = platforms.add_platform(
            by="test",
            deployments={"1": organisation},
            organisation=organisation,
            issuer=described["issuer"],
            client_id=registered["client_id"],
            product="openedx",
            auth_url=f"{lms.issuer}/auth",
            token_url=f"{lms.issuer}/token",
            jwks_url=f"{lms.issuer}/jwks",
        )
    else:
        page = testing.Browser().go("GET", lms.invite(f"{site}/lti/register/")["url"])
        assert page.status == 200, page.body
        [registered] = lms.registrations()
        platform = Platform.objects.get(issuer=lms.issuer)
        lms.activate(registered["id"])
    platforms.approve_platform(platform, organisation, "test")
    return lms, registered["id"]


def follow(login, browser=None):
    """Follow a login; where the page would ask the platform's storage by script, go on without, on the cookie."""
    browser = browser or testing.Browser()
    page = browser.follow_login(login)
    waiting = re.search(r'data-url="([^"]+)"', page.body)
    return browser.go("GET", unescape(waiting.group(1))) if waiting else page


def add_link(lms, registration):
    """Choose the scenario by deep linking; returns the new activity."""
    browser = testing.Browser()
    page = follow(lms.start_deep_link("teacher", lms.course, registration), browser)
    assert page.status == 200, page.body
    found = [form for form in page.forms() if form.action.endswith("/answer/")]
    assert found, page.body
    [form] = found
    fields = {name: value for name, value in form.fields.items() if name == "request"}
    answered = browser.go("POST", form.action, {**fields, "pick": f"scenario:{SCENARIO}", "graded": "1"})
    assert answered.status < 400, answered.body
    return lms.links(lms.course)[-1]
