"""Scoring: what an attempt, several attempts and a course come to. Pure; the rules are docs/scoring.md."""

from scenario_engine.scoring.attempts import AttemptPolicy, Combined, combine_attempts, passes, round_ratio
from scenario_engine.scoring.course import ModuleGrade, course_grade
from scenario_engine.scoring.judgements import Judgement
from scenario_engine.scoring.profile import pool_profiles
from scenario_engine.scoring.results import MomentScore, ProfileEntry, Score, TryScore
from scenario_engine.scoring.score import score

__all__ = [
    "AttemptPolicy",
    "Combined",
    "Judgement",
    "ModuleGrade",
    "MomentScore",
    "ProfileEntry",
    "Score",
    "TryScore",
    "combine_attempts",
    "course_grade",
    "passes",
    "pool_profiles",
    "round_ratio",
    "score",
]
