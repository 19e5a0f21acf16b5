"""What a coach sees of one learner and of one attempt: the script, the evidence, and what may be corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from django.utils import timezone

from learning import content, corrections, hooks, journal
from learning.answering import add_old_values, slots_of
from learning.attempts import decode_state
from learning.coaching import find_participation, find_placement, names, where
from learning.grading import as_record
from learning.hooks import DeliveryStatus
from learning.labels import criterion_label, scene_label
from learning.missing import Missing, why_missing
from learning.models import Attempt, Grade, Judgement, JudgementKind, JudgementSource, Participation
from learning.outline import outline_of
from learning.tokens import CoachGrant
from scenario_engine import scoring
from scenario_engine.debrief import debrief
from scenario_engine.document import Question, Reflection, Reply, Roleplay
from scenario_engine.state import State, Visit
from scenario_engine.story import Story
from scenario_engine.views import Debrief, DebriefEntry


@dataclass(frozen=True)
class AttemptLine:
    """One attempt in a learner's list."""

    attempt: Attempt
    where: str
    module: str


@dataclass(frozen=True)
class LearnerPage:
    """One learner: their attempts and grades, newest last."""

    participation: Participation
    name: str
    attempts: Sequence[AttemptLine]
    grades: Sequence[tuple[str, Decimal | None]]
    whole: Decimal | None
    delivery: DeliveryStatus | None
    missing: Missing | None


@dataclass(frozen=True)
class Criterion:
    """A criterion of a reply: its level as it stands, who set it, and the words it rests on."""

    id: str
    title: str
    anchors: Sequence[str]
    level: str | None
    is_judged: bool
    source: str
    evidence: Sequence[Any]


@dataclass(frozen=True)
class ScriptLine:
    """An entry of the script with what a coach may correct in it."""

    entry: DebriefEntry
    seq: int | None
    label: str
    criteria: Sequence[Criterion]
    credit: str | None
    is_question: bool
    awaits_coach: bool = False
    is_private: bool = False

    @property
    def shows_prompt(self) -> bool:
        """Whether the prompt says more than the label, which is its first words where a scene has no title."""
        return bool(self.entry.heading) or self.label.endswith("…")


@dataclass(frozen=True)
class AttemptPage:
    """One attempt as a coach reviews it. `mark` stands for what is shown: a correction names it."""

    attempt: Attempt
    name: str
    where: str
    score: scoring.Score
    debrief: Debrief
    script: Sequence[ScriptLine]
    standing: dict[str, Judgement]
    history: Sequence[tuple[Judgement, str]]
    mark: str
    shared: Sequence[journal.Shared]


def learner_page(grant: CoachGrant, participation: UUID) -> LearnerPage:
    """Return a learner of the coach's placement with every attempt. Raises NotThere."""
    row = find_participation(grant, participation)
    outline = outline_of(row)
    attempts = list(Attempt.objects.filter(participation=row).defer("state").order_by("started_at", "pk"))
    lines = [AttemptLine(each, where(each, outline), _module_title(outline, each.module)) for each in attempts]
    ratios = dict(Grade.objects.filter(participation=row).values_list("module", "ratio"))
    delivery = hooks.delivery_of([row.pk]).get(row.pk)
    return LearnerPage(
        participation=row,
        name=names([row.learner])[row.learner_id],
        attempts=lines,
        grades=[(each.title, ratios[each.id]) for each in outline.modules if each.id in ratios],
        whole=ratios.get(""),
        delivery=delivery,
        missing=why_missing(row, outline, attempts, ratios.get(""), delivery),
    )


