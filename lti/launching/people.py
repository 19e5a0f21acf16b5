"""Finding or making the learner behind a launch's `sub`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from foundation.api import Organisation, PreparedQuery
from lti import ports
from lti.models import GradeState, GradeTarget, LtiPerson, Platform
from lti.ports import Learner, Participation, Placement


@dataclass(frozen=True)
class Entering:
    """What a launch is about to enter."""

    placement: Placement
    is_preview: bool


def find_person(
    platform: Platform, organisation: Organisation, sub: str, name: str, entering: Entering | None = None
) -> LtiPerson:
    """Return the person, with `learner`; made at their first launch, renamed when the LMS renamed them.

    `has_blocked` says whether a grade of theirs was refused: their launch is a good moment to try again.
    `participation_uuid` is set where they have taken part in what they are `entering`.
    """
    person = _find(platform, organisation, sub, entering) or _make(platform, organisation, sub, name)
    if person.learner.erased_at is not None:  # erased people who come back start anew
        person.learner = ports.new_learner(organisation, name)
        person.save(update_fields=["learner"])
        vars(person)["participation_uuid"] = None  # that was the erased learner's
    elif name and person.learner.display_name != name:
        ports.rename_learner(person.learner, name)
    return person


def _find(
    platform: Platform, organisation: Organisation, sub: str, entering: Entering | None = None
) -> LtiPerson | None:
    if entering is None:
        return _KNOWN.first(platform.pk, organisation.pk, sub)
    prepared = _PREVIEWING if entering.is_preview else _ENTERING
    return prepared.first(platform.pk, organisation.pk, sub, entering.placement.pk)


def _known(platform_id: int, organisation_id: int, sub: str) -> QuerySet[LtiPerson]:
    blocked = GradeTarget.objects.filter(person=OuterRef("pk"), state=GradeState.BLOCKED)
    rows = LtiPerson.objects.filter(platform_id=platform_id, organisation_id=organisation_id, sub=sub).order_by()
    return rows.select_related("learner").annotate(has_blocked=Exists(blocked))


def _entering(
    platform_id: int, organisation_id: int, sub: str, placement_id: int, *, is_preview: bool
) -> QuerySet[LtiPerson]:
    mine = Participation.objects.filter(
        learner=OuterRef("learner"), placement_id=placement_id, is_preview=is_preview
    ).order_by()
    rows = _known(platform_id, organisation_id, sub)
    return rows.annotate(participation_uuid=Subquery(mine.values("uuid")[:1]))


_MARKERS = (-7, -8, "<sub>")
_KNOWN = PreparedQuery(_known, *_MARKERS)
_ENTERING = PreparedQuery(partial(_entering, is_preview=False), *_MARKERS, -9)
_PREVIEWING = PreparedQuery(partial(_entering, is_preview=True), *_MARKERS, -9)


def _make(platform: Platform, organisation: Organisation, sub: str, name: str) -> LtiPerson:
    try:
        with transaction.atomic():
            learner = ports.new_learner(organisation, name)
            LtiPerson.objects.create(platform=platform, organisation=organisation, sub=sub, learner=learner)
    except IntegrityError:  # launched twice at once: the other one made the person
        pass
    made = _find(platform, organisation, sub)
    assert made is not None  # noqa: S101 (it was made just now, here or by the other launch)
    return made


def find_learner(platform: Platform, organisation: Organisation, sub: str) -> Learner | None:
    """Return somebody who has launched before, None for everybody else: a review makes nobody."""
    person = LtiPerson.objects.filter(platform=platform, organisation=organisation, sub=sub).select_related("learner")
    return next((row.learner for row in person if row.learner.erased_at is None), None)
