"""What people of a journey do over plain HTTP: register a tool, choose content, launch, play, coach. No assertions."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from sandbox_lms.testing import Arrival, LmsHandle
from sandbox_lms.testing_browser import Browser
from scenario_engine.actions import Action, Judged, Write
from scenario_engine.document import Question
from scenario_engine.scoring import Judgement, score
from scenario_engine.story import Story
from scenario_engine.transcripts import Outcome, outcome_of, replay
from tests.journeys.site import Site

Actor = Callable[[dict[str, Any]], dict[str, Any]]


def connect(site: Site, personality: str, key: str = "") -> tuple[LmsHandle, dict[str, Any]]:
    """Return a fresh LMS that has the site as an approved tool: registered by its address where the LMS can."""
    lms = site.sandbox.create_lms(key or f"{personality}-journey", personality)
    if personality == "openedx":  # manual only: addresses are copied both ways
        registration = lms.register(
            name="Branchwise",
            initiate_login_uri=f"{site.url}/lti/login/",
            redirect_uris=[f"{site.url}/lti/launch/"],
            jwks_uri=f"{site.url}/lti/jwks/",
            target_link_uri=f"{site.url}/lti/launch/",
            deep_link_uri=f"{site.url}/lti/launch/",
        )
        told = lms.describe()
        site.inside(
            "add_platform",
            deployment=registration["deployment_id"],
            name="Open edX",
            product="openedx",
            issuer=told["issuer"],
            client_id=registration["client_id"],
            auth_url=told["auth"],
            token_url=told["token"],
            jwks_url=told["jwks"],
        )
        return lms, registration
    page = Browser().go("GET", lms.invite(f"{site.url}/lti/register/")["url"])
    if page.status != 200:
        raise AssertionError(f"Registration: {page.status} {page.body[:2000]}")
    site.inside("approve", issuer=lms.issuer)
    return lms, lms.activate(lms.registrations()[0]["id"])


def choose(site: Site, lms: LmsHandle, registration: dict[str, Any], title: str) -> dict[str, Any]:
    """Have the teacher choose published content by deep linking; return the activity that it made."""
    started = lms.start_deep_link("teacher", lms.course, registration["id"])
    browser = Browser()
    picker = follow(browser, started)
    pick = pick_of(picker.body, title)
    form = next(form for form in picker.forms() if "deep-link/answer" in form.action)
    browser.go("POST", form.action, {**form.fields, "pick": pick, "graded": "1"})
    came = lms.deep_link(started["id"])
    if came["state"] != "saved":
        raise AssertionError(f"Deep linking: {came}")
    return next(link for link in lms.links(lms.course) if link["title"] == title)


def follow(browser: Browser, login: dict[str, Any]) -> Arrival:
    """Carry a login through; where our page would go on by script, take the link that it has for others."""
    arrival = browser.follow_login(login)
    onward = re.search(r'<p id="login" data-url="([^"]+)"', arrival.body)
    return browser.go("GET", html.unescape(onward[1])) if onward else arrival


def pick_of(page: str, title: str) -> str:
    """Return the value of the offer with this title on the deep linking page."""
    for offer in re.findall(r'<section class="card">.*?</section>', page, re.S):
        if html.unescape(offer).find(f"<strong><bdi>{title}</bdi></strong>") >= 0:
            return str(re.findall(r'name="pick" value="([^"]+)"', offer)[0])
    raise AssertionError(f"The page does not offer “{title}”: {re.findall('<strong><bdi>(.*?)</bdi></strong>', page)}")


def launch(lms: LmsHandle, person: str, link: dict[str, Any], **values: Any) -> Arrival:
    """Carry a launch through; return where it ended."""
    arrival = follow(Browser(), lms.start_launch(person, link["id"], **values))
    if arrival.status != 200:
        raise AssertionError(f"Launch of {person}: {arrival.status} {arrival.trail}\n{arrival.body[:2000]}")
    return arrival


@dataclass
class Learner:
    """A learner's page: a bearer token, and the JSON API of play."""

    site: Site
    participation: str
    token: str
    module: str = "main"
    #: What was posted, and every answer as it came.
    actions: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def arrived(cls, site: Site, address: str, module: str = "main") -> Learner:
        """Return the learner behind the address where a launch ended."""
        parts = urlsplit(address)
        return cls(site, parts.path.strip("/").split("/")[1], unquote(parts.fragment), module)

    def call(self, method: str, tail: str = "", body: Any = None) -> tuple[int, dict[str, Any]]:
        path = f"/play/api/{self.participation}/{self.module}/{tail}"
        answer = self.site.request(method, path, json=body, headers={"Authorization": f"Bearer {self.token}"})
        served = json.loads(answer.data)
        self.answers.append(served)
        return answer.status, served

    def load(self) -> dict[str, Any]:
        status, served = self.call("GET")
        if status != 200:
            raise AssertionError(f"load: {status} {served}")
        return served

    def act(self, served: dict[str, Any], action: dict[str, Any]) -> dict[str, Any]:
        status, answer = self.call("POST", "act/", {"seq": served["view"]["seq"], "action": action})
        if status != 200:
            raise AssertionError(f"{action}: {status} {answer}")
        self.actions.append(action)
        return answer

    def play(self, actor: Actor, steps: int = 200) -> dict[str, Any]:
        """Take up to `steps` actions as `actor` says; stop when it is over. Return what is served last."""
        served = self.load()
        while steps and not served["view"].get("over"):
            served, steps = self.act(served, actor(served["view"])), steps - 1
        return served


