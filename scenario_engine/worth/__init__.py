"""What each thing in a scenario is worth, exactly. Scoring adds it up; proof searches it; neither has its own rules."""

from scenario_engine.worth.hubs import hub_vector
from scenario_engine.worth.improving import improve
from scenario_engine.worth.moments import earning_moments, moment_maximum, scenes_by_moment
from scenario_engine.worth.policy import ending_fixes_a_grade, grade_policy, graded_ratio, ratio_of, weigh
from scenario_engine.worth.scenes import (
    best_choice_vector,
    best_level,
    capped_level,
    choice_vector,
    credit_vector,
    criterion_maximum,
    criterion_vector,
    ending_vector,
    is_moment,
    retry_rate,
    scene_maximum,
)
from scenario_engine.worth.vectors import Vector, Weights, add_vectors, positive_part, scale_vector, value_of

__all__ = [
    "Vector",
    "Weights",
    "add_vectors",
    "best_choice_vector",
    "best_level",
    "capped_level",
    "choice_vector",
    "credit_vector",
    "criterion_maximum",
    "criterion_vector",
    "earning_moments",
    "ending_fixes_a_grade",
    "ending_vector",
    "grade_policy",
    "graded_ratio",
    "hub_vector",
    "improve",
    "is_moment",
    "moment_maximum",
    "positive_part",
    "ratio_of",
    "retry_rate",
    "scale_vector",
    "scene_maximum",
    "scenes_by_moment",
    "value_of",
    "weigh",
]
