"""Learners who play over HTTP while things go wrong, as a browser does it: try again, reload, go on from where it is.

What the site acknowledged is written down here, and compared with what is committed and with what the gradebooks show.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import urllib3

from sandbox_lms.testing import LmsHandle
from tests.authoring.conftest import document as small
from tests.faults.combinations import Combination
from tests.journeys import walking
from tests.journeys.site import Site
from tests.journeys.walking import Learner

PERSONALITIES = ("moodle", "canvas", "openedx")
MIX = {"rate": 0.3, "endpoints": ["scores", "results", "token", "line_items"], "slow_s": 2.0, "retry_after_s": 1}
AT_ONCE = 4
PATIENCE_S = 150


def four_grades() -> dict[str, Any]:
    """Return a scenario of one decision, worth 1 to 4 of 4, of which the last attempt counts: each play changes it."""
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
    raw["scoring"] = {**raw.get("scoring", {}), "attempt": "last"}
    return {**raw, "scenes": [door, next(each for each in raw["scenes"] if each["id"] == "calm")]}


@dataclass
class Pupil:
    """One learner: where they play, and what was acknowledged to them last."""

    name: str
    place: Place
    learner: Learner
    attempt: int = 0
    share: Decimal | None = None


@dataclass(frozen=True)
class Place:
    """An LMS with the activity in it."""

    lms: LmsHandle
    link: dict[str, Any]


@dataclass
class Classroom:
    """A site with learners from three LMSs."""

    site: Site
    combination: Combination
    places: list[Place] = field(default_factory=list)
    pupils: list[Pupil] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def built(cls, site: Site, combination: Combination, size: int) -> Classroom:
        """Connect the LMSs and let everybody in."""
        room = cls(site, combination)
        site.inside("publish", document=four_grades())
        for personality in PERSONALITIES:
            lms, registration = walking.connect(site, personality, f"{personality}-faults")
            room.places.append(Place(lms, walking.choose(site, lms, registration, "Four grades")))
        courses = [place.lms.course for place in room.places]
        for number in range(size):
            at = number % len(courses)
            room.places[at].lms.add_person(f"learner{number}", given_name=f"Learner {number}")
            room.places[at].lms.enrol(courses[at], f"learner{number}")
        with ThreadPoolExecutor(AT_ONCE) as door:
            room.pupils = list(door.map(room._let_in, range(size)))
        return room

    def _let_in(self, number: int) -> Pupil:
        place = self.places[number % len(self.places)]
        name = f"learner{number}"
        arrival = walking.launch(place.lms, name, place.link)
        return Pupil(name, place, Learner.arrived(self.site, arrival.url))

    # -- playing ---------------------------------------------------------------------------------------
    def play(self, twice: bool = False, pupils: Sequence[Pupil] | None = None) -> None:
        """Let everybody play one more attempt, to another grade than before; the last step is posted twice at once."""
        with ThreadPoolExecutor(AT_ONCE) as classroom:
            for _ in range(2 if twice else 1):
                list(classroom.map(self._play, pupils or self.pupils))

    def _play(self, pupil: Pupil) -> None:
        number, deadline = pupil.attempt + 1, time.monotonic() + PATIENCE_S
        worth = (int(pupil.share * 4) if pupil.share is not None else len(pupil.name)) % 4 + 1
        while not self._is_through(pupil, number, worth):
            if time.monotonic() > deadline:
                raise AssertionError(f"{pupil.name} could not finish attempt {number} in {PATIENCE_S} s.")
            time.sleep(0.05)
        pupil.attempt, pupil.share = number, Decimal(worth) / 4

    def _is_through(self, pupil: Pupil, number: int, worth: int) -> bool:
        """Take the next step, whatever that is; say whether the attempt is acknowledged as finished."""
        served = self._ask(pupil, "GET")
        if served is None:
            return False
        view, attempt = served["view"], served.get("attempt", 1)
        if view.get("over"):
            if attempt >= number:
                return True
            self._ask(pupil, "POST", "restart/")
            return False
        seq = view["seq"]
        if view.get("choices"):
            self._ask(pupil, "POST", "act/", {"seq": seq, "action": {"type": "choose", "choice": f"take_{worth}"}})
            return False
        last = {"seq": seq, "action": {"type": "continue"}}
        with ThreadPoolExecutor(2) as both:
            answers = [both.submit(self._ask, pupil, "POST", "act/", last) for _ in range(2)]
        done = [answer for each in answers if (answer := each.result()) is not None]
        return any(each["view"].get("over") and each.get("attempt", 1) >= number for each in done)

    def _ask(self, pupil: Pupil, method: str, tail: str = "", body: Any = None) -> dict[str, Any] | None:
        """Return what was served with 200 or 409; None when the site could not answer just now."""
        try:
            status, served = pupil.learner.call(method, tail, body)
        except (urllib3.exceptions.HTTPError, OSError, ValueError):
            time.sleep(0.3)
            return None
        pupil.learner.answers.clear()
        if status in (200, 409) and "view" in served:
            return served
        if status not in (409, 422, 500, 502, 503):
            raise AssertionError(f"{pupil.name}: {method} {tail} {status} {served}")
        if status == 500:
            raise AssertionError(f"{pupil.name}: {method} {tail} answered 500: {self.site.log('web')[-3000:]}")
        time.sleep(0.3)
        return None

    # -- trouble ---------------------------------------------------------------------------------------
    @contextmanager
    def bad_lms(self, **changes: Any) -> Iterator[None]:
        """Let three requests in ten go wrong at every LMS, applied or not."""
        for number, place in enumerate(self.places):
            place.lms.set_faults(**{**MIX, "seed": number + 11, **changes})
        try:
            yield
        finally:
            for place in self.places:
                place.lms.set_faults()

    # -- what came of it -------------------------------------------------------------------------------
    def shown(self) -> dict[str, Decimal]:
        """Return the share in the gradebooks by learner."""
        found = {}
        for place in self.places:
            book = place.lms.gradebook(place.lms.course)
            (column,) = [one for one in book["columns"] if one["resource_link_id"] == place.link["resource_link_id"]]
            top = Decimal(str(column["maximum"]))
            for grade in book["grades"]:
                if grade["line_item"] == column["id"] and grade["shown"] is not None:
                    found[grade["username"]] = (Decimal(str(grade["shown"])) / top).quantize(Decimal("0.0001"))
        return found

    def lost_or_wrong(self) -> list[str]:
        """Return how acknowledged, committed and shown grades differ."""
        committed, shown = self.site.inside("finished"), self.shown()
        return [
            f"{pupil.name}: acknowledged {pupil.share}, committed {committed.get(pupil.learner.participation)}, "
            f"shown {shown.get(pupil.name)}"
            for pupil in self.pupils
            if pupil.share is not None
            and (
                committed.get(pupil.learner.participation) != f"{pupil.share:.4f}"
                or shown.get(pupil.name) != pupil.share
            )
        ]

    def settle(self, within_s: float = 180, *, time_passes: bool = True) -> float:
        """Wait until every gradebook holds the latest grade of everybody; return how long that took."""
        began = time.monotonic()

        def all_there() -> bool:
            if time_passes:
                self.site.inside("put_due")
            return set(self.site.inside("waiting")) <= {"delivered"} and not self.lost_or_wrong()

        try:
            self.site.wait(all_there, "Grades are still on their way.", within_s, pause_s=1.5)
        except Exception as error:
            raise AssertionError(f"{self.site.inside('waiting')} {self.lost_or_wrong()[:20]}\n{error}") from error
        return time.monotonic() - began

    def posts(self, after: dict[str, int] | None = None) -> list[dict[str, Any]]:
        """Return every score that arrived at an LMS, or those since `marks`."""
        return [post for place in self.places for post in place.lms.score_posts((after or {}).get(place.lms.key, 0))]

    def marks(self) -> dict[str, int]:
        """Return where the logs of the LMSs end now."""
        return {
            place.lms.key: max((int(post["id"]) for post in place.lms.score_posts()), default=0)
            for place in self.places
        }