def quiz_actor(story: Story, wrong: Sequence[int] = ()) -> Actor:
    """Return an actor that answers every question right, but for those numbered in `wrong`."""
    asked: list[str] = []

    def act(view: dict[str, Any]) -> dict[str, Any]:
        scene = story.scenes[view["scene"]]
        if view["stage"] != "scene" or not isinstance(scene, Question):
            return {"type": "continue"}
        if view["scene"] not in asked:
            asked.append(view["scene"])
        right = [option.id for option in scene.options if option.right or option.credit == 1]
        if len(asked) - 1 in wrong:
            right = [next(option.id for option in scene.options if option.id not in right and not option.credit)]
        return {"type": "answer", "value": right if scene.type != "single" else right[0]}

    return act


def picking_actor(picks: Sequence[str], words: str = "In my own words.") -> Actor:
    """Return an actor that takes choices (and samples) in order and writes `words` where asked."""
    left = list(picks)

    def act(view: dict[str, Any]) -> dict[str, Any]:
        if view["stage"] == "match" or (view["stage"] == "scene" and view.get("choices")):
            return {"type": "choose", "choice": left.pop(0)}
        if view["stage"] == "scene" and view.get("reply"):
            return {"type": "write", "text": words}
        return {"type": "continue"}

    return act


def expected(story: Story, actions: Sequence[dict[str, Any]], judgements: Sequence[Judgement] = ()) -> Outcome:
    """Return what the engine by itself makes of the posted actions."""
    taken: list[Action] = []
    for action in actions:
        taken.append(msgspec.convert(action, Action))
        if isinstance(taken[-1], Write):
            taken.append(Judged())
    return outcome_of(score(story, replay(story, "any", taken), judgements))


@dataclass
class Coach:
    """A coach's page: what the launch of a teacher ends at."""

    site: Site
    placement: str
    token: str

    @classmethod
    def arrived(cls, site: Site, address: str) -> Coach:
        parts = urlsplit(address)
        return cls(site, parts.path.strip("/").split("/")[1], unquote(parts.fragment))

    def page(self, tail: str = "") -> str:
        answer = self._ask("GET", tail)
        return str(answer.data.decode())

    def correct(self, attempt: str, **fields: str) -> str:
        """Post a correction from the page as it stands now."""
        mark = re.findall(r'name="as_of" value="([^"]+)"', self.page(f"attempts/{attempt}/"))[0]
        answer = self._ask("POST", f"attempts/{attempt}/", {"as_of": mark, **fields})
        if answer.status != 200:
            raise AssertionError(f"{fields}: {answer.status} {answer.data[:1500]!r}")
        return str(answer.data.decode())

    def _ask(self, method: str, tail: str, fields: dict[str, str] | None = None) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "text/html"}
        options: dict[str, Any] = {"headers": headers}
        if fields is not None:
            options.update(fields=fields, encode_multipart=False)
        return self.site.request(method, f"/coach/{self.placement}/{tail}", **options)


def shown_share(lms: LmsHandle, link: dict[str, Any], person: str) -> float | None:
    """Return the share 0..1 that the gradebook shows for a person, None when it shows nothing."""
    columns = [
        one for one in lms.gradebook(lms.course)["columns"] if one["resource_link_id"] == link["resource_link_id"]
    ]
    for column in columns:
        grade = lms.grade(lms.course, column["id"], person)
        if grade is not None and grade["shown"] is not None:
            return float(grade["shown"]) / float(column["maximum"])
    return None
