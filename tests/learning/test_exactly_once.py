"""Duplicates, races and replays: whatever arrives, in whatever order, each step counts once (fault test F11)."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from foundation.api import Organisation
from learning import api
from learning.attempts import decode_state
from learning.models import Attempt, Grade, Step
from learning.models.attempts import StepBy
from scenario_engine.actions import HostAction, LearnerAction
from scenario_engine.play import advance, start
from tests.learning.catalogue import Shelf
from tests.learning.conftest import Playing, bearer, launch, place
from tests.learning.scenarios import call, chat
from tests.learning.test_play import GOOD, NEXT, RIGHT, WARM, WORDS

EXAMPLES = int(os.environ.get("BRANCHWISE_TEST_EXAMPLES", "25"))
ACTIONS = [
    GOOD,
    {"type": "choose", "choice": "dc_rude"},
    {"type": "choose", "choice": "dc_plain"},
    NEXT,
    RIGHT,
    {"type": "answer", "value": "op_wrong"},
    WORDS,
    WARM,
    {"type": "choose", "choice": "sa_plain"},
    {"type": "stop"},
    {"type": "nonsense"},
]


def in_threads(count: int, work: Callable[[int], Any]) -> list[Any]:
    """Run `work` in that many threads at once, each with its own connection, and return what each returned."""
    barrier, results = threading.Barrier(count), [None] * count

    def run(index: int) -> None:
        barrier.wait(30)
        try:
            results[index] = work(index)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return results


def post_step(ana: Playing, seq: int, action: dict[str, Any]) -> int:
    body = json.dumps({"seq": seq, "action": action})
    answer = Client().post(ana.url(action="act/"), body, "application/json", headers=bearer(ana.token))
    return int(answer.status_code)


def send_both_ways(ana: Playing, seq: int, actions: list[dict[str, Any]], count: int) -> list[int]:
    return in_threads(count, lambda index: post_step(ana, seq, actions[index % len(actions)]))


@pytest.fixture
def ana(transactional_db: None, shelf: Shelf) -> Playing:
    organisation = Organisation.objects.create(name="Acme", slug="acme")
    return launch(place(organisation, "scenario", shelf.publish(call())), api.new_learner(organisation))


@pytest.fixture
def door(transactional_db: None, shelf: Shelf) -> Playing:
    organisation = Organisation.objects.create(name="Acme", slug="acme")
    return launch(place(organisation, "scenario", shelf.publish(chat())), api.new_learner(organisation))


def test_a_double_click_is_one_step(ana: Playing) -> None:
    ana.load()
    assert sorted(send_both_ways(ana, 0, [GOOD], 2)) == [200, 409]
    assert Step.objects.count() == 1


def test_a_hundred_at_once_are_one_step(ana: Playing) -> None:
    ana.load()
    answers: list[int] = []
    for _ in range(4):  # a hundred in waves: each thread holds a connection of its own
        answers += send_both_ways(ana, 0, [GOOD], 25)
    assert sorted(answers) == [200] + [409] * 99
    assert list(Step.objects.values_list("seq", flat=True)) == [1]


def test_two_different_choices_at_once_are_one_step(ana: Playing) -> None:
    ana.load()
    answers = send_both_ways(ana, 0, [GOOD, {"type": "choose", "choice": "dc_rude"}], 10)
    assert answers.count(200) == 1
    step, attempt = Step.objects.get(), Attempt.objects.get()
    assert decode_state(attempt.state).trail[0].took == step.action["choice"]


def test_finishing_twice_at_once_grades_and_tells_once(door: Playing, changes: list[dict[str, Any]]) -> None:
    door.play([NEXT])
    answers = send_both_ways(door, 1, [{"type": "choose", "choice": "ch_open"}], 12)
    assert sorted(answers) == [200] + [409] * 11
    grade = Grade.objects.get()
    assert (grade.ratio, grade.revision, len(changes)) == (Decimal("1.0000"), 1, 1)


def test_opening_in_many_tabs_at_once_starts_one_attempt(ana: Playing) -> None:
    statuses = in_threads(8, lambda _: Client().get(ana.url(), headers=bearer(ana.token)).status_code)
    assert statuses == [200] * 8
    assert Attempt.objects.count() == 1


def test_starting_again_in_many_tabs_at_once_starts_one_attempt(door: Playing) -> None:
    door.play([NEXT, {"type": "choose", "choice": "ch_open"}])
    again = lambda _: Client().post(door.url(action="restart/"), headers=bearer(door.token)).status_code  # noqa: E731
    assert in_threads(6, again) == [200] * 6
    assert list(Attempt.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


class Browser(RuleBasedStateMachine):
    """A browser that clicks twice, repeats old requests, invents others and comes back after the end."""

    world: tuple[Organisation, Shelf, Any]

    def __init__(self) -> None:
        super().__init__()
        organisation, self.shelf, placement = self.world
        self.ana = launch(placement, api.new_learner(organisation))
        served = self.ana.load().json()
        self.seq, self.number, self.accepted = served["view"]["seq"], 1, 0

    @rule(action=st.sampled_from(ACTIONS))
    def do(self, action: dict[str, Any]) -> None:
        """Act on the current view: accepted and moved on, or refused and where it was."""
        answer = self.ana.act(self.seq, action)
        assert answer.status_code in (200, 422)
        after = answer.json()["view"]["seq"]
        assert (after > self.seq) == (answer.status_code == 200)
        self.accepted += answer.status_code == 200
        self.seq = after

    @rule(action=st.sampled_from(ACTIONS), back=st.integers(1, 9))
    def repeat(self, action: dict[str, Any], back: int) -> None:
        """Send something made on an older view: nothing changes, and the answer says where it is."""
        if self.seq - back < 0:
            return
        answer = self.ana.act(self.seq - back, action)
        assert answer.status_code in (409, 422)
        assert answer.json()["view"]["seq"] == self.seq

    @rule(action=st.sampled_from(ACTIONS), ahead=st.integers(1, 9))
    def skip(self, action: dict[str, Any], ahead: int) -> None:
        answer = self.ana.act(self.seq + ahead, action)
        assert answer.status_code in (409, 422)
        assert answer.json()["view"]["seq"] == self.seq

    @rule()
    def reload(self) -> None:
        served = self.ana.load().json()
        assert (served["view"]["seq"], served.get("attempt", 1)) == (self.seq, self.number)

    @rule()
    def start_again(self) -> None:
        answer = self.ana.restart()
        if answer.status_code == 200 and answer.json().get("attempt", 1) > self.number:
            self.number, self.seq = answer.json()["attempt"], 0

    @invariant()
    def steps_are_the_state(self) -> None:
        attempts = list(Attempt.objects.filter(participation=self.ana.participation).order_by("number"))
        assert [each.number for each in attempts] == list(range(1, len(attempts) + 1))
        for attempt in attempts:
            steps = list(Step.objects.filter(attempt=attempt).order_by("seq"))
            assert [step.seq for step in steps] == list(range(1, attempt.seq + 1))
        last = attempts[-1]
        assert _replay(self.shelf, last) == decode_state(last.state)
        by_learner = Step.objects.filter(attempt__in=attempts, by=StepBy.LEARNER).count()
        assert by_learner == self.accepted


def _replay(shelf: Shelf, attempt: Attempt) -> Any:
    import msgspec

    story = shelf.stories[attempt.version_id]
    state = start(story, attempt.seed, attempt.number)
    for action in Step.objects.filter(attempt=attempt).order_by("seq").values_list("action", flat=True):
        state = advance(story, state, msgspec.convert(action, LearnerAction | HostAction))
    return state


@pytest.mark.django_db
def test_whatever_a_browser_sends_each_step_counts_once(organisation: Organisation, shelf: Shelf) -> None:
    placement = place(organisation, "scenario", shelf.publish(call()))
    machine = type("Browser", (Browser,), {"world": (organisation, shelf, placement)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
