"""What a cohort chose first at each decision, with the attempts behind every number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from learning import content
from learning.attempts import decode_state
from learning.coaching import find_placement, names, placement_title
from learning.labels import choice_label, scene_label
from learning.models import Attempt, Participation
from learning.outline import outline_of
from learning.tokens import CoachGrant
from scenario_engine.document import Decision
from scenario_engine.story import Story


@dataclass
class ChosenFirst:
    """One choice of a decision and the first attempts in which it was taken first."""

    id: str
    text: str
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.attempts)


@dataclass
class DecisionTable:
    """One decision: who came to it in a first attempt, and what they took first."""

    at: str
    module: str
    label: str
    choices: dict[str, ChosenFirst] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(each.count for each in self.choices.values())

    @property
    def most(self) -> ChosenFirst:
        return max(self.choices.values(), key=lambda each: each.count)


@dataclass(frozen=True)
class ChoicesPage:
    """Every decision of a placement, and the attempts behind one number where it was asked for."""

    title: str
    decisions: list[DecisionTable]
    picked: ChosenFirst | None
    picked_at: DecisionTable | None
    who: list[tuple[UUID, str]]


def first_choices(grant: CoachGrant, at: str, choice: str) -> ChoicesPage:
    """Return what was chosen first, decision by decision; `at` and `choice` ask for the attempts behind a number."""
    placement = find_placement(grant)
    tables: dict[str, DecisionTable] = {}
    outline = outline_of(Participation(placement=placement))
    titles = {each.id: each.title for each in outline.modules} if outline.is_course else {}
    rows = Attempt.objects.select_related("participation__learner").filter(
        participation__placement=placement, participation__is_preview=False, number=1
    )
    for attempt in rows.order_by("started_at", "pk").iterator(chunk_size=500):
        story = content.story_of(attempt, grant.locale)
        for scene, took in _first_taken(attempt, story):
            table = tables.setdefault(
                f"{attempt.module}.{scene}",
                _table(story, attempt.module, titles.get(attempt.module, ""), scene),
            )
            chosen = table.choices.setdefault(took, ChosenFirst(took, choice_label(story, took)))
            chosen.attempts.append(attempt)
    picked_at = tables.get(at)
    picked = picked_at.choices.get(choice) if picked_at else None
    decisions = [table for table in tables.values() if table.total]
    return ChoicesPage(
        placement_title(placement), decisions, picked, picked_at, _who(picked.attempts if picked else ())
    )


def _first_taken(attempt: Attempt, story: Story) -> Iterable[tuple[str, str]]:
    """Yield (scene, choice) for the first visit of each decision in which something was taken."""
    seen: set[str] = set()
    for visit in decode_state(attempt.state).trail:
        if visit.took and visit.scene not in seen and isinstance(story.scenes.get(visit.scene), Decision):
            seen.add(visit.scene)
            yield visit.scene, visit.took


def _table(story: Story, module: str, title: str, scene: str) -> DecisionTable:
    """Return an empty table with every choice of the decision: one that nobody took says something too."""
    table = DecisionTable(f"{module}.{scene}", title, scene_label(story, scene))
    decision = story.scenes[scene]
    if isinstance(decision, Decision):
        table.choices = {each.id: ChosenFirst(each.id, choice_label(story, each.id)) for each in decision.choices}
    return table


def _who(attempts: Iterable[Attempt]) -> list[tuple[UUID, str]]:
    rows = list(attempts)
    called = names(each.participation.learner for each in rows)
    return [(each.pk, called[each.participation.learner_id]) for each in rows]
