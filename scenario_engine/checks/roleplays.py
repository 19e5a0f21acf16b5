"""Rules about role-plays: their ways out, goals, moods, lines, events and cues can all come into play."""

from collections.abc import Iterator

from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.cues import PatternError, families, phrases_of
from scenario_engine.document import Roleplay
from scenario_engine.document.replies import ConditionalCue
from scenario_engine.proof.talks import can_be_met


def _roleplays(subject: Subject) -> Iterator[Roleplay]:
    return (scene for scene in subject.scenario.scenes if isinstance(scene, Roleplay))


def find_unreachable_exits(subject: Subject) -> Problems:
    """Yield each way out of a role-play that can never be taken."""
    for scene in _roleplays(subject):
        ends, reachable = scene.ends, len(_reachable_goals(subject, scene))
        if scene.exits.goals and ends.goals is None:
            message = "There is a way out for goals, but it is not said how many must be met."
            yield _at(subject, scene, message, "Say how many goals end it.", "goals", ".ends.goals")
        elif ends.goals is not None and ends.goals > reachable:
            message = f"{ends.goals} goals end it, but only {reachable} of its goals can be met."
            yield _at(
                subject, scene, message, "Ask for fewer, or let something meet the others.", "goals", ".ends.goals"
            )
        if scene.exits.learner and ends.learner_may_end_after >= ends.turns:
            message = (
                f"The learner may end it after turn {ends.learner_may_end_after},"
                f" but it is over by itself after turn {ends.turns}."
            )
            hint = "Let the learner end it earlier, or allow more turns."
            yield _at(subject, scene, message, hint, "learner", ".ends.learner_may_end_after")


def find_unmeetable_goals(subject: Subject) -> Problems:
    """Yield each goal that nothing can meet."""
    for scene in _roleplays(subject):
        met = _reachable_goals(subject, scene)
        for i, goal in enumerate(scene.goals):
            if goal.id not in met:
                message = f"Nothing can meet the goal “{goal.id}”."
                hint = "Name a cue, facts that this role-play releases, or let the learner tick it."
                yield _at(subject, scene, message, hint, goal.id, f".goals[{i}].met_by")


def _reachable_goals(subject: Subject, scene: Roleplay) -> set[str]:
    possible = {release.fact for release in scene.releases}
    possible |= {
        mention.name
        for inner, mention in subject.mentions["fact"]
        if inner is not None and inner.inside == scene.id and mention.operation == "learn"
    }
    return {goal.id for goal in scene.goals if can_be_met(goal, possible)}


def find_unreached_moods(subject: Subject) -> Problems:
    """Yield each mood that has lines, or that moves start from, but that no way leads to."""
    for scene in _roleplays(subject):
        moods = _moods(scene)
        named = {*scene.lines, *(move.from_ for move in scene.moods.moves)} if scene.moods else set(scene.lines)
        if not scene.moods and len(scene.lines) > 1:
            moods = {next(iter(scene.lines))}
        for mood in sorted(named - moods):
            message = f"The mood “{mood}” is never reached."
            yield _at(subject, scene, message, "Let a move lead to it, or delete it.", mood, ".moods")


def find_missing_lines(subject: Subject) -> Problems:
    """Yield each mood that can be reached and has nothing to say when no model speaks."""
    for scene in _roleplays(subject):
        if not scene.lines:
            message = "Without a model the character has nothing to say."
            hint = "Write a few lines for each mood: most learners will meet those."
            yield _at(subject, scene, message, hint, "", ".lines")
        for mood in sorted(_moods(scene) - set(scene.lines)) if scene.lines and scene.moods else ():
            message = f"In the mood “{mood}” the character has nothing to say without a model."
            yield _at(subject, scene, message, "Write a few lines for it.", mood, f".lines.{mood}")


def find_silent_events(subject: Subject) -> Problems:
    """Yield each event that can never happen."""
    for scene in _roleplays(subject):
        moods = _moods(scene)
        for i, event in enumerate(scene.events):
            late = event.at.turn is not None and event.at.turn > scene.ends.turns
            strange = event.at.mood is not None and event.at.mood not in moods
            if late or strange:
                why = (
                    f"there are only {scene.ends.turns} turns"
                    if late
                    else f"the mood “{event.at.mood}” is never reached"
                )
                message = f"This event never happens: {why}."
                hint = "Let it happen earlier, or in a mood that can be reached."
                yield _at(subject, scene, message, hint, event.id, f".events[{i}].at")


def find_empty_cues(subject: Subject) -> Problems:
    """Yield each cue that something waits for and that no pattern points at: without a model it is never seen."""
    for scene in _roleplays(subject):
        for name, patterns in families(subject.story, scene).items():
            words = patterns.any if isinstance(patterns, ConditionalCue) else patterns
            if not words:
                message = f"The cue “{name}” has no wording: only a model can see it, and without one it is never seen."
                hint = "List a few phrases for it under “cues”, in the language of the scenario."
                yield _at(subject, scene, message, hint, name, f".cues.{name}")


def find_bad_cues(subject: Subject) -> Problems:
    """Yield each cue pattern that cannot be read."""
    for scene in _roleplays(subject):
        yield from _bad_patterns(subject, scene, scene.cues, ".cues")
    yield from _bad_patterns(subject, None, subject.scenario.cues, "$.cues")


def _bad_patterns(subject: Subject, scene: Roleplay | None, cues: object, path: str) -> Problems:
    for name, patterns in cues.items() if isinstance(cues, dict) else ():
        for pattern in patterns.any if isinstance(patterns, ConditionalCue) else patterns:
            try:
                phrases_of(pattern)
            except PatternError as error:
                where = subject.path(scene, f"{path}.{name}")
                hint = "Write a|b for either, (…) for a group, (…)? for what may be left out, * for any letters."
                yield Problem(f"“{pattern}”: {error}", hint, scene.id if scene else "", name, where)


def _moods(scene: Roleplay) -> set[str]:
    """Return the moods that the character can come to."""
    if scene.moods is None:
        return set(scene.lines)
    found, todo = {scene.moods.start}, [scene.moods.start]
    while todo:
        mood = todo.pop()
        for move in scene.moods.moves:
            if move.from_ == mood and move.to not in found:
                found.add(move.to)
                todo.append(move.to)
    return found


def _at(subject: Subject, scene: Roleplay, message: str, hint: str, part: str, rest: str) -> Problem:
    return Problem(message, hint, scene.id, part, subject.path(scene, rest))
