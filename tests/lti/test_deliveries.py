"""Grades on their way for those who look after them: pages, deeds, the sheet, commands, figures, and words for teachers."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from foundation.api import AuditEntry, Organisation
from foundation.metrics import exposition
from lti.admin.sheets import guarded
from lti.grades import figures, status, words
from lti.models import Cause, GradeDelivery, GradeState, GradeTarget, LineItem, Platform
from tests.lti.conftest import add_platform
from tests.lti.enrolling import enrol, make_due, target
from tests.lti.grading import deliver, give_grade
from tests.lti.test_admin import sign_in
from tests.lti.test_lanes import with_people


@pytest.fixture
def admin(organisation):
    return sign_in(organisation)


@pytest.fixture
def two(lms, web, visitor, organisation):
    """Three grades at one LMS, one at another."""
    with_people(lms, web, visitor, 3)
    other = add_platform(web, organisation, name="other", key="second")
    other.extra = {name: value for name, value in lms.extra.items() if "custom" in name}
    with_people(other, web, visitor, 1)
    return lms.row, other.row


def act(client, **posted):
    return client.post(reverse("lti_admin:deliveries-act"), posted)


def listed(client, **query):
    return client.get(reverse("lti_admin:deliveries"), query).context["rows"].object_list


def states(platform):
    return set(GradeTarget.objects.filter(platform=platform).values_list("state", flat=True))


# --- Pages


def test_list_is_narrowed_by_lms_course_words_and_age(admin, two):
    first, second = two
    course = GradeTarget.objects.filter(platform=second).get().line_item.context
    assert len(listed(admin, show="pending")) == 4
    assert len(listed(admin, show="pending", platform=first.pk)) == 3
    assert len(listed(admin, show="pending", course=course.pk)) == 1
    assert len(listed(admin, show="pending", q="other-0")) == 1
    GradeTarget.objects.filter(platform=first).update(pending_since=timezone.now() - timedelta(hours=3))
    assert len(listed(admin, show="pending", hours="1")) == 1
    for wrong in ({"platform": "x"}, {"course": "9" * 40}, {"hours": "7"}, {"show": "nonsense"}, {"q": "\0"}):
        assert admin.get(reverse("lti_admin:deliveries"), wrong).status_code == 200


def test_all_that_is_chosen_is_parked_resent_and_given_up(admin, two):
    first, second = two
    act(admin, action="park", reach="all", platform=first.pk, show="pending")
    assert (states(first), states(second)) == ({GradeState.PARKED}, {GradeState.PENDING})
    act(admin, action="resend", reach="all", platform=first.pk, show="parked")
    assert states(first) == {GradeState.PENDING}
    act(admin, action="discard", reach="all", platform=first.pk, show="pending")
    assert (states(first), states(second)) == ({GradeState.NOTHING}, {GradeState.PENDING})
    noted = AuditEntry.objects.filter(action__startswith="lti.grades_").values_list("action", flat=True)
    assert set(noted) == {"lti.grades_parked", "lti.grades_resent", "lti.grades_discarded"}


def test_nothing_happens_without_a_deed(admin, two):
    act(admin, action="nonsense", reach="all", show="pending")
    assert states(two[0]) == {GradeState.PENDING}


def test_what_was_given_up_is_not_sent_but_the_next_grade_is(lms, web, visitor, admin):
    book, participation = enrol(lms, web, visitor)
    give_grade(participation, "0.4")
    act(admin, action="discard", target=[target().pk])
    make_due()
    GradeTarget.objects.filter(state=GradeState.NOTHING).update(due_at=None)
    assert (deliver(), book.posts()) == (0, [])
    give_grade(participation, "0.6")
    deliver()
    assert book.cells["person-7"].score == 60


def test_other_organisation_can_neither_export_nor_act(two, db):
    stranger = sign_in(Organisation.objects.create(name="South", slug="south"), name="south-admin")
    act(stranger, action="park", reach="all", show="pending")
    assert states(two[0]) == {GradeState.PENDING}
    sheet = b"".join(stranger.get(reverse("lti_admin:deliveries-export")).streaming_content).decode()
    assert len(sheet.splitlines()) == 1


def test_sheet_holds_every_chosen_grade_and_no_formula(admin, two):
    learner = GradeTarget.objects.filter(platform=two[1]).get().person.learner
    learner.display_name = "=HYPERLINK(1)"
    learner.save()
    GradeTarget.objects.update(last_error='@cmd, "quoted"\nsecond line')
    answer = admin.get(reverse("lti_admin:deliveries-export"), {"show": "pending"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode(), newline="")))
    assert (answer["Content-Type"], len(rows)) == ("text/csv; charset=utf-8", 5)
    assert rows[4][0] == "'=HYPERLINK(1)"
    assert {row[11] for row in rows[1:]} == {'\'@cmd, "quoted"\nsecond line'}


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\ta", "\ra", "\na", "\0=a"])
def test_cells_that_a_spreadsheet_would_run_are_text(cell):
    assert guarded(cell) == "'" + cell.replace("\0", "")
    assert guarded("a" + cell) == "a" + cell.replace("\0", "")


# --- Reading back


def test_teachers_change_is_shown_as_differing_and_never_overwritten(lms, web, visitor, admin):
    book, participation = enrol(lms, web, visitor, "moodle")
    give_grade(participation, "0.5")
    deliver()
    book.cells["person-7"].score = 70
    with pytest.raises(CommandError, match="1 cell differs"):
        call_command("grades", "verify")
    assert (book.cells["person-7"].score, target().differs, str(target().found)) == (70, True, "0.7000")
    assert (deliver(), len(book.posts())) == (0, 1)
    said = status.delivery_status([participation.pk])[participation.pk]
    assert "70.0 %" in said.sentence
    assert "left alone" in said.advice
    assert len(listed(admin, show="differs")) == 1
    book.cells["person-7"].score = 50
    call_command("grades", "verify")
    assert (target().differs, target().is_confirmed) == (False, True)


def test_new_grade_ends_a_difference(lms, web, visitor):
    book, participation = enrol(lms, web, visitor)
    give_grade(participation, "0.5")
    deliver()
    GradeTarget.objects.update(differs=True, found="0.7")
    give_grade(participation, "0.6")
    deliver()
    assert (target().differs, target().found, book.cells["person-7"].score) == (False, None, 60)


# --- Commands


def test_commands_say_how_grades_stand_and_act_on_those_named(two, capsys):
    call_command("grades", "status", "--platform", "other.example.org")
    assert "       1  On its way" in capsys.readouterr().out
    call_command("grades", "park", "--platform", "other")
    call_command("grades", "resend", "--state", "parked")
    call_command("grades", "discard", "--id", str(GradeTarget.objects.first().pk))
    call_command("grades", "resend", "--since", "2h")
    out = capsys.readouterr().out
    assert out == "1 grade set aside.\n1 grade sent again.\n1 grade given up.\n3 grades sent again.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("resend",),
        ("park",),
        *(("resend", "--since", text) for text in ("yesterday", "2026-13-40T00:00", "²h", "999999999999d")),
    ],
    ids=" ".join,
)
def test_command_wants_to_know_which_grades(two, arguments):
    with pytest.raises(CommandError):
        call_command("grades", *arguments)


# --- Figures


def test_figures_are_read_from_rows(two, lms):
    figures._tries_so_far.__init__()
    deliver()
    text = exposition()
    for line in (
        'branchwise_grade_delivery_total{platform="lms",outcome="delivered"} 3',
        'branchwise_grade_delivery_total{platform="other",outcome="delivered"} 1',
        "branchwise_grades_pending 0",
        "branchwise_grades_parked 0",
        "branchwise_grade_oldest_pending_seconds 0",
        'branchwise_grade_breaker_open{platform="lms"} 0',
        'branchwise_grade_concurrency{platform="lms"} 2',
        "branchwise_gauges_failed 0",
    ):
        assert line in text
    figures._tries_so_far.__init__()


def test_tries_are_counted_once_however_often_they_are_asked_for(two):
    figures._tries_so_far.__init__()
    deliver()
    GradeDelivery.objects.update(at=timezone.now() - timedelta(hours=1))
    assert [sum(figures._tries_so_far.now().values()) for _ in range(3)] == [4, 4, 4]
    figures._tries_so_far.__init__()


def test_grade_that_is_old_makes_the_site_degraded_not_dead(two, client):
    GradeTarget.objects.update(pending_since=timezone.now() - timedelta(minutes=20))
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert "for 20 minutes" in answer.json()["warnings"]["grades"]


# --- Words


@pytest.mark.parametrize("cause", [cause for cause in Cause if cause])
def test_every_cause_has_words_and_something_to_do(cause):
    what, to_do = words.explain(cause)
    assert what.endswith(".")
    assert to_do.endswith(".")


@pytest.mark.parametrize(
    ("rules", "prepare", "cause"),
    [
        ("moodle", lambda book: setattr(book, "not_gradable", {"person-7"}), Cause.NOT_LEARNER),
        ("plain", lambda book: book.faults.append(503), Cause.DOWN),
        ("plain", lambda book: book.faults.append((429, {}, b"")), Cause.BUSY),
        ("plain", lambda book: book.faults.append((403, {}, b"no")), Cause.NOT_LEARNER),
    ],
)
def test_what_the_lms_did_becomes_a_cause(lms, web, visitor, rules, prepare, cause):
    book, participation = enrol(lms, web, visitor, rules)
    prepare(book)
    give_grade(participation, "0.4")
    deliver()
    assert target().cause == cause
    said = status.delivery_status([participation.pk])[participation.pk]
    assert (said.status, said.sentence) == ("delayed", words.explain(cause)[0])


def test_placement_without_a_column_says_so(lms, web, visitor):
    _, participation = enrol(lms, web, visitor)
    assert status.missing_column(participation.placement_id) == ("", "")
    LineItem.objects.all().delete()
    what, to_do = status.missing_column(participation.placement_id)
    assert (what, "accept grades" in to_do) == ("This activity has no column in the gradebook.", True)
    Platform.objects.all().delete()  # no LMS, no gradebook
    assert status.missing_column(participation.placement_id) == ("", "")