def attempt_page(grant: CoachGrant, attempt: UUID) -> AttemptPage:
    """Return an attempt of the coach's placement for review. Raises NotThere."""
    find_placement(grant)
    row = corrections.find_attempt(grant, attempt)
    story, state = content.story_of(row, grant.locale), decode_state(row.state)
    judgements = list(Judgement.objects.filter(attempt=row))
    records = [as_record(each) for each in judgements]
    score = scoring.score(story, state, records)
    told = debrief(story, state, score, records, slots_of(row, story, timezone.now()))
    add_old_values(told, judgements)
    shared = journal.shared_with_coach(row, story)
    return AttemptPage(
        attempt=row,
        name=names([row.participation.learner])[row.participation.learner_id],
        where=where(row, outline_of(row.participation)),
        score=score,
        debrief=told,
        script=_script(story, state, told, judgements, journal.shares_transcript(shared)),
        standing=corrections.standing_of_attempt(judgements),
        history=[(each, _about(story, state, each)) for each in judgements if each.source == JudgementSource.COACH],
        mark=corrections.mark_of(row, judgements),
        shared=shared,
    )


def _about(story: Story, state: State, judgement: Judgement) -> str:
    """Return what a correction was about in words, or "" for the whole attempt."""
    visit = next((each for each in state.trail if each.seq == judgement.seq), None)
    if judgement.criterion:
        return criterion_label(story, judgement.criterion)
    return scene_label(story, visit.scene) if visit else ""


def _module_title(outline: Any, module_id: str) -> str:
    module = outline.by_id.get(module_id)
    return module.title if module else ""


def _script(
    story: Story, state: State, told: Debrief, judgements: Sequence[Judgement], is_shared: bool
) -> list[ScriptLine]:
    """Return the script's entries beside their visits. What is private to the learner is left out.

    So are the words of a role-play that nobody reads for a score, until the learner shares the conversation.
    """
    visits: dict[str, list[Visit]] = defaultdict(list)
    for each in state.trail:
        visits[each.scene].append(each)
    lines = []
    for entry in told.script:
        visit = visits[entry.scene].pop(0) if visits[entry.scene] else None
        if not isinstance(story.scenes.get(entry.scene), Reflection):
            line = _line(story, entry, visit, judgements)
            lines.append(line if is_shared or not _is_own(story.scenes.get(entry.scene)) else _without_words(line))
    return lines


def _is_own(scene: object) -> bool:
    return isinstance(scene, Roleplay) and (not scene.criteria or scene.counts == "practice")


def _without_words(line: ScriptLine) -> ScriptLine:
    entry = msgspec.structs.replace(line.entry, beats=[], said=[], reaction=[])
    return replace(line, entry=entry, is_private=True)


def _line(story: Story, entry: DebriefEntry, visit: Visit | None, judgements: Sequence[Judgement]) -> ScriptLine:
    scene = story.scenes.get(entry.scene)
    criteria: list[Criterion] = []
    is_question = isinstance(scene, Question) and visit is not None and bool(visit.answers)
    if isinstance(scene, Reply | Roleplay) and visit is not None and (visit.text or visit.assessed is not None):
        criteria = [_criterion(story, visit, use.use, judgements) for use in scene.criteria]
    return ScriptLine(
        entry=entry,
        seq=visit.seq if visit else None,
        label=entry.heading or scene_label(story, entry.scene),
        criteria=criteria,
        credit=corrections.standing_credit(visit, judgements) if visit and is_question else None,
        is_question=is_question,
        awaits_coach=is_question and entry.note == "pending",
    )


def _criterion(story: Story, visit: Visit, criterion: str, judgements: Sequence[Judgement]) -> Criterion:
    records = [
        each
        for each in judgements
        if (each.kind, each.seq, each.criterion) == (JudgementKind.LEVEL, visit.seq, criterion)
    ]
    definition = story.scenario.criteria.get(criterion)
    return Criterion(
        id=criterion,
        title=criterion_label(story, criterion),
        anchors=list(definition.anchors) if definition else [],
        level=corrections.standing_level(visit, judgements, criterion),
        is_judged=bool(records) or criterion in visit.levels,
        source=records[-1].source if records else ("rule" if criterion in visit.levels else ""),
        evidence=[quote for each in records for quote in each.evidence],
    )
