"""Why a scenario or course must stay: authoring asks before it deletes one."""

from __future__ import annotations

from collections.abc import Sequence

from authoring import api as authoring
from learning.models import Attempt, Participation, Placement, TargetKind


def reasons_to_keep(kind: str, version_ids: Sequence[int]) -> list[str]:
    """Return a sentence for each use of these versions of one scenario or course; empty when nobody needs them."""
    if kind == TargetKind.COURSE:
        target = authoring.course_version(version_ids[0]).course_uuid
        in_course = Participation.objects.filter(placement__target_kind=TargetKind.COURSE)
        used = in_course.filter(version_id__in=version_ids).count()
        sentence = f"{used} learners are in a course run that uses it."
    else:
        target = authoring.version_ref(version_ids[0]).scenario_uuid
        used = Attempt.objects.filter(version_id__in=version_ids).count()
        sentence = f"{used} attempts were made at it."
    placed = Placement.objects.filter(target_kind=kind, target_uuid=target).count()
    reasons = [f"It is linked in {placed} places of your LMS."] if placed else []
    return [*reasons, sentence] if used else reasons
