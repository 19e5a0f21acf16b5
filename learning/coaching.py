"""What a coach sees of a placement: who, where, with what score, and how far the grade has come. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from learning import content, hooks
from learning.errors import NotThere
from learning.labels import scene_label
from learning.models import Attempt, AttemptStatus, Grade, Learner, Participation, Placement
from learning.outline import Outline, outline_of
from learning.tokens import CoachGrant

Standing = Literal["not_started", "playing", "waiting", "finished"]
STANDINGS: tuple[Standing, ...] = ("waiting", "playing", "finished", "not_started")
PAGE_SIZE = 50


@dataclass(frozen=True)
class LearnerRow:
    """One learner of a placement. `where` is a scene or an ending in words; `latest` their last attempt."""

    participation: UUID
    name: str
    standing: Standing
    where: str
    attempts: int
    latest: UUID | None
    ratio: Decimal | None
    delivery: str
    delivery_sentence: str
    active_at: datetime | None


@dataclass(frozen=True)
class PlacementTable:
    """The learners of a placement, one page of them, and how many stand where."""

    title: str
    placement: Placement
    total: int
    counts: Mapping[Standing, int]
    undelivered: int
    rows: Sequence[LearnerRow]
    show: str
    page: int
    pages: int


@dataclass
class _Known:
    """What the lists of attempts say about one participation."""

    standing: Standing = "not_started"
    active_at: datetime | None = None
    attempts: int = 0
    finished: set[str] = field(default_factory=set)


def find_placement(grant: CoachGrant) -> Placement:
    """Return the coach's placement. Raises NotThere when it, or the coach, is gone."""
    row = Placement.objects.select_related("organisation", "cohort").filter(uuid=grant.placement).first()
    if (
        row is None
        or not Learner.objects.filter(
            uuid=grant.coach, organisation=row.organisation_id, erased_at__isnull=True
        ).exists()
    ):
        raise NotThere
    return row


def find_participation(grant: CoachGrant, participation: UUID) -> Participation:
    """Return a learner's participation in the coach's placement. Raises NotThere for any other, and for previews."""
    placement = find_placement(grant)
    row = (
        Participation.objects.select_related("placement__organisation", "learner")
        .filter(uuid=participation, placement=placement, is_preview=False)
        .first()
    )
    if row is None:
        raise NotThere
    return row


