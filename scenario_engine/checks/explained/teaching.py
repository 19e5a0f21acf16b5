"""About teaching, reviews and people."""

from scenario_engine.checks.explained.explanation import Explained

TEACHING = {
    "teaching.longest-is-best": Explained(
        "Learners notice within minutes, and then read lengths instead of people. Looked at from four decisions"
        " on; best"
        " means alone at the top, longest by a fifth.",
        "In five of five decisions the best choice is the longest.",
        "Lengthen a tempting choice, shorten the best one.",
    ),
    "teaching.same-place": Explained(
        "A best choice that always stands first is found without reading.",
        "In four of four decisions that are not shuffled the best choice is number 1.",
        "Set `shuffle: true`, or move it about.",
    ),
    "teaching.no-feedback": Explained(
        "A choice that is scored and never answered teaches nothing by itself. The scene after it may answer:"
        " then leave it.",
        "Three choices with points and without `then`, `feedback` and `better`.",
        "Say at least what the weakest choice does to the other person, and what could be said instead.",
    ),
    "teaching.objective-unpractised": Explained(
        "It promises something that the scenario does not do.",
        "An objective about `clarity`, and nothing gives points on it.",
        "Give points on it somewhere, or drop the objective.",
    ),
    "teaching.tied-trait": Explained(
        "When only the difficult person of a story belongs to a group, the story may teach to expect difficulty"
        " from the"
        " group. This rule reads words and knows no context: it asks you to look, and is often wrong. English only.",
        "The one customer who shouts is the one with an accent.",
        "Where the story needs it, have somebody with that experience read it; else drop it, or share it out.",
    ),
    "key.unreviewed": Explained(
        "A key that only its author believes in grades learners on one opinion.",
        "`purpose: assessment` without a review in the role `key`.",
        "Let two experts rate the choices without seeing the points, and enter the review.",
    ),
    "review.expired": Explained(
        "Law and usage change; a review holds until its date.",
        "A legal review `until: 2027-10-01`, read in November 2027.",
        "Ask for a new review, and enter its date.",
    ),
}
