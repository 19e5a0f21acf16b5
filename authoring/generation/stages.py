"""Working on one stage: the run function of the work kind `authoring.generation`.

A stage may be begun twice (a worker died, a lease ran out); only the holder of the lease stores the result.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from authoring.generation.assembling import assemble_course
from authoring.generation.models import GenerationRun, GenerationStage
from foundation.api import Again, backoff, wake
from scenario_ai import api as ai

KIND = "authoring.generation"
# A fault that may heal is tried this often by itself; after that a person decides.
MAX_TRIES = 6
MAX_REPAIRS = 2

Stage = GenerationStage
State = GenerationStage.State


class Mend(Exception):
    """The answer can be read but is not good enough; `problems` go back to the model."""

    def __init__(self, problems: list[str], previous: str) -> None:
        super().__init__("; ".join(problems))
        self.problems, self.previous = problems, previous


def pending_stages() -> QuerySet[GenerationStage]:
    """Return the stages that may be worked on."""
    return GenerationStage.objects.filter(state=State.PENDING, run__state=GenerationRun.State.RUNNING)


def run_stage(stage: GenerationStage, now: datetime) -> Again | None:
    """Work on a claimed stage. Every outcome is a state that a person can read; nothing is raised for a bad answer."""
    lease = stage.lease_id
    if lease is None:
        return None
    try:
        result = _work(stage)
    except Mend as mend:
        return _mend_or_fail(stage, lease, mend.problems, mend.previous, now)
    except ai.ModelError as error:
        if error.code == "ai.unusable":
            return _mend_or_fail(stage, lease, [str(error)], "", now)
        return _wait_or_fail(stage, lease, error, now)
    _store(stage, lease, result)
    return None


def _work(stage: GenerationStage) -> Any:
    run = stage.run
    brief = msgspec.convert(run.brief, ai.Brief)
    if stage.kind == Stage.Kind.OBJECTIVES:
        asked = ai.ask_objectives(brief, run.source)
        drafted = ai.ask_model(run.organisation, asked) if run.with_model else ai.objectives_from(brief)
        return msgspec.to_builtins(drafted)
    if stage.kind == Stage.Kind.OUTLINE:
        objectives = objectives_of(run)
        question = ai.ask_outline(brief, objectives, run.source)
        outline = ai.ask_model(run.organisation, question) if run.with_model else ai.outline_from(brief, objectives)
        return msgspec.to_builtins(outline)
    if stage.kind == Stage.Kind.MODULE:
        return _draft_module(stage, brief)
    return {"course": assemble_course(run).pk}


def _draft_module(stage: GenerationStage, brief: ai.Brief) -> Any:
    run = stage.run
    module = msgspec.convert(stage.asked, ai.ModuleOutline)
    objectives = objectives_of(run)
    if run.with_model:
        draft = ai.ask_model(
            run.organisation,
            ai.ask_module(brief, objectives, module, run.source, stage.problems, stage.previous),
        )
    else:
        draft = ai.module_from(brief, objectives, module, run.source)
    scenario, problems = ai.read_draft(draft, module.title, brief)
    if problems or scenario is None:
        raise Mend(problems, msgspec.json.encode(draft).decode())
    return msgspec.to_builtins(draft)


def objectives_of(run: GenerationRun) -> list[ai.ObjectiveDraft]:
    """Return the objectives of a run, once that stage is done."""
    stage = run.stages.filter(kind=Stage.Kind.OBJECTIVES, state=State.DONE).first()
    return msgspec.convert(stage.result, ai.ObjectivesDraft).objectives if stage else []


def _store(stage: GenerationStage, lease: UUID, result: Any) -> None:
    """Keep the result and begin what follows, if this worker still holds the lease and nobody cancelled."""
    with transaction.atomic():
        held = GenerationStage.objects.filter(pk=stage.pk, lease_id=lease, state=State.PENDING)
        if held.update(state=State.DONE, result=result, problems=[], last_error=""):
            _go_on(stage.run_id, stage.kind)


def _go_on(run_id: int, kind: str) -> None:
    run = GenerationRun.objects.select_for_update().get(pk=run_id)
    if run.state != GenerationRun.State.RUNNING:
        return
    if kind == Stage.Kind.OBJECTIVES:
        add_stage(run, Stage.Kind.OUTLINE, "Outline")
    elif kind == Stage.Kind.OUTLINE:
        run.state = GenerationRun.State.WAITING
        run.save(update_fields=["state"])
    elif kind == Stage.Kind.MODULE and not run.stages.exclude(state=State.DONE).exists():
        add_stage(run, Stage.Kind.COURSE, "Draft course")
    elif kind == Stage.Kind.COURSE:
        run.state = GenerationRun.State.DONE
        run.save(update_fields=["state"])


def add_stage(run: GenerationRun, kind: str, title: str, position: int = 0, asked: Any = None) -> None:
    """Add a stage that is due now, once."""
    GenerationStage.objects.get_or_create(
        run=run, kind=kind, position=position, defaults={"title": title[:300], "asked": asked or {}}
    )
    wake(KIND)


def _mend_or_fail(
    stage: GenerationStage, lease: UUID, problems: list[str], previous: str, now: datetime
) -> Again | None:
    held = GenerationStage.objects.filter(pk=stage.pk, lease_id=lease)
    if stage.repairs < MAX_REPAIRS:
        held.update(problems=problems[:20], previous=previous, repairs=stage.repairs + 1)
        return Again(now, f"The answer needs mending (try {stage.repairs + 1} of {MAX_REPAIRS}): {problems[0]}")
    message = f"After {MAX_REPAIRS} tries at mending, the answer still has problems: {problems[0]}"
    _fail(stage, lease, message, problems)
    return None


def _wait_or_fail(stage: GenerationStage, lease: UUID, error: ai.ModelError, now: datetime) -> Again | None:
    if error.heals and stage.tries < MAX_TRIES:
        asked_for = error.retry_after_s
        at = now + timedelta(seconds=asked_for) if asked_for is not None else backoff(stage.tries, now)
        return Again(at, str(error))
    _fail(stage, lease, str(error), [])
    return None


def _fail(stage: GenerationStage, lease: UUID, message: str, problems: list[str]) -> None:
    """Stop the run with a message; what other stages have drafted stays."""
    with transaction.atomic():
        held = GenerationStage.objects.filter(pk=stage.pk, lease_id=lease, state=State.PENDING)
        if held.update(state=State.FAILED, problems=[message, *problems][:20]):
            GenerationRun.objects.filter(pk=stage.run_id, state=GenerationRun.State.RUNNING).update(
                state=GenerationRun.State.FAILED
            )
