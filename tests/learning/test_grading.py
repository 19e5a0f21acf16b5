"""Grades: what attempts, policies, courses and corrections come to, and when somebody is told."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from foundation.api import AuditEntry, Organisation
from learning import api
from learning.corrections import Correction, correct, mark_of
from learning.errors import CannotCorrect, NotAsExpected, NotThere
from learning.grading import regrade
from learning.models import Attempt, Grade, Judgement, Participation
from learning.tokens import CoachGrant
from tests.learning.catalogue import Shelf
from tests.learning.conftest import NOW, Playing, launch, place
from tests.learning.scenarios import call, chat
from tests.learning.test_play import GOOD, NEXT, RIGHT, TO_THE_END, WARM, WORDS

pytestmark = pytest.mark.django_db

OPEN = {"type": "choose", "choice": "ch_open"}
ASK = {"type": "choose", "choice": "ch_ask"}
WAIT = {"type": "choose", "choice": "ch_wait"}


def play_chat(ana: Playing, choices: list[dict[str, Any]], module: str = "main") -> None:
    if Attempt.objects.filter(participation=ana.participation, module=module).exists():
        assert ana.restart(module).status_code == 200
    ana.play([NEXT, *choices], module)


def ratios(participation: Participation) -> dict[str, Decimal | None]:
    return dict(Grade.objects.filter(participation=participation).values_list("module", "ratio"))


@pytest.fixture
def ana(organisation: Organisation, shelf: Shelf) -> Playing:
    return launch(place(organisation, "scenario", shelf.publish(call())), api.new_learner(organisation, "Ana Reis"))


def coach_of(ana: Playing) -> CoachGrant:
    coach = api.new_learner(ana.participation.placement.organisation, "Kim Berg")
    return CoachGrant(placement=ana.participation.placement.uuid, coach=coach.uuid)


def mark(attempt: Attempt) -> str:
    return mark_of(attempt, list(Judgement.objects.filter(attempt=attempt)))


def fix(ana: Playing, **what: Any) -> Attempt:
    attempt = Attempt.objects.get(participation=ana.participation, number=what.pop("number", 1))
    return correct(coach_of(ana), attempt.pk, Correction(reason="Read it again.", **what), mark(attempt), NOW)


def test_a_finish_writes_the_grade_and_tells_once(
    organisation: Organisation, shelf: Shelf, changes: list[dict[str, Any]]
) -> None:
    ana = launch(place(organisation, "scenario", shelf.publish(chat())), api.new_learner(organisation))
    play_chat(ana, [OPEN])
    assert ratios(ana.participation) == {"": Decimal("1.0000")}
    assert [(c["participation_id"], c["module"], c["ratio"], c["revision"]) for c in changes] == [
        (ana.participation.pk, "", Decimal("1.0000"), 1)
    ]
    regrade(ana.participation.pk, NOW)
    assert len(changes) == 1
    grade = api.current_grade(ana.participation.pk, "")
    assert (grade.ratio, grade.revision) == (Decimal("1.0000"), 1)
    assert grade.finished_at == Attempt.objects.get().finished_at


@pytest.mark.parametrize(
    ("policy", "expected"), [("best", "1.0000"), ("last", "0.0000"), ("first", "0.6250"), ("mean", "0.5417")]
)
def test_attempts_combine_as_the_placement_says(
    organisation: Organisation, shelf: Shelf, policy: str, expected: str
) -> None:
    ana = launch(place(organisation, "scenario", shelf.publish(chat()), policies={"attempt": policy}),
                 api.new_learner(organisation))  # fmt: skip
    # 1 then 4 at the same scene: 1 + half of 3 = 2.5 of 4; then 4 of 4; then below nothing.
    for choices in ([ASK, OPEN], [OPEN], [WAIT]):
        play_chat(ana, choices)
    assert ratios(ana.participation) == {"": Decimal(expected)}


def test_a_stopped_attempt_is_not_graded(organisation: Organisation, shelf: Shelf, changes: list[Any]) -> None:
    ana = launch(place(organisation, "scenario", shelf.publish(chat())), api.new_learner(organisation))
    ana.play([NEXT, {"type": "stop"}])
    assert (ratios(ana.participation), changes) == ({}, [])


def test_a_preview_is_never_graded_and_may_start_again_at_any_time(
    organisation: Organisation, shelf: Shelf, changes: list[Any]
) -> None:
    placement = place(organisation, "scenario", shelf.publish(chat()), policies={"attempts": 1})
    teacher = launch(placement, api.new_learner(organisation), preview=True)
    served = teacher.play([NEXT, OPEN])
    assert served["is_preview"] is True
    assert served["debrief"]["grade"]["ratio"] == 1.0
    assert "delivery" not in served
    regrade(teacher.participation.pk, NOW)
    assert (ratios(teacher.participation), changes) == ({}, [])
    assert teacher.restart().status_code == 200
    teacher.play([NEXT])
    assert teacher.restart().json()["view"]["seq"] == 0


def test_a_grade_waits_for_the_coach_and_then_follows(ana: Playing, changes: list[dict[str, Any]]) -> None:
    served = ana.play(TO_THE_END)
    assert served["debrief"]["grade"]["reason"] == "pending"
    assert (ratios(ana.participation), changes) == ({}, [])
    reply = next(visit for visit in _trail() if visit.text)
    attempt = fix(ana, kind="level", seq=reply.seq, criterion="warmth", value="3")
    assert attempt.ratio == Decimal("0.8889")  # (3 + 2 + 3) of 9
    assert [(c["ratio"], c["revision"]) for c in changes] == [(Decimal("0.8889"), 1)]
    fix(ana, kind="level", seq=reply.seq, criterion="warmth", value="na")
    assert ratios(ana.participation) == {"": Decimal("1.0000")}  # the criterion is not asked: 5 of 5
    assert [c["revision"] for c in changes] == [1, 2]


def test_the_learner_sees_old_new_and_reason(ana: Playing) -> None:
    ana.play(TO_THE_END)
    reply = next(visit for visit in _trail() if visit.text)
    question = next(visit for visit in _trail() if visit.answers)
    fix(ana, kind="level", seq=reply.seq, criterion="warmth", value="2")
    fix(ana, kind="level", seq=reply.seq, criterion="warmth", value="3")
    fix(ana, kind="credit", seq=question.seq, value="0.5")
    fix(ana, kind="grade", value="0.9")
    shown = ana.load().json()["debrief"]["corrections"]
    assert [(each["kind"], each.get("old"), each["new"], each["reason"]) for each in shown] == [
        ("level", None, 2, "Read it again."),
        ("level", 2, 3, "Read it again."),
        ("credit", 1, 0.5, "Read it again."),
        ("grade", 0.7778, 0.9, "Read it again."),
    ]
    assert ratios(ana.participation) == {"": Decimal("0.9000")}


def test_a_grade_set_by_a_coach_stands_until_it_is_taken_back(
    organisation: Organisation, shelf: Shelf, changes: list[dict[str, Any]]
) -> None:
    ana = launch(place(organisation, "scenario", shelf.publish(chat())), api.new_learner(organisation))
    play_chat(ana, [OPEN])
    fix(ana, kind="grade", value="0.5")
    assert ratios(ana.participation) == {"": Decimal("0.5000")}
    fix(ana, kind="withdraw", value="grade")
    assert ratios(ana.participation) == {"": Decimal("1.0000")}
    assert [c["ratio"] for c in changes] == [Decimal("1.0000"), Decimal("0.5000"), Decimal("1.0000")]
    with pytest.raises(CannotCorrect, match="nothing of that kind"):
        fix(ana, kind="withdraw", value="grade")


def test_a_void_attempt_gives_the_try_back_and_leaves_the_grade(organisation: Organisation, shelf: Shelf) -> None:
    placement = place(organisation, "scenario", shelf.publish(chat()), policies={"attempts": 1})
    ana = launch(placement, api.new_learner(organisation))
    play_chat(ana, [WAIT])
    assert ana.restart().status_code == 403
    fix(ana, kind="void")
    assert ratios(ana.participation) == {"": None}
    assert api.current_grade(ana.participation.pk).revision == 2
    play_chat(ana, [OPEN])
    assert ratios(ana.participation) == {"": Decimal("1.0000")}


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"kind": "level", "seq": 99, "criterion": "warmth", "value": "3"}, "correction.place"),
        ({"kind": "level", "seq": 0, "criterion": "warmth", "value": "3"}, "correction.place"),
        ({"kind": "credit", "seq": 0, "value": "0.5"}, "correction.place"),
        ({"kind": "grade", "seq": 0, "value": "0.5"}, "correction.place"),
        ({"kind": "grade", "value": "1.5"}, "share.range"),
        ({"kind": "grade", "value": "-1"}, "share.range"),
        ({"kind": "grade", "value": "nan"}, "share.range"),
        ({"kind": "grade", "value": "1/0"}, "share.range"),
        ({"kind": "grade", "value": ""}, "share.range"),
        ({"kind": "withdraw", "value": "void"}, "correction.nothing"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_and_nothing_is_kept(
    ana: Playing, what: dict[str, Any], code: str
) -> None:
    ana.play(TO_THE_END)
    with pytest.raises(CannotCorrect) as refusal:
        fix(ana, **what)
    assert refusal.value.code == code
    assert not Judgement.objects.exists()


def test_a_correction_needs_a_reason(ana: Playing) -> None:
    ana.play(TO_THE_END)
    attempt = Attempt.objects.get()
    with pytest.raises(CannotCorrect, match="Say why"):
        correct(coach_of(ana), attempt.pk, Correction(kind="void", reason="  "), mark(attempt), NOW)


def test_a_correction_made_on_an_older_page_is_refused(ana: Playing) -> None:
    ana.play(TO_THE_END)
    attempt = Attempt.objects.get()
    seen = mark(attempt)
    fix(ana, kind="grade", value="0.5")
    with pytest.raises(NotAsExpected):
        correct(coach_of(ana), attempt.pk, Correction(kind="grade", value="0.9", reason="No."), seen, NOW)
    assert ratios(ana.participation) == {"": Decimal("0.5000")}


def test_a_coach_corrects_in_their_own_placement_only(ana: Playing, organisation: Organisation, shelf: Shelf) -> None:
    ana.play(TO_THE_END)
    attempt = Attempt.objects.get()
    other = place(organisation, "scenario", shelf.publish(chat()))
    grant = CoachGrant(placement=other.uuid, coach=coach_of(ana).coach)
    with pytest.raises(NotThere):
        correct(grant, attempt.pk, Correction(kind="void", reason="Mine."), mark(attempt), NOW)


def test_a_correction_is_in_the_audit_trail_and_never_changes(ana: Playing) -> None:
    ana.play(TO_THE_END)
    fix(ana, kind="grade", value="0.5")
    entry, judgement = AuditEntry.objects.get(), Judgement.objects.get()
    assert (entry.action, entry.actor) == ("attempt.grade", judgement.by)
    for change in (judgement.save, judgement.delete, Judgement.objects.all().delete):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        Judgement.objects.update(value="1")


def course(shelf: Shelf, send: str = "when_complete") -> Any:
    one, two = shelf.publish(chat()), shelf.publish(chat())
    modules = [
        shelf.module("one", one, weight=Decimal(1)),
        shelf.module("two", two, weight=Decimal(3), gate="finished"),
        shelf.module("extra", one, weight=Decimal(0), required=False),
    ]
    return shelf.publish_course("Doors", modules, send)


def test_a_course_is_graded_when_it_is_complete(
    organisation: Organisation, shelf: Shelf, changes: list[dict[str, Any]]
) -> None:
    ana = launch(place(organisation, "course", course(shelf)), api.new_learner(organisation))
    play_chat(ana, [OPEN], "one")
    assert ratios(ana.participation) == {"one": Decimal("1.0000")}
    play_chat(ana, [ASK, OPEN], "two")
    # (1 * 1 + 3 * 0.625) / 4 = 0.71875
    assert ratios(ana.participation) == {"one": Decimal("1"), "two": Decimal("0.6250"), "": Decimal("0.7188")}
    assert [(c["module"], c["revision"]) for c in changes] == [("one", 1), ("two", 1), ("", 1)]


def test_a_running_course_is_graded_from_the_first_module(organisation: Organisation, shelf: Shelf) -> None:
    ana = launch(place(organisation, "course", course(shelf, "running")), api.new_learner(organisation))
    play_chat(ana, [OPEN], "one")
    assert ratios(ana.participation) == {"one": Decimal("1.0000"), "": Decimal("0.2500")}


def test_an_excused_module_leaves_the_sum(organisation: Organisation, shelf: Shelf) -> None:
    ana = launch(place(organisation, "course", course(shelf)), api.new_learner(organisation))
    play_chat(ana, [WAIT], "one")
    play_chat(ana, [OPEN], "two")
    assert ratios(ana.participation)[""] == Decimal("0.7500")
    attempt = Attempt.objects.get(module="one")
    correct(coach_of(ana), attempt.pk, Correction(kind="excuse", reason="Was ill."), mark(attempt), NOW)
    assert ratios(ana.participation) == {"one": None, "two": Decimal("1"), "": Decimal("1.0000")}


def test_a_module_opens_once_the_one_before_is_finished(organisation: Organisation, shelf: Shelf) -> None:
    ana = launch(place(organisation, "course", course(shelf)), api.new_learner(organisation))
    locked = ana.load("two")
    assert (locked.status_code, locked.json()["error_code"]) == (403, "module.locked")
    assert locked.json()["error"] == "First finish “A short chat”."
    overview = ana.client.get(f"/play/api/{ana.participation.uuid}/", headers={"Authorization": f"Bearer {ana.token}"})
    assert [each["state"] for each in overview.json()["modules"]] == ["open", "locked", "open"]
    play_chat(ana, [WAIT], "one")
    assert ana.load("two").status_code == 200


def test_a_module_may_ask_for_a_pass(organisation: Organisation, shelf: Shelf) -> None:
    one, two = shelf.publish(chat(**{"pass": 0.7})), shelf.publish(chat())
    modules = [shelf.module("one", one), shelf.module("two", two, gate="passed")]
    ana = launch(place(organisation, "course", shelf.publish_course("Doors", modules)), api.new_learner(organisation))
    play_chat(ana, [ASK, OPEN], "one")
    assert ana.load("two").json()["error"] == "First pass “A short chat”."
    play_chat(ana, [OPEN], "one")
    assert ana.load("two").status_code == 200


def test_a_module_linked_singly_is_a_placement_of_its_own(organisation: Organisation, shelf: Shelf) -> None:
    uuid, learner = course(shelf), api.new_learner(organisation)
    whole = launch(place(organisation, "course", uuid), learner)
    single = launch(place(organisation, "course", uuid, module="two"), learner)
    play_chat(single, [OPEN])
    assert (ratios(single.participation), ratios(whole.participation)) == ({"": Decimal("1.0000")}, {})


def test_past_the_due_date_nothing_more_is_played_where_late_work_is_not_taken(
    organisation: Organisation, shelf: Shelf
) -> None:
    past = (timezone.now() - timedelta(days=1)).isoformat()
    policies = {"due_at": past, "accept_late": False}
    ana = launch(
        place(organisation, "scenario", shelf.publish(chat()), policies=policies), api.new_learner(organisation)
    )
    answer = ana.load()
    assert (answer.status_code, answer.json()["error_code"]) == (403, "placement.closed")
    late = launch(
        place(organisation, "scenario", shelf.publish(chat()), policies={"due_at": past}), api.new_learner(organisation)
    )
    assert late.load().status_code == 200


def test_an_erased_learner_is_never_graded_again(ana: Playing) -> None:
    ana.play([GOOD, NEXT, RIGHT, NEXT, WORDS, WARM])
    fix(ana, kind="grade", value="0.5")
    api.erase_learner(ana.participation.learner, NOW, by="test")
    regrade(ana.participation.pk, NOW)
    assert ratios(ana.participation) == {"": Decimal("0.5000")}


def _trail() -> list[Any]:
    from learning.attempts import decode_state

    return decode_state(Attempt.objects.get().state).trail
