"""Rules about play without thought: whoever picks at random, or always by the same habit, should not get most of it."""

from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.document import Decision, Question, Route, Scene
from scenario_engine.simulate import PLAYERS, mean_grades
from scenario_engine.story import compile_story

# “Most”: what a learner with that grade would be thought to have understood.
MOST = 0.7
HABITS = ("first", "middle", "last", "longest", "shortest", "politest")
# So many plays of each habit where chance has a part in it; where it has none, all plays of a habit are one.
PLAYS, ENOUGH_DECISIONS = 6, 3


def find_paying_chance(subject: Subject) -> Problems:
    """Yield a problem when a learner who picks at random gets most of the grade, on average over all plays."""
    if subject.worths is None or subject.space is None or not _is_decided(subject):
        return
    means = [mean for index in subject.space.starts if (mean := subject.worths.mean_grade(index)) is not None]
    if means and max(means) >= MOST:
        message = f"A learner who picks at random is graded {max(means):.0%} on average."
        hint = "Let weak choices cost something, or offer more of them: the grade says little as it is."
        yield Problem(message, hint, path="$.scoring")


def find_paying_habits(subject: Subject) -> Problems:
    """Yield a problem for each habit (always the first, the longest, …) that gets most of the grade."""
    if subject.worths is None or not _is_decided(subject):
        return
    players = [player for player in PLAYERS if player.name in HABITS]
    titles = {player.name: player.title for player in players}
    # The search knows the best total already; a draft's own would be searched again, and not as far.
    story = compile_story(subject.scenario, maximum=subject.worths.maximum)
    plays = PLAYS if any(map(_has_chance, subject.scenario.scenes)) else 1
    for name, mean in mean_grades(story, players, plays, "habits").items():
        if mean >= MOST:
            message = f"Who takes {titles[name]} is graded {mean:.0%} without a thought."
            hint = "Let it be wrong somewhere: shuffle, even out the lengths, make a kind word the weaker answer once."
            yield Problem(message, hint, part=name, path="$.scenes")


def _has_chance(scene: Scene) -> bool:
    """Return whether two plays of one habit may differ in a scene. Questions without texts to pick are guessed at."""
    if isinstance(scene, Decision):
        return scene.shuffle
    return isinstance(scene, Question) or (isinstance(scene, Route) and bool(scene.random or scene.draw))


def _is_decided(subject: Subject) -> bool:
    """Return whether there is enough to decide for habits to show."""
    several = [s for s in subject.scenario.scenes if len(getattr(s, "choices", getattr(s, "options", []))) > 1]
    return sum(isinstance(scene, Decision | Question) for scene in several) >= ENOUGH_DECISIONS
