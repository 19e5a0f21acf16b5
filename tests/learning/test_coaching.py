"""The coach's pages: each number leads to what is behind it, and a refused correction keeps what was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from foundation.api import Organisation
from learning import api
from learning.models import Attempt, Judgement, Placement
from tests.learning.catalogue import Shelf
from tests.learning.conftest import bearer, launch, place
from tests.learning.scenarios import call, chat
from tests.learning.test_play import GOOD, NEXT, RIGHT, TO_THE_END

pytestmark = pytest.mark.django_db

RUDE = {"type": "choose", "choice": "dc_rude"}


class Coach:
    """A coach's browser on one placement."""

    def __init__(self, placement: Placement) -> None:
        coach = api.new_learner(placement.organisation, "Kim Berg")
        self.base = f"/coach/{placement.uuid}/"
        self.headers = bearer(api.issue_coach_session(placement, coach, timezone.now()))
        self.client = Client()

    def get(self, path: str = "") -> str:
        answer = self.client.get(self.base + path, headers=self.headers)
        assert answer.status_code == 200, answer.content
        return answer.content.decode()

    def post(self, path: str, **form: str) -> Any:
        body = urlencode(form)
        return self.client.post(self.base + path, body, "application/x-www-form-urlencoded", headers=self.headers)


@pytest.fixture
def placement(organisation: Organisation, shelf: Shelf) -> Placement:
    return place(organisation, "scenario", shelf.publish(call()))


def join(placement: Placement, name: str, actions: Sequence[dict[str, Any]] = ()) -> api.Participation:
    playing = launch(placement, api.new_learner(placement.organisation, name))
    if actions:
        playing.play(list(actions))
    return playing.participation


def links(html: str) -> list[str]:
    return re.findall(r'href="([^"#]+)" data-inside', html)


def test_the_sentence_and_the_counts_say_who_stands_where(placement: Placement) -> None:
    join(placement, "Ana", TO_THE_END)
    join(placement, "Ben", [GOOD])
    join(placement, "Chen", [RUDE, NEXT])
    join(placement, "Dia")
    coach = Coach(placement)
    html = coach.get()
    assert "1 of 4 learners have finished." in html
    assert "1 waits for you to read what they wrote." in html
    for show, name in (("waiting", "Ana"), ("playing", "Ben"), ("finished", "Chen"), ("not_started", "Dia")):
        narrowed = coach.get(f"?show={show}")
        found = [each for each in ("Ana", "Ben", "Chen", "Dia") if f">{each}</a>" in narrowed]
        assert found == [name], show


def test_every_link_of_every_page_leads_somewhere(placement: Placement) -> None:
    join(placement, "Ana", TO_THE_END)
    join(placement, "Ben", [GOOD])
    coach, seen, ahead = Coach(placement), set(), [""]
    while ahead:
        path = ahead.pop()
        if path in seen:
            continue
        seen.add(path)
        for link in links(coach.get(path)):
            at = path.partition("?")[0] + link if link.startswith("?") else link.removeprefix(coach.base)
            ahead.append(at.replace("&amp;", "&"))
    assert len(seen) >= 11
    assert any(path.startswith("attempts/") for path in seen)


def test_an_attempt_is_read_as_a_script_with_what_may_be_corrected(placement: Placement) -> None:
    participation = join(placement, "Ana", TO_THE_END)
    attempt = Attempt.objects.get(participation=participation)
    html = Coach(placement).get(f"attempts/{attempt.pk}/")
    for text in ("I waited the whole day.", "You took a day off", "Fourteen days", "You waited a whole day", "not read yet",
                 "Both, and why it matters", "Confirm the level", "Set the grade"):  # fmt: skip
        assert text in html, text


def test_a_correction_from_the_page_is_kept_and_shown(placement: Placement) -> None:
    participation = join(placement, "Chen", [RUDE, NEXT])
    attempt, coach = Attempt.objects.get(participation=participation), Coach(placement)
    form = re.search(r'name="as_of" value="([^"]+)"', coach.get(f"attempts/{attempt.pk}/"))
    assert form is not None
    answer = coach.post(
        f"attempts/{attempt.pk}/", as_of=form[1], kind="grade", value="42,5 %", reason="A fair second half."
    )
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Saved. The grade was worked out again" in text
    assert "42.5\u00a0%" in text
    assert "A fair second half." in text
    assert api.current_grade(participation.pk).ratio == Attempt.objects.get(pk=attempt.pk).ratio


