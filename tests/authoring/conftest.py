"""Two organisations, people in every role, and documents to publish or to refuse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from authoring.drafts import Draft, save_draft
from authoring.models import Scenario
from foundation.api import Membership, Organisation, Role, User


@dataclass(frozen=True)
class House:
    """An organisation with one person in each role of authoring."""

    organisation: Organisation
    designer: User
    reviewer: User
    publisher: User


def make_house(slug: str) -> House:
    organisation = Organisation.objects.create(name=slug.capitalize(), slug=slug)
    people = {}
    for role in (Role.DESIGNER, Role.REVIEWER, Role.PUBLISHER):
        user = User.objects.create_user(f"{slug}-{role}", first_name=role.capitalize())
        Membership.objects.create(organisation=organisation, user=user, role=role)
        people[str(role)] = user
    return House(organisation, people["designer"], people["reviewer"], people["publisher"])


@pytest.fixture
def house(db: None) -> House:
    return make_house("harbour")


@pytest.fixture
def neighbour(db: None) -> House:
    return make_house("hill")


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def document(**changes: Any) -> dict[str, Any]:
    """A small scenario fit to be published: one decision worth points, two endings."""
    return {
        "format": 1,
        "id": "the-late-parcel",
        "title": "The late parcel",
        "summary": "A parcel has not come.",
        "purpose": "practice",
        "minutes": 5,
        "competencies": {"listening": {"title": "Listening"}},
        "cast": {"mara": {"name": "Mara"}},
        "variables": {"trust": {"type": "number", "range": [0, 5], "start": 1, "label": "Trust", "show": "meter",
                                "words": [[0, "closed"], [2, "open"]]}},
        "start": "door",
        "scenes": [
            {
                "id": "door",
                "kind": "decision",
                "title": "At the door",
                "beats": [{"id": "b1", "who": "mara", "text": "It was promised for Tuesday."}],
                "prompt": "What do you say?",
                "choices": [
                    {"id": "ask", "text": "Tell me what it was for.", "points": {"listening": 2}, "add": {"trust": 2},
                     "feedback": "You asked.", "goto": "way"},
                    {"id": "shrug", "text": "These things happen.", "points": {"listening": -1},
                     "feedback": "You shrugged.", "goto": "way"},
                ],
            },
            {
                "id": "way",
                "kind": "route",
                "rules": [{"when": {"var": "trust", "at_least": 2}, "goto": "calm"}],
                "otherwise": "gone",
            },
            {"id": "calm", "kind": "ending", "outcome": "good", "title": "A new date", "text": "She writes it down."},
            {"id": "gone", "kind": "ending", "outcome": "poor", "title": "The door shuts", "text": "She is gone."},
        ],
        **changes,
    }  # fmt: skip


def broken_document(**changes: Any) -> dict[str, Any]:
    """The same with a way that leads nowhere: a draft like any other, and never to be published."""
    broken = document(**changes)
    broken["scenes"][0]["choices"][0]["goto"] = ""
    return broken


@pytest.fixture
def draft(house: House) -> Draft:
    return save_draft(house.organisation, document(), by=house.designer)


@pytest.fixture
def scenario(draft: Draft) -> Scenario:
    return Scenario.objects.get(pk=draft.scenario.pk)
