"""The steps of the self-test, each timed and named; what it expects is computed apart from the site."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.utils import timezone

from authoring.packs.load import load_pack
from config import sandbox as partner
from config.selftest.player import HttpPlayer, Played
from foundation.api import Membership, Organisation, Role, User
from lti.models import GradeDelivery, Platform
from lti.models.grades import DeliveryOutcome
from sandbox_lms.testing import LmsHandle, Sandbox
from scenario_engine.codec import decode
from scenario_engine.play import advance, start
from scenario_engine.scoring import round_ratio, score
from scenario_engine.story import compile_story

PACK = "customer-care"
SCENARIO = "envelope-4417"
LMS_KEY = "selftest"
WAIT_S = 90.0
T = TypeVar("T")


class SelftestFailed(Exception):
    """A step did not end as it should."""


@dataclass
class Report:
    """What the self-test found; `as_json` is its stable form."""

    steps: list[dict[str, Any]] = field(default_factory=list)
    expected: str | None = None
    sent: str | None = None
    found: str | None = None
    error: str = ""

    @property
    def ok(self) -> bool:
        return not self.error and self.expected is not None and self.expected == self.sent == self.found

    def as_json(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "expected": self.expected,
            "sent": self.sent,
            "found": self.found,
            "steps": self.steps,
            "error": self.error,
        }


def run_journey(sandbox: Sandbox, report: Report, say: Callable[[str], object]) -> None:
    """Walk the whole way, filling `report`. Raises nothing: a failed step is the report's error."""
    try:
        _walk(sandbox, report, say)
    except Exception as error:  # the report is the place for whatever went wrong
        report.error = f"{type(error).__name__}: {error}"


def _walk(sandbox: Sandbox, report: Report, say: Callable[[str], object]) -> None:
    @contextmanager
    def step(name: str) -> Iterator[None]:
        say(f"{name} …")
        begun = time.monotonic()
        entry: dict[str, Any] = {"step": name, "ok": False}
        report.steps.append(entry)
        yield
        entry.update(ok=True, seconds=round(time.monotonic() - begun, 2))

    with step("content is published"):
        organisation, publisher = _prepare()
        uuid = _publish(organisation, publisher)
    with step("dynamic registration"):
        lms = _fresh_lms(sandbox)
        joined = partner.join(lms, organisation, publisher)
    with step("deep linking"):
        link = partner.add_activity(sandbox, joined, f"scenario:{uuid}")
    with step("launch"):
        learner = partner.person_of(lms, "learner")
        player = HttpPlayer(sandbox.follow(lms.start_launch(learner, int(link["id"]))))
    with step("play to an ending"):
        played = player.play_to_the_end()
        report.expected = _expected(played)
    with step("grade in the gradebook"):
        report.sent, report.found = _wait_for_grade(lms, joined.platform, link, learner, report.expected)


def _prepare() -> tuple[Organisation, User]:
    organisation, _ = Organisation.objects.get_or_create(slug="selftest", defaults={"name": "Self-test"})
    publisher, made = User.objects.get_or_create(username="selftest", defaults={"email": "selftest@localhost"})
    if made:
        publisher.set_unusable_password()
        publisher.save()
    Membership.objects.get_or_create(organisation=organisation, user=publisher, role=Role.PUBLISHER)
    return organisation, publisher


def _publish(organisation: Organisation, publisher: User) -> str:
    course = load_pack(_pack(), organisation, publisher).course
    module = next(each for each in course.modules.all() if each.scenario.slug.startswith(SCENARIO))
    return str(module.scenario.uuid)


def _pack() -> Path:
    return Path(settings.BASE_DIR) / "course_packs" / PACK


def _fresh_lms(sandbox: Sandbox) -> LmsHandle:
    """Return an empty LMS of our own in the sandbox, so that runs do not meet each other."""
    known = {row["key"] for row in sandbox.call("GET", "lms")}
    if LMS_KEY in known:
        lms = sandbox.lms(LMS_KEY)
        lms.reset()
        return lms
    return sandbox.create_lms(LMS_KEY, "moodle", name="Self-test")


def _expected(played: Played) -> str:
    """Return the grade that the recorded actions come to in the engine, from the pack's own file."""
    scenario = decode((_pack() / "scenarios" / f"{SCENARIO}.yaml").read_bytes()).scenario
    if scenario is None:
        raise SelftestFailed("The pack's scenario cannot be read.")
    story = compile_story(scenario)
    state = start(story, "selftest")
    for action in played.actions:
        state = advance(story, state, action)
    result = score(story, state)
    if result.grade is None or state.graded_at != played.ending:
        raise SelftestFailed(f"The engine ends at {state.graded_at}, the site at {played.ending} ({result.reason}).")
    return str(round_ratio(result.grade))


def _wait_for_grade(
    lms: LmsHandle, platform: Platform, link: dict[str, Any], learner: str, expected: str
) -> tuple[str | None, str | None]:
    """Return (sent, found) as ratios with 4 places, once the gradebook has a grade or the time is up."""
    begun = time.monotonic()
    sent = found = None
    item = int(link["line_items"][0]["id"])
    since = timezone.now() - timedelta(minutes=10)
    while time.monotonic() - begun < WAIT_S:
        delivered = GradeDelivery.objects.filter(
            target__line_item__deployment__platform=platform, outcome=DeliveryOutcome.DELIVERED, at__gte=since
        ).first()
        sent = str(delivered.ratio) if delivered and delivered.ratio is not None else None
        row = lms.grade(lms.course, item, learner)
        if row and row.get("given") is not None:
            share = Decimal(str(row["given"])) / Decimal(str(row["maximum"]))
            found = str(share.quantize(Decimal("0.0001")))
        if sent and found:
            break
        time.sleep(0.3)
    return sent, found
