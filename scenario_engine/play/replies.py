"""A written reply: awaiting its judgement, then ordered rules over levels, or the learner's own match to a sample."""

import unicodedata

from scenario_engine.actions import Judged
from scenario_engine.document import Reply
from scenario_engine.errors import ActionRefused
from scenario_engine.play.entering import enter
from scenario_engine.rules import apply_effects, first_that_holds
from scenario_engine.state import State
from scenario_engine.story import Story


def write_reply(state: State, scene: Reply, text: str) -> None:
    """Keep the words and await a judgement. Raises ActionRefused when they are empty, too long or already given."""
    if state.stage != "scene" or state.awaits != "learner":
        raise ActionRefused("play.not-offered", "Your reply has been given already.")
    words = unicodedata.normalize("NFC", text.replace("\0", "")).strip()
    if not words:
        raise ActionRefused("play.empty-reply", "Write a sentence or two first.")
    if len(words) > scene.max_characters:
        raise ActionRefused("play.reply-too-long", f"At most {scene.max_characters:,} characters, please.")
    state.trail[-1].text = words
    state.awaits = "judgement"


def record_judgement(story: Story, state: State, scene: Reply, judged: Judged) -> None:
    """Take the levels and follow the rules over them; without levels, let the learner match a sample."""
    if state.awaits != "judgement":
        raise ActionRefused("play.not-offered", "No reply is waiting for a judgement.")
    known = {use.use for use in scene.criteria}
    unknown = set(judged.levels) - known
    if unknown:
        raise ActionRefused("play.unknown-criterion", f"This reply has no criterion “{min(unknown)}”.")
    state.awaits = "learner"
    visit = state.trail[-1]
    visit.assessed = bool(judged.levels)
    if not judged.levels:
        _leave_unassessed(story, state, scene)
        return
    visit.levels = dict(judged.levels)
    for criterion, level in judged.levels.items():
        state.levels[f"{scene.id}.{criterion}"] = level
    taken = first_that_holds(scene.branch, state) or scene.otherwise
    apply_effects(story.scenario, state, taken.add, taken.set, taken.learn)
    enter(story, state, taken.goto)


def match_sample(story: Story, state: State, scene: Reply, sample_id: str) -> None:
    """Follow the sample the learner found nearest: a branch, never points."""
    samples = scene.if_not_assessed.samples if scene.if_not_assessed else []
    sample = next((each for each in samples if each.id == sample_id), None)
    if sample is None:
        raise ActionRefused("play.not-offered", f"“{sample_id}” is not offered here.")
    state.trail[-1].took = sample.id
    apply_effects(story.scenario, state, sample.add, sample.set, sample.learn)
    enter(story, state, sample.goto)


def _leave_unassessed(story: Story, state: State, scene: Reply) -> None:
    if scene.if_not_assessed is not None:
        state.stage = "match"
        return
    apply_effects(story.scenario, state, scene.otherwise.add, scene.otherwise.set, scene.otherwise.learn)
    enter(story, state, scene.otherwise.goto)
