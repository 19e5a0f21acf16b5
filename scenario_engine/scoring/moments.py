"""Visits gathered into moments, and what of each moment counts (docs/scoring.md, rules 1, 3, 5 and 6)."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from scenario_engine.document import Decision, Reply, Roleplay
from scenario_engine.scoring.judgements import Ledger
from scenario_engine.scoring.results import MomentScore, MomentStatus, TryScore
from scenario_engine.scoring.tries import Reading, read_visit
from scenario_engine.state import State, Visit
from scenario_engine.story import Story
from scenario_engine.worth import (
    Vector,
    Weights,
    add_vectors,
    choice_vector,
    criterion_maximum,
    hub_vector,
    improve,
    is_moment,
    moment_maximum,
    positive_part,
    retry_rate,
    value_of,
    weigh,
)

WHOLE = ""


def score_moments(story: Story, state: State, ledger: Ledger) -> list[MomentScore]:
    """Return every moment met before the grade was fixed, in the order they were met."""
    weights = weigh(story.scenario)
    met: dict[str, list[Reading]] = {}
    for visit in scored_visits(state):
        reading = read_visit(story, visit, ledger, weights)
        if reading is not None:
            met.setdefault(story.moment_of(reading.scene), []).append(reading)
    return [_score_moment(story, moment, readings, weights) for moment, readings in met.items()]


def scored_visits(state: State) -> Iterable[Visit]:
    """Yield the visits up to the ending that fixed the grade: scenes after it are not scored."""
    for visit in state.trail:
        yield visit
        if visit.scene == state.graded_at:
            return


def _score_moment(story: Story, moment: str, readings: list[Reading], weights: Weights) -> MomentScore:
    counting = [reading for reading in readings if is_moment(reading.scene)]
    if not counting:
        tries = [each for reading in readings for each in reading.tries(set())]
        return MomentScore(id=moment, status="practice", tries=tries)
    # A visit that is excused as a whole (nobody could read it) is as if it had not been: another one may count.
    live = [reading for reading in counting if reading.has_something or reading.pending]
    pending = set().union(*(reading.pending for reading in live))
    excused = set().union(*(reading.excused for reading in live or counting)) - pending
    comparable = [] if WHOLE in pending else [r for r in live if r.names - pending - excused]
    tries = [each for reading in comparable for each in reading.tries(pending | excused)]
    is_bonus = any(reading.scene.bonus for reading in counting)
    maximum = moment_maximum(story, moment)
    left_out = _left_out(story, counting, pending | excused, weights) if tries else maximum
    first, best, counted = _count(story, comparable, tries, weights)
    return MomentScore(
        id=moment,
        status=_status(bool(tries), bool(pending), is_bonus),
        tries=tries or [TryScore(seq=r.visit.seq, scene=r.scene.id, vector={}) for r in counting],
        first=first,
        best=best,
        counted=counted,
        offered=_offered(comparable, pending | excused),
        maximum=maximum,
        # A bonus never was in the maximum, so nothing of it can leave.
        left_out=Fraction(0) if is_bonus else left_out,
        pending=sorted(pending - {WHOLE}),
        excused=sorted(excused - {WHOLE}),
    )


def _status(has_tries: bool, is_pending: bool, is_bonus: bool) -> MomentStatus:
    if is_pending:
        return "pending"
    if not has_tries:
        return "excused"
    return "bonus" if is_bonus else "counted"


def _count(
    story: Story, readings: list[Reading], tries: Sequence[TryScore], weights: Weights
) -> tuple[Vector, Vector, Vector]:
    """Return the vectors of the first try, of the best one, and what counts."""
    if not tries:
        return {}, {}, {}
    hub = _hub_of(readings)
    if hub is not None:
        different = {(r.scene.id, r.visit.took or r.visit.seq): r.vector for r in readings}
        collected = hub_vector(hub, different.values())
        return tries[0].vector, collected, collected
    first = best = counted = tries[0].vector
    for each in tries[1:]:
        rate = retry_rate(story.scenario, story.scenes[each.scene])
        counted = improve(first, counted, each.vector, rate, weights)
        if value_of(each.vector, weights) > value_of(best, weights):
            best = each.vector
    return first, best, counted


def _hub_of(readings: list[Reading]) -> Decision | None:
    for reading in readings:
        if isinstance(reading.scene, Decision) and reading.scene.counting == "collect":
            return reading.scene
    return None


def _offered(readings: list[Reading], missing: set[str]) -> Vector:
    """Return the most that was offered at the first visit; at a hub, at all visits, each choice once.

    A criterion that is pending or excused anywhere in the moment counts nowhere in it: then it was not offered either.
    """
    hub = _hub_of(readings)
    if hub is None:
        return readings[0].offered(missing) if readings else {}
    seen = {choice for reading in readings for choice in reading.visit.offered}
    return hub_vector(hub, [positive_part(choice_vector(choice)) for choice in hub.choices if choice.id in seen])


def _left_out(story: Story, readings: list[Reading], missing: set[str], weights: Weights) -> Fraction:
    """Return the greatest value of the criteria that are pending or excused, where others of the moment count."""
    lost = Fraction(0)
    for scene in {reading.scene.id: reading.scene for reading in readings}.values():
        if isinstance(scene, Reply | Roleplay):
            names = [use.use for use in scene.criteria if use.use in missing]
            most = add_vectors(*(criterion_maximum(story.scenario, scene, name) for name in names))
            lost = max(lost, value_of(most, weights))
    return lost
