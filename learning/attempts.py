"""Finding, starting and restarting attempts. Steps are taken in learning.play."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.api import PreparedQuery
from learning import content, gates
from learning.due_dates import await_due_date
from learning.errors import NotThere, Refused
from learning.models import Attempt, AttemptStatus, Participation, TargetKind
from learning.outline import Module, outline_of, pin
from learning.policies import is_closed, read_policies
from learning.tokens import Grant
from scenario_engine.errors import NotPlayable
from scenario_engine.play import start
from scenario_engine.state import State
from scenario_engine.storage import load, save

# What taking and serving a step needs; anything else loads by itself when it is asked for.
_SERVED = (
    *("module", "number", "version_id", "digest", "state", "seq", "status", "scene", "ending", "updated_at"),
    *(
        f"participation__{name}"
        for name in ("uuid", "is_preview", "version_id", "placement_id", "learner_id", "time_factor")
    ),
    *(f"participation__placement__{name}" for name in ("policies", "target_kind", "target_uuid", "target_module")),
    *("participation__placement__organisation_id", "participation__learner__display_name"),
    *(f"participation__placement__organisation__{name}" for name in ("name", "support_contacts")),
)
_JOINED = ("participation__placement__organisation", "participation__learner")


def encode_state(state: State) -> str:
    return save(state).decode()


def decode_state(text: str) -> State:
    return load(text.encode())


def status_of(state: State) -> AttemptStatus:
    """Return what a state means for the attempt: stopped wins over an ending that says so."""
    if state.stopped:
        return AttemptStatus.STOPPED
    return AttemptStatus.FINISHED if state.graded_at else AttemptStatus.PLAYING


def find_participation(grant: Grant) -> Participation:
    """Return the participation of a grant. Raises NotThere when it, or its learner, is gone."""
    row = (
        Participation.objects.select_related("placement__organisation", "learner")
        .filter(uuid=grant.participation, is_preview=grant.is_preview, learner__erased_at__isnull=True)
        .first()
    )
    if row is None:
        raise NotThere
    return row


def granted(grant: Grant) -> QuerySet[Attempt]:
    """Return the attempts that a grant reaches, with everything that serving one needs, in one query."""
    return Attempt.objects.select_related(*_JOINED).filter(
        participation__uuid=grant.participation,
        participation__is_preview=grant.is_preview,
        participation__learner__erased_at__isnull=True,
    )


def find_attempt(grant: Grant, attempt: UUID) -> Attempt:
    row = granted(grant).filter(pk=attempt).first()
    if row is None:
        raise NotThere
    return row


def find_current(grant: Grant, module_id: str) -> Attempt:
    """Return the latest attempt at a module. Raises NotThere before the first."""
    row = _latest(grant, module_id)
    if row is None:
        raise NotThere
    return row


def start_or_resume(grant: Grant, module_id: str, now: datetime) -> Attempt:
    """Return the latest attempt at a module, starting the first one. A republished scenario changes no attempt."""
    return _latest(grant, module_id) or _start(find_participation(grant), module_id, 1, now)


def _latest(grant: Grant, module_id: str) -> Attempt | None:
    row = _LATEST.first(grant.participation, module_id)
    return row if row is not None and row.participation.is_preview == grant.is_preview else None


def _latest_attempts(participation: UUID, module_id: str) -> QuerySet[Attempt]:
    rows = Attempt.objects.select_related(*_JOINED).only(*_SERVED)
    return rows.filter(
        participation__uuid=participation, module=module_id, participation__learner__erased_at__isnull=True
    ).order_by("-number")


_LATEST = PreparedQuery(_latest_attempts, UUID("6d61726b-0000-4000-8000-000000000000"), "<module>")


def restart(grant: Grant, module_id: str, now: datetime) -> Attempt:
    """Start the next attempt, or return the one that was just started (a button pressed twice).

    Raises Refused when one is still open or none is left.
    """
    latest = find_current(grant, module_id)
    if latest.status == AttemptStatus.PLAYING and not grant.is_preview:
        if latest.seq == 0:
            return latest
        raise Refused("attempt.open", _("Finish or stop this attempt before you start another."))
    left = attempts_left(latest)
    if left is not None and left <= 0:
        raise Refused("attempt.none-left", _("You have used all the attempts of this activity."))
    return _start(latest.participation, module_id, latest.number + 1, now)


def attempts_left(latest: Attempt) -> int | None:
    """Return how many further attempts may be started, or None for no limit. Previews have no limit.

    Only finished attempts use one up: not stopped ones, and not those a coach declared void.
    """
    participation = latest.participation
    allowed = _allowed_attempts(latest)
    if participation.is_preview or not allowed:
        return None
    used = Attempt.objects.filter(
        participation=participation, module=latest.module, status=AttemptStatus.FINISHED, is_void=False
    ).count()
    return max(0, allowed - used)


def _allowed_attempts(latest: Attempt) -> int | None:
    """Return what the placement says, else the course's module, else the scenario; 0 and None mean no limit."""
    placement = latest.participation.placement
    allowed = read_policies(placement.policies).attempts
    if allowed is None and placement.target_kind == TargetKind.COURSE:
        module = outline_of(latest.participation).by_id.get(latest.module)
        allowed = module.attempts if module else None
    return content.story_of(latest).scenario.scoring.attempts if allowed is None else allowed


def check_open(participation: Participation, now: datetime) -> None:
    """Raise Refused when the due date is past and late work is not taken."""
    if not participation.is_preview and is_closed(read_policies(participation.placement.policies), now):
        raise Refused("placement.closed", _("The due date of this activity has passed."))


def _start(participation: Participation, module_id: str, number: int, now: datetime) -> Attempt:
    check_open(participation, now)
    pin(participation)
    outline = outline_of(participation)
    module = outline.module(module_id)
    gates.check_gate(participation, outline, module)
    try:
        with transaction.atomic():
            attempt = _new_attempt(participation, module, number, now)
            Attempt.objects.bulk_create([attempt])
            await_due_date(attempt)
    except IntegrityError:  # started in another tab meanwhile: that one is it
        pass
    return Attempt.objects.select_related(*_JOINED).get(participation=participation, module=module_id, number=number)


def _new_attempt(participation: Participation, module: Module, number: int, now: datetime) -> Attempt:
    seed = secrets.token_hex(8)
    try:
        state = start(content.story(module.version_id), seed, number)
    except NotPlayable as error:
        raise Refused("story.not-playable", _("This scenario cannot be started. Tell your teacher.")) from error
    status = status_of(state)
    return Attempt(
        participation=participation,
        module=module.id,
        number=number,
        version_id=module.version_id,
        digest=content.version_ref(module.version_id).digest,
        seed=seed,
        state=encode_state(state),
        status=status,
        scene=state.scene,
        ending=state.graded_at,
        started_at=now,
        updated_at=now,
        finished_at=now if status == AttemptStatus.FINISHED else None,
    )
