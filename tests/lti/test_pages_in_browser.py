"""Every page of LMS admins, teachers who choose, and people whose launch failed: readable, labelled, never sideways.

Looked at 1280 and 320 px wide, light and dark, from the right in Arabic, empty, failed and with long words; axe finds
nothing. BRANCHWISE_TEST_SHOTS=folder keeps a picture of each.
"""

import os
from datetime import timedelta
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.conf import settings as site_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import trans_real

from config.running.messages import compile_messages
from foundation.api import User
from learning import content as learning_content
from learning.api import Participation
from lti import claims as names
from lti.models import Cause, GradeState, GradeTarget, LaunchRecord, Platform
from lti.ports import Content, Part
from tests import needs
from tests.learning.catalogue import Shelf
from tests.learning.scenarios import call
from tests.lti.conftest import COURSE, SCENARIO
from tests.lti.enrolling import enrol
from tests.lti.grading import give_grade
from tests.lti.signing_platform import LAUNCH, TEACHER
from tests.lti.test_admin import sign_in
from tests.lti.test_registration import CONFIGURATION, offer

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("BRANCHWISE_TEST_SHOTS", "")
AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LONG = "Straßenbahnhaltestellenansagen und was sie mit denen machen, die sie jeden Morgen hören: " * 3
LONGEST_WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 2


SETTLE = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
  for (const each of document.getAnimations()) try { each.finish() } catch { each.cancel() }
  done()
})))"""


@pytest.fixture(autouse=True, scope="module")
def _compiled():
    compile_messages(Path(site_settings.BASE_DIR))
    trans_real._translations.clear()


@pytest.fixture
def look(page):
    """`look(name)` shoots the page as it stands at each width and scheme; `frame` is what is ours of it."""
    need = AXE.exists() or needs.is_ci()
    if not need:
        pytest.skip("axe is not installed (in frontend/: npm ci)")
    source = AXE.read_text(encoding="utf-8")

    def at(name, ours="document"):
        for width, scheme in ((1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate(SETTLE)  # colours may be on their way from one scheme to the other
            if SHOTS:
                page.screenshot(path=f"{SHOTS}/{name}-{width}-{scheme}.png", full_page=True)
            page.evaluate(source)
            found = page.evaluate(
                "([ours, rules]) => axe.run(ours === 'document' ? document : ours, {runOnly: rules}).then(done =>"
                " done.violations.map(each => `${each.id}: ${each.nodes.map(one => one.target + one.failureSummary).join(', ')}`))",
                [ours, RULES],
            )
            assert found == [], (name, width, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)

    return at


def begin(page, site, lms, form_of):
    """Log in, and go on from the redirect to the LMS with the form that it would post to us."""

    def answer(route):
        answered = route.fetch(max_redirects=0)
        query = {name: values[0] for name, values in parse_qs(urlsplit(answered.headers["location"]).query).items()}
        fields, keeps_cookies = form_of(query)
        inputs = "".join(f'<input name="{name}" value="{escape(value)}">' for name, value in fields.items())
        form = f'<form method="post" action="{site}/lti/launch/">{inputs}</form>'
        cookies = [each["value"] for each in answered.headers_array if each["name"].lower() == "set-cookie"]
        if not keeps_cookies:
            page.context.clear_cookies()  # the fetch above left them
        headers = {"set-cookie": "\n".join(cookies)} if keeps_cookies else {}
        body = f"{form}<script>document.forms[0].submit()</script>"
        route.fulfill(content_type="text/html", body=body, headers=headers)

    page.route("**/lti/login/**", answer)
    asked = lms.login_parameters(target_link_uri=f"{site}/lti/launch/")
    page.goto(f"{site}/lti/login/?{urlencode(asked)}")
    page.locator("main").wait_for()


@pytest.fixture
def launched(page, site, lms):
    """`launched(claims)` goes through a login and a launch of the LMS in the browser."""

    def go(make):
        def form_of(query):
            body = {**make(query["nonce"]), names.TARGET: f"{site}/lti/launch/"}
            return {"id_token": lms.sign(body), "state": query["state"]}, True

        begin(page, site, lms, form_of)

    return go


# --- What a launch shows


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_page_that_says_why_a_launch_failed(launched, look, lms, page, locale):
    Platform.objects.update(product="moodle", name=LONGEST_WORD[:100])
    presentation = {"locale": locale}
    launched(lambda nonce: lms.claims(nonce, deployment_id=LONGEST_WORD, presentation=presentation))
    page.locator("summary").click()
    look(f"problem-{locale}")
    assert page.evaluate("document.dir || document.documentElement.dir") == ("rtl" if locale == "ar" else "ltr")


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_picker(launched, look, lms, page, content, locale):
    parts = tuple(Part(f"m{number}", f"{number}. {LONG[:60]}") for number in range(9))
    content.all = [
        *content.all,
        Content("course", SCENARIO, LONG, LONG, 240, parts),
        Content("scenario", COURSE, LONGEST_WORD, LONGEST_WORD, None),
    ]
    launched(lambda nonce: lms.deep_linking_claims(nonce, presentation={"locale": locale}))
    page.locator("summary").first.click()
    look(f"picker-{locale}")
    page.locator("button[name=look]").first.click()
    page.locator("#preview").wait_for()
    look(f"picker-preview-{locale}")
    page.locator("input[name=pick]").first.check()
    page.locator("button[formaction$='/details/']").click()
    page.locator("input[type=number]").first.wait_for()
    look(f"picker-details-{locale}")


def test_picker_with_nothing_to_choose_and_nothing_chosen(launched, look, lms, page, content):
    launched(lambda nonce: lms.deep_linking_claims(nonce))
    page.locator("input[name=pick]:checked").uncheck()
    page.locator("button[type=submit]:not([formaction]):not([name])").click()
    page.get_by_role("alert").wait_for()
    look("picker-nothing-chosen")
    content.all = []
    page.locator("input[type=search]").fill(LONGEST_WORD)
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_text("Nothing published matches").wait_for()
    look("picker-nothing-found")


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_window_of_its_own(site, lms, look, page, locale):
    page.context.set_extra_http_headers({"Accept-Language": locale})
    begin(page, site, lms, lambda query: ({"id_token": "x", "state": query["state"]}, False))
    page.locator("#new-tab a").wait_for()
    look(f"new-tab-{locale}")


# --- What whoever looks after the LMS sees inside it


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_page_after_a_registration(site, web, organisation, look, page, locale):
    offer(web, "sakai", answered={"client_id": LONGEST_WORD})
    page.context.set_extra_http_headers({"Accept-Language": locale})
    page.goto(f"{site}/lti/register/?{urlencode({'openid_configuration': CONFIGURATION})}")
    page.locator("#close").wait_for()
    look(f"registered-{locale}")


# --- What an LMS admin sees


@pytest.fixture
def admin(site, organisation, page, look):
    """`admin(name, path)` looks at one page of the admin, signed in."""
    client = sign_in(organisation)
    User.objects.update(is_superuser=True)  # groups do not outlive a test that commits
    cookie = client.cookies[site_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": site_settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])

    def go(name, path):
        page.goto(f"{site}{path}")
        page.locator("#main h1, #main h2").first.wait_for()
        look(name, "#main")

    return go


def test_admin_pages_of_a_new_site(admin):
    for name in ("connections", "add", "launches", "deliveries"):
        admin(f"admin-{name}-empty", reverse(f"lti_admin:{name}"))


@pytest.fixture
def grades(site, settings, lms, web, visitor):
    """Grades in every state, a launch that failed, and names of every length."""
    settings.PUBLIC_URL = LAUNCH.removesuffix("/lti/launch/")
    _, participation = enrol(lms, web, visitor, "moodle", name=LONG[:190])
    lms.launch(visitor, version="2.0")
    give_grade(participation, "0.8125")
    for number, (state, cause) in enumerate(
        ((GradeState.BLOCKED, Cause.NOT_LEARNER), (GradeState.PARKED, ""), (GradeState.PENDING, Cause.DOWN)), start=8
    ):
        lms.launch(visitor, sub=f"person-{number}", name=f"Learner {number}")
        give_grade(Participation.objects.latest("pk"), "0.5")
        row = GradeTarget.objects.latest("pk")
        row.state, row.cause, row.tries = state, cause, 4
        row.pending_since = timezone.now() - timedelta(days=3)
        row.last_error = f"The LMS refuses this grade. {LONGEST_WORD}"
        row.save()
    settings.PUBLIC_URL = site
    return lms.row


@pytest.fixture
def shelf():
    """The scenario of the placement, published: the coach's pages name its parts."""
    shelf = Shelf()
    shelf.publish(call(), SCENARIO)
    learning_content.use_catalogue(shelf)
    yield shelf
    learning_content.use_catalogue(None)


