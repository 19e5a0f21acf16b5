"""Why a scenario or course must stay: authoring asks before it deletes one."""

from __future__ import annotations

from collections.abc import Sequence

from learning.models import Attempt, Participation, TargetKind


def reasons_to_keep(kind: str, version_ids: Sequence[int]) -> list[str]:
    """Return a sentence for each use of these versions of a scenario or a course; empty when nobody needs them."""
    if kind == TargetKind.COURSE:
        played = Participation.objects.filter(
            version_id__in=version_ids, placement__target_kind=TargetKind.COURSE
        ).count()
        return [f"{played} learners are in a course run that uses it."] if played else []
    attempts = Attempt.objects.filter(version_id__in=version_ids).count()
    return [f"{attempts} attempts were made at it."] if attempts else []