@pytest.mark.parametrize(
    ("form", "status", "sentence"),
    [
        ({"kind": "grade", "value": "142", "reason": "Why not"}, 422, "Enter a number from 0 to 100 %."),
        ({"kind": "grade", "value": "12", "reason": ""}, 422, "Say why: the learner reads it beside the change."),
        (
            {"kind": "level", "seq": "1", "criterion": "warmth", "value": "9", "reason": "Because"},
            422,
            "That is not part",
        ),
        ({"kind": "promote", "reason": "Because"}, 422, "That cannot be corrected here."),
        ({"kind": "grade", "seq": "1e9", "value": "1", "reason": "Because"}, 422, "That cannot be corrected here."),
        ({"kind": "grade", "value": "12", "reason": "Because", "as_of": "0.0"}, 409, "Somebody else changed"),
    ],
)
def test_a_refused_correction_says_why_and_keeps_what_was_typed(
    placement: Placement, form: dict[str, str], status: int, sentence: str
) -> None:
    participation = join(placement, "Chen", [RUDE, NEXT])
    attempt, coach = Attempt.objects.get(participation=participation), Coach(placement)
    as_of = re.search(r'name="as_of" value="([^"]+)"', coach.get(f"attempts/{attempt.pk}/"))
    assert as_of is not None
    answer = coach.post(f"attempts/{attempt.pk}/", **{"as_of": as_of[1], **form})
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    if form["kind"] == "grade" and form["reason"] and "seq" not in form:
        assert f'value="{form["reason"]}"' in answer.content.decode()
    assert not Judgement.objects.exists()


def test_what_a_learner_wrote_is_escaped(placement: Placement) -> None:
    nasty = "<script>alert(1)</script> **bold** [x](javascript:alert(1))"
    participation = join(placement, "<b>Ana</b>", [GOOD, NEXT, RIGHT, NEXT, {"type": "write", "text": nasty}])
    attempt, coach = Attempt.objects.get(participation=participation), Coach(placement)
    for html in (coach.get(), coach.get(f"attempts/{attempt.pk}/"), coach.get(f"learners/{participation.uuid}/")):
        assert "<script" not in html
        assert "<b>Ana" not in html
        assert 'href="javascript' not in html


def test_delivery_and_names_come_from_whoever_knows_them(placement: Placement) -> None:
    participation = join(placement, "", [RUDE, NEXT])
    at = datetime(2026, 3, 2, tzinfo=UTC)
    status = api.DeliveryStatus("delayed", at, "The LMS is down; tried again every hour.")
    api.register_delivery_status(lambda ids: dict.fromkeys(ids, status))
    api.register_people_names(lambda ids: dict.fromkeys(ids, "Name from the LMS"))
    html = Coach(placement).get()
    assert "Name from the LMS" in html
    assert "The LMS is down; tried again every hour." in html
    assert "1 grade is still on its way to the gradebook." in html
    playing = launch(placement, participation.learner)
    assert playing.load().json()["delivery"] == {"status": "delayed", "at": "2026-03-02T00:00:00+00:00"}


def test_the_debrief_asks_again_while_its_grade_is_news(placement: Placement) -> None:
    participation = join(placement, "", [RUDE, NEXT])
    now = timezone.now()
    told: dict[str, Any] = {}
    api.register_delivery_status(lambda ids: dict.fromkeys(ids, told["status"]))
    playing = launch(placement, participation.learner)

    def asks_again(word: Any, at: datetime) -> bool:
        told["status"] = api.DeliveryStatus(word, at, "")
        return "poll_after_s" in playing.load().json()

    assert [asks_again(word, now) for word in ("saved", "sent", "delayed")] == [True, True, True]
    assert [asks_again(word, now) for word in ("confirmed", "held", "none")] == [False, False, False]
    assert not asks_again("delayed", now - timedelta(days=1))


def test_the_list_takes_as_many_queries_for_many_learners_as_for_few(
    placement: Placement, django_assert_max_num_queries: Any
) -> None:
    for index in range(12):
        join(placement, f"Learner {index}", [GOOD])
    coach = Coach(placement)
    with django_assert_max_num_queries(12):
        coach.get()


def test_a_course_shows_where_in_which_module(organisation: Organisation, shelf: Shelf) -> None:
    modules = [
        shelf.module("one", shelf.publish(chat()), title="At the door"),
        shelf.module("two", shelf.publish(call())),
    ]
    placement = place(organisation, "course", shelf.publish_course("Calls that matter", modules))
    playing = launch(placement, api.new_learner(organisation, "Ana"))
    playing.play([NEXT, {"type": "choose", "choice": "ch_open"}], "one")
    playing.play([GOOD], "two")
    coach = Coach(placement)
    assert "A late delivery · First words" in coach.get()
    learner = coach.get(f"learners/{playing.participation.uuid}/")
    assert "At the door · Tea" in learner
    assert "There is no grade yet." in learner
