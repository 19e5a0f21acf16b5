"""A brief becomes a draft course, whatever the model does on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from authoring.generation import runs
from authoring.generation.models import GenerationRun, GenerationStage
from authoring.generation.stages import run_stage
from authoring.models import Course, Scenario
from config.work import KINDS
from foundation import leases
from foundation.api import run_due
from scenario_ai.api import AiSettings, Brief, objectives_from
from tests.authoring.conftest import House, sign_in

KIND = [kind for kind in KINDS if kind.name == "authoring.generation"]


@pytest.fixture(autouse=True)
def real_kinds(settings: Any) -> None:
    settings.WORK_KINDS = "config.work.KINDS"


def work(times: int = 20) -> None:
    """Do what a worker would, until nothing is due any more."""
    for _ in range(times):
        if not run_due(kinds=KIND):
            return


@pytest.fixture
def begin(house: House) -> Callable[..., GenerationRun]:
    AiSettings.objects.create(organisation=house.organisation, provider="scripted")

    def begun(topic: str = "moving somebody's desk", with_model: bool = True) -> GenerationRun:
        return runs.begin_run(house.organisation, Brief(topic=topic), by=house.designer, with_model=with_model)

    return begun


def approve(run: GenerationRun) -> None:
    run.refresh_from_db()
    outline = runs.outline_of(run)
    assert outline is not None
    runs.approve_outline(run, outline, run.by)


def notes(run: GenerationRun) -> list[tuple[str, str]]:
    return [(str(row["state"]), str(row["note"])) for row in runs.progress_of(run)]


def test_from_brief_to_draft_course(begin: Callable[..., GenerationRun]) -> None:
    run = begin()
    work()
    run.refresh_from_db()
    assert run.state == "waiting"
    approve(run)
    work()
    run.refresh_from_db()
    assert run.state == "done"
    course = run.course
    assert course is not None
    assert (course.live, course.details["drafted_by"]) == (False, "ai")
    modules = list(course.modules.select_related("scenario"))
    assert [module.kind for module in modules] == ["lesson", "quiz", "scenario"]
    assert all(module.scenario.drafted_by_ai and not module.scenario.live for module in modules)
    assert all(module.scenario.errors == 0 for module in modules)


def test_templates_need_no_model(begin: Callable[..., GenerationRun]) -> None:
    AiSettings.objects.all().delete()
    run = begin(with_model=False)
    work()
    approve(run)
    work()
    run.refresh_from_db()
    assert run.state == "done"
    assert not any(scenario.drafted_by_ai for scenario in Scenario.objects.all())


def test_an_answer_that_needs_mending_is_asked_for_again(begin: Callable[..., GenerationRun]) -> None:
    run = begin("[script: wrong] a topic")
    work()
    approve(run)
    work()
    run.refresh_from_db()
    assert run.state == "done"
    assert run.stages.get(title="Which words?").repairs == 1


def test_an_answer_that_cannot_be_mended_stops_with_a_message_and_keeps_the_rest(
    begin: Callable[..., GenerationRun],
) -> None:
    run = begin("[script: nonsense] a topic")
    work()
    run.refresh_from_db()
    assert run.state == "failed"
    assert notes(run)[0][0] == "failed"
    assert "After 2 tries at mending" in notes(run)[0][1]
    run.brief["topic"] = "a topic"
    run.save()
    runs.try_again(run, None)
    work()
    run.refresh_from_db()
    assert run.state == "waiting"


@pytest.mark.parametrize(
    ("script", "state", "words"),
    [
        ("refuse", "failed", "would not answer"),
        ("rate-limit", "running", "asks us to wait"),
        ("time-out", "running", "did not answer in time"),
        ("cut", "running", "before the answer was complete"),
    ],
)
def test_every_failure_is_a_sentence_on_the_page(
    begin: Callable[..., GenerationRun], script: str, state: str, words: str
) -> None:
    run = begin(f"[script: {script}] a topic")
    work()
    run.refresh_from_db()
    assert run.state == state
    assert words in notes(run)[0][1]


def test_what_may_heal_is_given_up_to_a_person_after_six_tries(begin: Callable[..., GenerationRun]) -> None:
    run = begin("[script: time-out] a topic")
    for _ in range(6):
        GenerationStage.objects.update(due_at=timezone.now())
        work(1)
    run.refresh_from_db()
    assert run.state == "failed"


def test_a_killed_worker_loses_no_stage_and_asks_nothing_twice(begin: Callable[..., GenerationRun]) -> None:
    run = begin()
    work()
    approve(run)
    now = timezone.now()
    (taken,) = leases.claim(KIND[0], now, 1)  # the worker that takes it dies here
    work()
    run.refresh_from_db()
    assert run.state == "running"
    assert run.stages.filter(kind="module", state="done").count() == 2
    run_due(now + timedelta(seconds=KIND[0].lease_s + 1), kinds=KIND)
    work()
    run.refresh_from_db()
    assert run.state == "done"
    before = GenerationStage.objects.get(pk=taken.pk).result
    assert isinstance(taken, GenerationStage)
    run_stage(taken, now)  # the dead worker was only slow: its answer comes too late and changes nothing
    assert GenerationStage.objects.get(pk=taken.pk).result == before
    assert Course.objects.count() == 1


def test_cancelling_stops_the_rest_and_keeps_what_was_drafted(begin: Callable[..., GenerationRun]) -> None:
    run = begin()
    work()
    run.refresh_from_db()
    runs.cancel_run(run, None)
    work()
    assert Course.objects.count() == 0
    assert runs.outline_of(run) is not None
    with pytest.raises(runs.NotNow):
        approve(run)
    with pytest.raises(runs.NotNow):
        runs.cancel_run(run, None)


def test_an_outline_is_approved_once(begin: Callable[..., GenerationRun]) -> None:
    run = begin()
    work()
    approve(run)
    with pytest.raises(runs.NotNow):
        approve(run)
    assert run.stages.filter(kind="module").count() == 3


def test_a_designer_walks_the_pages(house: House, begin: Callable[..., GenerationRun]) -> None:
    client = sign_in(house.designer)
    source = SimpleUploadedFile("notes.md", b"# Desks\n\nNobody asked the people who sit there, and they had a view.\n")
    form = {
        "topic": "desks",
        "audience": "leads",
        "level": "beginner",
        "minutes": 20,
        "language": "en",
        "objectives": "- Ask",
    }
    answer = client.post(reverse("authoring_generation:brief"), {**form, "source": source})
    assert answer.status_code == 302
    work()
    page = client.get(answer.url).content.decode()
    assert "Approve and draft the modules" in page
    edited: dict[str, Any] = {"title": "Desks, kindly", "summary": "s"}
    for number, kind in enumerate(("lesson", "quiz", "conversation")):
        edited |= {f"module-{number}-title": f"M{number}", f"module-{number}-kind": kind, f"module-{number}-about": "a"}
    edited |= {"module-0-keep": "on", "module-2-keep": "on"}
    assert client.post(answer.url, edited).status_code == 302
    work()
    page = client.get(answer.url).content.decode()
    assert "Desks, kindly" in page
    course = Course.objects.get()
    assert [module.title for module in course.modules.all()] == ["M0", "M2"]
    first = course.modules.first()
    assert first is not None
    assert "Nobody asked the people who sit there, and they had a view." in str(first.scenario.document)


@pytest.mark.parametrize("name", ["run", "progress", "cancel", "again"])
def test_a_neighbour_finds_nothing(name: str, begin: Callable[..., GenerationRun], neighbour: House) -> None:
    run = begin()
    client = sign_in(neighbour.designer)
    url = reverse(f"authoring_generation:{name}", args=[run.uuid])
    assert client.post(url).status_code == 404 if name in ("cancel", "again") else client.get(url).status_code == 404


def test_the_key_is_written_and_never_shown(house: House) -> None:
    client = sign_in(house.publisher)
    url = reverse("authoring_generation:settings")
    data = {
        "provider": "openai",
        "base_url": "https://models.example.org/v1",
        "model": "m",
        "key": "s3cret-key",
        "monthly_tokens": 5,
    }
    assert client.post(url, data).status_code == 302
    assert AiSettings.objects.get().key() == "s3cret-key"
    assert "s3cret-key" not in client.get(url).content.decode()
    assert sign_in(house.designer).get(url).status_code in (302, 403)
    assert [client.get(url, {"organisation": each}).status_code for each in ("none", uuid4())] == [302, 302]


def test_objectives_of_the_designer_are_kept() -> None:
    brief = Brief(topic="desks", objectives=["Ask first"])
    assert [each.text for each in objectives_from(brief).objectives] == ["Ask first"]
