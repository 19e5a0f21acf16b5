"""The pages for people, by plain HTTP: who may see what, and what a click does."""

import re

import pytest

from sandbox_lms.testing import Arrival, Browser, LmsHandle
from tests.sandbox_lms.mini_tool import POOL

ITEM = {"title": "The late parcel", "text": "A present did not come.", "lineItem": {"scoreMaximum": 10}}


def find(pattern: str, text: str) -> str:
    """Return the first group of `pattern` in `text`, which must be there."""
    found = re.search(pattern, text)
    assert found, pattern
    return found.group(1)


class Visitor:
    """Somebody at one LMS with a browser of their own."""

    def __init__(self, lms: LmsHandle, username: str) -> None:
        self.lms, self.browser = lms, Browser()
        self.press("/", "/sign-in/", become=username)

    def see(self, path: str) -> Arrival:
        return self.browser.go("get", self.lms.issuer + path)

    def press(self, path: str, action: str = "", **fields: str) -> Arrival:
        """Send the form of the page at `path` whose action ends in `action`, by default in `path` itself."""
        forms = [form for form in self.see(path).forms() if "csrfmiddlewaretoken" in form.fields]
        form = next(form for form in forms if form.action.endswith(action or path))
        return self.browser.go("post", form.action, {**form.fields, **fields})


@pytest.fixture
def place(connect):
    lms, registration = connect("moodle")
    return lms, registration, lms.add_link(lms.course, registration["id"], ITEM)


def test_a_stranger_is_shown_the_sign_in(place):
    lms, _, link = place
    for path in (f"/course/{lms.course}/", f"/activity/{link['id']}/", "/admin/tools/"):
        arrival = Browser().go("get", lms.issuer + path)
        assert (arrival.status, arrival.url) == (200, f"{lms.issuer}/")
        assert "Who are you today?" in arrival.body


def test_a_password_signs_in_and_a_wrong_one_does_not(make_lms, sandbox):
    import json

    lms = make_lms("sakai")
    passwords = json.loads((sandbox.folder / "sign-ins.json").read_text())[lms.key]
    for password, text in (("wrong", "do not fit"), (passwords["amara"], "My courses")):
        browser = Browser()
        form = browser.go("get", f"{lms.issuer}/").forms()[-1]
        arrival = browser.go("post", form.action, {**form.fields, "username": "amara", "password": password})
        assert text in arrival.body


def test_an_admin_registers_activates_and_removes_a_tool(make_lms, tool):
    lms = make_lms("moodle")
    admin = Visitor(lms, "admin")
    page = admin.press("/admin/tools/", "/register/", tool_url=f"{tool.url}/register")
    url = find(r'<iframe[^>]+src="([^"]+)"', page.body).replace("&amp;", "&")
    assert url.startswith(f"{tool.url}/register?openid_configuration=")
    assert POOL.request("GET", url).status == 200
    assert "pending" in admin.see("/admin/tools/").body
    assert "Mini tool is active" in admin.press("/admin/tools/", "/activate/").body
    assert "were removed" in admin.press("/admin/tools/", "/remove/").body
    assert lms.registrations() == []


def test_an_admin_registers_a_tool_by_hand(make_lms, tool):
    lms = make_lms("openedx")
    admin = Visitor(lms, "admin")
    assert "has no dynamic registration" in admin.see("/admin/tools/").body
    fields = {**tool.addresses(), "redirect_uris": f"{tool.url}/launch\n{tool.url}/other", "name": "By hand"}
    page = admin.press("/admin/tools/by-hand/", **fields)
    (found,) = lms.registrations()
    assert found["redirect_uris"] == [f"{tool.url}/launch", f"{tool.url}/other"]
    assert found["client_id"] in page.body


def test_only_admins_see_the_tools_and_only_teachers_the_gradebook(place):
    lms, _, link = place
    item = link["line_items"][0]["id"]
    learner, teacher = Visitor(lms, "amara"), Visitor(lms, "teacher")
    course = f"/course/{lms.course}"
    for path in (f"{course}/gradebook/", f"{course}/roster/", f"{course}/gradebook/{item}/3/", "/admin/tools/"):
        assert learner.see(path).status == 403
    assert teacher.see(f"{course}/gradebook/").status == 200
    assert teacher.see("/admin/tools/").status == 403


def test_somebody_outside_the_course_does_not_get_in(place):
    lms, _, link = place
    lms.add_person("guest")
    assert Visitor(lms, "guest").see(f"/course/{lms.course}/").status == 403
    assert Visitor(lms, "guest").see(f"/activity/{link['id']}/open/").status == 403


def test_a_learner_opens_an_activity_in_a_frame_and_the_tool_knows_who(place, tool):
    lms, _, link = place
    learner = Visitor(lms, "mei")
    page = learner.see(f"/activity/{link['id']}/")
    assert f'src="/{lms.key}/activity/{link["id"]}/open/"' in page.body
    arrival = learner.see(f"/activity/{link['id']}/open/")
    assert arrival.status == 200
    assert tool.launches[-1]["sub"] == lms.user_id("mei")


