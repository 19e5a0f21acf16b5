"""How far a learner is: modules with their state and grade, gates, and the grade of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Literal

import msgspec

from learning import content, gates, hooks
from learning.attempts import find_participation
from learning.models import Attempt, AttemptStatus, Participation
from learning.outline import Module, Outline, outline_of
from learning.policies import is_closed, read_policies
from learning.tokens import Grant
from scenario_engine.views import Delivery

ModuleState = Literal["locked", "open", "started", "finished"]


class ModuleOverview(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One module as the learner finds it. `ratio` is its grade so far, `first` the module that opens it."""

    id: str
    title: str
    state: ModuleState
    number: int
    minutes: int | None = None
    required: bool = True
    graded: bool = True
    attempts: int = 0
    ratio: float | None = None
    is_held: bool = False
    is_excused: bool = False
    first: str = ""


class Overview(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A participation as the learner finds it."""

    title: str
    is_course: bool
    modules: list[ModuleOverview]
    finished: int = 0
    needed: int = 0
    ratio: float | None = None
    due_at: str = ""
    is_closed: bool = False
    is_preview: bool = False
    delivery: Delivery | None = None
    return_url: str = ""


def overview(grant: Grant, now: datetime) -> Overview:
    """Return what the learner finds in their course. Raises NotThere."""
    participation = find_participation(grant)
    outline = outline_of(participation)
    policies = read_policies(participation.placement.policies)
    ratios = gates.module_ratios(participation)
    modules = _modules(grant, participation, outline, ratios)
    status = hooks.delivery_of([participation.pk]).get(participation.pk)
    return Overview(
        title=outline.title,
        is_course=outline.is_course,
        modules=modules,
        finished=sum(1 for each in modules if each.state == "finished" and each.required),
        needed=sum(1 for each in modules if each.required),
        ratio=_number(ratios.get("")),
        due_at=policies.due_at.isoformat() if policies.due_at else "",
        is_closed=is_closed(policies, now) and not grant.is_preview,
        is_preview=grant.is_preview,
        delivery=Delivery(status=status.status, at=status.at.isoformat() if status.at else "") if status else None,
        return_url=grant.return_url,
    )


def _modules(
    grant: Grant, participation: Participation, outline: Outline, ratios: Mapping[str, Decimal | None]
) -> list[ModuleOverview]:
    rows: dict[str, list[Attempt]] = {}
    for attempt in Attempt.objects.filter(participation=participation).defer("state").order_by("number"):
        rows.setdefault(attempt.module, []).append(attempt)
    done = {name for name, group in rows.items() if any(_counts(each) for each in group)}
    shown = []
    for number, module in enumerate(outline.modules, start=1):
        key = None if grant.is_preview else gates.gate_key(outline, module, done, ratios)
        ratio = ratios.get(module.id if outline.is_course else "")
        shown.append(_module(module, number, rows.get(module.id, []), key, ratio))
    return shown


def _module(
    module: Module, number: int, rows: list[Attempt], key: Module | None, ratio: Decimal | None
) -> ModuleOverview:
    state: ModuleState = "open"
    if any(_counts(each) for each in rows):
        state = "finished"
    elif rows:
        state = "started"
    elif key is not None:
        state = "locked"
    return ModuleOverview(
        id=module.id,
        title=module.title,
        state=state,
        number=number,
        minutes=content.story(module.version_id).scenario.minutes,
        required=module.required,
        graded=module.weight > 0,
        attempts=sum(1 for each in rows if _counts(each)),
        ratio=_number(ratio),
        is_held=any(each.is_held for each in rows),
        is_excused=any(each.is_excused for each in rows),
        first=key.title if state == "locked" and key else "",
    )


def _counts(attempt: Attempt) -> bool:
    return attempt.status == AttemptStatus.FINISHED and not attempt.is_void


def _number(ratio: Decimal | None) -> float | None:
    return None if ratio is None else float(ratio)
