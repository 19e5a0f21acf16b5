"""Grades while everything goes wrong: the worker is killed again and again, and the LMSs fail three requests in ten.

What must hold at the end: every learner's grade in the gradebook is the latest one committed. None lost, none wrong.
"""

from __future__ import annotations

import os
import random
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from sandbox_lms.testing import LmsHandle
from tests.authoring.conftest import document as small
from tests.faults.conftest import IS_NIGHTLY
from tests.journeys import walking
from tests.journeys.site import Site
from tests.journeys.walking import Learner

LEARNERS = int(os.environ.get("FAULTS_LEARNERS", "1500" if IS_NIGHTLY else "200"))
KILLS = 60 if IS_NIGHTLY else 10
AT_ONCE = 4
SETTLES_WITHIN_S = 1200 if IS_NIGHTLY else 300
FAULTS = {"rate": 0.3, "endpoints": ["scores", "results", "token", "line_items"], "slow_s": 3.0, "retry_after_s": 1}
PERSONALITIES = ("moodle", "canvas", "openedx")


def four_grades() -> dict[str, Any]:
    """Return a scenario of one decision, worth 1 to 4 of 4: a wrong grade is told from a right one."""
    raw = small(title="Four grades", purpose="coached")
    door = raw["scenes"][0]
    door["choices"] = [
        {
            "id": f"take_{n}",
            "text": f"Answer number {n}.",
            "points": {"listening": n},
            "feedback": "So.",
            "goto": "calm",
        }
        for n in (1, 2, 3, 4)
    ]
    return {**raw, "scenes": [door, next(each for each in raw["scenes"] if each["id"] == "calm")]}


@dataclass
class Killer:
    """Kills the worker while it has grades in its hands, at a random moment, and starts it again; in a thread."""

    site: Site
    kills: int = 0
    in_flight: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        random_ = random.Random(7)
        while not self._stop.is_set():
            patience = time.monotonic() + 12
            while not self.held() and time.monotonic() < patience:
                time.sleep(0.05)
            time.sleep(random_.uniform(0, 0.4))
            held = self.held()
            self.site.kill_worker()
            self.kills, self.in_flight = self.kills + 1, self.in_flight + bool(held)
            self.site.start_worker()

    def held(self) -> int:
        """Return how many grades are claimed by a worker that is still in time."""
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
        database = sqlite3.connect(f"file:{self.site.folder}/branchwise.sqlite3?mode=ro", uri=True, timeout=30)
        with closing(database):
            ask = "select count(*) from lti_gradetarget where lease_id is not null and lease_until > ?"
            return int(database.execute(ask, [now]).fetchone()[0])

    @contextmanager
    def at_work(self) -> Iterator[Killer]:
        thread = threading.Thread(target=self.run)
        thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            thread.join()


@dataclass(frozen=True)
class Place:
    """An LMS with the activity in it."""

    lms: LmsHandle
    link: dict[str, Any]


@pytest.fixture(scope="module")
def places(site: Site) -> list[Place]:
    site.inside("publish", document=four_grades())
    found = []
    for number, personality in enumerate(PERSONALITIES):
        lms, registration = walking.connect(site, personality, f"{personality}-faults")
        found.append(Place(lms, walking.choose(site, lms, registration, "Four grades")))
        for learner in range(number, LEARNERS, len(PERSONALITIES)):
            lms.add_person(f"learner{learner}", given_name=f"Learner {learner}")
            lms.enrol(lms.course, f"learner{learner}")
        lms.set_faults(seed=number + 11, **FAULTS)
    return found


def finish(site: Site, place: Place, number: int) -> tuple[str, list[int]]:
    """Let a learner in and through to the end, the last step posted twice at once; every fifth tries again."""
    name = f"learner{number}"
    learner = Learner.arrived(site, walking.launch(place.lms, name, place.link).url)
    statuses = []
    for attempt in range(2 if number % 5 == 0 else 1):
        served = learner.call("POST", "restart/")[1] if attempt else learner.load()
        choice = (number + 3 * attempt) % 4 + 1
        served = learner.act(served, {"type": "choose", "choice": f"take_{choice}"})
        last = {"seq": served["view"]["seq"], "action": {"type": "continue"}}
        with ThreadPoolExecutor(2) as twice:
            both = [twice.submit(learner.call, "POST", "act/", last) for _ in range(2)]
        statuses.append(sorted(each.result()[0] for each in both))
    assert all(pair == [200, 409] for pair in statuses), (name, statuses)
    return name, [status for pair in statuses for status in pair]


def shown_grades(place: Place) -> dict[str, Decimal]:
    """Return the share in the gradebook by user id."""
    book = place.lms.gradebook(place.lms.course)
    (column,) = [one for one in book["columns"] if one["resource_link_id"] == place.link["resource_link_id"]]
    ids = {one["username"]: str(one["user_id"]) for one in book["learners"]}
    return {
        ids[grade["username"]]: (Decimal(str(grade["shown"])) / Decimal(str(column["maximum"]))).quantize(
            Decimal("0.0001")
        )
        for grade in book["grades"]
        if grade["line_item"] == column["id"] and grade["shown"] is not None
    }


def differences(site: Site, places: list[Place]) -> list[str]:
    """Return how gradebooks and committed grades differ; nothing once all is settled."""
    committed = {(row["issuer"], row["sub"]): Decimal(row["ratio"]) for row in site.inside("grades") if row["ratio"]}
    shown = {(place.lms.issuer, sub): share for place in places for sub, share in shown_grades(place).items()}
    return [
        f"{key}: committed {committed.get(key)}, shown {shown.get(key)}"
        for key in committed.keys() | shown.keys()
        if committed.get(key) != shown.get(key)
    ]


def test_no_grade_is_lost_or_wrong_while_workers_die_and_lmss_fail(site: Site, places: list[Place]) -> None:
    began = time.monotonic()
    with Killer(site).at_work() as killer:
        with ThreadPoolExecutor(AT_ONCE) as classroom:
            numbers = range(LEARNERS)
            done = list(classroom.map(lambda n: finish(site, places[n % len(places)], n), numbers))
        played_s = time.monotonic() - began
        site.wait(lambda: killer.kills >= KILLS, "The worker was not killed often enough.", 600)
    stopped = time.monotonic()
    site.wait(
        lambda: set(site.inside("waiting")) == {"delivered"} and not differences(site, places),
        "Grades are still on their way.",
        SETTLES_WITHIN_S,
        pause_s=2,
    )
    settled_s = time.monotonic() - stopped
    posts = [post for place in places for post in place.lms.score_posts()]
    rows = site.inside("grades")
    print(
        f"\n{len(done)} learners in {played_s:.0f} s, {killer.kills} kills ({killer.in_flight} with grades in hand), {len(posts)} posts of which "
        f"{sum(bool(post['fault']) for post in posts)} failed on purpose and {sum(post['applied'] for post in posts)} "
        f"were applied; settled {settled_s:.0f} s after the last kill; {len(rows)} grades, "
        f"{len(differences(site, places))} lost or wrong"
    )
    assert len(rows) == LEARNERS
    assert differences(site, places) == []
    assert killer.kills >= KILLS
    assert {row["ratio"] for row in rows} == {"0.2500", "0.5000", "0.7500", "1.0000"}
    assert "Traceback" not in site.log("web"), site.log("web")[-3000:]
