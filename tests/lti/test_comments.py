"""Comments beside grades: each LMS's own ways, and a teacher's words that nothing takes away."""

import pytest

from lti.grades import comments
from lti.models import GradeState
from tests.lti.enrolling import enrol, make_due, target
from tests.lti.grading import deliver, give_grade

SUB = "person-7"


@pytest.mark.parametrize("rules", ["plain", "moodle", "canvas", "openedx"])
def test_comment_goes_along_with_the_grade(lms, web, visitor, rules):
    book, participation = enrol(lms, web, visitor, rules)
    give_grade(participation, "0.5", comment="Tea")
    deliver()
    assert book.cells[SUB].comments == ["Tea"]
    assert target().comment_sent == comments.mark_of("Tea")


@pytest.mark.parametrize("rules", ["plain", "moodle", "canvas", "openedx"])
def test_new_words_beside_the_same_grade_are_sent(lms, web, visitor, rules):
    book, participation = enrol(lms, web, visitor, rules)
    give_grade(participation, "0.5", comment="Tea")
    deliver()
    give_grade(participation, "0.5", comment="You were kind.")
    deliver()
    assert (book.cells[SUB].comment, book.cells[SUB].submissions) == ("You were kind.", 1 if rules == "canvas" else 2)
    deliver()
    assert len(book.posts()) == 2


def test_canvas_shows_each_comment_once(lms, web, visitor):
    book, participation = enrol(lms, web, visitor, "canvas")
    for ratio, words in (("0.3", "Tea"), ("0.6", "Tea"), ("0.7", ""), ("0.8", "Well done.")):
        give_grade(participation, ratio, comment=words)
        deliver()
    assert book.cells[SUB].comments == ["Tea", "Well done."]


@pytest.mark.parametrize("applied", [False, True], ids=["lost", "applied"])
def test_canvas_shows_a_comment_once_after_a_time_out(lms, web, visitor, applied):
    book, participation = enrol(lms, web, visitor, "canvas")
    book.faults = [("applied", "timeout") if applied else "timeout"]
    give_grade(participation, "0.5", comment="Tea")
    deliver()
    make_due()
    deliver()
    assert (book.cells[SUB].comments, target().state) == (["Tea"], GradeState.DELIVERED)


def test_canvas_comment_that_was_refused_goes_along_later(lms, web, visitor):
    book, participation = enrol(lms, web, visitor, "canvas")
    book.not_gradable = {SUB}
    give_grade(participation, "0.5", comment="Tea")
    deliver()
    book.not_gradable = set()
    make_due()
    deliver()
    assert book.cells[SUB].comments == ["Tea"]


@pytest.mark.parametrize("rules", ["moodle", "openedx"])
def test_teachers_own_words_stay_where_a_score_would_clear_them(lms, web, visitor, rules):
    book, participation = enrol(lms, web, visitor, rules)
    give_grade(participation, "0.3")
    deliver()
    for ratio, words in (("0.5", ""), ("0.7", "Tea"), ("0.9", "You were kind.")):
        book.cells[SUB].comment = "See me after class."
        give_grade(participation, ratio, comment=words)
        deliver()
        assert book.cells[SUB].comment == "See me after class."


@pytest.mark.parametrize("rules", ["moodle", "openedx"])
def test_our_own_words_are_replaced_by_newer_ones(lms, web, visitor, rules):
    book, participation = enrol(lms, web, visitor, rules)
    for ratio, words in (("0.3", "Tea"), ("0.5", "Silence"), ("0.7", "You were kind.")):
        give_grade(participation, ratio, comment=words)
        deliver()
        assert book.cells[SUB].comment == words


@pytest.mark.parametrize(
    ("ours", "found", "sent", "goes"),
    [
        ("new", "", "", "new"),
        ("new", "old", "old", "new"),
        ("", "old", "old", ""),
        ("", "teacher", "old", "teacher"),
        ("new", "teacher", "old", "teacher"),
        ("new", "<p>old</p>\n", "old", "new"),
    ],
)
def test_whose_words_go(ours, found, sent, goes):
    assert comments.to_send(ours, found, comments.mark_of(sent)) == goes
