"""Blackboard, Brightspace and Sakai: what each does otherwise, through a whole delivery where that shows it.

None of them was run: every test names where its rule was read. Moodle, Canvas and Open edX are in test_outbox and
test_comments, with the same gradebook in memory.
"""

import sys

import jwt
import pytest

from lti.grades.words import status_of
from lti.models import Cause, GradeState, Platform
from lti.products import PRODUCTS, Verdict, detected, product_named
from lti.products.base import GROUPS, LINE_ITEM, MEMBERS, RESULT, SCOPES, SCORE
from lti.services import ags, tokens
from lti.services.errors import TokenRefused
from tests.lti.conftest import add_platform
from tests.lti.enrolling import enrol, last, make_due, target
from tests.lti.fake_web import answer
from tests.lti.grading import deliver, give_grade

SUB = "person-7"
TOOL = dict.fromkeys(("name", "description", "domain", "login", "launch", "jwks", "icon"), "https://tool.example.org")
CONFIGURATION = "https://purl.imsglobal.org/spec/lti-tool-configuration"

BLACKBOARD, BRIGHTSPACE, SAKAI = (product_named(name) for name in ("blackboard", "brightspace", "sakai"))
NAMED = pytest.mark.parametrize("rules", ["blackboard", "brightspace", "sakai"])


@NAMED
def test_grade_comment_and_zero_arrive(lms, web, visitor, rules):
    book, participation = enrol(lms, web, visitor, rules)
    for ratio, words in (("0.8125", "Tea"), ("0", "You were kind.")):
        give_grade(participation, ratio, comment=words)
        deliver()
        cell = book.cells[SUB]
        assert (cell.score / cell.maximum, cell.comment) == (float(ratio), words)
    assert (len(book.posts()), target().state) == (2, GradeState.DELIVERED)


# hypothesis/lms #5685 (Blackboard's answer), the Brightspace notes in hypothesis/lms, and Sakai's LTI13Servlet.java.
@NAMED
def test_somebody_outside_the_course_is_blocked_once_and_comes_right_when_enrolled(lms, web, visitor, rules):
    book, participation = enrol(lms, web, visitor, rules)
    book.not_gradable = {SUB}
    give_grade(participation, "0.5")
    deliver()
    assert (target().state, target().cause, last()) == (GradeState.BLOCKED, Cause.NOT_LEARNER, "blocked")
    assert len(book.posts()) == 1
    assert status_of(target()).sentence == "The LMS does not take a grade for this person."
    assert Platform.objects.get().paused_until is None  # one person's trouble is not the LMS's
    book.not_gradable = set()
    make_due()
    deliver()
    assert (book.cells[SUB].score, target().state) == (50, GradeState.DELIVERED)


class TestBlackboard:
    # An omitted comment clears the one that is there: hypothesis/lms #5685.
    def test_teachers_words_survive_a_grade_without_a_comment(self, lms, web, visitor):
        book, participation = enrol(lms, web, visitor, "blackboard")
        give_grade(participation, "0.3")
        deliver()
        book.cells[SUB].comment = "See me after class."
        give_grade(participation, "0.5")
        deliver()
        assert (book.cells[SUB].score, book.cells[SUB].comment) == (50, "See me after class.")

    # A result asked for by user has no comment in it: hypothesis/lms #5685.
    def test_comment_is_looked_up_among_all_results(self, lms, web, visitor):
        book, _ = enrol(lms, web, visitor, "blackboard")
        give_grade(_, "0.3", comment="Tea")
        deliver()
        asked = [ags.read_result(lms.row, book.item_url, SUB, filtered=each).comment for each in (True, False)]
        assert asked == ["", "Tea"]
        assert not BLACKBOARD.filtered_result_has_comment

    # Comments are shown as HTML, line breaks as <br/>: hypothesis/lms #5685.
    def test_comment_of_several_lines_is_written_as_html(self, lms, web, visitor):
        book, participation = enrol(lms, web, visitor, "blackboard")
        give_grade(participation, "0.5", comment="You asked <why>.\nTea & time.")
        deliver()
        assert book.cells[SUB].comment == "You asked &lt;why&gt;.<br/>Tea &amp; time."

    def test_our_own_words_in_its_html_are_known_again(self, lms, web, visitor):
        book, participation = enrol(lms, web, visitor, "blackboard")
        for ratio, words in (("0.3", "One.\nTwo."), ("0.5", "Three.")):
            give_grade(participation, ratio, comment=words)
            deliver()
        assert book.cells[SUB].comment == "Three."

    # One issuer and key set for all customers, services on the customer's own host: oli-torus #1979.
    def test_services_may_lie_on_any_host_of_its_own(self):
        assert BLACKBOARD.host_suffixes == (".blackboard.com",)
        assert detected("", "school.blackboard.com") is BLACKBOARD

    def test_missing_column_is_named(self, lms, web, visitor):
        book, participation = enrol(lms, web, visitor, "blackboard")
        book.faults = [404]
        give_grade(participation, "0.5")
        deliver()
        assert (target().state, target().cause) == (GradeState.BLOCKED, Cause.COLUMN_GONE)


