"""Everything that a whole play-through sends to the browser, read for what a learner must not see yet or ever.

Scripts and styles are left out: they are the same for everybody and know no scenario.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from scenario_engine.codec import decode_raw, to_raw
from scenario_engine.story import Story, compile_story
from tests.course_packs.packs import customer_care
from tests.course_packs.test_customer_care import PERFECT, POOR
from tests.journeys import walking
from tests.journeys.site import Site
from tests.journeys.walking import Learner

pytestmark = pytest.mark.long

# Words of the document that name what decides: never a key of anything that is sent.
NEVER_KEYS = {
    "when",
    "goto",
    "cues",
    "set",
    "add",
    "learn",
    "weights",
    "otherwise",
    "rules",
    "right",
    "solution",
    "credit",
}
POINTS = {"points", "score", "grade", "total", "maximum"}
PLAYS = [("envelope-4417", "PERFECT"), ("fourth-date", "PERFECT"), ("fourth-date", "POOR")]


def texts_of(value: Any) -> Iterator[str]:
    """Yield every authored sentence in a piece of a raw document that is long enough to be told apart."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in ("id", "goto", "use", "key", "image", "alt"):
                yield from texts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each)
    elif isinstance(value, str) and len(value) > 24:
        yield value


def plain(text: str) -> str:
    """Return the letters of a text alone: sent texts are trees, authored ones have marks."""
    return re.sub(r"[\W_]+", "", text).lower()


def said(value: Any) -> str:
    """Return every string of an answer, joined as `plain` text."""
    found: list[str] = []

    def walk(each: Any) -> None:
        if isinstance(each, dict):
            for inner in each.values():
                walk(inner)
        elif isinstance(each, list):
            for inner in each:
                walk(inner)
        elif isinstance(each, str):
            found.append(plain(each))

    walk(value)
    return "|".join(found) + "|" + "".join(found)


def keys_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for each in value.values() for key in keys_of(each)}
    return {key for each in value for key in keys_of(each)} if isinstance(value, list) else set()


def hidden_texts(document: dict[str, Any], reached: set[str]) -> dict[str, str]:
    """Return {text: scene} of the scenes not reached, without texts that a reached scene has as well."""
    known = {plain(text) for scene in document["scenes"] if scene["id"] in reached for text in texts_of(scene)}
    return {
        plain(text): scene["id"]
        for scene in document["scenes"]
        if scene["id"] not in reached
        for text in texts_of(scene)
        if plain(text) not in known
    }


def unearned_words(document: dict[str, Any], scene_id: str) -> set[str]:
    """Return what a decision says only afterwards: feedback and the better phrasing of its choices."""
    scene = next(each for each in document["scenes"] if each["id"] == scene_id)
    parts = [*scene.get("choices", []), *scene.get("options", [])]
    asked = "|".join(plain(part["text"]) for part in parts)  # a better phrasing may be another choice's very words
    later = {plain(part[name]) for part in parts for name in ("feedback", "better") if part.get(name)}
    return {words for words in later if words not in asked and len(words) > 20}


@pytest.fixture(scope="module")
def begin(site: Site) -> Any:
    lms, registration = walking.connect(site, "moodle", "moodle-leaks")

    def start(name: str, title: str) -> tuple[Learner, dict[str, Any], Story, str]:
        document = {**copy.deepcopy(to_raw(customer_care(name))), "title": title}
        site.inside("publish", document=document)
        link = walking.choose(site, lms, registration, title)
        arrival = walking.launch(lms, "rafael", link)
        scenario = decode_raw(document).scenario
        assert scenario is not None
        return Learner.arrived(site, arrival.url), document, compile_story(scenario), arrival.body

    return start


@pytest.mark.parametrize(("name", "how"), PLAYS)
def test_a_play_shows_nothing_before_its_time(begin: Any, site: Site, name: str, how: str) -> None:
    learner, document, _, shell = begin(name, f"{name}, read by a stranger ({how})")
    actor = walking.picking_actor({"PERFECT": PERFECT, "POOR": POOR}[how][name].split())
    reached: set[str] = set()
    served = learner.load()
    pages = [shell]
    while True:
        reached.add(served["view"]["scene"])
        if served["view"].get("over"):
            break
        if served["view"]["stage"] == "scene" and not served["view"].get("graded"):
            check_unanswered(document, served)
        served = learner.act(served, actor(served["view"]))
    for path in (f"/play/{learner.participation}/", f"/play/api/{learner.participation}/"):
        answer = site.request("GET", path, headers={"Authorization": f"Bearer {learner.token}"})
        assert answer.status == 200
        pages.append(answer.data.decode())
    hidden = hidden_texts(document, reached)
    assert hidden, "the play is meant to leave scenes out"
    for answer in learner.answers:
        spoken = said(answer)
        assert [hidden[text] for text in hidden if text in spoken] == []
        check_ids(document, reached, answer)
    for page in pages:
        spoken = plain(page)
        assert [hidden[text] for text in hidden if text in spoken] == []
        assert [scene["id"] for scene in document["scenes"] if re.search(rf"\b{scene['id']}\b", page)] == []


def check_unanswered(document: dict[str, Any], served: dict[str, Any]) -> None:
    """Before an answer: no points, no conditions, nothing that the choices say afterwards, no debrief."""
    view = served["view"]
    assert keys_of(view) & (NEVER_KEYS | POINTS) == set(), view
    assert not served.get("debrief")
    spoken = said(view)
    assert [words for words in unearned_words(document, view["scene"]) if words in spoken] == []


def check_ids(document: dict[str, Any], reached: set[str], answer: dict[str, Any]) -> None:
    """Ids of scenes not reached are nowhere, in values or keys."""
    sent = json.dumps(answer)
    unreached = [scene["id"] for scene in document["scenes"] if scene["id"] not in reached]
    names = {scene["id"]: f'"{scene["id"]}"' for scene in document["scenes"]}
    others = {choice["id"] for scene in document["scenes"] for choice in scene.get("choices", [])}
    assert [each for each in unreached if names[each] in sent and each not in others] == []


def test_a_quiz_keeps_its_key_until_it_is_answered(begin: Any, site: Site) -> None:
    learner, document, story, _ = begin("which-sentence", "Which sentence, read by a stranger")
    actor = walking.quiz_actor(story, wrong=[1, 3])
    served = learner.load()
    asked = 0
    while not served["view"].get("over"):
        if served["view"]["stage"] == "scene" and served["view"].get("question"):
            asked += 1
            check_unanswered(document, served)
        served = learner.act(served, actor(served["view"]))
    assert asked >= 6


def test_a_refused_step_tells_no_more_than_the_page_does(begin: Any) -> None:
    learner, document, _, _ = begin("envelope-4417", "Envelope, pushed at")
    served = learner.load()
    for action in (
        {"type": "choose", "choice": "go_noon"},
        {"type": "judged", "levels": {"ack": 4}},
        {"type": "answer", "value": "fw_frightened"},
        {"type": "choose", "choice": "nonsense"},
    ):
        status, refused = learner.call("POST", "act/", {"seq": served["view"]["seq"], "action": action})
        assert (status, refused["view"]) == (422, served["view"])
    status, stale = learner.call("POST", "act/", {"seq": 7, "action": {"type": "continue"}})
    assert (status, stale["view"]) == (409, served["view"])
    assert document["scenes"][-1]["id"] not in json.dumps(learner.answers)
