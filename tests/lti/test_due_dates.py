"""Due dates that the LMS writes into custom parameters: taken over at each launch, never made up."""

from datetime import UTC, datetime

import pytest

from learning.api import Placement, read_policies
from lti.launching import dates
from lti.launching.dates import Said
from lti.products import PLAIN, product_named
from lti.products.base import END_DATES
from tests.lti.conftest import SCENARIO, add_platform
from tests.lti.signing_platform import LEARNER, TEACHER
from tests.lti.test_deep_linking import ITEMS, choose

DUE, LATER, EARLIER = "2026-05-01T21:59:59Z", "2026-05-08T21:59:59Z", "2026-04-24T21:59:59Z"
TEST_USER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"
UNKNOWN = dict(END_DATES)


def moment(text):
    return datetime.fromisoformat(text) if text else None


def launch(lms, visitor, role=LEARNER, **ends):
    custom = {"branchwise_target": f"scenario:{SCENARIO}", "branchwise_item": "item-1"}
    response = lms.launch(visitor, roles=[role], custom={**custom, **ends})
    assert response.status_code == 303, response.content.decode()
    return read_policies(Placement.objects.get().policies).due_at


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ({}, Said(is_told=False)),
        (UNKNOWN, Said(is_told=False)),
        ({"branchwise_due": DUE}, Said(is_told=True, due_at=moment(DUE))),
        ({"branchwise_due": DUE, "branchwise_until": LATER}, Said(is_told=True, due_at=moment(DUE))),
        ({"branchwise_due": "", "branchwise_until": LATER}, Said(is_told=True, due_at=moment(LATER))),
        ({**UNKNOWN, "branchwise_until": LATER}, Said(is_told=True, due_at=moment(LATER))),
        ({"branchwise_due": None, "branchwise_until": ""}, Said(is_told=True)),
        ({**UNKNOWN, "branchwise_due": ""}, Said(is_told=True)),
        ({"branchwise_due": "2026-05-01T23:59:59+02:00"}, Said(is_told=True, due_at=moment(DUE))),
        ({"branchwise_due": "2026-05-01T21:59:59"}, Said(is_told=True, due_at=datetime(2026, 5, 1, 21, 59, 59, tzinfo=UTC))),
        ({"branchwise_due": "1 May"}, Said(is_told=False)),
        ({"branchwise_due": 1777672799}, Said(is_told=False)),
        ({"branchwise_due": ["2026"]}, Said(is_told=False)),
        ({"branchwise_due": "0001-01-01T00:00:00+14:00"}, Said(is_told=False)),
        ({"branchwise_due": "9" * 5000}, Said(is_told=False)),
    ],
    ids=[
        "nothing", "unknown variables", "due", "due before it closes", "closes only", "closes, due unknown", "none",
        "no due date, closing unknown", "other zone", "no zone", "words", "a number", "a list", "before all time", "long",
    ],
)  # fmt: skip
def test_what_a_launch_says(ends, said):
    assert dates.read({"https://purl.imsglobal.org/spec/lti/claim/custom": ends}) == said


def test_due_date_comes_with_the_first_launch(lms, visitor):
    assert launch(lms, visitor, branchwise_due=DUE) == moment(DUE)


def test_teacher_moves_and_lifts_it(lms, visitor):
    launch(lms, visitor, branchwise_due=DUE)
    found = [launch(lms, visitor, TEACHER, branchwise_due=date) for date in (LATER, EARLIER, "")]
    assert found == [moment(LATER), moment(EARLIER), None]


def test_one_learners_own_date_never_cuts_the_others_short(lms, visitor):
    launch(lms, visitor, TEACHER, branchwise_due=DUE)
    assert launch(lms, visitor, branchwise_due=EARLIER) == moment(DUE)
    assert launch(lms, visitor, branchwise_due="") == moment(DUE)
    assert launch(lms, visitor, branchwise_due=LATER) == moment(LATER)


@pytest.mark.parametrize(
    "ends", [{}, UNKNOWN, {"branchwise_due": "soon"}], ids=["absent", "unsubstituted", "unreadable"]
)
def test_what_says_nothing_changes_nothing(lms, visitor, ends):
    launch(lms, visitor, TEACHER, branchwise_due=DUE)
    assert launch(lms, visitor, TEACHER, **ends) == moment(DUE)


def test_student_view_changes_nothing(lms, visitor):
    assert launch(lms, visitor, TEST_USER, branchwise_due=DUE) is None


@pytest.mark.parametrize(
    ("product", "asked"),
    [
        ("moodle", {}),
        ("openedx", {}),
        ("canvas", END_DATES),
        ("brightspace", END_DATES),
        ("sakai", END_DATES),
        ("blackboard", END_DATES),
        ("somethingelse", END_DATES),
    ],
)
def test_registration_asks_where_the_lms_may_know(product, asked):
    rules = product_named(product)
    tool = dict.fromkeys(("name", "description", "domain", "login", "launch", "jwks", "icon"), "https://tool.example")
    body = rules.registration(tool, ())
    configuration = body["https://purl.imsglobal.org/spec/lti-tool-configuration"]
    assert configuration["custom_parameters"] == asked
    assert (rules is PLAIN) == (product == "somethingelse")


def test_canvas_configuration_asks_too(client):
    assert client.get("/lti/canvas.json").json()["custom_fields"] == END_DATES


@pytest.mark.parametrize(("product", "asked"), [("canvas", END_DATES), ("moodle", {})])
def test_deep_link_asks_where_the_lms_may_know(web, content, organisation, visitor, product, asked):
    lms = add_platform(web, organisation, product=product)
    _, body = choose(lms, visitor, [f"scenario:{SCENARIO}"])
    custom = body[ITEMS][0]["custom"]
    assert {name: value for name, value in custom.items() if name in END_DATES} == asked
