"""A learner without a browser: plays a launched activity over HTTP, as the player element would."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import msgspec
import urllib3
from django.conf import settings

from sandbox_lms.testing_browser import Arrival
from scenario_engine.actions import Action, Answer, Choose, Continue, Judged, Write

MOST_STEPS = 300


class CannotPlay(Exception):
    """The site did not answer as a player needs."""


@dataclass
class Played:
    """What was done, the host's recorded actions included, and where it ended."""

    ending: str = ""
    actions: list[Action] = field(default_factory=list)


class HttpPlayer:
    """Follows a launch to its `/play/` address and uses the bearer of the fragment."""

    def __init__(self, arrival: Arrival) -> None:
        address = urlsplit(arrival.url)
        if arrival.status != 200 or not address.path.startswith("/play/") or not address.fragment:
            raise CannotPlay(f"The launch ended at {address.path} with {arrival.status}: {arrival.body[:300]}")
        participation = address.path.strip("/").split("/")[1]
        self._base = f"{settings.PUBLIC_URL}/play/api/{participation}/main/"
        self._headers = {"Authorization": f"Bearer {address.fragment}"}
        self._http = urllib3.PoolManager(timeout=30, retries=False)

    def play_to_the_end(self) -> Played:
        """Play until a graded ending, taking different choices as it goes; return what was done."""
        played = Played()
        served = self._call("GET", self._base)
        for _ in range(MOST_STEPS):
            view = served["view"]
            if view.get("graded"):
                played.ending = view["scene"]
                return played
            action = _next(view)
            played.actions.append(action)
            if isinstance(action, Write):
                played.actions.append(Judged())  # nothing assesses here: the site records it by itself
            body = {"seq": view["seq"], "action": msgspec.to_builtins(action)}
            served = self._call("POST", f"{self._base}act/", body)
        raise CannotPlay(f"No ending after {MOST_STEPS} steps.")

    def _call(self, method: str, url: str, body: Any = None) -> Any:
        answer = self._http.request(method, url, json=body, headers=self._headers)
        if answer.status != 200:
            raise CannotPlay(f"{method} {urlsplit(url).path} answered {answer.status}: {answer.data[:300]!r}")
        return answer.json()


def _next(view: dict[str, Any]) -> Action:
    """Return a learner's next action: neither always the first nor always the last of what is offered."""
    if view["stage"] == "reaction" or view.get("can_continue"):
        return Continue()
    if view.get("match"):
        return Choose(view["match"]["samples"][0]["id"])
    if view.get("choices"):
        offered = sorted(choice["id"] for choice in view["choices"])
        return Choose(offered[view["seq"] % len(offered)])
    if view.get("question"):
        return Answer([sorted(option["id"] for option in view["question"]["options"])[0]])
    if view.get("reply"):
        return Write("That envelope should have been here. I will look for it with you now.")
    raise CannotPlay(f"Nothing can be done in the scene {view['scene']}.")
