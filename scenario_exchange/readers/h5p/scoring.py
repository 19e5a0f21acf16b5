"""Scores of a Branching Scenario: of its endings, of its choices, or none; with a fair denominator here."""

from scenario_exchange.imported import Report
from scenario_exchange.readers.h5p.values import Raw, number, obj, words

COMPETENCY = "score"
STATIC, DYNAMIC, NONE = "static-end-score", "dynamic-score", "no-score"


def option_of(root: Raw) -> str:
    """Return how the scenario scores; before release 1.5 the option stood at the top."""
    found = words(root, "scoringOptionGroup", "scoringOption") or words(root, "scoringOption")
    return found if found in (STATIC, DYNAMIC) else NONE


def points_of(source: Raw, place: str, report: Report) -> float:
    """Return the score that a choice or end screen brings; stray keys of other programs are named."""
    score = number(obj(source, "feedback"), "endScreenScore")
    stray = number(source, "score")
    if stray is not None:
        what = "It has a “score” where H5P knows none"
        report.changed(place, f"{what}; it was {'taken' if score is None else 'left out'}.", "Look at the points.")
        score = stray if score is None else score
    return max(-1000.0, min(1000.0, score or 0.0))


def counts_questions(root: Raw) -> bool:
    """Return whether quizzes inside slides and films count with the choices, as they do unless somebody says no."""
    said = obj(root, "scoringOptionGroup").get("includeInteractionsScores")
    return option_of(root) == DYNAMIC and said is not False


def head_of(option: str) -> Raw:
    """Return the scoring block and what it needs."""
    if option == STATIC:
        return {"purpose": "coached", "scoring": {"grade": "ending"}}
    if option == DYNAMIC:
        return {
            "purpose": "coached",
            "competencies": {COMPETENCY: {"title": "Score"}},
            "scoring": {"grade": "best_path"},
        }
    return {"purpose": "practice", "scoring": {"grade": "completion"}}


def grade_endings(endings: list[tuple[Raw, float]], report: Report) -> None:
    """Give each ending its share of the highest end score."""
    highest = max((score for _, score in endings), default=0.0)
    for ending, score in endings:
        ending["grade"] = round(max(0.0, score) / highest, 4) if highest > 0 else 0
    report.changed("Scores", f"The grade of an ending is its score out of {highest:g}, the highest.", "Check them.")
