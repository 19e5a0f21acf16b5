"""The score service: one POST, judged by the personality's rules, kept, logged, and sometimes spoilt."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse

from sandbox_lms import faults, gradebook, scopes
from sandbox_lms.ags_rules.common import Column, Standing, Verdict, parse_object, read_number, text_of
from sandbox_lms.models import Course, Enrolment, LineItem, Person, ScorePost
from sandbox_lms.services import Call, CallRefused, safe_reason, service


@service("scores")
def scores(call: Call, *, item: int, **_: Any) -> HttpResponse:
    """Answer a posted score."""
    fault = faults.strike(call.lms, "scores")
    if fault is not None and not fault.applies:
        _log(call, None, Verdict(faults.seen_status(fault)), fault=fault.kind)
        return faults.answer(fault, call.request)
    try:
        if call.request.method != "POST":
            raise call.refuse(405, "GET requests are not allowed.")
        call.need(scopes.SCORE)
        call.expect(scopes.SCORE_TYPE)
        found = call.find_item(item)
        verdict = _apply(call, found)
    except CallRefused as refused:
        refusal = refused.refusal
        verdict = Verdict(refusal.status, refusal.body, None, refusal.reason, refusal.content_type)
        found = None
    if fault is not None:
        seen = Verdict(faults.seen_status(fault), verdict.body, verdict.record, verdict.reason)
        _log(call, found, seen, fault=fault.kind)
        return faults.answer(fault, call.request)
    _log(call, found, verdict)
    reason = safe_reason(verdict.reason)
    return HttpResponse(verdict.body, status=verdict.status, content_type=verdict.content_type, reason=reason)


@transaction.atomic
def _apply(call: Call, item: LineItem) -> Verdict:
    # One immediate transaction from reading the record to writing it: two posts at once are judged in turn.
    post = parse_object(call.request.body) or {}
    person, standing = _recipient(call, item.course, text_of(post, "userId"))
    grade = item.grades.filter(person=person).first() if person else None
    path = call.lms.issuer + call.personality.line_item_path(item)
    result_url = f"{path}/results/{person.pk if person else 0}"
    verdict = call.personality.judge(
        call.request.body, _column(item), gradebook.record_of(grade), standing, call.lms, result_url
    )
    if verdict.record is not None and person is not None:
        gradebook.keep(item, person, verdict.record, by=call.registration.name)
    return verdict


def _column(item: LineItem) -> Column:
    # Open edX publishes a score only on the block's own line item and before the due date (signals.py).
    own = item.link is not None and item.resource_link_id == item.link.resource_link_id
    return Column(
        maximum=item.maximum,
        publishes=own and not (item.link is not None and item.link.past_due),
        locked=item.locked,
        attempts_allowed=item.attempts_allowed,
    )


def _recipient(call: Call, course: Course, user_id: str) -> tuple[Person | None, Standing]:
    person = call.find_person(user_id)
    if person is None:
        return None, "unknown"
    enrolment = Enrolment.objects.filter(course=course, person=person).first()
    if enrolment is None:
        return person, "outsider"
    # A suspended learner can still be graded (SOURCES.md M6).
    return person, "learner" if enrolment.role == Enrolment.LEARNER else "teacher"


def _log(call: Call, item: LineItem | None, verdict: Verdict, *, fault: str = "") -> None:
    post = parse_object(call.request.body) or {}
    ScorePost.objects.create(
        lms=call.lms,
        line_item=item,
        user_id=text_of(post, "userId")[:300],
        given=read_number(post.get("scoreGiven")),
        maximum=read_number(post.get("scoreMaximum")),
        stamp=text_of(post, "timestamp")[:60],
        grading_progress=text_of(post, "gradingProgress")[:60],
        status=verdict.status,
        reason=verdict.reason or (verdict.body[:500] if verdict.status >= 400 else ""),
        applied=verdict.record is not None,
        fault=fault,
    )
