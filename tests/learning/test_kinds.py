"""What every kind of scene asks of the site: its clock, private words, a coach's credit, a character that speaks."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from config.work import KINDS
from foundation.api import AuditEntry, Organisation, run_due
from learning import api
from learning.attempts import decode_state
from learning.content import story_of
from learning.judging import Line, Turn
from learning.models import Attempt, Consent, Goal, Grade, JournalEntry, Placement, Step
from scenario_engine.actions import Action
from scenario_engine.transcripts import replay
from tests.learning.catalogue import Shelf
from tests.learning.conftest import Playing, bearer, launch, place
from tests.learning.kinds import BEGIN, ODD_WORD, RING, SECRET, TO_REFLECTION, TURNS, visit_home

pytestmark = pytest.mark.django_db

KIND = [kind for kind in KINDS if kind.name == "learning.judgements"]
WRITE: dict[str, Any] = {"type": "reflect", "prompt": "p1", "text": SECRET}


@pytest.fixture(autouse=True)
def work_kinds(settings: Any) -> None:
    settings.WORK_KINDS = "config.work.KINDS"


@pytest.fixture
def placement(organisation: Organisation, shelf: Shelf) -> Placement:
    return place(organisation, "scenario", shelf.publish(visit_home()))


@pytest.fixture
def ana(organisation: Organisation, placement: Placement) -> Playing:
    return launch(placement, api.new_learner(organisation, "Ana"))


def later(seconds: float) -> None:
    """Let the last step of the only attempt be that long ago."""
    Attempt.objects.update(updated_at=timezone.now() - timedelta(seconds=seconds))


def recorded() -> list[str]:
    return list(Step.objects.order_by("seq").values_list("action__type", flat=True))


def state() -> Any:
    return decode_state(Attempt.objects.get().state)


def assert_replay_equals_state() -> None:
    attempt = Attempt.objects.get()
    actions = [msgspec.convert(each.action, Action) for each in Step.objects.order_by("seq")]
    assert replay(story_of(attempt), attempt.seed, actions) == decode_state(attempt.state)


# The clock


def test_time_is_up_by_the_sites_clock_whatever_the_browser_does(ana: Playing) -> None:
    ana.play([BEGIN])
    later(12)
    assert ana.load().json()["view"]["timer"]["seconds"] == 8  # a page opened anew gives no time back
    later(21)
    served = ana.load().json()
    assert (served["view"]["scene"], recorded()) == ("word", ["continue", "time_up"])
    assert_replay_equals_state()


def test_a_choice_that_comes_as_the_time_runs_out_is_taken(ana: Playing) -> None:
    ana.play([BEGIN])
    later(21)
    assert ana.act(1, RING).status_code == 200
    assert recorded() == ["continue", "choose"]


def test_whoever_switched_the_clock_off_is_never_timed_out(ana: Playing) -> None:
    served = ana.play([BEGIN, {"type": "clock", "on": False}])
    assert served["view"]["timer"]["is_off"] is True
    later(3600)
    assert ana.load().json()["view"]["scene"] == "door"
    assert ana.act(2, {"type": "time_up"}).status_code == 422


def test_a_coach_gives_one_learner_more_time(ana: Playing, placement: Placement) -> None:
    page = coach_posts(placement, f"learners/{ana.participation.uuid}/", {"time_factor": "1.5"})
    assert "Saved. It holds from the learner" in page
    assert AuditEntry.objects.get(action="participation.time").detail == {"old": 1.0, "new": 1.5}
    assert ana.load().json()["view"]["seq"] == 1
    served = ana.act(1, BEGIN).json()
    assert served["view"]["timer"]["seconds"] == 30
    assert recorded() == ["arranged", "continue"]
    assert_replay_equals_state()


def test_a_learner_without_time_limits_sees_none(ana: Playing, placement: Placement) -> None:
    coach_posts(placement, f"learners/{ana.participation.uuid}/", {"time_factor": "0.0"})
    assert "timer" not in ana.play([BEGIN])["view"]
    assert "timer" not in ana.load().json()["view"]
    assert recorded() == ["arranged", "continue"]  # arranged once, not with every visit


@pytest.mark.parametrize("factor", ["", "7", "-1", "nan", "1e1"])
def test_no_other_time_is_taken(ana: Playing, placement: Placement, factor: str) -> None:
    page = coach_posts(placement, f"learners/{ana.participation.uuid}/", {"time_factor": factor})
    assert "Choose one of the times on the page." in page
    ana.participation.refresh_from_db()
    assert ana.participation.time_factor == 1


# Private words


def test_private_words_are_kept_apart_from_everything_that_is_played(ana: Playing) -> None:
    served = ana.play([*TO_REFLECTION, WRITE])
    prompt = served["view"]["prompts"][0]
    assert (prompt["wrote"], prompt["text"]) == (True, SECRET)
    assert JournalEntry.objects.get().text == SECRET
    kept = [Attempt.objects.get().state, *(json.dumps(each.action) for each in Step.objects.all())]
    assert not any("afraid" in each for each in kept)
    assert ana.load().json()["view"]["prompts"][0]["text"] == SECRET
    assert_replay_equals_state()


def test_a_goal_is_kept_with_the_day_to_look_at_it_again(ana: Playing) -> None:
    ana.play([*TO_REFLECTION, {"type": "reflect", "prompt": "p2", "text": "knock at the window"}])
    goal = Goal.objects.get()
    assert goal.remind_at is not None
    assert (goal.text, (goal.remind_at - goal.made_at).days) == ("knock at the window", 5)


def test_words_can_be_changed_and_taken_back(ana: Playing) -> None:
    ana.play([*TO_REFLECTION, WRITE, {**WRITE, "text": "Only the kettle."}])
    assert JournalEntry.objects.get().text == "Only the kettle."
    ana.act(state().seq, {**WRITE, "text": " "})
    assert JournalEntry.objects.count() == 0
    assert "wrote" not in ana.load().json()["view"]["prompts"][0]


def test_a_coach_reads_what_is_shared_and_no_more(ana: Playing, placement: Placement) -> None:
    ana.play([*TO_REFLECTION, WRITE])
    page = coach_reads(placement)
    assert "afraid" not in page
    assert "Secretly bored" not in page  # nobody reads that conversation for a score
    assert "The learner has not shared this conversation" in page
    assert "You look tired." in page  # this one is confirmed by a coach
    ana.act(state().seq, {"type": "reflect", "prompt": "p3", "shares": ["p1"]})
    page = coach_reads(placement)
    assert "I heard that I was afraid." in page
    assert "Secretly bored" not in page
    ana.act(state().seq, {"type": "reflect", "prompt": "p3", "shares": ["p1", "transcript"]})
    assert "Secretly bored" in coach_reads(placement)
    ana.act(state().seq, {"type": "reflect", "prompt": "p3", "shares": []})
    page = coach_reads(placement)
    assert "afraid" not in page and "Secretly bored" not in page
    consents = [(each.subject, each.withdrawn_at is not None) for each in Consent.objects.order_by("pk")]
    assert consents == [("p1", True), ("transcript", True)]


def test_a_learner_reads_deletes_and_takes_back_their_own_words(ana: Playing, placement: Placement) -> None:
    ana.play([*TO_REFLECTION, WRITE, {"type": "reflect", "prompt": "p3", "shares": ["p1"]}, BEGIN])
    url = f"/play/{ana.participation.uuid}/own/words/"
    page = ana.client.get(url, headers=bearer(ana.token)).content.decode()
    assert SECRET in page and "your coach can read it" in page
    key = f"entry-{JournalEntry.objects.get().pk}"
    page = post_form(ana.client, url, {"key": key, "do": "take_back"}, bearer(ana.token)).content.decode()
    assert "Taken back." in page and "yours alone" in page
    assert "afraid" not in coach_reads(placement)
    page = post_form(ana.client, url, {"key": key, "do": "delete"}, bearer(ana.token)).content.decode()
    assert "Deleted." in page and SECRET not in page
    assert JournalEntry.objects.count() == 0


def test_nobody_reaches_the_words_of_somebody_else(
    organisation: Organisation, ana: Playing, placement: Placement
) -> None:
    ana.play([*TO_REFLECTION, WRITE])
    ben = launch(placement, api.new_learner(organisation, "Ben"))
    key = f"entry-{JournalEntry.objects.get().pk}"
    url = f"/play/{ben.participation.uuid}/own/words/"
    assert SECRET not in ben.client.get(url, headers=bearer(ben.token)).content.decode()
    assert post_form(ben.client, url, {"key": key, "do": "delete"}, bearer(ben.token)).status_code == 404
    other = f"/play/{ana.participation.uuid}/own/words/"
    assert ben.client.get(other, headers=bearer(ben.token)).status_code == 404
    assert ben.client.get(other).status_code == 200  # the empty shell, as everywhere
    assert SECRET not in ben.client.get(other).content.decode()
    assert JournalEntry.objects.count() == 1


def test_erasing_a_learner_takes_what_they_wrote_and_shared(ana: Playing) -> None:
    ana.play([*TO_REFLECTION, WRITE, {"type": "reflect", "prompt": "p3", "shares": ["p1"]}])
    told = api.export_learner(ana.participation.learner)
    assert [each["text"] for each in told["journal"]] == [SECRET]
    assert [each["subject"] for each in told["consents"]] == ["p1"]
    call_command("erase_learner", str(ana.participation.learner.uuid), "--yes")
    assert (JournalEntry.objects.count(), Consent.objects.count()) == (0, 0)


# A coach's credit


def test_an_answer_nobody_foresaw_waits_for_a_coach_and_counts_then(ana: Playing, placement: Placement) -> None:
    served = ana.play([BEGIN, RING, ODD_WORD])
    assert served["view"]["reaction"]["awaits_coach"] is True
    ana.play([BEGIN, *TURNS, BEGIN, {"type": "choose", "choice": "s1"}])
    assert Attempt.objects.get().is_held is True
    page = coach_reads(placement)
    assert "Waits for you: nobody foresaw this answer" in page
    seqs = {visit.scene: visit.seq for visit in state().trail}
    correct(placement, kind="level", seq=seqs["talk"], criterion="warmth", value="4")
    assert Attempt.objects.get().is_held is True
    correct(placement, kind="credit", seq=seqs["word"], value="50")
    # 2 of the decision, half of 2 for the word, 4 for the conversation, of 8
    assert Grade.objects.get(module="").ratio == Decimal("0.8750")


# A character that speaks


@dataclass
class FakeCharacter:
    """Says what the test says, and remembers what it was asked."""

    answer: Line | Exception | None
    wait: timedelta = timedelta(seconds=15)
    asked: list[Turn] = field(default_factory=list)

    def speak(self, turn: Turn, now: Any) -> Line | None:
        self.asked.append(turn)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def character() -> Any:
    speaking = FakeCharacter(Line("Since when do you ask?", cues=["tired"]))
    api.register_character(speaking)
    yield speaking
    api.register_character(None)


HARMLESS: dict[str, Any] = {"type": "say", "text": "Good morning."}


def test_without_a_model_nobody_waits_and_the_authored_line_is_said(ana: Playing) -> None:
    served = ana.play([BEGIN, RING, ODD_WORD, BEGIN, HARMLESS])
    assert (served["view"]["awaits"], served.get("poll_after_s")) == ("learner", None)
    assert recorded() == ["continue", "choose", "answer", "continue", "say"]


def test_a_character_speaks_when_a_worker_has_asked_it(ana: Playing, character: FakeCharacter) -> None:
    served = ana.play([BEGIN, RING, ODD_WORD, BEGIN, HARMLESS])
    assert (served["view"]["awaits"], served["poll_after_s"]) == ("character", 1.5)
    assert run_due(timezone.now(), KIND) == 1
    served = ana.load().json()
    assert (served["view"]["awaits"], served["view"]["roleplay"]["voiced"]) == ("learner", True)
    last = served["view"]["roleplay"]["said"][-1]
    assert (last["by_model"], last["text"][0]["c"]) == (True, ["Since when do you ask?"])
    assert served["view"]["roleplay"]["goals"][0]["met"] is True  # the cue it saw; code decided what follows
    [turn] = character.asked
    assert [each.text for each in turn.conversation] == ["Oh. You again.", "Good morning."]
    assert list(turn.families) == ["tired"]
    assert recorded()[0] == "arranged"
    assert_replay_equals_state()


@pytest.mark.parametrize("answer", [None, Line("Hm.", cues=["unheard_of"])])
def test_the_authored_line_is_said_when_nothing_usable_came(
    ana: Playing, character: FakeCharacter, answer: Line | None
) -> None:
    character.answer = answer
    ana.play([BEGIN, RING, ODD_WORD, BEGIN, HARMLESS])
    run_due(timezone.now(), KIND)
    last = ana.load().json()["view"]["roleplay"]["said"][-1]
    assert (last.get("by_model", False), last["text"][0]["c"]) == (False, ["I am fine."])


def test_a_character_that_is_late_costs_nothing_and_nobody_waits_for_ever(
    ana: Playing, character: FakeCharacter
) -> None:
    character.wait = timedelta(0)
    ana.play([BEGIN, RING, ODD_WORD, BEGIN, HARMLESS])
    served = ana.load().json()  # no worker at all
    assert served["view"]["awaits"] == "learner"
    assert served["view"]["roleplay"]["said"][-1]["text"][0]["c"] == ["I am fine."]


# The coach's side, in short


def coach_header(placement: Placement) -> dict[str, str]:
    coach = api.new_learner(placement.organisation, "Coach")
    return bearer(api.issue_coach_session(placement, coach, timezone.now()))


def coach_reads(placement: Placement) -> str:
    url = f"/coach/{placement.uuid}/attempts/{Attempt.objects.get().pk}/"
    return Client().get(url, headers=coach_header(placement)).content.decode()


def coach_posts(placement: Placement, path: str, form: dict[str, str]) -> str:
    url = f"/coach/{placement.uuid}/{path}"
    return str(post_form(Client(), url, form, coach_header(placement)).content.decode())


def post_form(client: Client, url: str, form: dict[str, str], headers: dict[str, str]) -> Any:
    return client.post(url, urlencode(form), content_type="application/x-www-form-urlencoded", headers=headers)


def correct(placement: Placement, **form: Any) -> None:
    page = coach_reads(placement)
    as_of = re.search(r'name="as_of" value="([^"]+)"', page)
    assert as_of is not None
    fields = {name: str(value) for name, value in form.items()}
    path = f"attempts/{Attempt.objects.get().pk}/"
    assert "Saved." in coach_posts(placement, path, {**fields, "reason": "Read", "as_of": as_of[1]})
