"""The last stage: the drafts of the modules become scenarios and a course, all of them unpublished."""

from __future__ import annotations

import msgspec
from django.db import transaction

from authoring.drafts import free_slug, save_draft
from authoring.generation.models import GenerationRun, GenerationStage
from authoring.models import Course, CourseModule
from scenario_ai import api as ai
from scenario_engine.codec import to_raw

_KINDS = {"lesson": CourseModule.Kind.LESSON, "quiz": CourseModule.Kind.QUIZ}


def assemble_course(run: GenerationRun) -> Course:
    """Create the draft course of a run, once. Repeating it returns the same course."""
    with transaction.atomic():
        run = GenerationRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if run.course is not None:
            return run.course
        course = _make_course(run)
        run.course = course
        run.save(update_fields=["course"])
    return course


def _make_course(run: GenerationRun) -> Course:
    brief = msgspec.convert(run.brief, ai.Brief)
    outline_stage = run.stages.get(kind=GenerationStage.Kind.OUTLINE)
    outline = msgspec.convert(outline_stage.result, ai.OutlineDraft)
    course = Course(
        organisation=run.organisation,
        slug=free_slug(run.organisation, "drafted-course", Course),
        title=outline.title,
        summary=outline.summary,
        language=brief.language,
        minutes=brief.minutes,
        audience=brief.audience,
        details={"drafted_by": "ai", "generation": str(run.uuid)} if run.with_model else {},
        live=False,
    )
    stages = run.stages.filter(kind=GenerationStage.Kind.MODULE).order_by("position")
    course.modules = [_module(run, stage, brief) for stage in stages]  # type: ignore[misc]
    course.save()
    course.save_revision(user=run.by, clean=False, log_action="wagtail.create")
    return course


def _module(run: GenerationRun, stage: GenerationStage, brief: ai.Brief) -> CourseModule:
    outline = msgspec.convert(stage.asked, ai.ModuleOutline)
    draft = msgspec.convert(stage.result, ai.SHAPE_OF[outline.kind])
    scenario, _ = ai.read_draft(draft, outline.title, brief)
    if scenario is None:
        raise ValueError(f"The stored draft of “{outline.title}” cannot be read any more.")
    if not run.with_model:
        scenario.drafted_by = None
    saved = save_draft(run.organisation, to_raw(scenario), by=run.by).scenario
    return CourseModule(
        sort_order=stage.position,
        module_id=f"{outline.kind}-{stage.position + 1}",
        title=outline.title,
        kind=_KINDS.get(outline.kind, CourseModule.Kind.SCENARIO),
        scenario=saved,
        weight=0 if outline.kind == "lesson" else 1,
    )
