"""Runs inside the site's own environment and does what its people do at a keyboard: one JSON line asks, one answers.

Started by tests.journeys.site; nothing here is imported by a test.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[2]


def prepare(keep: str) -> dict[str, Any]:
    """Do what `manage.py serve` does before it starts programs; return their commands and the sign-ins.

    The migrated database is copied to `keep`, where that is named and not there yet.
    """
    from django.conf import settings
    from django.db import connection

    from config import demo
    from config.running.prepare import prepare as prepare_site
    from config.running.programs import list_programs
    from tests import migrated

    prepare_site(lambda line: None)
    if keep and not Path(keep).exists():
        connection.close()
        migrated.keep_as(Path(settings.DATABASES["default"]["NAME"]), Path(keep))
    demo.load(())
    commands = {program.name: list(program.command) for program in list_programs()}
    return {"commands": commands, "sign_ins": demo.sign_ins()}


def load_pack(name: str) -> dict[str, Any]:
    """Load and publish a course pack; return the uuids of its course and scenarios."""
    from authoring.packs.load import load_pack as load

    course = load(ROOT / "course_packs" / name, _house(), _user("publisher")).course
    return {
        "course": str(course.uuid),
        "scenarios": {module.scenario.slug: str(module.scenario.uuid) for module in course.modules.all()},
    }


def publish(document: dict[str, Any], uuid: str = "") -> dict[str, Any]:
    """Save a document as a draft (of the scenario `uuid`) and publish it."""
    from django.utils import timezone

    from authoring import api
    from authoring.models import Scenario

    by = _user("publisher")
    row = Scenario.objects.get(uuid=uuid) if uuid else None
    draft = api.save_draft(_house(), document, by=by, scenario=row)
    version = api.publish(draft.revision.pk, by, timezone.now())
    return {"uuid": str(draft.scenario.uuid), "number": version.number}


def scenario_pk(uuid: str) -> int:
    from authoring.models import Scenario

    return int(Scenario.objects.get(uuid=uuid).pk)


def approve(issuer: str) -> None:
    from lti.models import Platform
    from lti.platforms import approve_platform

    approve_platform(Platform.objects.get(issuer=issuer), _house(), _user("operator"))


def add_platform(deployment: str, **fields: Any) -> None:
    """Add a platform by hand, as an operator copies it from the LMS, and approve it."""
    from lti.platforms import add_platform as add
    from lti.platforms import approve_platform

    by = _user("operator")
    approve_platform(add(by=by, deployments={deployment: _house()}, **fields), _house(), by)


def attempts(participation: str = "") -> list[dict[str, Any]]:
    from authoring.models import ScenarioVersion
    from learning.models import Attempt

    rows = Attempt.objects.order_by("started_at").select_related("participation")
    if participation:
        rows = rows.filter(participation__uuid=participation)
    numbers = dict(ScenarioVersion.objects.values_list("pk", "number"))
    return [
        {
            "id": str(row.pk),
            "number": row.number,
            "version": numbers[row.version_id],
            "status": row.status,
            "ending": row.ending,
            "ratio": None if row.ratio is None else str(row.ratio),
            "seq": row.seq,
        }
        for row in rows
    ]


def grades() -> list[dict[str, Any]]:
    """Return the committed grade of every learner whom a platform knows, with the state of its delivery."""
    from learning.models import Grade
    from lti.models import GradeTarget

    found = []
    for target in GradeTarget.objects.select_related("person__platform"):
        grade = Grade.objects.get(participation=target.participation_id, module=target.line_item.module)
        found.append(
            {
                "issuer": target.person.platform.issuer,
                "sub": target.person.sub,
                "ratio": None if grade.ratio is None else str(grade.ratio),
                "revision": grade.revision,
                "state": target.state,
                "tries": target.deliveries.count(),
            }
        )
    return found


def waiting() -> dict[str, int]:
    """Return how many cells are in each state of delivery."""
    from django.db.models import Count

    from lti.models import GradeTarget

    return dict(GradeTarget.objects.values_list("state").annotate(count=Count("pk")))


def rotate_tool_keys() -> None:
    """Sign with a key published only now, and publish another one."""
    from django.utils import timezone

    from lti import tool_keys

    tool_keys.rotate(timezone.now())


def put_due() -> None:
    """Let time pass: grades that wait for their next try are due now, and platforms left alone are called again."""
    from django.utils import timezone

    from lti.models import GradeTarget, Platform

    now = timezone.now()
    GradeTarget.objects.filter(due_at__gt=now, lease_id__isnull=True).update(due_at=now)
    Platform.objects.update(paused_until=None)


def held() -> int:
    """Return how many grades are claimed by a worker that is still in time."""
    from django.utils import timezone

    from lti.models import GradeTarget

    return int(GradeTarget.objects.filter(lease_id__isnull=False, lease_until__gt=timezone.now()).count())


def finished() -> dict[str, str]:
    """Return the committed grade by participation, and whether each has its wish (a target that wants the same)."""
    from learning.models import Grade
    from lti.models import GradeTarget

    wanted = {row.participation_id: row for row in GradeTarget.objects.all()}
    found = {}
    for grade in Grade.objects.filter(module="", ratio__isnull=False).select_related("participation"):
        target = wanted.get(grade.participation_id)
        agrees = target is not None and target.wanted == grade.ratio and target.revision == grade.revision
        found[str(grade.participation.uuid)] = str(grade.ratio) if agrees else f"{grade.ratio} without its wish"
    return found


def token_rows() -> int:
    from lti.models import PlatformToken

    return int(PlatformToken.objects.count())


def cut_connections() -> int:
    """Have PostgreSQL end every other connection to this database, as a restart does."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def use_model(provider: str, base_url: str = "", model: str = "") -> None:
    """Say which model the organisation asks."""
    from scenario_ai.models import AiSettings

    row, _ = AiSettings.objects.get_or_create(organisation=_house())
    row.provider, row.base_url, row.model = provider, base_url, model
    row.set_key("made-up-key" if provider == "openai" else "")
    row.save()


