"""Launches inside the frame of another site, in a browser that blocks third-party cookies: three ways in."""

import re

import pytest

from learning.api import Participation
from lti.models import LaunchRecord, ResourceLink
from tests.lti.joining import add_link, join

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def enter(page):
    """Sign in at the LMS as somebody, by one click."""

    def do(lms, name):
        page.goto(f"{lms.issuer}/")
        if page.get_by_role("button", name="Switch person").count():
            page.get_by_role("button", name="Switch person").click()
        page.get_by_role("button", name=name).click()
        return page

    return do


def lose_cookies(page, address="**/lti/launch/"):
    """Forget every cookie before a request, as a browser does that keeps nothing in frames."""

    def forgetful(route):
        page.context.clear_cookies()
        route.continue_()

    page.route(address, forgetful)


def open_activity(lms, link, page):
    page.goto(f"{lms.issuer}/activity/{link['id']}/")


def wait_for_play(page):
    """Wait until the frame shows the play page: the launch got in."""
    for _ in range(100):
        if any(re.search(r"/play/[0-9a-f-]{36}/", frame.url) for frame in page.frames):
            return
        page.wait_for_timeout(100)
    raise AssertionError([frame.url for frame in page.frames])


def test_partitioned_cookie_carries_the_launch(sandbox, site, organisation, enter, page):
    lms, registration = join(sandbox, "moodle", site, organisation)
    link = add_link(lms, registration)
    enter(lms, "Amara Okoye")
    open_activity(lms, link, page)
    wait_for_play(page)
    assert LaunchRecord.objects.latest("pk").code == "ok"
    assert site.split(":")[1] != lms.issuer.split(":")[1]  # localhost inside 127.0.0.1: two sites


@pytest.mark.parametrize("key", ["canvas", "sakai"])
def test_platform_storage_carries_the_launch_where_no_cookie_lasts(sandbox, site, organisation, enter, page, key):
    lms, registration = join(sandbox, key, site, organisation)
    link = add_link(lms, registration)
    enter(lms, "Amara Okoye")
    lose_cookies(page)
    open_activity(lms, link, page)
    wait_for_play(page)
    assert Participation.objects.count() == 1


def test_new_tab_carries_the_launch_where_nothing_lasts(sandbox, site, organisation, enter, page, context):
    lms, registration = join(sandbox, "moodle", site, organisation)
    link = add_link(lms, registration)
    enter(lms, "Amara Okoye")
    lose_cookies(page, "**/lti/cookies/")
    open_activity(lms, link, page)
    inside = page.frame_locator("iframe[data-tool]")
    inside.get_by_role("link", name="Open in a new tab").wait_for()
    assert Participation.objects.count() == 0
    with context.expect_page() as opened:
        inside.get_by_role("link", name="Open in a new tab").click()
    opened.value.wait_for_url(re.compile(r"/play/"))
    assert Participation.objects.count() == 1


def test_admin_registers_and_teacher_chooses_inside_the_frame(sandbox, site, organisation, enter, page):
    lms, _ = join(sandbox, "moodle", site, organisation)
    enter(lms, "Dana Whitfield")
    page.get_by_role("link", name="Service and leadership").click()
    page.get_by_role("button", name="Branchwise").click()
    inside = page.frame_locator("iframe")
    inside.get_by_role("checkbox", name="The refund").check()
    inside.get_by_role("button", name="Use this").click()
    inside.get_by_role("button", name="Save and return to course").click()
    page.get_by_text("1 activity was added.").wait_for()
    enter(lms, "Amara Okoye")
    page.get_by_role("link", name="Service and leadership").click()
    page.get_by_role("link", name="The refund").click()
    wait_for_play(page)
    assert ResourceLink.objects.get().title == "The refund"


def test_registration_ends_with_the_close_message(sandbox, site, organisation, enter, page):
    lms = sandbox.lms("moodle")
    lms.reset()
    enter(lms, "Robin Admin")
    page.get_by_role("link", name="Tools").click()
    page.get_by_label("registration address").fill(f"{site}/lti/register/")
    page.get_by_role("button", name="Open").click()
    page.frame_locator("iframe").get_by_role("button", name="Close").click()
    page.get_by_role("heading", name="Tools", exact=True).wait_for()
    assert page.get_by_text("pending").is_visible()
