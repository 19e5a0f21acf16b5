"""Which modules of a course are open: those whose gate the learner has passed. A gate looks at the module before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from learning import content
from learning.errors import Refused
from learning.models import Attempt, AttemptStatus, Grade, Participation
from learning.outline import Module, Outline
from scenario_engine.scoring import passes


def check_gate(participation: Participation, outline: Outline, module: Module) -> None:
    """Raise Refused when a module is not open yet. A preview opens everything."""
    if participation.is_preview or not module.gate:
        return
    key = gate_key(outline, module, finished_modules(participation), module_ratios(participation))
    if key is not None:
        sentence = _("First pass “%(title)s”.") if module.gate == "passed" else _("First finish “%(title)s”.")
        raise Refused("module.locked", sentence % {"title": key.title})


def gate_key(
    outline: Outline, module: Module, finished: Collection[str], ratios: Mapping[str, Decimal | None]
) -> Module | None:
    """Return the module that must be finished or passed before `module`, or None when it is open."""
    before = outline.before(module)
    if not module.gate or before is None:
        return None
    is_open = before.id in finished
    if is_open and module.gate == "passed":
        ratio = ratios.get(before.id)
        needed = content.story(before.version_id).scenario.scoring.pass_
        is_open = passes(None if ratio is None else Fraction(ratio), needed)
    return None if is_open else before


def finished_modules(participation: Participation) -> set[str]:
    rows = Attempt.objects.filter(participation=participation, status=AttemptStatus.FINISHED, is_void=False)
    return set(rows.values_list("module", flat=True))


def module_ratios(participation: Participation) -> dict[str, Decimal | None]:
    """Return the grade of each graded module; "" is the whole placement."""
    return dict(Grade.objects.filter(participation=participation).values_list("module", "ratio"))