def placement_table(grant: CoachGrant, show: str, page: int) -> PlacementTable:
    """Return who is where in a placement. `show` narrows to one standing, or to "undelivered"."""
    placement = find_placement(grant)
    known = _known(placement)
    counts = {each: sum(1 for row in known.values() if row.standing == each) for each in STANDINGS}
    undelivered = _undelivered(known)
    wanted = [pk for pk, row in known.items() if _is_wanted(pk, row, show, undelivered)]
    wanted.sort(key=lambda pk: (known[pk].active_at is None, -_seconds(known[pk].active_at), pk))
    pages = max(1, -(-len(wanted) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = wanted[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return PlacementTable(
        title=placement_title(placement),
        placement=placement,
        total=len(known),
        counts=counts,
        undelivered=len(undelivered),
        rows=_rows(shown, known),
        show=show,
        page=page,
        pages=pages,
    )


def placement_title(placement: Placement) -> str:
    """Return the title of what is placed, as published now."""
    return outline_of(Participation(placement=placement)).title


def names(learners: Iterable[Learner]) -> dict[int, str]:
    """Return what to call each learner: their name where the host gives one, else a short code."""
    rows = list(learners)
    found = hooks.names_of([row.pk for row in rows if not row.display_name])
    return {row.pk: row.display_name or found.get(row.pk) or code_name(row) for row in rows}


def code_name(learner: Learner) -> str:
    return _("Learner %(code)s") % {"code": learner.uuid.hex[:6]}


def where(attempt: Attempt, outline: Outline) -> str:
    """Return the place of an attempt in words: the module in a course, then the ending or the scene."""
    story = content.story_of(attempt)
    place = scene_label(story, attempt.ending or attempt.scene)
    if attempt.status == AttemptStatus.STOPPED:
        place = _("stopped at %(place)s") % {"place": place}
    module = outline.by_id.get(attempt.module)
    return f"{module.title} · {place}" if outline.is_course and module else place


def _known(placement: Placement) -> dict[int, _Known]:
    """Return what is known of every participation, in two queries."""
    participations = Participation.objects.filter(placement=placement, is_preview=False)
    known = {pk: _Known() for pk in participations.order_by("pk").values_list("pk", flat=True)}
    fields = ("participation_id", "module", "status", "is_void", "is_held", "updated_at")
    attempts = Attempt.objects.filter(participation__placement=placement, participation__is_preview=False)
    waiting: set[int] = set()
    playing: set[int] = set()
    for pk, module, status, is_void, is_held, updated_at in attempts.values_list(*fields):
        row = known[pk]
        row.attempts += 1
        row.active_at = max(filter(None, (row.active_at, updated_at)))
        if status == AttemptStatus.FINISHED and not is_void:
            row.finished.add(module)
        if is_held and not is_void:
            waiting.add(pk)
        if status == AttemptStatus.PLAYING:
            playing.add(pk)
    needed = _needed_modules(placement) if known else set()
    for pk, row in known.items():
        row.standing = _standing(row, pk in waiting, pk in playing, needed)
    return known


def _standing(row: _Known, is_waiting: bool, is_playing: bool, needed: set[str]) -> Standing:
    if is_waiting:
        return "waiting"
    if row.finished and not is_playing and needed <= row.finished:
        return "finished"
    return "playing" if row.attempts else "not_started"


def _needed_modules(placement: Placement) -> set[str]:
    return {each.id for each in outline_of(Participation(placement=placement)).modules if each.required}


def _undelivered(known: Mapping[int, _Known]) -> set[int]:
    statuses = hooks.delivery_of(known)
    return {pk for pk, status in statuses.items() if status.status == "delayed"}


def _is_wanted(pk: int, row: _Known, show: str, undelivered: set[int]) -> bool:
    return pk in undelivered if show == "undelivered" else show not in STANDINGS or row.standing == show


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0


def _rows(shown: Sequence[int], known: Mapping[int, _Known]) -> list[LearnerRow]:
    related = Participation.objects.select_related("learner", "placement").filter(pk__in=shown)
    participations = {row.pk: row for row in related}
    called = names(row.learner for row in participations.values())
    ratios = dict(Grade.objects.filter(participation__in=shown, module="").values_list("participation_id", "ratio"))
    statuses = hooks.delivery_of(shown)
    latest = _latest_attempts(shown)
    outlines: dict[int | None, Outline] = {}  # few versions, many learners
    rows = []
    for pk in shown:
        participation, attempt, status = participations[pk], latest.get(pk), statuses.get(pk)
        if attempt and participation.version_id not in outlines:
            outlines[participation.version_id] = outline_of(participation)
        rows.append(
            LearnerRow(
                participation=participation.uuid,
                name=called[participation.learner_id],
                standing=known[pk].standing,
                where=where(attempt, outlines[participation.version_id]) if attempt else "",
                attempts=known[pk].attempts,
                latest=attempt.pk if attempt else None,
                ratio=ratios.get(pk),
                delivery=status.status if status else "",
                delivery_sentence=status.sentence if status else "",
                active_at=known[pk].active_at,
            )
        )
    return rows


def _latest_attempts(shown: Sequence[int]) -> dict[int, Attempt]:
    groups: dict[int, Attempt] = defaultdict()
    for attempt in Attempt.objects.filter(participation__in=shown).defer("state").order_by("updated_at", "pk"):
        groups[attempt.participation_id] = attempt
    return groups
