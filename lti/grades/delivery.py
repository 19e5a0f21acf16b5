"""Delivering one cell: posted, and after anything but a clean success read back.

What is delivered together, and when it is read and written down, is lti.grades.batches. Nothing here runs inside a
transaction but the writes.
Rules per LMS are lti.products; when to leave a platform alone is lti.grades.health, how wide its lane lti.grades.lanes.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

from foundation.api import Answer, OutboundError
from lti.grades import comments, health, resolving, statements
from lti.grades.outcomes import Outcome
from lti.models import Cause, DeliveryOutcome, GradeTarget, Platform
from lti.products import Product, Sending, Verdict
from lti.products.base import RESULT, SCORE
from lti.services import ags, calls, tokens
from lti.services.ags import Result
from lti.services.errors import NotAdmitted, PlatformBusy, PlatformDown, ServiceError, TokenRefused

SECOND = timedelta(seconds=1)
POSTS_PER_RUN = 2
# An intent that was noted longer ago is noted anew before the post: reading a cell, or a token, may outlast a lease.
NOTED_FOR_S = 5.0


class LeaseLost(Exception):
    """Another worker took the row over; what it does counts."""


@dataclass
class Delivery:
    """One run over one row. `noted` are timestamp and comment whose intent is written down already."""

    target: GradeTarget
    sub: str
    ratio: Decimal
    revision: int
    comment: str
    now: datetime
    platform: Platform
    product: Product
    is_unsure: bool
    comment_sent: str
    is_regrade: bool
    finished_at: datetime | None = None
    floor: datetime | None = None
    step: timedelta = SECOND
    latency_ms: int | None = None
    stamps: list[datetime] = field(default_factory=list)
    held: Result | None = None
    has_read: bool = False
    noted: tuple[datetime, str] | None = None
    begun: float = field(default_factory=lambda: time.monotonic())
    is_platform_down: bool = False

    def intent(self) -> tuple[datetime, str]:
        """Return timestamp and mark of the comment that the next post will leave behind."""
        stamp = next_stamp(self.now, self.target.stamp, self.floor, *self.stamps, step=self.step)
        return stamp, comments.mark_of(self.comment) or self.comment_sent

    @property
    def reads(self) -> bool:
        return RESULT in self.target.line_item.scopes


def deliver(delivery: Delivery) -> Outcome | None:
    """Turn every way a try can end into an outcome."""
    try:
        return _delivered(delivery)
    except LeaseLost:
        return None
    except PlatformBusy as busy:
        delivery.is_platform_down = True
        until = health.note_busy(delivery.platform, busy.seconds, delivery.now)
        return _retry(delivery, Cause.BUSY, str(busy), busy.status, until)
    except NotAdmitted as error:
        return _retry(delivery, Cause.FOREIGN_HOST, str(error), error.status)
    except TokenRefused as error:  # no grade of this platform can go: asking for each of them helps nobody
        _note_failure(delivery)
        return _retry(delivery, Cause.NO_ACCESS, str(error), error.status)
    except PlatformDown as error:
        _note_failure(delivery)
        return _retry(delivery, Cause.DOWN, str(error), error.status)
    except ServiceError as error:
        return Outcome(
            DeliveryOutcome.BLOCKED, str(error), error.status, is_unsure=delivery.is_unsure, cause=Cause.REFUSED
        )
    except OutboundError as error:
        _note_failure(delivery)
        return _retry(delivery, Cause.DOWN, str(error))


def _note_failure(delivery: Delivery) -> None:
    delivery.is_platform_down = True
    health.note_failure(delivery.platform, delivery.now)


def _delivered(delivery: Delivery) -> Outcome:
    """Post until the cell holds the value, at most twice: the second time so that the LMS can take it."""
    url = resolving.column_url(delivery.target.line_item, delivery.platform)
    if not url:
        note = "The LMS offers no gradebook column for this activity."
        return Outcome(DeliveryOutcome.BLOCKED, note, cause=Cause.NO_COLUMN)
    calls.check_admitted(delivery.platform, url)
    if delivery.is_unsure and _holds_it(delivery, url):
        return Outcome(DeliveryOutcome.CONFIRMED, "Read back: the LMS has this grade already.")
    comment = _comment(delivery, url)
    tokens.access_token(delivery.platform, (SCORE,))  # so that nothing but the post can fail once it is noted
    for _ in range(POSTS_PER_RUN):
        answer = _post(delivery, url, comment)
        text = answer.text(2000)
        verdict = delivery.product.verdict(answer.status, text)
        if verdict is Verdict.STORED:
            health.note_answer(delivery.platform, answer.headers)
            return Outcome(DeliveryOutcome.DELIVERED, status=answer.status)
        if verdict is Verdict.GONE:
            url = resolving.find_again(delivery.target.line_item, delivery.platform)
            if not url:
                return _blocked(delivery, answer, Cause.COLUMN_GONE, "The gradebook column is not there any more.")
            continue
        if verdict is Verdict.NO_ATTEMPT and not delivery.is_regrade:
            delivery.is_regrade = True
            continue
        if _holds_it(delivery, url):
            health.note_answer(delivery.platform, answer.headers)
            return Outcome(DeliveryOutcome.CONFIRMED, "Read back: the LMS has this grade.", answer.status)
        if verdict is not Verdict.STALE:
            return _judged(delivery, verdict, answer, text)
        _pass_later_stamp(delivery, text)
    return _retry(delivery, Cause.LATER_STAMP, "The LMS holds a later timestamp.", answer.status)


def _judged(delivery: Delivery, verdict: Verdict, answer: Answer, text: str) -> Outcome:
    """Return the outcome of a score that is not in its cell."""
    product = delivery.product
    if verdict in (Verdict.REFUSED, Verdict.NO_ATTEMPT):
        health.note_answer(delivery.platform, answer.headers)
        note = "The LMS refuses this grade; the person may not be a learner there."
        return _blocked(delivery, answer, Cause.NOT_LEARNER, note)
    if product.is_final(answer.status, text, delivery.target.tries):
        gone = answer.status == 401
        note = "The gradebook column seems to be gone." if gone else "The LMS fails on this grade each time."
        return _blocked(delivery, answer, Cause.COLUMN_GONE if gone else Cause.LOCKED, note)
    if verdict is Verdict.UNAUTHORISED:
        return _retry(delivery, Cause.NO_ACCESS, "The LMS does not accept its own access token.", 401)
    if product.is_platform_trouble(answer.status, text):
        _note_failure(delivery)
    return _retry(delivery, Cause.DOWN, f"The LMS answered {answer.status}.", answer.status)


def _post(delivery: Delivery, url: str, comment: str) -> Answer:
    """Note that a post is about to happen, under the lease, then post."""
    target, known = delivery.target, delivery.comment_sent
    stamp, mark = intent = delivery.intent()
    is_noted = delivery.noted == intent and time.monotonic() - delivery.begun < NOTED_FOR_S
    if not is_noted and not statements.note_intents([(target, stamp, mark)]):
        raise LeaseLost
    delivery.noted = intent
    is_shown = delivery.product.comments_add_up and mark == known
    sending = Sending(
        sub=delivery.sub,
        ratio=delivery.ratio,
        maximum=target.line_item.maximum,
        stamp=stamp,
        comment="" if is_shown else comment,
        resend=delivery.is_unsure,
        sent_before=delivery.is_regrade,
        finished_at=delivery.finished_at,
    )
    delivery.stamps.append(stamp)
    started = time.monotonic()
    before, delivery.is_unsure = delivery.is_unsure, True
    delivery.comment_sent = mark
    try:
        answer = ags.post_score(delivery.platform, url, delivery.product.score(sending))
        delivery.is_unsure = before or answer.status >= 500  # else the answer says what became of it
    except OutboundError as error:
        delivery.is_unsure = before or error.may_have_arrived
        if not error.may_have_arrived:
            delivery.comment_sent = known
        raise
    except ServiceError:  # busy, or no token: the score was not looked at
        delivery.is_unsure, delivery.comment_sent = before, known
        raise
    finally:
        delivery.latency_ms = int((time.monotonic() - started) * 1000)
    if 300 <= answer.status < 500:
        delivery.comment_sent = known
    return answer


def _comment(delivery: Delivery, url: str) -> str:
    """Return the comment to send: a teacher's own words stay where a score without them would clear them."""
    if not delivery.product.omitted_comment_clears or delivery.target.sent is None or not delivery.reads:
        return delivery.comment
    if not delivery.has_read:
        _read(delivery, url)
    found = delivery.held.comment if delivery.held else ""
    return comments.to_send(delivery.comment, found, delivery.target.comment_sent)


