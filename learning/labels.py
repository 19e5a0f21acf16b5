"""Short names of scenes, criteria and choices for the people who read about an attempt."""

from __future__ import annotations

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from scenario_engine.document import Decision, Question, Reflection, Reply
from scenario_engine.rich import plain
from scenario_engine.story import Story
from scenario_engine.view.words import NO_SLOTS, Words

LABEL_LENGTH = 60


def scene_label(story: Story, scene_id: str) -> str:
    """Return a scene's title, or the first words of what it asks or says, or its id."""
    scene = story.scenes.get(scene_id)
    if scene is None:
        return scene_id
    if scene.title:
        return scene.title
    words = scene.prompt if isinstance(scene, Decision | Question | Reply) else ""
    words = words or next((beat.text for beat in scene.beats if beat.text), "")
    if not words and isinstance(scene, Reflection):
        return _("Looking back")
    shown = plain(Words(story, NO_SLOTS, {}).rich(words)) if words else ""
    return Truncator(" ".join(shown.split())).chars(LABEL_LENGTH) or scene_id


def criterion_label(story: Story, criterion_id: str) -> str:
    """Return a criterion's title, or that of its competency, or its id."""
    criterion = story.scenario.criteria.get(criterion_id)
    if criterion is None:
        return criterion_id
    competency = story.scenario.competencies.get(criterion.competency)
    return criterion.title or (competency.title if competency else criterion_id)


def choice_label(story: Story, choice_id: str) -> str:
    """Return the words of a choice, or its id where a version does not have it."""
    found = story.choices.get(choice_id)
    return plain(Words(story, NO_SLOTS, {}).rich(found[1].text)) if found else choice_id
