"""What a launch costs in statements and calls: figures that must not creep up."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.api import Participation
from lti import login_states, records
from tests.lti.fake_lms import FakeLms
from tests.lti.grading import deliver, give_grade

AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"


def statements(queries):
    """Leave out BEGIN, COMMIT and SAVEPOINT: they carry no rows."""
    return [each["sql"] for each in queries if each["sql"].split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE")]


def test_warm_launch_takes_few_statements_and_no_call(lms, web, visitor, monkeypatch):
    for rare in (login_states, records):  # one launch in many also clears away what is old
        monkeypatch.setattr(rare, "PURGE_ONE_IN", 10**9)
    lms.extra[AGS] = FakeLms(web, lms.row.issuer).endpoint
    lms.launch(visitor)
    lms.launch(visitor)
    made = len(web.calls)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        lms.launch(visitor)
    found = statements(captured.captured_queries)
    assert len(web.calls) == made
    assert len(found) <= 6, "\n".join(found)


def test_delivery_takes_few_statements(lms, web, visitor):
    lms.extra[AGS] = FakeLms(web, lms.row.issuer).endpoint
    lms.launch(visitor)
    participation = Participation.objects.get()
    give_grade(participation, "0.5")
    deliver()
    give_grade(participation, "0.6")
    with CaptureQueriesContext(connection) as captured:
        deliver()
    found = statements(captured.captured_queries)
    assert len(found) <= 14, "\n".join(found)
