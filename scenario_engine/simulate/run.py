"""`simulate`: many plays of every player, and what they come to."""

from collections.abc import Sequence
from math import fsum

from scenario_engine.document import Ending
from scenario_engine.errors import NotPlayable
from scenario_engine.simulate.driver import Driver
from scenario_engine.simulate.grading import Grades
from scenario_engine.simulate.players import PLAYERS, Player
from scenario_engine.simulate.simulation import PlayerResult, Simulation, Tally
from scenario_engine.story import Story

MOST_ACTIONS = 2_000
# A mean over so many steps says as much as one over several short plays.
ENOUGH_STEPS = 600


def simulate(
    story: Story,
    players: Sequence[Player] = PLAYERS,
    count: int = 1_000,
    seed: str = "simulation",
    *,
    most_actions: int = MOST_ACTIONS,
) -> Simulation:
    """Return what `count` plays in all, shared evenly between the players, come to. Deterministic.

    A level that a coach must confirm is left out, as while it is pending. Raises NotPlayable where play cannot begin.
    """
    driver = Driver(story, most_actions)
    each = max(1, -(-count // max(1, len(players))))
    grades = Grades(story)
    results = [_play_all(driver, grades, player, each, seed) for player in players]
    endings = [scene for scene in story.scenario.scenes if isinstance(scene, Ending)]
    return Simulation(
        scenario=story.scenario.id,
        title=story.scenario.title,
        language=story.locale,
        seed=seed,
        plays=sum(result.plays for result in results),
        outcomes={ending.id: ending.outcome for ending in endings},
        titles={ending.id: ending.title or ending.id for ending in endings},
        players=results,
    )


def mean_grades(story: Story, players: Sequence[Player], count: int, seed: str) -> dict[str, float]:
    """Return the mean grade of the players whose plays all come to a grade, at most `count` plays each.

    Who comes to none in one play is not played on; nor is who has done so much that chance has evened out. Nobody
    has one where play cannot begin.
    """
    driver, grades = Driver(story, MOST_ACTIONS), Grades(story)
    found: dict[str, float] = {}
    for player in players:
        graded: list[float] = []
        steps = 0
        while len(graded) < count and steps < ENOUGH_STEPS:
            try:
                state = driver.play(player, f"{seed}-{player.name}-{len(graded)}")
            except NotPlayable:
                return {}
            grade = grades.of(state)
            if grade is None:
                break
            graded.append(grade)
            steps += state.seq
        else:
            found[player.name] = fsum(graded) / len(graded)
    return found


def _play_all(driver: Driver, grades: Grades, player: Player, count: int, seed: str) -> PlayerResult:
    tally = Tally(player.name)
    for number in range(count):
        state = driver.play(player, f"{seed}-{player.name}-{number}")
        tally.add(state.graded_at, grades.of(state), len(state.trail))
    return tally.result()
