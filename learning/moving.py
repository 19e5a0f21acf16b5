"""Attempts in progress when their scenario is published anew: who could go on with the new version, and moving them.

Authoring asks through its hook (`authoring.api.register_in_play`); whether path and score stay is the engine's to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import Count, QuerySet

from authoring import api as authoring
from learning import content
from learning.attempts import decode_state, encode_state
from learning.models import Attempt, AttemptStatus, Participation, Step, TargetKind
from scenario_engine.actions import Action
from scenario_engine.errors import EngineError
from scenario_engine.scoring import score
from scenario_engine.state import State
from scenario_engine.story import Story
from scenario_engine.transcripts import replay

WAITING = "Somebody's words are being read at this moment."
STEPPED = "The learner took a step meanwhile."
OTHER_PATH = "What was done before does not lead to the same place in it."
OTHER_SCORE = "What was done before would count differently in it."


@dataclass(frozen=True)
class Plan:
    """An attempt that can go on, where it was when it was looked at, and where it would be."""

    attempt: UUID
    participation: int
    seq: int
    state: str


class Attempts:
    """Answers authoring's questions about attempts in progress."""

    def count(self, version_ids: Sequence[int]) -> Mapping[int, int]:
        """Return how many attempts are in progress on each version."""
        rows = _in_play().filter(version_id__in=version_ids).values_list("version_id").annotate(Count("pk"))
        return dict(rows)

    def look(self, old: int, new: Story, cursor: str, limit: int) -> authoring.Batch:
        """Return who of the next attempts could go on with `new`. Changes nothing."""
        rows = _in_play().filter(version_id=old).order_by("pk")
        if cursor:
            rows = rows.filter(pk__gt=UUID(cursor))
        chosen = list(rows[: limit + 1])
        batch, is_last = chosen[:limit], len(chosen) <= limit
        steps = _steps_of(batch)
        plans, stuck = [], Counter[str]()
        for row in batch:
            found = _plan(row, steps.get(row.pk, []), new)
            if isinstance(found, Plan):
                plans.append(found)
            else:
                stuck[found] += 1
        return authoring.Batch(
            able=len(plans),
            stuck=dict(stuck),
            cursor=str(batch[-1].pk) if batch else cursor,
            is_last=is_last,
            plans=plans,
        )

    def apply(self, looked: authoring.Batch, old: int, new: int, now: datetime) -> authoring.Batch:
        """Move those that can go on. Called inside a transaction; whoever stepped meanwhile is left."""
        version = content.version_ref(new)
        moved: list[str] = []
        stuck = Counter(looked.stuck)
        for plan in looked.plans:
            same = Attempt.objects.filter(pk=plan.attempt, seq=plan.seq, version_id=old, status=AttemptStatus.PLAYING)
            if not same.update(version_id=new, digest=version.digest, state=plan.state):
                stuck[STEPPED] += 1
                continue
            moved.append(str(plan.attempt))
            # A further attempt at a scenario that is linked by itself begins where this one went.
            Participation.objects.filter(
                pk=plan.participation, version_id=old, placement__target_kind=TargetKind.SCENARIO
            ).update(version_id=new)
        return authoring.Batch(
            able=len(moved), stuck=dict(stuck), cursor=looked.cursor, is_last=looked.is_last, moved=moved
        )


def _in_play() -> QuerySet[Attempt]:
    """Return the attempts that learners are in the middle of. A teacher's preview is nobody's."""
    return Attempt.objects.filter(
        status=AttemptStatus.PLAYING, participation__is_preview=False, participation__learner__erased_at__isnull=True
    )


def _steps_of(batch: Sequence[Attempt]) -> dict[UUID, list[Action]]:
    found: dict[UUID, list[Action]] = {}
    rows = Step.objects.filter(attempt__in=[row.pk for row in batch]).order_by("attempt_id", "seq")
    for attempt, action in rows.values_list("attempt_id", "action"):
        found.setdefault(attempt, []).append(msgspec.convert(action, Action))  # type: ignore[arg-type]
    return found


def _plan(row: Attempt, actions: Sequence[Action], new: Story) -> Plan | str:
    """Return how an attempt goes on with `new`, or why it cannot."""
    before = decode_state(row.state)
    if before.awaits in ("judgement", "character"):
        return WAITING
    try:
        after = replay(new, row.seed, actions, row.number)
    except EngineError:
        return OTHER_PATH
    if _path(after) != _path(before):
        return OTHER_PATH
    if score(new, after).total != score(content.story_of(row), before).total:
        return OTHER_SCORE
    return Plan(row.pk, row.participation_id, row.seq, encode_state(after))


def _path(state: State) -> list[tuple[str, str]]:
    return [(visit.scene, visit.took) for visit in state.trail]
