"""From the last step to the gradebook: 100 learners finish within half a minute, on a whole site in its embedded form.

Web server, worker and sandbox LMS are processes of their own, on SQLite and the filesystem broker. Timed is what a
learner would notice: from the moment their browser posts the last step to the moment the LMS logs the score as stored.
Seconds of the clock, unlike the other rows, and one run: seven would take four minutes.
"""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from statistics import quantiles
from typing import Any

from benchmarks import site
from benchmarks.row import Row, Skipped

LEARNERS = 100
SPREAD_S = 30.0
GOAL_S = 3.0
AT_ONCE = 4
PATIENCE_S = 60.0


@cache
def _waits() -> list[float]:
    """Return how long each grade took to its cell, in seconds, shortest first."""
    from tests.journeys.site import PLAYER, Site

    if not PLAYER.exists():
        raise Skipped("the player is not built (make build)")
    site.ready()
    folder = site.VAR / "arrivals"
    shutil.rmtree(folder, ignore_errors=True)
    running = Site(folder)
    try:
        return _measured(running)
    finally:
        running.stop()


def _measured(running: Any) -> list[float]:
    from tests.faults.classroom import four_grades
    from tests.journeys import walking

    running.inside("publish", document=four_grades())
    lms, registration = walking.connect(running, "moodle", "moodle-arrivals")
    link = walking.choose(running, lms, registration, "Four grades")
    for name in _names():
        lms.add_person(name, given_name=name)
        lms.enrol(lms.course, name)
    with ThreadPoolExecutor(AT_ONCE) as door:
        arrived = door.map(lambda name: _before_the_end(running, lms, link, name), _names())
        waiting = dict(zip(_names(), arrived, strict=True))
    people = {one["user_id"]: one["username"] for one in lms.people()}
    finished = _finish(waiting)
    stored = _stored(lms, people)
    return sorted(stored[name] - finished[name] for name in finished)


def _names() -> list[str]:
    return [f"learner{number}" for number in range(LEARNERS)]


def _before_the_end(running: Any, lms: Any, link: dict[str, Any], name: str) -> tuple[Any, dict[str, Any]]:
    """Let somebody in and play to the last step but one; return them and what they are served."""
    from tests.journeys.walking import Learner, launch

    learner = Learner.arrived(running, launch(lms, name, link).url)
    number = int(name.removeprefix("learner")) % 4 + 1
    return learner, learner.act(learner.load(), {"type": "choose", "choice": f"take_{number}"})


def _finish(waiting: dict[str, tuple[Any, dict[str, Any]]]) -> dict[str, float]:
    """Let everybody take the last step, evenly spread; return when each posted it."""
    posted: dict[str, float] = {}
    begun = time.monotonic()

    def post(number: int, name: str) -> None:
        time.sleep(max(0.0, begun + number * SPREAD_S / LEARNERS - time.monotonic()))
        learner, served = waiting[name]
        posted[name] = time.time()
        answer = learner.act(served, {"type": "continue"})
        assert answer["view"].get("over"), answer

    with ThreadPoolExecutor(AT_ONCE) as classroom:
        list(classroom.map(post, range(len(waiting)), waiting))
    return posted


def _stored(lms: Any, people: dict[str, str]) -> dict[str, float]:
    """Wait until every score is in its cell; return when the LMS stored each, by its own clock (it is ours too)."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        kept = [post for post in lms.score_posts() if post["applied"]]
        found = {people[post["user_id"]]: datetime.fromisoformat(post["at"]).timestamp() for post in reversed(kept)}
        if len(found) >= LEARNERS:
            return found
        time.sleep(1)
    raise AssertionError(f"{len(found)} of {LEARNERS} grades arrived within {PATIENCE_S:.0f} s.")


def _share(hundredth: int) -> float:
    return quantiles(_waits(), n=100, method="inclusive")[hundredth - 1]


def _note() -> str:
    return (
        f"p50 {_share(50):.2f} s, p99 {_share(99):.2f} s, longest {_waits()[-1]:.2f} s; {LEARNERS} in {SPREAD_S:.0f} s"
    )


ROW = Row("finish -> gradebook, p99: three seconds", lambda: _share(99), lambda: GOAL_S, 1.0, _note)
