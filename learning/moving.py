"""Attempts in progress when their scenario is published anew: who could go on with the new version, and moving them.

Authoring asks through its hook (`authoring.api.register_in_play`); whether path and score stay is the engine's to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import Count, QuerySet

from authoring import api as authoring
from learning import content
from learning.attempts import decode_state, encode_state
from learning.grading import as_record
from learning.models import Attempt, AttemptStatus, Judgement, Participation, Step, TargetKind
from scenario_engine import scoring
from scenario_engine.actions import Action
from scenario_engine.impact import AttemptImpact, InProgress, impact, replay
from scenario_engine.story import Story

WAITING = "Somebody's words are being read at this moment."
STEPPED = "The learner took a step meanwhile."
UNREADABLE = "What was recorded cannot be played again."
REASONS = {
    "impact.refused": "Something that was done cannot be done in the new version",
    "impact.path": "What was done leads elsewhere in the new version",
    "impact.score": "What was done would count differently in the new version",
    "impact.finished": "It is over, and stays on its version",
    "impact.unreadable": UNREADABLE,
}


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
        plans, stuck = [], Counter[str]()
        for found in self._compare(old, new, batch):
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

    def _compare(self, old: int, new: Story, batch: Sequence[Attempt]) -> Iterator[Plan | str]:
        if not batch:
            return
        steps, judgements = _steps_of(batch), _judgements_of(batch)
        asked = [
            InProgress(
                id=str(row.pk),
                seed=row.seed,
                attempt=row.number,
                actions=steps.get(row.pk, []),
                judgements=judgements.get(row.pk, []),
            )
            for row in batch
        ]
        effect = impact(content.story(old).scenario, new.scenario, asked)
        for row, found, each in zip(batch, effect.attempts, asked, strict=True):
            yield _plan(row, found, each.actions, new)

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
        found.setdefault(attempt, []).append(msgspec.convert(action, Action))
    return found


def _plan(row: Attempt, found: AttemptImpact, actions: Sequence[Action], new: Story) -> Plan | str:
    """Return how an attempt goes on with `new`, or why it cannot."""
    before = decode_state(row.state)
    if before.awaits in ("judgement", "character"):
        return WAITING
    if not found.can_move:
        scene = new.scenes.get(found.scene)
        place = f" (at “{scene.title or scene.id}”)" if scene is not None and found.scene else ""
        return REASONS.get(found.code, found.reason) + place
    after = replay(new, row.seed, row.number, actions).state
    if after is None:
        return UNREADABLE
    # What this host chose for the learner is no action, so no replay knows it.
    after.voice, after.time_factor = before.voice, before.time_factor
    return Plan(row.pk, row.participation_id, row.seq, encode_state(after))


def _judgements_of(batch: Sequence[Attempt]) -> dict[UUID, list[scoring.Judgement]]:
    found: dict[UUID, list[scoring.Judgement]] = {}
    for judgement in Judgement.objects.filter(attempt__in=[row.pk for row in batch]):
        found.setdefault(judgement.attempt_id, []).append(as_record(judgement))
    return found