def _holds_it(delivery: Delivery, url: str) -> bool:
    """Read the cell where that is allowed: a cell that holds another value ends the doubt as well."""
    if not _read(delivery, url):
        return False
    delivery.is_unsure = False
    found = delivery.held
    if found is None or found.ratio is None:
        delivery.comment_sent = ""
        delivery.is_unsure = found is not None and delivery.ratio == 0 and delivery.product.zero_may_be_absent()
        return False
    delivery.floor = found.timestamp
    if delivery.product.same_ratio(found.ratio, delivery.ratio):
        return True
    delivery.comment_sent = delivery.target.comment_sent if not delivery.target.is_unsure else ""
    return False


def _read(delivery: Delivery, url: str) -> bool:
    """Read the cell, where that is allowed. False when we still do not know; raises nothing but PlatformBusy."""
    if not delivery.reads:
        return False
    whole = delivery.product.filtered_result_has_comment
    try:
        found = ags.read_result(delivery.platform, url, delivery.sub, filtered=whole)
    except PlatformBusy:
        raise
    except (ServiceError, OutboundError):
        return False
    delivery.held, delivery.has_read = found, True
    return True


def _pass_later_stamp(delivery: Delivery, text: str) -> None:
    """See to it that the next stamp is late enough, also where nothing says how late that is."""
    named = delivery.product.latest_stamp(text)
    if named is not None:
        delivery.floor = max(named, delivery.floor or named)
    if delivery.floor is None:
        delivery.step = SECOND * 2 ** min(delivery.target.tries, 17)


def next_stamp(now: datetime, *earlier: datetime | None, step: timedelta = SECOND) -> datetime:
    """Return a timestamp a second or more after every earlier one: Moodle compares whole seconds."""
    latest = max((moment for moment in earlier if moment is not None), default=None)
    return now if latest is None else max(now, latest + step)


def _retry(
    delivery: Delivery, cause: Cause, note: str, status: int | None = None, again_at: datetime | None = None
) -> Outcome:
    return Outcome(DeliveryOutcome.RETRY, note, status, again_at, is_unsure=delivery.is_unsure, cause=cause)


def _blocked(delivery: Delivery, answer: Answer, cause: Cause, note: str) -> Outcome:
    host = urlsplit(answer.url).hostname
    said = answer.text(200).strip()
    note = f"{note} {host} answered {answer.status}: {said}"
    return Outcome(DeliveryOutcome.BLOCKED, note, answer.status, cause=cause)
