"""From registration to the gradebook over HTTP, with the real site, worker and LMS: a grade that arrives is right."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from scenario_engine.codec import decode_raw, to_raw
from scenario_engine.document import Scenario
from scenario_engine.scoring import Judgement
from scenario_engine.story import compile_story
from tests.course_packs.packs import customer_care
from tests.course_packs.test_customer_care import REPAIRED
from tests.journeys import walking
from tests.journeys.site import Site
from tests.journeys.walking import Coach, Learner

pytestmark = pytest.mark.long
ARRIVES_WITHIN_S = 40


def raw(name: str, title: str) -> dict[str, Any]:
    return {**copy.deepcopy(to_raw(customer_care(name))), "title": title}


def reworded(document: dict[str, Any], words: str) -> dict[str, Any]:
    """Return the document with another prompt in its first scene."""
    changed = copy.deepcopy(document)
    changed["scenes"][0]["prompt"] = words
    return changed


def scenario_of(document: dict[str, Any]) -> Scenario:
    decoded = decode_raw(document).scenario
    assert decoded is not None
    return decoded


def arrived(site: Site, lms: Any, link: Any, person: str, share: float) -> bool:
    def there() -> bool:
        shown = walking.shown_share(lms, link, person)
        return shown is not None and abs(shown - share) < 0.0002

    return bool(site.wait(there, f"{person}'s grade {share} did not arrive: {site.inside('grades')}", ARRIVES_WITHIN_S))


@pytest.mark.parametrize("personality", ["moodle", "canvas", "openedx"])
def test_a_grade_travels_from_registration_to_gradebook(site: Site, personality: str) -> None:
    document = raw("which-sentence", f"Which sentence, on {personality}")
    story = compile_story(scenario_of(document))
    published = site.inside("publish", document=document)
    lms, registration = walking.connect(site, personality)
    link = walking.choose(site, lms, registration, document["title"])

    amara = Learner.arrived(site, walking.launch(lms, "amara", link).url)
    half = amara.play(walking.quiz_actor(story), steps=5)
    words = "These are other words."
    assert site.inside("publish", document=reworded(document, words), uuid=published["uuid"])["number"] == 2
    again = Learner.arrived(site, walking.launch(lms, "amara", link).url)
    assert (again.participation, again.load()["view"]) == (amara.participation, half["view"])
    assert walking.shown_share(lms, link, "amara") is None

    again.actions = amara.actions
    last = again.play(walking.quiz_actor(story, wrong=[0, 2]))
    outcome = walking.expected(story, again.actions)
    assert outcome.grade is not None and 0 < float(outcome.grade) < 1
    assert last["debrief"]["grade"]["ratio"] == pytest.approx(float(outcome.grade), abs=0.00005)
    assert arrived(site, lms, link, "amara", float(outcome.grade))
    (attempt,) = site.inside("attempts", participation=amara.participation)
    assert (attempt["version"], attempt["ratio"], attempt["ending"]) == (1, outcome.grade, outcome.ending)

    jonas = Learner.arrived(site, walking.launch(lms, "jonas", link).url)
    assert words in str(jonas.load()["view"])
    assert site.inside("attempts", participation=jonas.participation)[0]["version"] == 2

    coach = Coach.arrived(site, walking.launch(lms, "teacher", link).url)
    assert "Amara Okoye" in coach.page()
    page = coach.correct(attempt["id"], kind="grade", value="40", reason="We talked it through.")
    assert "We talked it through." in page
    assert arrived(site, lms, link, "amara", 0.4)
    assert walking.shown_share(lms, link, "jonas") is None


def test_what_waits_for_a_coach_is_sent_once_it_is_read(site: Site) -> None:
    document = raw("fourth-date", "The fourth date, read by a coach")
    story = compile_story(scenario_of(document))
    site.inside("publish", document=document)
    lms, registration = walking.connect(site, "moodle", "moodle-coached")
    link = walking.choose(site, lms, registration, document["title"])
    mei = Learner.arrived(site, walking.launch(lms, "mei", link).url)
    last = mei.play(walking.picking_actor(REPAIRED["fourth-date"].split(), "You waited in an empty flat."))
    unread = walking.expected(story, mei.actions)
    assert (last["view"]["over"], unread.ending, unread.reason) == (True, "half_past_nine", "pending")
    assert last["debrief"]["grade"]["reason"] == "pending"
    (attempt,) = site.inside("attempts", participation=mei.participation)
    assert (attempt["ending"], attempt["ratio"]) == (unread.ending, None)
    assert walking.shown_share(lms, link, "mei") is None

    coach = Coach.arrived(site, walking.launch(lms, "teacher", link).url)
    page = coach.page(f"attempts/{attempt['id']}/")
    assert "You waited in an empty flat." in page
    read = []
    for seq, criterion in re.findall(
        r'name="seq" value="(\d+)"><input type="hidden" name="criterion" value="(\w+)"', page
    ):
        coach.correct(
            attempt["id"], kind="level", seq=seq, criterion=criterion, value="3", reason="Named what it cost."
        )
        read.append(Judgement(kind="level", seq=int(seq), criterion=criterion, value="3"))
    outcome = walking.expected(story, mei.actions, read)
    assert len(read) >= 2 and outcome.grade is not None
    assert arrived(site, lms, link, "mei", float(outcome.grade))
    assert mei.load()["debrief"]["grade"]["ratio"] == pytest.approx(float(outcome.grade), abs=0.00005)
