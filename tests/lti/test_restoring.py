"""Migrations, rolled back and forth, and an old backup put back, with grades pending: none lost, none wrong (fault test F13)."""

import sqlite3

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from learning.api import Grade, Participation
from lti.grades.verifying import verify
from lti.models import GradeDelivery, GradeState, GradeTarget
from tests.lti.enrolling import enrol, make_due, target
from tests.lti.grading import deliver, give_grade

pytestmark = pytest.mark.django_db(transaction=True)
SUB = "person-7"
RULES = ["plain", "moodle", "canvas", "openedx", "brightspace", "sakai", "blackboard"]


@pytest.fixture
def backup():
    """Take and put back a backup of the whole database, as an operator does with the site stopped."""
    if connection.vendor != "sqlite":
        pytest.skip("a backup of PostgreSQL is pg_dump's business; the rows behave the same")
    kept = sqlite3.connect(":memory:")

    class Backup:
        def take(self):
            connection.connection.backup(kept)

        def put_back(self):
            kept.backup(connection.connection)

    yield Backup()
    kept.close()


@pytest.fixture
def migrate():
    """Bring an app to one of its migrations; at the end everything is as new again."""

    def to(app, name):
        executor = MigrationExecutor(connection)
        executor.migrate([(app, name)])

    yield to
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def latest(app):
    names = sorted(name for label, name in MigrationExecutor(connection).loader.graph.nodes if label == app)
    return names[-1], names[-2]


def shown(book):
    cell = book.cells.get(SUB)
    return None if cell is None else cell.score / cell.maximum


@pytest.mark.parametrize("rules", RULES)
def test_grade_pending_in_a_restored_backup_is_sent_and_counts(lms, web, visitor, backup, rules):
    """The LMS has later stamps than the backup knows of: the backup's newest grade arrives all the same, and stays."""
    book, participation = enrol(lms, web, visitor, rules)
    give_grade(participation, "0.3")
    deliver()
    give_grade(participation, "0.6")
    backup.take()
    deliver()
    give_grade(participation, "0.9")
    deliver()
    assert shown(book) == 0.9
    backup.put_back()
    for _ in range(3):
        make_due()
        deliver()
    assert (shown(book), target().sent, target().state) == (0.6, Grade.objects.get().ratio, GradeState.DELIVERED)
    assert GradeTarget.objects.count() == 1


@pytest.mark.parametrize("rules", RULES)
def test_grade_delivered_meanwhile_is_not_made_twice(lms, web, visitor, backup, rules):
    """The backup was taken between grade and delivery; the delivery itself is what the backup forgot."""
    book, participation = enrol(lms, web, visitor, rules)
    give_grade(participation, "0.6", comment="Tea")
    backup.take()
    deliver()
    backup.put_back()
    for _ in range(3):
        make_due()
        deliver()
    assert (shown(book), target().state) == (0.6, GradeState.DELIVERED)
    assert book.cells[SUB].comment == "Tea"


def test_what_the_backup_had_delivered_is_left_alone_and_reported(lms, web, visitor, backup):
    """A grade given after the backup is in the gradebook alone: it is not pulled down, and `grades verify` names it."""
    book, participation = enrol(lms, web, visitor)
    give_grade(participation, "0.3")
    deliver()
    backup.take()
    give_grade(participation, "0.9")
    deliver()
    backup.put_back()
    assert deliver() == 0
    assert shown(book) == 0.9
    [difference] = verify(now=timezone.now())
    assert (float(difference.expected), float(difference.found)) == (0.3, 0.9)
    assert shown(book) == 0.9


@pytest.mark.parametrize("app", ["lti", "learning"])
def test_pending_and_unsure_grades_survive_a_migration_rolled_back_and_made_again(lms, web, visitor, migrate, app):
    book, participation = enrol(lms, web, visitor)
    give_grade(participation, "0.3")
    deliver()
    book.faults = [("applied", "timeout")]
    give_grade(participation, "0.6")
    deliver()
    before = GradeTarget.objects.values().get()
    assert (before["state"], before["is_unsure"]) == (GradeState.PENDING, True)
    tries = GradeDelivery.objects.count()
    newest, older = latest(app)
    migrate(app, older)
    migrate(app, newest)
    assert GradeTarget.objects.values().get() == before
    assert GradeDelivery.objects.count() == tries
    make_due()
    deliver()
    assert (shown(book), target().state, len(book.posts())) == (0.6, GradeState.DELIVERED, 2)
    assert Participation.objects.count() == 1
