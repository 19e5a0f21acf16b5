"""The sandbox in a real browser: a tool framed from another site, with third-party cookies as they are today."""

import pytest

from sandbox_lms import scopes

pytestmark = pytest.mark.chromium

ITEM = {"type": "ltiResourceLink", "title": "The late parcel", "lineItem": {"scoreMaximum": 10}}


@pytest.fixture
def enter(page):
    def do(lms, name):
        page.goto(f"{lms.issuer}/")
        if page.get_by_role("button", name="Switch person").count():
            page.get_by_role("button", name="Switch person").click()
        page.get_by_role("button", name=name).click()
        return page

    return do


def test_a_teacher_chooses_content_in_the_frame_and_a_learner_opens_it(connect, tool, enter):
    lms, _registration = connect("moodle")
    tool.items = [ITEM]
    page = enter(lms, "Dana Whitfield")
    page.get_by_role("link", name="Service and leadership").click()
    page.get_by_role("button", name="Mini tool").click()
    inside = page.frame_locator("iframe")
    inside.locator("form[action*='contentitem_return']").wait_for(state="attached")
    page.frames[-1].evaluate("document.forms[0].submit()")
    inside.get_by_role("button", name="Save and return to course").click()
    page.get_by_text("1 activity was added.").wait_for()

    page = enter(lms, "Mei Tanaka")
    page.get_by_role("link", name="Service and leadership").click()
    page.get_by_role("link", name="The late parcel").click()
    page.frame_locator("iframe[data-tool]").get_by_text("LtiResourceLinkRequest").wait_for()
    assert tool.launches[-1]["sub"] == lms.user_id("mei")
    assert tool.url.split(":")[1] != lms.issuer.split(":")[1]  # localhost frames 127.0.0.1: two sites


def test_canvas_takes_the_teacher_back_to_the_course_by_itself(connect, tool, enter):
    lms, _ = connect("canvas")
    tool.items = [ITEM]
    page = enter(lms, "Dana Whitfield")
    page.get_by_role("link", name="Service and leadership").click()
    page.get_by_role("button", name="Mini tool").click()
    page.frame_locator("iframe").locator("form[action*='deep_linking_response']").wait_for(state="attached")
    page.frames[-1].evaluate("document.forms[0].submit()")
    page.get_by_role("link", name="The late parcel").wait_for()
    assert page.url == f"{lms.issuer}/course/{lms.course}/"


def test_a_close_message_of_the_framed_tool_ends_the_registration(make_lms, tool, enter):
    lms = make_lms("moodle")
    page = enter(lms, "Robin Admin")
    page.get_by_role("link", name="Tools").click()
    page.get_by_label("registration address").fill(f"{tool.url}/register")
    page.get_by_role("button", name="Open").click()
    page.frame_locator("iframe").get_by_text("done").wait_for()
    page.frames[-1].evaluate("parent.postMessage({subject: 'org.imsglobal.lti.close'}, '*')")
    page.get_by_role("heading", name="Tools", exact=True).wait_for()
    assert page.get_by_text("pending").is_visible()


def test_canvas_keeps_a_tools_data_in_the_sibling_frame(connect, tool, enter):
    lms, registration = connect("canvas")
    link = lms.add_link(lms.course, registration["id"], ITEM)
    page = enter(lms, "Amara Okoye")
    page.goto(f"{lms.issuer}/activity/{link['id']}/")
    page.frame_locator("iframe[data-tool]").get_by_text("LtiResourceLinkRequest").wait_for()
    assert tool.logins[-1]["lti_storage_target"] == "post_message_forwarding"
    frame = next(frame for frame in page.frames if frame.url.startswith(tool.url))
    ask = """async ([subject, rest]) => new Promise((resolve) => {
        addEventListener("message", (event) => {
            if (event.data.message_id === "m" + subject) resolve({...event.data, origin: event.origin});
        });
        parent.frames["post_message_forwarding"].postMessage({subject, message_id: "m" + subject, ...rest}, "*");
    })"""
    frame.evaluate(ask, ["lti.put_data", {"key": "state", "value": "s1"}])
    answer = frame.evaluate(ask, ["lti.get_data", {"key": "state"}])
    assert (answer["subject"], answer["value"]) == ("lti.get_data.response", "s1")
    assert answer["origin"] == lms.sandbox.url


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_scrolls_sideways(connect, tool, enter, page, width):
    lms, registration = connect("moodle")
    link = lms.add_link(lms.course, registration["id"], {**ITEM, "title": "The very late parcel " * 6})
    item = link["line_items"][0]
    tool.post_score(item["url"], tool.token(lms.issuer, scopes.SCORE), userId=lms.user_id("amara"), comment="x" * 90)
    page.set_viewport_size({"width": width, "height": 800})
    course = f"/course/{lms.course}"
    learner = int(lms.user_id("amara"))
    seen = [
        ("Robin Admin", ["/", "/admin/tools/", f"/admin/tools/{registration['id']}/", "/admin/tools/by-hand/",
                         "/admin/scores/"]),
        ("Dana Whitfield", [f"{course}/", f"{course}/gradebook/", f"{course}/gradebook/{item['id']}/{learner}/",
                            f"{course}/roster/", f"/activity/{link['id']}/"]),
        ("Amara Okoye", [f"{course}/", f"{course}/grades/"]),
    ]  # fmt: skip
    wide = []
    for name, paths in seen:
        enter(lms, name)
        for path in paths:
            page.goto(lms.issuer + path)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(path)
    assert wide == []
