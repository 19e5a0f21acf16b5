"""People, content and clients that the tests of learning share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from foundation.api import Organisation
from learning import api, content, hooks, judging, signals
from learning.models import Learner, Participation, Placement
from tests.learning.catalogue import Shelf

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    shelf = Shelf()
    content.use_catalogue(shelf)
    yield shelf
    content.use_catalogue(None)


@pytest.fixture(autouse=True)
def no_hooks() -> Iterator[None]:
    """What one test registers, or another app has, must not answer here."""
    lists: tuple[list[Any], ...] = (
        hooks._delivery,
        hooks._names,
        hooks._frames,
        hooks._missing,
        hooks._roster,
        judging._judge,
    )
    kept = [list(each) for each in lists]
    # Django replaces the list of a signal when a receiver dies, so the attribute is what is kept.
    receivers, signals.grade_changed.receivers = signals.grade_changed.receivers, []
    for each in lists:
        each.clear()
    signals.grade_changed.sender_receivers_cache.clear()
    yield
    for each, before in zip(lists, kept, strict=True):
        each[:] = before
    signals.grade_changed.receivers = receivers
    signals.grade_changed.sender_receivers_cache.clear()


@pytest.fixture
def organisation(db: None) -> Organisation:
    return Organisation.objects.create(name="Acme", slug="acme", support_contacts="The help desk")


@dataclass
class Playing:
    """One learner in one placement, with a browser that holds their token."""

    participation: Participation
    token: str
    client: Client

    def url(self, module: str = "main", action: str = "") -> str:
        return f"/play/api/{self.participation.uuid}/{module}/{action}"

    def load(self, module: str = "main") -> Any:
        return self.client.get(self.url(module), headers=bearer(self.token))

    def act(self, seq: int, action: dict[str, Any], module: str = "main") -> Any:
        return self.post(self.url(module, "act/"), {"seq": seq, "action": action})

    def restart(self, module: str = "main") -> Any:
        return self.post(self.url(module, "restart/"), {})

    def post(self, url: str, body: Any) -> Any:
        return self.client.post(url, json.dumps(body), content_type="application/json", headers=bearer(self.token))

    def play(self, actions: list[dict[str, Any]], module: str = "main") -> Any:
        """Load, then take each action; every step must be accepted. Returns the last answer."""
        answer = self.load(module)
        for action in actions:
            assert answer.status_code == 200, answer.content
            answer = self.act(answer.json()["view"]["seq"], action, module)
        assert answer.status_code == 200, answer.content
        return answer.json()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def place(
    organisation: Organisation, kind: str, uuid: UUID, module: str = "", policies: dict[str, Any] | None = None
) -> Placement:
    cohort = api.new_cohort(organisation, "Spring")
    return api.create_placement(organisation, cohort, api.Target(kind, uuid, module), policies or {})


def launch(placement: Placement, learner: Learner, **options: Any) -> Playing:
    preview = options.get("preview", False)
    participation = api.enter(placement, learner, NOW, preview=preview)
    from django.utils import timezone

    token = api.issue_token(participation, timezone.now(), **options)
    return Playing(participation, token, Client())


@pytest.fixture
def changes() -> Iterator[list[dict[str, Any]]]:
    """Every `grade_changed` as it was sent."""
    sent: list[dict[str, Any]] = []

    def keep(sender: object, signal: object, **facts: Any) -> None:
        sent.append(facts)

    signals.grade_changed.connect(keep)
    yield sent
    signals.grade_changed.disconnect(keep)