def generation(uuid: str) -> dict[str, Any]:
    """Return how a draft of a course stands."""
    from authoring.generation.models import GenerationRun

    run = GenerationRun.objects.get(uuid=uuid)
    stages = [
        {
            "kind": s.kind,
            "title": s.title,
            "state": s.state,
            "tries": s.tries,
            "held": s.lease_id is not None,
            "error": s.last_error,
        }
        for s in run.stages.order_by("pk")
    ]
    return {"state": run.state, "stages": stages, "course": run.course and str(run.course.uuid)}


def make_due() -> None:
    """Let time pass: what waits for its next try is due now."""
    from django.utils import timezone

    from authoring.generation.models import GenerationStage

    GenerationStage.objects.filter(due_at__isnull=False, lease_id__isnull=True).update(due_at=timezone.now())


def publish_course(uuid: str) -> dict[str, Any]:
    """Publish a drafted course as the publisher: every scenario of it, then itself."""
    from django.utils import timezone

    from authoring import api
    from authoring.models import Course

    by, now = _user("publisher"), timezone.now()
    course = Course.objects.get(uuid=uuid)
    for module in course.modules.all():
        api.publish(module.scenario.latest_revision.pk, by, now)
    course.refresh_from_db()
    version = api.publish_course(course.latest_revision.pk, by, now)
    return {"number": version.number, "modules": [module["id"] for module in version.modules]}


def enter_course(uuid: str, name: str) -> str:
    """Place a course, let a new learner in, and return the path where they play."""
    from uuid import UUID

    from django.utils import timezone

    from learning import api

    house, now = _house(), timezone.now()
    placement = api.create_placement(house, api.new_cohort(house, "Run"), api.Target("course", UUID(uuid)))
    participation = api.enter(placement, api.new_learner(house, name), now)
    return api.play_path(participation, api.issue_token(participation, now))


def _house() -> Any:
    from foundation.api import Organisation

    return Organisation.objects.get(slug="demo")


def _user(name: str) -> Any:
    from foundation.api import User

    return User.objects.get(username=name)


CALLS: dict[str, Callable[..., Any]] = {
    call.__name__: call
    for call in (
        prepare, load_pack, publish, scenario_pk, approve, add_platform, attempts, grades, waiting, use_model, generation,
        make_due, publish_course, enter_course, rotate_tool_keys, put_due, held, finished, token_rows, cut_connections,
    )
}  # fmt: skip


def main() -> None:
    from django.db import close_old_connections

    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever a command prints must not mix with the answers
    django.setup()
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"value": CALLS[asked["call"]](**asked["given"])}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        finally:
            close_old_connections()
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
