"""Looking at attempts in progress, and moving them: in batches by the worker, each batch whole or not at all."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from authoring.documents import document_in
from authoring.models import Scenario, ScenarioVersion
from authoring.moving.hooks import Batch, InPlay, count_in_play, keeper
from authoring.moving.models import VersionMove
from authoring.stories import version_story
from foundation.api import Again, User, record, renew, wake
from scenario_engine.codec import digest, encode_json
from scenario_engine.document import Scenario as Document
from scenario_engine.story import Story, compile_story

KIND = "authoring.moving"
BATCH = 50
LEASE = timedelta(seconds=120)
State = VersionMove.State


class NotNow(ValueError):
    """It cannot be moved at this moment; the message says why."""


def look_after_publishing(version: ScenarioVersion) -> int:
    """Begin to look at whoever is in the middle of an earlier version; return how many attempts that are."""
    earlier = version.scenario.versions.exclude(pk=version.pk)
    in_play = count_in_play(list(earlier.values_list("pk", flat=True)))
    for old, count in in_play.items():
        if count:
            _begin(version.scenario, old, version.digest, to_version=version)
    return sum(in_play.values())


def look_at_draft(scenario: Scenario, document: Document) -> list[VersionMove]:
    """Return what publishing this document would mean for each version with attempts in progress; begun if need be."""
    in_play = count_in_play(list(scenario.versions.values_list("pk", flat=True)))
    name, found = digest(document), []
    for old, count in in_play.items():
        if count:
            found.append(_begin(scenario, old, name, draft=encode_json(document)))
    scenario.moves.filter(to_version=None).exclude(digest=name).delete()
    return found


def look_again(move: VersionMove) -> None:
    """Count anew: people have gone on since."""
    _restart(move, State.LOOKING, None)


def begin_moving(move: VersionMove, by: User) -> None:
    """Move whoever can be moved. Raises NotNow while it is being looked at, or for a draft."""
    if move.to_version is None:
        raise NotNow("A draft is not published: nobody can be moved to it.")
    if not _restart(move, State.MOVING, by):
        raise NotNow("This is being worked on already. Wait until it is done.")
    detail = {"from": move.from_version.number, "to": move.to_version.number}
    record(move.scenario.organisation, by, "attempts.move_begun", f"scenario:{move.scenario.uuid}", detail)


def run_move(move: VersionMove, now: datetime) -> Again | None:
    """Work through the attempts of a claimed move, batch by batch, from where an earlier worker stopped."""
    asked = keeper()
    if move.lease_id is None or not move.is_working or asked is None:
        return None
    newer = _newer(move)
    while True:
        if not renew(move, move.lease_id, timezone.now() + LEASE):
            return None
        looked = asked.look(move.from_version_id, newer, move.cursor, BATCH)
        with transaction.atomic():
            # The lock keeps a second worker, whose lease was thought lost, from the same batch.
            mine = VersionMove.objects.select_for_update(of=("self",)).filter(pk=move.pk, lease_id=move.lease_id)
            held = mine.first()
            if held is None or (held.state, held.cursor) != (move.state, move.cursor):
                return None
            _add(held, _move(held, looked, asked) if held.state == State.MOVING else looked)
        if looked.is_last:
            return None
        move.cursor = looked.cursor


def _move(move: VersionMove, looked: Batch, asked: InPlay) -> Batch:
    if move.to_version is None:
        raise NotNow("A draft is not published: nobody can be moved to it.")
    batch = asked.apply(looked, move.from_version_id, move.to_version.pk, timezone.now())
    if batch.moved:
        detail = {"from": move.from_version.number, "to": move.to_version.number, "attempts": list(batch.moved)}
        subject = f"scenario:{move.scenario.uuid}"
        record(move.scenario.organisation, move.by or "authoring", "attempts.moved", subject, detail)
    return batch


def _add(move: VersionMove, batch: Batch) -> None:
    stuck = Counter(move.stuck)
    stuck.update(batch.stuck)
    changes: dict[str, Any] = {"able": move.able + batch.able, "stuck": dict(stuck), "cursor": batch.cursor}
    if batch.is_last:
        done = State.LOOKED if move.state == State.LOOKING else State.MOVED
        changes.update(state=done, ended_at=timezone.now())
    VersionMove.objects.filter(pk=move.pk).update(**changes)


def _newer(move: VersionMove) -> Story:
    if move.to_version_id is not None:
        return version_story(move.to_version_id)
    return compile_story(document_in(move.draft or b""))


def _begin(scenario: Scenario, old: int, name: str, **newer: Any) -> VersionMove:
    move, is_new = VersionMove.objects.get_or_create(
        from_version_id=old, digest=name, defaults={"scenario": scenario, **newer}
    )
    if not is_new and "to_version" in newer and move.to_version_id is None:
        # What was looked at as a draft has been published as it was.
        VersionMove.objects.filter(pk=move.pk).update(to_version=newer["to_version"], draft=None)
    if is_new:
        wake(KIND)
    return move


def _restart(move: VersionMove, state: str, by: User | None) -> bool:
    idle = VersionMove.objects.filter(pk=move.pk).exclude(state__in=VersionMove.WORKING)
    fresh: dict[str, Any] = {"state": state, "able": 0, "stuck": {}, "cursor": "", "due_at": timezone.now()}
    changed = idle.update(**fresh, by=by, tries=0, ended_at=None, created_at=timezone.now())
    wake(KIND)
    return bool(changed)
