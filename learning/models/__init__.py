"""The rows of learning, by subject. Other apps import them from `learning.api`."""

from learning.models.attempts import Attempt, AttemptStatus, PendingJudgement, Step
from learning.models.grades import Grade, Judgement, JudgementKind, JudgementSource
from learning.models.journal import Consent, Goal, JournalEntry
from learning.models.people import Cohort, DueDate, Learner, Participation, Placement, TargetKind

__all__ = [
    "Attempt",
    "AttemptStatus",
    "Cohort",
    "Consent",
    "DueDate",
    "Goal",
    "Grade",
    "JournalEntry",
    "Judgement",
    "JudgementKind",
    "JudgementSource",
    "Learner",
    "Participation",
    "PendingJudgement",
    "Placement",
    "Step",
    "TargetKind",
]
