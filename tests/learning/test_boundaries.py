"""Who may reach what: every address of learning, asked by everybody who must not, and what a play-through gives away.

A new address without a rule here fails the first test.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.api import Organisation
from learning import api, tokens
from learning.models import Attempt
from learning.urls import urlpatterns
from tests.learning.catalogue import Shelf
from tests.learning.conftest import Playing, bearer, launch, place
from tests.learning.scenarios import call
from tests.learning.test_play import GOOD, NEXT, RIGHT, TO_THE_END, WARM, WORDS

pytestmark = pytest.mark.django_db


@dataclass
class World:
    """A learner's rows, and tokens of people who have nothing to do with them."""

    ana: Playing
    attempt: UUID
    owner_tokens: dict[str, str]
    strangers: dict[str, str]


# What each address is about, and whose token opens it.
OBJECTS = {
    "play": ("play", lambda w: {"participation": w.ana.participation.uuid}),
    "play-module": ("play", lambda w: {"participation": w.ana.participation.uuid, "module": "main"}),
    "own-words": ("play", lambda w: {"participation": w.ana.participation.uuid}),
    "api-overview": ("play", lambda w: {"participation": w.ana.participation.uuid}),
    "api-module": ("play", lambda w: {"participation": w.ana.participation.uuid, "module": "main"}),
    "api-act": ("play", lambda w: {"participation": w.ana.participation.uuid, "module": "main"}),
    "api-restart": ("play", lambda w: {"participation": w.ana.participation.uuid, "module": "main"}),
    "coach": ("coach", lambda w: {"placement": w.ana.participation.placement.uuid}),
    "coach-choices": ("coach", lambda w: {"placement": w.ana.participation.placement.uuid}),
    "coach-preview": ("coach", lambda w: {"placement": w.ana.participation.placement.uuid}),
    "coach-learner": (
        "coach",
        lambda w: {"placement": w.ana.participation.placement.uuid, "participation": w.ana.participation.uuid},
    ),
    "coach-attempt": (
        "coach", lambda w: {"placement": w.ana.participation.placement.uuid, "attempt": w.attempt}
    ),
}  # fmt: skip
SHELLS = {"play", "play-module", "own-words", "coach", "coach-choices", "coach-learner", "coach-attempt"}
STEP = {"seq": 0, "action": GOOD}


@pytest.fixture
def world(organisation: Organisation, shelf: Shelf) -> World:
    uuid = shelf.publish(call())
    placement, other_placement = place(organisation, "scenario", uuid), place(organisation, "scenario", uuid)
    elsewhere = Organisation.objects.create(name="Elsewhere", slug="elsewhere")
    foreign_placement = place(elsewhere, "scenario", uuid)
    ana = launch(placement, api.new_learner(organisation, "Ana Reis"))
    ana.play(TO_THE_END)
    ben = launch(placement, api.new_learner(organisation, "Ben"))
    ben.load()
    kim, lee = api.new_learner(organisation, "Kim"), api.new_learner(elsewhere, "Lee")
    coach = api.issue_coach_session(placement, kim, timezone.now())
    strangers = {
        "another learner": ben.token,
        "the same learner elsewhere": launch(other_placement, ana.participation.learner).token,
        "the same learner's preview": launch(placement, ana.participation.learner, preview=True).token,
        "a coach of another placement": api.issue_coach_session(other_placement, kim, timezone.now()),
        "a learner of another organisation": launch(foreign_placement, lee).token,
        "a coach of another organisation": api.issue_coach_session(foreign_placement, lee, timezone.now()),
        "a broken token": ana.token[:-2] + "xx",
        "a tampered token": "x" + ana.token,
        "no token": "",
        "nonsense": "Bearer",
    }
    attempt = Attempt.objects.get(participation=ana.participation)
    return World(ana, attempt.pk, {"play": ana.token, "coach": coach}, strangers)


def ask(url: str, method: str, token: str) -> Any:
    client = Client()
    if method == "GET":
        return client.get(url, headers=bearer(token))
    if url.startswith("/coach/") and "preview" not in url:
        form = {"kind": "void", "reason": "because", "as_of": "0.0"}
        return client.post(url, form_body(form), "application/x-www-form-urlencoded", headers=bearer(token))
    return client.post(url, json.dumps(STEP), "application/json", headers=bearer(token))


def form_body(form: dict[str, str]) -> str:
    from urllib.parse import urlencode

    return urlencode(form)


def test_every_address_has_a_rule() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(OBJECTS)


@pytest.mark.parametrize("name", OBJECTS)
def test_the_right_token_opens_it(world: World, name: str) -> None:
    kind, arguments = OBJECTS[name]
    url = reverse(f"learning:{name}", kwargs=arguments(world))
    answers = [ask(url, method, world.owner_tokens[kind]).status_code for method in ("GET", "POST")]
    assert any(status in (200, 409) for status in answers), answers