def test_a_teacher_adds_an_activity_and_confirms_the_summary(connect, tool):
    lms, registration = connect("moodle")
    teacher = Visitor(lms, "teacher")
    tool.items = [{"type": "ltiResourceLink", "title": "Bad news", "lineItem": {"scoreMaximum": 20}}]
    page = teacher.press(f"/course/{lms.course}/", "/add/", tool=str(registration["id"]))
    opening = find(r'<iframe[^>]+src="([^"]+)"', page.body)
    summary = teacher.see(opening.removeprefix(f"/{lms.key}"))
    assert "Save and return to course" in summary.body
    form = next(form for form in summary.forms() if "proof" in form.fields)
    forged = teacher.browser.go("post", form.action, {"proof": "made up"})
    assert (forged.status, lms.links(lms.course)) == (403, [])
    saved = teacher.browser.go("post", form.action, form.fields)
    assert saved.url == f"{lms.issuer}/course/{lms.course}/"
    assert "Bad news" in saved.body


def test_a_teacher_overrides_locks_and_gives_back_a_grade(place):
    lms, _, link = place
    item, person = link["line_items"][0]["id"], int(lms.user_id("amara"))
    teacher = Visitor(lms, "teacher")
    path = f"/course/{lms.course}/gradebook/{item}/{person}/"
    assert "from 0 to 10" in teacher.press(path, change="override", shown="11").body
    teacher.press(path, change="override", shown="7,5", comment="Seen in class.")
    teacher.press(path, change="lock")
    grade = lms.grade(lms.course, item, "amara")
    assert (grade["shown"], grade["comment"], grade["overridden"], grade["locked"]) == (
        7.5, "Seen in class.", True, True,
    )  # fmt: skip
    teacher.press(path, change="unlock")
    page = teacher.press(path, change="empty")
    assert "Dana Whitfield" in page.body
    assert lms.grade(lms.course, item, "amara")["shown"] is None


def test_a_learner_sees_own_grades_and_nobody_elses(place):
    lms, _, link = place
    item = link["line_items"][0]["id"]
    lms.override(item, "amara", 9, "Well heard.")
    lms.override(item, "jonas", 3, "Too quick.")
    page = Visitor(lms, "amara").see(f"/course/{lms.course}/grades/").body
    assert "9 / 10" in page and "Well heard." in page
    assert "Too quick." not in page


def test_hiding_deleting_copying_and_suspending(place):
    lms, _, _link = place
    teacher, learner = Visitor(lms, "teacher"), Visitor(lms, "amara")
    course = f"/course/{lms.course}"
    teacher.press(f"{course}/", "/change/", change="hide")
    assert "The late parcel" not in learner.see(f"{course}/").body
    copied = teacher.press(f"{course}/", "/copy/")
    assert "(copy)" in copied.body
    enrolled = {one["username"]: one for one in lms.roster(lms.course)}
    assert enrolled["amara"]["suspended"] is False
    roster = teacher.see(f"{course}/roster/")
    value = find(r'value="(\d+)">Suspend<span class="hidden"> Amara', roster.body)
    teacher.press(f"{course}/roster/", enrolment=value)
    assert learner.see(f"{course}/").status == 403
    teacher.press(f"{course}/", "/change/", change="delete")
    assert lms.links(lms.course) == []


def test_the_score_log_shows_answers(place, tool):
    lms, _, link = place
    column = link["line_items"][0]
    tool.post_score(column["url"], tool.token(lms.issuer), userId="999")
    page = Visitor(lms, "admin").see("/admin/scores/").body
    assert "Incorrect score received" in page and "400" in page


def test_pages_allow_no_inline_script_and_only_themselves_as_parents(place):
    lms, _, link = place
    learner = Visitor(lms, "amara")
    policy = learner.see(f"/course/{lms.course}/").headers["content-security-policy"]
    assert "script-src 'self'" in policy and "frame-ancestors 'self'" in policy
    assert "form-action 'self'" in policy
    for path in ("/", f"/course/{lms.course}/", f"/activity/{link['id']}/"):
        body = learner.see(path).body
        assert "<style" not in body and " style=" not in body and " onclick=" not in body


def test_one_click_can_be_switched_off(tmp_path):
    from sandbox_lms import testing

    with testing.start(var=tmp_path, environment={"SANDBOX_ONE_CLICK": "0"}) as sandbox:
        lms = sandbox.lms("moodle")
        page = Browser().go("get", f"{lms.issuer}/")
        assert "with one click" not in page.body
        browser = Browser()
        form = browser.go("get", f"{lms.issuer}/").forms()[-1]
        arrival = browser.go("post", form.action, {**form.fields, "become": "admin"})
        assert "do not fit" in arrival.body


def test_the_api_needs_its_token(sandbox):
    assert POOL.request("GET", f"{sandbox.url}/api/lms").status == 401
    answer = POOL.request("GET", f"{sandbox.url}/api/lms", headers={"Authorization": "Bearer wrong"})
    assert answer.json() == {"error": "Send the token of SANDBOX_VAR/api-token as a bearer token."}


def test_what_is_not_there_is_404_with_a_page(sandbox):
    for path in ("/nobody/", "/moodle/course/999999/", "/static/../settings.py", "/static/nothing.css"):
        assert POOL.request("GET", sandbox.url + path).status == 404
