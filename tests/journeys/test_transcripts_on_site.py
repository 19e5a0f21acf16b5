"""The golden transcripts on the site: published, placed, played over HTTP, judged; the same grades as in the engine."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.test import Client
from django.utils import timezone

from authoring import api as authoring
from foundation.api import Organisation, User
from learning import api as learning
from learning import attempts, grading, judging
from learning.models import Attempt, Grade, Judgement
from learning.play import record_host_action
from scenario_engine.actions import Action, HostAction
from scenario_engine.codec import decode, to_raw
from scenario_engine.scoring import score
from scenario_engine.transcripts import Transcript, outcome_of, read_transcript

TESTS = Path(__file__).parents[1]
TRANSCRIPTS = sorted((TESTS / "transcripts").glob("*.json"))
pytestmark = pytest.mark.django_db


class NeverReads:
    """A judge that is there and says nothing: the test records what the transcript says instead."""

    wait = timedelta(hours=1)

    def read(self, words: Any, now: datetime) -> Any:
        raise AssertionError("no worker runs here")


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(name="Acme", slug="acme")


def placed(organisation: Organisation, transcript: Transcript) -> tuple[learning.Participation, str]:
    """Publish the transcript's scenario, place it, let a learner in; return the participation and a token."""
    now, publisher = timezone.now(), User.objects.create_superuser("publisher")
    scenario = decode((TESTS / transcript.scenario).read_bytes()).scenario
    assert scenario is not None
    draft = authoring.save_draft(organisation, to_raw(scenario), by=publisher)
    version = authoring.publish(draft.revision.pk, publisher, now)
    target = learning.Target("scenario", authoring.version_ref(version.pk).scenario_uuid)
    placement = learning.create_placement(organisation, learning.new_cohort(organisation, "Run"), target)
    participation = learning.enter(placement, learning.new_learner(organisation, "Ana"), now)
    return participation, learning.issue_token(participation, now)


def written(value: Any) -> str | None:
    """Return a judgement's value as the site stores it: exact text."""
    return f"{value:g}" if isinstance(value, int | float) else value


def play(transcript: Transcript, participation: learning.Participation, token: str) -> None:
    """Post the learner's actions; record what the host records, as the host does it."""
    client, headers = Client(), {"Authorization": f"Bearer {token}"}
    url = f"/play/api/{participation.uuid}/main/"
    for number in range(1, transcript.attempt + 1):
        answer = client.get(url, headers=headers) if number == 1 else client.post(f"{url}restart/", headers=headers)
        assert answer.status_code == 200, answer.content
    for action in transcript.actions:
        row = Attempt.objects.get(participation=participation, number=transcript.attempt)
        if isinstance(action, HostAction):
            assert record_host_action(row, action, timezone.now())
            continue
        body = {"seq": row.seq, "action": msgspec.to_builtins(action)}
        answer = client.post(f"{url}act/", json.dumps(body), content_type="application/json", headers=headers)
        assert answer.status_code == 200, (action, answer.content)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_transcript_comes_to_the_same_on_the_site(
    organisation: Organisation, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    transcript = read_transcript(path.read_bytes())
    monkeypatch.setattr("learning.attempts.secrets.token_hex", lambda length: transcript.seed)
    monkeypatch.setattr(judging, "_judge", [NeverReads()])
    participation, token = placed(organisation, transcript)
    play(transcript, participation, token)
    row = Attempt.objects.get(participation=participation, number=transcript.attempt)
    for each in transcript.judgements:
        values = {
            "seq": each.seq,
            "criterion": each.criterion or "",
            "value": written(each.value),
        }
        at = timezone.now()
        Judgement.objects.create(attempt=row, kind=each.kind, source=each.source, at=at, reason="Said so.", **values)
    if row.status == "finished":
        learning.regrade(participation.pk, timezone.now())

    row.refresh_from_db()
    judgements = list(Judgement.objects.filter(attempt=row))
    state = attempts.decode_state(row.state)
    story = authoring.version_story(row.version_id)
    found = score(story, state, [grading.as_record(each) for each in judgements])
    assert outcome_of(found) == transcript.expect
    assert (row.ending or "") == transcript.expect.ending
    assert (None if row.ratio is None else str(row.ratio)) == transcript.expect.grade
    grade = Grade.objects.filter(participation=participation, module="").first()
    assert (str(grade.ratio) if grade and grade.ratio is not None else None) == transcript.expect.grade
    assert [msgspec.convert(step.action, Action) for step in row.steps.order_by("seq")] == transcript.actions
