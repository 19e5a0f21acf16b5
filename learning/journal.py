"""What learners write for themselves: kept apart from what is played, shown to them alone, shared item by item.

An attempt's steps and state say that there are words, never which. A coach reads what a standing consent names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from learning import content
from learning.errors import NotThere
from learning.labels import scene_label
from learning.models import Attempt, Consent, Goal, JournalEntry, Participation
from learning.outline import outline_of
from scenario_engine.document import Reflection
from scenario_engine.document.replies import ReflectionPrompt
from scenario_engine.hosting import PrivateWords
from scenario_engine.play.reflecting import TRANSCRIPT
from scenario_engine.state import State
from scenario_engine.story import Story

WITH_COACH = "share_with_coach"


@dataclass(frozen=True)
class Written:
    """One thing a learner wrote: `key` names it on their page ("entry-3", "goal-1")."""

    key: str
    title: str
    prompt: str
    text: str
    at: datetime
    remind_at: datetime | None
    is_shared: bool


@dataclass(frozen=True)
class Shared:
    """One thing a learner lets the coach read; `text` is "" for the conversation, which stands in the script."""

    prompt: str
    text: str
    is_transcript: bool


def keep(row: Attempt, story: Story, words: PrivateWords, now: datetime) -> None:
    """Store, change or take away what was written at a prompt and what is shared there, in the step's transaction."""
    prompt = _prompt(story, words.scene, words.prompt)
    place = {"attempt": row, "scene": words.scene, "prompt": words.prompt}
    if prompt is not None and prompt.type == "ask_coach":
        _keep_consents(row, words, prompt.shares, now)
        return
    kind: Any = Goal if prompt is not None and prompt.type == "goal" else JournalEntry
    if not words.text:
        kind.objects.filter(**place).delete()
        return
    values: dict[str, Any] = {"text": words.text, "learner_id": row.participation.learner_id}
    if kind is Goal:
        days = prompt.remind_after_days if prompt else []
        values |= {"made_at": now, "remind_at": now + timedelta(days=min(days)) if days else None}
    else:
        values["written_at"] = now
    kind.objects.update_or_create(**place, defaults=values)


def private_words(row: Attempt, story: Story, state: State) -> Mapping[str, str]:
    """Return the learner's own words at the prompts of the present scene, by prompt; two queries, only there."""
    if not isinstance(story.scenes.get(state.scene), Reflection) or not state.trail[-1].wrote:
        return {}
    rows = [*_at(JournalEntry, row, state.scene), *_at(Goal, row, state.scene)]
    return {each.prompt: each.text for each in rows}


def shared_with_coach(row: Attempt, story: Story) -> list[Shared]:
    """Return what this attempt's learner lets a coach read, as it stands now."""
    shared = []
    for consent in _standing(row):
        if consent.subject == TRANSCRIPT:
            shared.append(Shared("", "", True))
            continue
        prompt = _prompt(story, consent.scene, consent.subject)
        kind: Any = Goal if prompt is not None and prompt.type == "goal" else JournalEntry
        found = kind.objects.filter(attempt=row, scene=consent.scene, prompt=consent.subject).first()
        if found is not None:
            shared.append(Shared(prompt.text if prompt else "", found.text, False))
    return shared


def shares_transcript(shared: Sequence[Shared]) -> bool:
    return any(each.is_transcript for each in shared)


def journal_of(participation: Participation) -> list[Written]:
    """Return everything the learner wrote for themselves in a participation, oldest first."""
    written = [
        _written(each)
        for kind in (JournalEntry, Goal)
        for each in kind.objects.filter(attempt__participation=participation).select_related("attempt")
    ]
    return sorted(written, key=lambda each: each.at)


def may_have_words(participation: Participation, module: str) -> bool:
    """Return whether a module has a place to write for oneself."""
    story = content.story(outline_of(participation).module(module).version_id)
    return any(isinstance(scene, Reflection) for scene in story.scenario.scenes)


def delete_written(participation: Participation, key: str, now: datetime) -> None:
    """Delete one thing the learner wrote, and end what lets a coach read it. Raises NotThere."""
    row = _find(participation, key)
    _consents(row).update(withdrawn_at=now)
    row.delete()


def take_back(participation: Participation, key: str, now: datetime) -> None:
    """End the consent that lets a coach read one thing. Raises NotThere."""
    _consents(_find(participation, key)).update(withdrawn_at=now)


def _keep_consents(row: Attempt, words: PrivateWords, items: Sequence[str], now: datetime) -> None:
    standing = {each.subject: each for each in _standing(row) if each.scene == words.scene}
    for item in items:
        if item in words.shares and item not in standing:
            learner = row.participation.learner_id
            fields = {"attempt": row, "scene": words.scene, "subject": item, "given_at": now}
            Consent.objects.create(learner_id=learner, purpose=WITH_COACH, **fields)
        elif item not in words.shares and item in standing:
            Consent.objects.filter(pk=standing[item].pk).update(withdrawn_at=now)


def _standing(row: Attempt) -> list[Consent]:
    return list(Consent.objects.filter(attempt=row, purpose=WITH_COACH, withdrawn_at=None).order_by("pk"))


def _prompt(story: Story, scene_id: str, prompt_id: str) -> ReflectionPrompt | None:
    scene = story.scenes.get(scene_id)
    prompts = scene.prompts if isinstance(scene, Reflection) else []
    return next((each for each in prompts if each.id == prompt_id), None)


def _at(kind: Any, row: Attempt, scene: str) -> Sequence[Any]:
    return list(kind.objects.filter(attempt=row, scene=scene))


def _written(row: JournalEntry | Goal) -> Written:
    story = content.story_of(row.attempt) if row.attempt else None
    prompt = _prompt(story, row.scene, row.prompt) if story else None
    is_goal = isinstance(row, Goal)
    return Written(
        key=f"{'goal' if is_goal else 'entry'}-{row.pk}",
        title=scene_label(story, row.scene) if story else "",
        prompt=prompt.text if prompt else "",
        text=row.text,
        at=row.made_at if isinstance(row, Goal) else row.written_at,
        remind_at=row.remind_at if isinstance(row, Goal) else None,
        is_shared=_consents(row).exists(),
    )


def _consents(row: JournalEntry | Goal) -> Any:
    return Consent.objects.filter(
        attempt=row.attempt, scene=row.scene, subject=row.prompt, purpose=WITH_COACH, withdrawn_at=None
    )


def _find(participation: Participation, key: str) -> JournalEntry | Goal:
    name, _, number = key.partition("-")
    kind: Any = {"entry": JournalEntry, "goal": Goal}.get(name)
    if kind is None or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise NotThere
    row: JournalEntry | Goal | None = kind.objects.filter(pk=int(number), attempt__participation=participation).first()
    if row is None:
        raise NotThere
    return row
