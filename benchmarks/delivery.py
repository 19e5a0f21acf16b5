"""Delivering grades: claimed, read, posted and written down by the worker, against a bare post by urllib3."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import count
from time import process_time
from typing import Any

from benchmarks import site
from benchmarks.row import Row

GRADES = 100
_numbers = count(1)


@cache
def _people() -> list[Any]:
    """Make a platform with a column, and people with a place in it; return their participations."""
    site.ready()
    from uuid import uuid4

    from django.utils import timezone

    from foundation.api import Organisation
    from learning.api import Target, create_placement, enter, new_cohort, new_learner
    from lti.models import Context, Deployment, LineItem, LtiPerson, Platform, PlatformStatus
    from lti.products.base import LINE_ITEM, RESULT, SCORE

    now, key, base = timezone.now(), uuid4().hex[:12], site.gradebook()
    house = Organisation.objects.create(name="Benchmarks", slug=f"bench-{key}")
    platform = Platform.objects.create(
        organisation=house, issuer=f"{base}/{key}", client_id=key, status=PlatformStatus.ACTIVE,
        auth_url=f"{base}/auth", token_url=f"{base}/token", concurrency=6,
        settings={"origins": [base]},
    )  # fmt: skip
    deployment = Deployment.objects.create(platform=platform, organisation=house, deployment_id="1")
    cohort = new_cohort(house, "Benchmarks")
    placement = create_placement(house, cohort, Target("scenario", uuid4()))
    context = Context.objects.create(deployment=deployment, context_id="1", cohort=cohort)
    LineItem.objects.create(
        deployment=deployment, context=context, placement=placement, url=f"{base}/items/{key}", label="Column",
        scopes=[SCORE, RESULT, LINE_ITEM],
    )  # fmt: skip
    found = []
    for number in range(GRADES):
        learner = new_learner(house, f"Learner {number}")
        LtiPerson.objects.create(platform=platform, organisation=house, sub=f"{key}-{number}", learner=learner)
        found.append(enter(placement, learner, now))
    return found


def _give_grades() -> None:
    """Give everybody another grade, as learning does."""
    site.ready()
    from django.db import transaction
    from django.utils import timezone

    from learning.api import Grade, grade_changed

    now, ratio = timezone.now(), Decimal(next(_numbers) % 9000) / 10_000
    with transaction.atomic():
        for participation in _people():
            grade, _ = Grade.objects.get_or_create(participation=participation, module="", defaults={"changed_at": now})
            grade.ratio, grade.revision = ratio, grade.revision + 1
            grade.save()
            grade_changed.send(
                Grade, participation_id=participation.pk, module="", ratio=ratio, revision=grade.revision, at=now
            )


def _ours() -> float:
    """Return the time that the worker takes for `GRADES` grades."""
    _give_grades()
    from foundation.api import run_due
    from lti.work import GRADES as KIND

    begun = process_time()
    done = run_due(kinds=[KIND])
    taken = process_time() - begun
    if done != GRADES:
        raise AssertionError(f"{done} of {GRADES} grades were delivered.")
    return taken


@cache
def _pool() -> Any:
    import urllib3

    return urllib3.PoolManager(maxsize=1)


def _peer() -> float:
    """Return the time of as many posts of such a score, one after the other, and nothing else."""
    import json

    url = f"{site.gradebook()}/items/peer/scores"
    headers = {"Authorization": "Bearer token-1", "Content-Type": "application/vnd.ims.lis.v1.score+json"}
    begun = process_time()
    for number in range(GRADES):
        body = {
            "userId": str(number), "scoreGiven": 50, "scoreMaximum": 100, "activityProgress": "Completed",
            "gradingProgress": "FullyGraded", "timestamp": "2026-03-02T09:00:00.000Z",
        }  # fmt: skip
        answer = _pool().request("POST", url, body=json.dumps(body).encode(), headers=headers)
        if answer.status != 200:
            raise AssertionError(f"The server answered {answer.status}.")
    return process_time() - begun


def _note() -> str:
    tokens = _pool().request("GET", f"{site.gradebook()}/count").json()["tokens"]
    return f"{tokens} token for {GRADES * (next(_numbers) - 1)} deliveries"


ROW = Row(f"delivery of {GRADES} grades: bare urllib3 posts", _ours, _peer, 2.5, _note)
