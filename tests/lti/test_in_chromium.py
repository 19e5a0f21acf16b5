"""Launches inside the frame of another site, in a browser that blocks third-party cookies: three ways in."""

import re
from html import escape

import pytest

from learning.api import Participation
from lti.models import LaunchRecord, ResourceLink
from tests.lti.joining import add_link, follow, join

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


def enter_on(page, lms, name):
    """Sign in at the LMS as somebody, by one click."""
    page.goto(f"{lms.issuer}/")
    if page.get_by_role("button", name="Switch person").count():
        page.get_by_role("button", name="Switch person").click()
    page.get_by_role("button", name=name).click()
    return page


@pytest.fixture
def enter(page):
    return lambda lms, name: enter_on(page, lms, name)


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
    page.frame_locator("iframe[data-tool]").locator("main").first.wait_for()  # it may be framed, and is shown
    assert LaunchRecord.objects.latest("pk").code == "ok"
    assert LaunchRecord.objects.latest("pk").way == "cookie"
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


def test_phone_opens_the_activity_in_the_whole_window(sandbox, site, organisation, enter, browser):
    """Moodle ignores the container on phones: the page stands at the top, and leads back by itself."""
    lms, registration = join(sandbox, "moodle", site, organisation)
    link = add_link(lms, registration)
    phone = browser.new_context(viewport={"width": 320, "height": 640}, is_mobile=True, has_touch=True)
    try:
        page = phone.new_page()
        enter_on(page, lms, "Amara Okoye")
        started = lms.start_launch("amara", link["id"], presentation={"document_target": "frame"})
        fields = "".join(f'<input name="{name}" value="{escape(value)}">' for name, value in started["fields"].items())
        form = f'<form method="{started["method"]}" action="{started["url"]}">{fields}</form>'
        page.goto("about:blank")
        page.set_content(form)
        page.evaluate("document.forms[0].submit()")
        page.wait_for_url(re.compile(r"/play/"))
        page.locator("main").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate("window === window.top")
    finally:
        phone.close()


def test_gradebook_opens_the_learners_page_for_a_teacher(sandbox, site, organisation):
    lms, registration = join(sandbox, "moodle", site, organisation)
    link = add_link(lms, registration)
    follow(lms.start_launch("amara", link["id"]))
    arrival = follow(lms.start_launch("teacher", link["id"], for_user="amara"))
    participation = Participation.objects.get()
    assert f"/coach/{participation.placement.uuid}/learners/{participation.uuid}/" in arrival.url


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
