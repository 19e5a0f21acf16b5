"""Learning on real published content: a course pack, loaded and published by authoring."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from authoring import api as authoring
from foundation.api import Organisation, User
from learning import api
from learning.models import Attempt
from tests.learning.conftest import Playing, bearer, launch, place

pytestmark = pytest.mark.django_db
PACK = Path(__file__).parents[2] / "course_packs/customer-care"


@pytest.fixture
def ana(organisation: Organisation) -> Playing:
    authoring.load_pack(PACK, organisation, User.objects.create_superuser("publisher"))
    course = authoring.Course.objects.get()
    return launch(place(organisation, "course", course.uuid), api.new_learner(organisation, "Ana Reis"))


def test_a_course_of_a_pack_is_played_and_pinned(ana: Playing) -> None:
    overview = ana.client.get(f"/play/api/{ana.participation.uuid}/", headers=bearer(ana.token)).json()
    assert len(overview["modules"]) >= 2
    module = overview["modules"][0]["id"]
    served = ana.load(module).json()
    assert served["view"]["title"]
    for _ in range(12):
        if served["view"].get("over"):
            break
        served = ana.act(served["view"]["seq"], _any_action(served["view"]), module).json()
        assert "error_code" not in served, served
    attempt = Attempt.objects.get()
    version = authoring.version_ref(attempt.version_id)
    assert (attempt.digest, served["view"]["title"]) == (version.digest, version.title)


def test_a_step_takes_few_statements_with_media_and_all(ana: Playing) -> None:
    overview = ana.client.get(f"/play/api/{ana.participation.uuid}/", headers=bearer(ana.token)).json()
    module = overview["modules"][0]["id"]
    served = ana.load(module).json()
    for _ in range(4):
        action = _any_action(served["view"])
        with CaptureQueriesContext(connection) as captured:
            served = ana.act(served["view"]["seq"], action, module).json()
        statements = [each["sql"] for each in captured.captured_queries if "SAVEPOINT" not in each["sql"]]
        if not served["view"].get("graded"):
            assert len(statements) <= 4, statements


def test_content_that_is_placed_or_played_cannot_be_deleted(ana: Playing) -> None:
    with pytest.raises(ProtectedError, match="linked in 1 places"), transaction.atomic():
        authoring.Course.objects.get().delete()
    overview = ana.client.get(f"/play/api/{ana.participation.uuid}/", headers=bearer(ana.token)).json()
    ana.load(overview["modules"][0]["id"])
    with pytest.raises(ProtectedError, match="1 learners are in a course run"), transaction.atomic():
        authoring.Course.objects.get().delete()


def _any_action(view: dict[str, Any]) -> dict[str, Any]:
    """Return something that can be done at a view."""
    if view["stage"] == "match":
        return {"type": "choose", "choice": view["match"]["samples"][0]["id"]}
    if view["stage"] == "scene" and view.get("question"):
        question = view["question"]
        ids = [option["id"] for option in question["options"]]
        return {"type": "answer", "value": ids[0] if question["type"] == "single" else ids[:1]}
    if view["stage"] == "scene" and view.get("reply"):
        return {"type": "write", "text": "I am sorry that you waited. I will ring you at noon."}
    if view.get("choices"):
        return {"type": "choose", "choice": view["choices"][0]["id"]}
    return {"type": "continue"}
