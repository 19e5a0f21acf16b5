"""Rules about reviews: who has looked at the content, and whether that still holds."""

from scenario_engine.checks.rule import Problem, Problems, Subject

KEY_ROLE = "key"


def find_unreviewed_key(subject: Subject) -> Problems:
    """Yield a problem when an assessment has a key that nobody independent has rated."""
    is_reviewed = any(review.role == KEY_ROLE for review in subject.scenario.review)
    if subject.scenario.purpose == "assessment" and not is_reviewed:
        yield Problem(
            "This is an assessment, but nobody independent has rated its choices and answers.",
            f"Let two experts rate them without seeing the points, and enter a review with the role “{KEY_ROLE}”.",
            path="$.review",
        )


def find_expired_reviews(subject: Subject) -> Problems:
    """Yield each review whose time is over. Needs to be told what day it is."""
    for i, review in enumerate(subject.scenario.review):
        if subject.today is not None and review.until is not None and review.until < subject.today:
            yield Problem(
                f"The review “{review.role}” by {review.by} held until {review.until.isoformat()}.",
                "Ask for a new review, and enter its date.",
                path=f"$.review[{i}].until",
            )
