"""Rules about play without thought: whoever picks at random, or always by the same habit, should not get most of it."""

from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.document import Decision, Question
from scenario_engine.simulate import PLAYERS, PlayerResult, simulate
from scenario_engine.worth import grade_policy

# “Most”: what a learner with that grade would be thought to have understood.
MOST = 0.7
HABITS = ("first", "middle", "last", "longest", "shortest", "politest")
# So many plays of each habit, as far as chance shuffles; and no more than this in all, or an author would wait.
PLAYS, MOST_SCENES, ENOUGH_DECISIONS = 6, 600, 3


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
    if subject.space is None or grade_policy(subject.scenario) == "completion" or not _is_decided(subject):
        return
    if len(subject.scenario.scenes) > MOST_SCENES:
        return
    players = [player for player in PLAYERS if player.name in HABITS]
    titles = {player.name: player.title for player in players}
    for result in simulate(subject.story, players, PLAYS * len(players), "habits", most_actions=400).players:
        if _gets_most(result):
            message = f"Who takes {titles[result.player]} is graded {result.mean_grade:.0%} without a thought."
            hint = "Let it be wrong somewhere: shuffle, even out the lengths, make a kind word the weaker answer once."
            yield Problem(message, hint, part=result.player, path="$.scenes")


def _gets_most(result: PlayerResult) -> bool:
    return result.mean_grade is not None and result.ungraded + result.unfinished == 0 and result.mean_grade >= MOST


def _is_decided(subject: Subject) -> bool:
    """Return whether there is enough to decide for habits to show."""
    several = [s for s in subject.scenario.scenes if len(getattr(s, "choices", getattr(s, "options", []))) > 1]
    return sum(isinstance(scene, Decision | Question) for scene in several) >= ENOUGH_DECISIONS
