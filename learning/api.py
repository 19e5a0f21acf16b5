"""The only door of learning: what other apps may import, and nothing else."""

from learning.due_dates import set_due_at
from learning.grading import GradeValue, current_grade, current_grades, regrade
from learning.hooks import (
    DeliveryStatus,
    RosterView,
    register_delivery_status,
    register_frame_ancestors,
    register_missing_delivery,
    register_people_names,
    register_roster,
)
from learning.judging import Character, Judge, Line, Reading, Turn, Words, register_character, register_judge
from learning.languages import speaking
from learning.models import (
    Attempt,
    AttemptStatus,
    Cohort,
    Grade,
    Judgement,
    Learner,
    Participation,
    Placement,
    Step,
)
from learning.placements import (
    Target,
    coach_path,
    create_placement,
    enter,
    issue_coach_session,
    issue_token,
    new_cohort,
    new_learner,
    play_path,
)
from learning.policies import Policies, PolicyRefused, read_policies
from learning.privacy import erase_learner, export_learner
from learning.signals import grade_changed

__all__ = [
    "Attempt",
    "AttemptStatus",
    "Character",
    "Cohort",
    "DeliveryStatus",
    "Grade",
    "GradeValue",
    "Judge",
    "Judgement",
    "Learner",
    "Line",
    "Participation",
    "Placement",
    "Policies",
    "PolicyRefused",
    "Reading",
    "RosterView",
    "Step",
    "Target",
    "Turn",
    "Words",
    "coach_path",
    "create_placement",
    "current_grade",
    "current_grades",
    "enter",
    "erase_learner",
    "export_learner",
    "grade_changed",
    "issue_coach_session",
    "issue_token",
    "new_cohort",
    "new_learner",
    "play_path",
    "read_policies",
    "register_character",
    "register_delivery_status",
    "register_frame_ancestors",
    "register_judge",
    "register_missing_delivery",
    "register_people_names",
    "register_roster",
    "regrade",
    "set_due_at",
    "speaking",
]
