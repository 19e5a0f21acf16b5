"""What a designer does with a run: begin, approve, cancel, try again."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.db import transaction
from django.utils import timezone

from authoring.generation.models import GenerationRun, GenerationStage
from authoring.generation.stages import KIND, add_stage
from foundation.api import Organisation, User, record, wake
from scenario_ai import api as ai
from scenario_exchange.sources import SourceText

State = GenerationRun.State
StageState = GenerationStage.State


class NotNow(ValueError):
    """The run is not where this can be done; the message says what it is."""


def begin_run(
    organisation: Organisation,
    brief: ai.Brief,
    *,
    by: User | None,
    with_model: bool,
    source: SourceText | None = None,
    source_name: str = "",
) -> GenerationRun:
    """Store the brief and its source, and begin with the objectives."""
    with transaction.atomic():
        run = GenerationRun.objects.create(
            organisation=organisation,
            by=by,
            brief=msgspec.to_builtins(brief),
            source=source.text if source else "",
            source_name=source_name[:200],
            source_notes=source.notes if source else [],
            with_model=with_model,
        )
        add_stage(run, GenerationStage.Kind.OBJECTIVES, "Objectives")
        record(organisation, by or "authoring", "generation.begun", f"generation:{run.uuid}")
    return run


def outline_of(run: GenerationRun) -> ai.OutlineDraft | None:
    """Return the outline as drafted or as approved."""
    stage = run.stages.filter(kind=GenerationStage.Kind.OUTLINE, state=StageState.DONE).first()
    return msgspec.convert(stage.result, ai.OutlineDraft) if stage else None


def approve_outline(run: GenerationRun, outline: ai.OutlineDraft, by: User | None) -> None:
    """Take the outline, as the designer changed it, and begin its modules. Raises NotNow."""
    with transaction.atomic():
        moved = GenerationRun.objects.filter(pk=run.pk, state=State.WAITING).update(state=State.RUNNING)
        if not moved:
            raise NotNow("This outline is not waiting for approval any more.")
        run.state = State.RUNNING
        run.stages.filter(kind=GenerationStage.Kind.OUTLINE).update(result=msgspec.to_builtins(outline))
        for position, module in enumerate(outline.modules):
            add_stage(run, GenerationStage.Kind.MODULE, module.title, position, msgspec.to_builtins(module))
        record(run.organisation, by or "authoring", "generation.approved", f"generation:{run.uuid}")


def cancel_run(run: GenerationRun, by: User | None) -> None:
    """Stop a run; what was drafted stays readable. A worker in mid-answer finds its stage cancelled. Raises NotNow."""
    with transaction.atomic():
        open_states = [State.RUNNING, State.WAITING, State.FAILED]
        if not GenerationRun.objects.filter(pk=run.pk, state__in=open_states).update(state=State.CANCELLED):
            raise NotNow("This draft is already finished.")
        run.stages.exclude(state=StageState.DONE).update(state=StageState.CANCELLED, due_at=None)
        record(run.organisation, by or "authoring", "generation.cancelled", f"generation:{run.uuid}")


def try_again(run: GenerationRun, by: User | None) -> None:
    """Begin the stopped stages anew; finished ones are kept. Raises NotNow."""
    with transaction.atomic():
        if not GenerationRun.objects.filter(pk=run.pk, state=State.FAILED).update(state=State.RUNNING):
            raise NotNow("There is nothing to try again.")
        run.stages.filter(state=StageState.FAILED).update(
            state=StageState.PENDING, due_at=timezone.now(), lease_until=None, tries=0, repairs=0, last_error=""
        )
        wake(KIND)
        record(run.organisation, by or "authoring", "generation.retried", f"generation:{run.uuid}")


def progress_of(run: GenerationRun) -> Sequence[dict[str, object]]:
    """Return a row per stage for the page: what it is, how it stands, and a sentence where one is needed."""
    now = timezone.now()
    rows = []
    for stage in run.stages.all():
        working = stage.lease_until is not None and stage.lease_until > now and stage.state == StageState.PENDING
        note = stage.problems[0] if stage.state == StageState.FAILED and stage.problems else ""
        if stage.state == StageState.PENDING and not working:
            note = stage.last_error
        rows.append(
            {
                "title": stage.title,
                "kind": stage.asked.get("kind", "") if stage.kind == GenerationStage.Kind.MODULE else "",
                "state": "working" if working else stage.state,
                "label": "Working on it" if working else stage.get_state_display(),
                "note": note,
            }
        )
    return rows
