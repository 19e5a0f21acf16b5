"""Two LMS sides that others wrote: choose content, launch, read the roster, and see the grade in their gradebook."""

from decimal import Decimal

import pytest

from learning.api import Participation
from lti import platforms, roster
from lti.models import Context, GradeState, GradeTarget, LaunchRecord, LtiPerson
from lti.ports import rename_learner
from lti.preflight import probe
from sandbox_lms.testing_browser import Browser
from tests.judges.running import Judge
from tests.lti.conftest import SCENARIO
from tests.lti.grading import deliver, give_grade

pytestmark = pytest.mark.django_db(transaction=True)
JUDGES = {"Open edX consumer": "openedx_platform.py", "lti1p3platform": "openlearning_platform.py"}


@pytest.fixture(scope="module", params=JUDGES)
def running(request, tmp_path_factory):
    found = Judge(JUDGES[request.param], tmp_path_factory.mktemp("judge"))
    found.product = "openedx" if "Open edX" in request.param else ""
    yield found
    found.stop()


@pytest.fixture
def judge(running, site, organisation):
    """A judge that knows our tool, and an approved connection here."""
    return joined(running, site, organisation)


def joined(judge, site, organisation, **more):
    tool = {"login": f"{site}/lti/login/", "launch": f"{site}/lti/launch/", "jwks": f"{site}/lti/jwks/"}
    said = judge.control("tool", {**tool, **more})
    deployment = said.pop("deployment_id")
    platform = platforms.add_platform(
        by="test", deployments={deployment: organisation}, organisation=organisation, product=judge.product, **said
    )
    platforms.approve_platform(platform, organisation, "test")
    judge.platform = platform
    return judge


def choose(judge):
    """Choose the scenario as a teacher; returns what the judge kept."""
    browser = Browser()
    page = browser.go("GET", judge.control("start", user="tess", what="choose")["url"])
    forms = [form for form in page.forms() if form.action.endswith("/answer/")]
    assert forms, (page.status, page.trail, page.body[:2000])
    fields = {"request": forms[0].fields["request"], "pick": f"scenario:{SCENARIO}", "graded": "1"}
    answered = browser.go("POST", forms[0].action, fields)
    assert answered.status == 200, (answered.body[:2000], judge.log())
    return judge.control("items")["items"]


def launch(judge, user):
    page = Browser().go("GET", judge.control("start", user=user, what="launch")["url"])
    assert page.status == 200, (page.trail, page.body[:3000], judge.log())
    return page


def test_chosen_content_is_taken_as_it_was_sent(judge):
    [item] = choose(judge)
    assert item["title"] == "The refund"
    assert item["custom"]["branchwise_target"] == f"scenario:{SCENARIO}"
    assert LaunchRecord.objects.count() == 0


def test_learner_and_teacher_launch_what_was_chosen(judge):
    choose(judge)
    assert "/play/" in launch(judge, "ada").url
    assert "/coach/" in launch(judge, "tess").url
    assert Participation.objects.get().placement.target_uuid == SCENARIO
    assert list(LaunchRecord.objects.values_list("code", flat=True)) == ["ok", "ok"]


def test_roster_gives_names(judge):
    choose(judge)
    launch(judge, "ada")
    person = LtiPerson.objects.get()
    rename_learner(person.learner, "")
    assert roster.take_over_names(Context.objects.get()) == 1
    person.learner.refresh_from_db()
    assert person.learner.display_name == "Ada Learner"


def test_score_reaches_the_gradebook_and_newest_wins(judge):
    choose(judge)
    launch(judge, "ada")
    participation = Participation.objects.get()
    for ratio in ("0.25", "0.8", "0"):
        give_grade(participation, ratio)
        deliver()
        target = GradeTarget.objects.get()
        assert target.state == GradeState.DELIVERED, (target.last_error, judge.log())
    newest = judge.control("grades")["grades"][-1]
    assert newest["user"] == "ada"
    assert Decimal(str(newest["score"])) / Decimal(str(newest["maximum"])) == 0


def test_preflight_finds_nothing_wrong(judge):
    choose(judge)
    launch(judge, "ada")
    assert [each for each in probe(judge.platform) if each.ok is False] == []


def test_open_edx_in_programmatic_mode_gets_a_column_that_counts(running, site, organisation):
    if not running.product:
        pytest.skip("a mode of Open edX alone")
    judge = joined(running, site, organisation, mode="programmatic")
    choose(judge)
    launch(judge, "bo")
    give_grade(Participation.objects.get(), "0.6")
    deliver()
    assert GradeTarget.objects.get().state == GradeState.DELIVERED, judge.log()
    [grade] = judge.control("grades")["grades"]
    assert (grade["user"], grade["score"]) == ("bo", 3.0)