class TestBrightspace:
    # 404 for a user whom the course does not know, 403 for one who is not enrolled: hypothesis/lms, Brightspace notes.
    @pytest.mark.parametrize(
        ("status", "text", "verdict"),
        [
            (404, '{"detail": "The user could not be found."}', Verdict.REFUSED),
            (404, '{"detail": "Not Found"}', Verdict.GONE),
            (403, '{"detail": "Forbidden"}', Verdict.REFUSED),
            (403, "Rate Limit Exceeded", Verdict.THROTTLED),
            (429, "", Verdict.THROTTLED),
            (401, "", Verdict.UNAUTHORISED),
            (409, "", Verdict.STALE),
            (503, "", Verdict.BROKEN),
        ],
    )
    def test_what_its_answers_mean(self, status, text, verdict):
        assert BRIGHTSPACE.verdict(status, text) is verdict

    def test_unknown_user_is_not_taken_for_a_deleted_column(self, lms, web, visitor):
        book, participation = enrol(lms, web, visitor, "brightspace")
        book.faults = [(404, {}, b"User not found")]
        give_grade(participation, "0.5")
        deliver()
        assert (target().state, target().cause) == (GradeState.BLOCKED, Cause.NOT_LEARNER)

    # `aud` is https://api.brightspace.com/auth/token and not the token URL: hypothesis/lms, pylti1p3 #118.
    def test_assertion_is_meant_for_its_fixed_audience(self, web, organisation):
        school = add_platform(web, organisation, product="desire2learn", token_audience=BRIGHTSPACE.token_audience).row
        body = jwt.decode(tokens.assertion(school), options={"verify_signature": False})
        assert body["aud"] == "https://api.brightspace.com/auth/token" != school.token_url

    # Plain links get no grade item, deep-linked ones do: hypothesis/lms #4726.
    def test_no_column_is_made_behind_a_plain_link(self):
        assert not BRIGHTSPACE.makes_columns

    def test_registration_places_deep_links_where_teachers_add_content(self):
        messages = BRIGHTSPACE.registration(TOOL, ())[CONFIGURATION]["messages"]
        assert [(each["type"], each.get("placements")) for each in messages] == [
            ("LtiResourceLinkRequest", None),
            ("LtiDeepLinkingRequest", ["ContentArea"]),
        ]

    # More than the maximum is refused without "Can Exceed"; ours never is more: hypothesis/lms, Brightspace notes.
    def test_full_marks_are_the_maximum(self, lms, web, visitor):
        book, participation = enrol(lms, web, visitor, "brightspace")
        give_grade(participation, "1")
        deliver()
        assert (book.cells[SUB].score, book.cells[SUB].maximum) == (100, 100)


class TestSakai:
    # One scope that is not permitted refuses the whole token request: LTI13Servlet.java.
    def test_registration_asks_for_nothing_that_is_not_offered(self):
        assert SAKAI.scopes([SCORE, RESULT]) == [RESULT, SCORE]
        assert SAKAI.scopes([*SCOPES, GROUPS, "another"]) == [LINE_ITEM, RESULT, SCORE, MEMBERS, GROUPS]

    def test_each_call_asks_for_its_own_scope_alone(self, lms, web, visitor):
        enrol(lms, web, visitor, "sakai")
        asked = []

        def only_scores(call):
            asked.append(call.form()["scope"])
            if asked[-1] != SCORE:
                return answer(call, 400, {"error": "invalid_scope"})
            return answer(call, 200, {"access_token": "token-1", "token_type": "bearer", "expires_in": 3600})

        web.on("POST", lms.row.token_url, only_scores)
        with pytest.raises(TokenRefused):
            tokens.access_token(lms.row, (SCORE, MEMBERS))
        assert tokens.access_token(lms.row, (SCORE,)) == "token-1"
        assert asked == [f"{SCORE} {MEMBERS}", SCORE] or asked == [f"{MEMBERS} {SCORE}", SCORE]

    # The filter of line items is called `lti_link_id`, ours is ignored: LTI13Servlet.java.
    def test_column_is_found_where_the_filter_is_ignored(self, lms, web):
        items = f"{lms.row.issuer}/items"
        rows = [
            {"id": f"{items}/{number}", "label": "Care", "scoreMaximum": 100, "resourceLinkId": f"link-{number}"}
            for number in range(3)
        ]
        web.on("POST", lms.row.token_url, lambda call: answer(call, 200, {"access_token": "t", "expires_in": 3600}))
        web.on("GET", items, lambda call: answer(call, 200, rows))
        assert ags.find_line_item(lms.row, items, "link-1", "") == f"{items}/1"
        assert ags.find_line_item(lms.row, items, "link-9", "") is None

    # A registration calls itself "sakailms.org": LTI13Servlet.java.
    @pytest.mark.parametrize("name", ["sakai", "sakailms.org", "Sakai", "SakaiLMS"])
    def test_is_known_by_each_of_its_names(self, name):
        assert product_named(name) is SAKAI


@pytest.mark.parametrize("product", PRODUCTS, ids=lambda each: each.name)
def test_every_product_says_where_its_rules_were_read(product):
    said = sys.modules[type(product).__module__].__doc__ or ""
    assert "Evidence: " in said
    assert "nothing was run" in said or "not run" in said or "measured" in said or "instructure/canvas-lms" in said
