"""The JSON API of play: the overview of a participation, a module's attempt, a step, a restart."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from learning import arranging, attempts, courses, play
from learning.answering import serve
from learning.errors import NotThere, StepRefused
from learning.judgement_work import go_on_when_late
from learning.tokens import Grant
from learning.views.answers import Unreadable, answers, bearer, body_of, in_language, json_answer
from scenario_engine.actions import LearnerAction, TimeUp


class Posted(msgspec.Struct):
    """The body of a step. `seq` is read first, so that a broken action still gets the current view."""

    seq: int
    action: msgspec.Raw


# "Time is up" is the host's to record; a browser only says that its clock has run out, and ours is compared.
_ACTIONS = msgspec.json.Decoder(LearnerAction | TimeUp)


@answers()
@require_GET
def overview(request: HttpRequest, participation: UUID) -> HttpResponseBase:
    """Return the modules of a participation and how far the learner is."""
    grant = _grant(request, participation)
    with in_language(grant):
        return json_answer(courses.overview(grant, timezone.now()))


@answers()
@require_GET
def module(request: HttpRequest, participation: UUID, module: str) -> HttpResponseBase:
    """Return where the learner is in a module, starting it on the first visit."""
    grant, now = _grant(request, participation), timezone.now()
    with in_language(grant):
        row = attempts.start_or_resume(grant, module, now)
        arranging.arrange(row, now)
        state = attempts.decode_state(row.state)
        if go_on_when_late(row, state, now):
            row = attempts.find_attempt(grant, row.pk)
            state = attempts.decode_state(row.state)
        served = serve(grant, row, state, now)
        if arranging.take_time(row, served, now):
            served = serve(grant, row, attempts.decode_state(row.state), now)
        return json_answer(served)


@answers()
@require_POST
def act(request: HttpRequest, participation: UUID, module: str) -> HttpResponseBase:
    """Take one step: 200 with what comes next, 409 or 422 with what is current."""
    grant, now = _grant(request, participation), timezone.now()
    posted = _posted(request)
    with in_language(grant):
        row = attempts.find_current(grant, module)
        action = _action(posted)
        if action is None:
            served = serve(grant, row, attempts.decode_state(row.state), now)
            raise StepRefused("action.malformed", _("That is not something one can do here."), served)
        return json_answer(play.take_step(grant, row, posted.seq, action, now).served)


@answers()
@require_POST
def restart(request: HttpRequest, participation: UUID, module: str) -> HttpResponseBase:
    """Start the next attempt at a module."""
    grant, now = _grant(request, participation), timezone.now()
    with in_language(grant):
        row = attempts.restart(grant, module, now)
        arranging.arrange(row, now)
        return json_answer(serve(grant, row, attempts.decode_state(row.state), now))


def _grant(request: HttpRequest, participation: UUID) -> Grant:
    grant = bearer(Grant, request)
    if grant.participation != participation:
        raise NotThere
    return grant


def _action(posted: Posted) -> LearnerAction | TimeUp | None:
    """Return the action, or None when it is none, or holds a NUL, which no database and no person can use."""
    try:
        action = _ACTIONS.decode(posted.action)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return None if _has_nul(msgspec.to_builtins(action)) else action


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_has_nul(each) for each in value.values())
    return isinstance(value, list) and any(_has_nul(each) for each in value)


def _posted(request: HttpRequest) -> Posted:
    try:
        return msgspec.json.decode(body_of(request), type=Posted)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Unreadable("body.unreadable", 'A step is posted as {"seq": number, "action": {…}}.') from None