@pytest.mark.parametrize("name", OBJECTS)
def test_everybody_else_is_told_the_same_as_about_something_that_is_not_there(world: World, name: str) -> None:
    kind, arguments = OBJECTS[name]
    url = reverse(f"learning:{name}", kwargs=arguments(world))
    before = _everything()
    invented = reverse(
        f"learning:{name}", kwargs={k: v if k == "module" else uuid4() for k, v in arguments(world).items()}
    )
    strangers = {
        **world.strangers,
        "the other kind of token": world.owner_tokens["coach" if kind == "play" else "play"],
    }
    for who, token in strangers.items():
        for method in ("GET", "POST"):
            answer, about_nothing = ask(url, method, token), ask(invented, method, token)
            assert answer.status_code in (401, 404, 405), (who, method, answer.status_code)
            assert answer.status_code == about_nothing.status_code, (who, method)
            assert answer.content == about_nothing.content, (who, method)
            assert "Ana" not in answer.content.decode()
    assert _everything() == before


@pytest.mark.parametrize("name", sorted(SHELLS))
def test_an_address_opened_plainly_gives_the_empty_shell_and_nothing_else(world: World, name: str) -> None:
    arguments = OBJECTS[name][1](world)
    answer = Client().get(reverse(f"learning:{name}", kwargs=arguments))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Ana" not in text
    assert "A late delivery" not in text
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*src=)|<style|style=|onclick", text)
    assert "X-Frame-Options" not in answer


def test_another_learners_attempt_is_not_there_for_a_coach_of_another_placement(world: World) -> None:
    placement = world.strangers["a coach of another placement"]
    grant = tokens.read(tokens.CoachGrant, placement, timezone.now())
    url = reverse("learning:coach-attempt", kwargs={"placement": grant.placement, "attempt": world.attempt})
    assert ask(url, "GET", placement).status_code == 404
    assert ask(url, "POST", placement).status_code == 404
    url = reverse(
        "learning:coach-learner", kwargs={"placement": grant.placement, "participation": world.ana.participation.uuid}
    )
    assert ask(url, "GET", placement).status_code == 404


def test_a_preview_is_not_shown_to_coaches(world: World) -> None:
    preview = launch(world.ana.participation.placement, api.new_learner(world.ana.participation.placement.organisation),
                     preview=True)  # fmt: skip
    preview.load()
    attempt = Attempt.objects.get(participation=preview.participation)
    url = reverse(
        "learning:coach-attempt", kwargs={"placement": preview.participation.placement.uuid, "attempt": attempt.pk}
    )
    assert ask(url, "GET", world.owner_tokens["coach"]).status_code == 404


# What nobody may learn before its time, or ever.
NEVER = [
    "dc_hidden", "Only for people who are trusted", "at_least", "cues", "annoyed", '"branch"', '"goto"', '"points":{"listening":-2',
    '"weights"', "sa_secret", '"otherwise"', '"credit":0.5', '"maximum"',
]  # fmt: skip
# Scenes and texts that a learner meets only later, by the number of steps taken before.
LATER = {
    0: ["Fourteen days", '"words"', "In your words", "Names how she feels", "thank-you", "hangs up", '"warm"', '"gone"',
        "You named what it cost her", "That was our mistake", "Yes. I did.", "The law says", '"points"'],
    1: ["Fourteen days", "In your words", "Names how she feels", "thank-you", "hangs up", "That was our mistake", '"points"'],
    3: ["Names how she feels", "thank-you", "hangs up", "That was our mistake", "The law says", '"points"'],
    5: ["thank-you", "hangs up", "That was our mistake", '"points"'],
}  # fmt: skip


def test_nothing_leaves_the_site_before_its_time(organisation: Organisation, shelf: Shelf) -> None:
    ana = launch(place(organisation, "scenario", shelf.publish(call())), api.new_learner(organisation, "Ana Reis"))
    bodies = [ana.load().content.decode()]
    for action in [GOOD, NEXT, RIGHT, NEXT, WORDS, WARM]:
        seq = json.loads(bodies[-1])["view"]["seq"]
        refused = ana.act(seq, {"type": "choose", "choice": "dc_hidden"})
        assert refused.status_code == 422
        bodies += [refused.content.decode(), ana.act(seq, action).content.decode()]
        overview = ana.client.get(f"/play/api/{ana.participation.uuid}/", headers=bearer(ana.token))
        bodies.insert(-1, overview.content.decode())
    for index, body in enumerate(bodies):
        for secret in NEVER:
            if secret == "dc_hidden":
                body_without_echo = body.replace("“dc_hidden” is not offered here.", "")
                assert secret not in body_without_echo, (index, secret)
            else:
                assert secret not in body, (index, secret)
        shown = json.loads(body)
        if "view" not in shown:
            continue
        steps = shown["view"]["seq"]
        for from_step, secrets in LATER.items():
            if steps <= from_step:
                for secret in secrets:
                    assert secret not in body, (index, steps, secret)
    last = json.loads(bodies[-1])
    earned = [entry.get("points", {}) for entry in last["debrief"]["script"] if entry.get("points")]
    assert earned == [{"Listening": 3}, {"Solving": 2}]
    assert "gone" not in bodies[-1]
    assert "hangs up" not in bodies[-1]


def _everything() -> list[Any]:
    from learning.models import Grade, Judgement, Step

    return [list(model.objects.order_by("pk").values()) for model in (Step, Judgement, Grade)] + [
        list(Attempt.objects.order_by("pk").values("pk", "seq", "state", "status"))
    ]
