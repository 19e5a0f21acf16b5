"""Finding or making the learner behind a launch's `sub`."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from foundation.api import Organisation
from lti import ports
from lti.models import GradeState, GradeTarget, LtiPerson, Platform


def find_person(platform: Platform, organisation: Organisation, sub: str, name: str) -> LtiPerson:
    """Return the person, with `learner`; made at their first launch, renamed when the LMS renamed them.

    `has_blocked` says whether a grade of theirs was refused: their launch is a good moment to try again.
    """
    person = _find(platform, organisation, sub) or _make(platform, organisation, sub, name)
    if person.learner.erased_at is not None:  # erased people who come back start anew
        person.learner = ports.new_learner(organisation, name)
        person.save(update_fields=["learner"])
    elif name and person.learner.display_name != name:
        ports.rename_learner(person.learner, name)
    return person


def _find(platform: Platform, organisation: Organisation, sub: str) -> LtiPerson | None:
    blocked = GradeTarget.objects.filter(person=OuterRef("pk"), state=GradeState.BLOCKED)
    rows = LtiPerson.objects.filter(platform=platform, organisation=organisation, sub=sub)
    return rows.select_related("learner").annotate(has_blocked=Exists(blocked)).first()


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
