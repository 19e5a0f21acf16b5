"""Words that somebody reads: taking the levels, or letting the learner match samples where nobody assessed them."""

from scenario_engine.actions import Judged
from scenario_engine.conversation import words_to_judge
from scenario_engine.cues import is_found
from scenario_engine.document import Reply, Roleplay, Scenario
from scenario_engine.errors import ActionRefused
from scenario_engine.play.entering import enter
from scenario_engine.play.roleplays import take_exit
from scenario_engine.rules import apply_effects, first_that_holds
from scenario_engine.state import State
from scenario_engine.story import Story
from scenario_engine.worth import capped_level


def record_judgement(story: Story, state: State, scene: Reply | Roleplay, judged: Judged) -> None:
    """Take the levels and go on by them; without levels, let the learner match a sample."""
    if state.awaits != "judgement":
        raise ActionRefused("play.not-offered", "No words are waiting for a judgement.")
    known = {use.use for use in scene.criteria}
    unknown = set(judged.levels) - known
    if unknown:
        raise ActionRefused("play.unknown-criterion", f"Nothing here is read for “{min(unknown)}”.")
    state.awaits = "learner"
    visit = state.trail[-1]
    visit.assessed = bool(judged.levels)
    visit.forbidden = _forbidden(story.scenario, scene, words_to_judge(state))
    if not judged.levels:
        _leave_unassessed(story, state, scene)
        return
    visit.levels = {
        name: None if level is None else capped_level(story.scenario, name, level, visit.forbidden)
        for name, level in judged.levels.items()
    }
    for criterion, level in visit.levels.items():
        state.levels[f"{scene.id}.{criterion}"] = level
    if isinstance(scene, Roleplay):
        take_exit(story, state, scene)
        return
    taken = first_that_holds(scene.branch, state) or scene.otherwise
    apply_effects(story.scenario, state, taken.add, taken.set, taken.learn)
    enter(story, state, taken.goto)


def match_sample(story: Story, state: State, scene: Reply | Roleplay, sample_id: str) -> None:
    """Follow the sample the learner found nearest: a branch, never points."""
    samples = scene.if_not_assessed.samples if scene.if_not_assessed else []
    sample = next((each for each in samples if each.id == sample_id), None)
    if sample is None:
        raise ActionRefused("play.not-offered", f"“{sample_id}” is not offered here.")
    state.trail[-1].took = sample.id
    apply_effects(story.scenario, state, sample.add, sample.set, sample.learn)
    if isinstance(scene, Roleplay):
        take_exit(story, state, scene, sample.goto)
    else:
        enter(story, state, sample.goto)


def _leave_unassessed(story: Story, state: State, scene: Reply | Roleplay) -> None:
    if scene.if_not_assessed is not None:
        state.stage = "match"
    elif isinstance(scene, Roleplay):
        take_exit(story, state, scene)
    else:
        apply_effects(story.scenario, state, scene.otherwise.add, scene.otherwise.set, scene.otherwise.learn)
        enter(story, state, scene.otherwise.goto)


def _forbidden(scenario: Scenario, scene: Reply | Roleplay, words: str) -> list[str]:
    """Return the criteria whose forbidden wording stands in the words."""
    used = [(use.use, scenario.criteria[use.use]) for use in scene.criteria if use.use in scenario.criteria]
    return [name for name, criterion in used if is_found(criterion.forbidden, words)]