@pytest.mark.parametrize("locale", ["de", "ar"])
def test_teacher_reads_why_a_grade_is_missing(shelf, grades, launched, look, lms, page, locale):
    launched(lambda nonce: lms.claims(nonce, roles=[TEACHER], presentation={"locale": locale}))
    for number, cause in ((8, "not-a-learner"), (9, "set-aside"), (10, "lms-down")):
        page.get_by_role("link", name=f"Learner {number}", exact=True).first.click(timeout=8000)
        page.locator("section[aria-labelledby=missing]").wait_for()
        look(f"missing-{cause}-{locale}")
        page.locator("nav.bar a").first.click()
        page.get_by_role("link", name="Learner 8", exact=True).first.wait_for()
    look(f"missing-list-{locale}")


def test_admin_pages_with_much_on_them(admin, grades, page):
    Platform.objects.update(name=LONG[:190])
    record = LaunchRecord.objects.exclude(code="ok").get()
    paths = {
        "connections": reverse("lti_admin:connections"),
        "connection": reverse("lti_admin:connection", args=[grades.uuid]),
        "launches": reverse("lti_admin:launches"),
        "launch": reverse("lti_admin:launch", args=[record.uuid]),
        "deliveries": reverse("lti_admin:deliveries") + "?show=pending",
        "deliveries-blocked": reverse("lti_admin:deliveries") + "?show=blocked",
        "delivery": reverse("lti_admin:delivery", args=[GradeTarget.objects.filter(cause=Cause.NOT_LEARNER).get().pk]),
    }
    for name, path in paths.items():
        admin(f"admin-{name}", path)


def test_admin_replays_a_launch_and_tests_a_connection(admin, grades, page, look):
    admin("admin-launch-before", reverse("lti_admin:launch", args=[LaunchRecord.objects.exclude(code="ok").get().uuid]))
    page.get_by_role("button", name="Check it against").click()
    page.get_by_role("heading", name="It would").wait_for()
    look("admin-replay", "#main")
    page.goto(page.url.split("/admin/")[0] + reverse("lti_admin:connection", args=[grades.uuid]))
    page.get_by_role("button", name="Test").first.click()
    page.locator(".lti-tag").first.wait_for()
    look("admin-preflight", "#main")
