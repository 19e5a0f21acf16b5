"""What a participation consists of: its modules in order, each with the frozen scenario version to play.

One shape for a single scenario and for a course, so that nothing after this asks which it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from learning import content
from learning.errors import NotThere, Refused
from learning.models import Participation, TargetKind
from learning.policies import read_policies
from scenario_engine.scoring.course import SendPolicy

# The module id of a placement that is one scenario, or one module of a course.
MAIN = "main"


@dataclass(frozen=True)
class Module:
    """One module as it was frozen. `gate`: "" open, "finished" or "passed" (the module before it)."""

    id: str
    title: str
    version_id: int
    weight: Fraction = Fraction(1)
    required: bool = True
    attempts: int | None = None
    gate: str = ""


@dataclass(frozen=True)
class Outline:
    """The modules of a participation. `version_id` is what the participation pins."""

    version_id: int
    title: str
    is_course: bool
    modules: tuple[Module, ...]
    send: SendPolicy = "when_complete"
    by_id: dict[str, Module] = field(default_factory=dict)

    def module(self, module_id: str) -> Module:
        """Return a module. Raises NotThere when the outline has none of that id."""
        try:
            return self.by_id[module_id]
        except KeyError:
            raise NotThere from None

    def before(self, module: Module) -> Module | None:
        """Return the module before this one, or None at the first."""
        index = self.modules.index(module)
        return self.modules[index - 1] if index else None


def outline_of(participation: Participation) -> Outline:
    """Return the pinned outline, or before the first attempt the one that is published now."""
    placement = participation.placement
    if placement.target_kind == TargetKind.SCENARIO:
        version_id = participation.version_id or content.published_version(placement.target_uuid).id
        return _single(version_id, version_id)
    if participation.version_id is None:
        course = content.published_course(placement.target_uuid)
    else:
        course = content.course_version(participation.version_id)
    if placement.target_module:
        for module in course.modules:
            if module.id == placement.target_module:
                return _single(course.id, module.version_id, module.title, module.attempts)
        raise Refused("module.gone", _("This part of the course is not offered any more. Tell your teacher."))
    return _outline(course.id, course.title, True, [_module(each) for each in course.modules], course.send)


def pin(participation: Participation) -> None:
    """Settle which version the next attempt plays: the newest published one, until a course has been begun."""
    placement = participation.placement
    keeps = placement.target_kind == TargetKind.COURSE or read_policies(placement.policies).versions == "pinned"
    if participation.version_id is not None and keeps:
        return
    if placement.target_kind == TargetKind.SCENARIO:
        newest = content.published_version(placement.target_uuid).id
    else:
        newest = content.published_course(placement.target_uuid).id
    if newest == participation.version_id:
        return
    # Two first launches at once agree: whoever comes second takes what is pinned already.
    Participation.objects.filter(pk=participation.pk, version_id=participation.version_id).update(version_id=newest)
    participation.refresh_from_db(fields=["version_id"])


def _single(pinned: int, version_id: int, title: str = "", attempts: int | None = None) -> Outline:
    shown = title or content.story(version_id).scenario.title
    module = Module(MAIN, shown, version_id, attempts=attempts)
    return _outline(pinned, shown, False, [module], "when_complete")


def _outline(version_id: int, title: str, is_course: bool, modules: list[Module], send: SendPolicy) -> Outline:
    return Outline(version_id, title, is_course, tuple(modules), send, {module.id: module for module in modules})


def _module(ref: Any) -> Module:
    return Module(
        id=ref.id,
        title=ref.title,
        version_id=ref.version_id,
        weight=Fraction(str(ref.weight)),
        required=ref.required,
        attempts=ref.attempts,
        gate=ref.gate,
    )
