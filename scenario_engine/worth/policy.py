"""How a total becomes a grade (docs/scoring.md, rule 8). Which totals there are is none of this module's business."""

from fractions import Fraction
from typing import Literal

from scenario_engine.credits import exact
from scenario_engine.document import Ending, Scenario
from scenario_engine.worth.vectors import Weights

Policy = Literal["best_path", "declared_max", "ending", "completion"]


def grade_policy(scenario: Scenario) -> Policy:
    """Return how an attempt is graded. Where the purpose is practice, being done is all that is reported."""
    return "completion" if scenario.purpose == "practice" else scenario.scoring.grade


def weigh(scenario: Scenario) -> Weights:
    """Return the author's weights."""
    return Weights(scenario.scoring.weights)


def ending_fixes_a_grade(ending: Ending) -> bool:
    """Return whether an attempt that ends here is graded at all: opted out, stopped or merely read is not."""
    return ending.grade != "none" and ending.outcome != "stopped"


def graded_ratio(scenario: Scenario, ending: Ending, total: Fraction, maximum: Fraction | None) -> Fraction | None:
    """Return the grade 0..1 at `ending`, or None when there is none.

    `maximum` is what the total is divided by (best path or declared, less what is excused); None: not known.
    """
    policy = grade_policy(scenario)
    if not ending_fixes_a_grade(ending):
        return None
    if policy == "completion":
        return Fraction(1) if ending.completes else None
    if policy == "ending":
        return exact(ending.grade) if isinstance(ending.grade, int | float) else None
    return ratio_of(total, maximum) if maximum is not None else None


def ratio_of(total: Fraction, maximum: Fraction) -> Fraction | None:
    """Return total over maximum, cut to 0..1; None (never 0) when nothing is left to be measured against."""
    return min(Fraction(1), max(Fraction(0), total / maximum)) if maximum > 0 else None
