"""How an attempt is played, as steps of the host: more time for whoever was given it, a voice, and time that is up.

Recorded when the learner opens or asks, so that no clock of ours has to run.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from foundation.api import durable, record
from learning import content, judging, play
from learning.attempts import decode_state
from learning.errors import CannotCorrect
from learning.models import Attempt, AttemptStatus, Participation
from learning.tokens import CoachGrant
from scenario_engine.actions import Arranged, TimeUp
from scenario_engine.clock import run_clock
from scenario_engine.document import Roleplay
from scenario_engine.story import Story
from scenario_engine.views import Served

# What a coach may give: the usual time, half as much again, twice, three times, or no time limits at all.
TIME_FACTORS = (1.0, 1.5, 2.0, 3.0, 0.0)


def arrange(row: Attempt, now: datetime) -> bool:
    """Record the settings that this attempt is not played with yet; say whether there were any."""
    if row.status != AttemptStatus.PLAYING:
        return False
    state = decode_state(row.state)
    factor = row.participation.time_factor
    voice = judging.has_character() and _has_roleplay(content.story_of(row))
    changes = Arranged(
        voice=voice if voice != state.voice else None,
        time_factor=factor if factor != state.time_factor else None,
    )
    return changes != Arranged() and play.record_host_action(row, changes, now)


def take_time(row: Attempt, served: Served, now: datetime) -> bool:
    """Record that the time of a decision is over, by our own clock, where `served` says so; say whether it was."""
    is_up = run_clock(served, 0)  # what has passed is taken off already
    return is_up and play.record_host_action(row, TimeUp(), now)


def give_time(grant: CoachGrant, participation: Participation, factor: float, now: datetime) -> None:
    """Let a learner have other time limits, from their next step on. Raises CannotCorrect for any other factor."""
    if factor not in TIME_FACTORS:
        raise CannotCorrect("time.unknown", _("Choose one of the times on the page."))
    with durable():
        before = participation.time_factor
        participation.time_factor = factor
        participation.save(update_fields=["time_factor"])
        subject, by = f"participation {participation.uuid}", f"learner:{grant.coach}"
        organisation = participation.placement.organisation
        record(organisation, by, "participation.time", subject, {"old": before, "new": factor})


def _has_roleplay(story: Story) -> bool:
    known = story.memo.get("learning.has_roleplay")
    if known is None:
        known = any(isinstance(scene, Roleplay) for scene in story.scenario.scenes)
        story.memo["learning.has_roleplay"] = known
    return bool(known)
