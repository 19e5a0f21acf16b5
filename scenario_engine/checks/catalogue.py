"""Every rule in one tuple. Codes never change their meaning; docs/checks.md is generated from here."""

from scenario_engine.checks import fairness, names, playing, reviews, scores, structure, texts
from scenario_engine.checks.duplicates import find_duplicate_ids
from scenario_engine.checks.names import finder
from scenario_engine.checks.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule("structure.no-start", "error", "There is a scene to start at.", structure.find_no_start),
    Rule("structure.no-ending", "error", "An ending can be reached.", structure.find_no_ending),
    Rule("structure.missing-target", "error", "Every way on leads somewhere.", structure.find_missing_targets),
    Rule(
        "structure.unknown-target",
        "error",
        "Every way on leads to a scene that exists.",
        structure.find_unknown_targets,
    ),
    Rule(
        "structure.route-without-default",
        "error",
        "A route with rules says where it leads when none fits.",
        structure.find_routes_without_default,
    ),
    Rule("structure.dead-end", "error", "From every scene an ending can be reached.", structure.find_dead_ends),
    Rule("structure.duplicate-id", "error", "Every id stands once where it must stand once.", find_duplicate_ids),
    Rule("structure.undefined-variable", "error", "Variables that are used are defined.", finder("variable")),
    Rule("structure.undefined-fact", "error", "Facts that are used are defined.", finder("fact")),
    Rule("structure.undefined-competency", "error", "Competencies that are used are defined.", finder("competency")),
    Rule("structure.undefined-criterion", "error", "Criteria that are used are defined.", finder("criterion")),
    Rule("structure.undefined-cast-member", "error", "Whoever speaks is in the cast.", finder("cast member")),
    Rule("structure.undefined-mood", "error", "Moods that are shown are defined.", finder("mood")),
    Rule("structure.undefined-scene", "error", "Scenes that conditions and settings name exist.", finder("scene")),
    Rule("structure.undefined-choice", "error", "Choices that conditions and endings name exist.", finder("choice")),
    Rule("structure.undefined-level", "error", "Levels that conditions name are judged somewhere.", finder("level")),
    Rule("structure.undefined-goal", "error", "Goals that conditions name exist.", finder("goal")),
    Rule(
        "structure.foreign-timeout",
        "error",
        "Time up is one of the decision's own choices.",
        names.find_foreign_timeouts,
    ),
    Rule("structure.value-misfit", "error", "Values fit the variables they belong to.", names.find_misfits),
    Rule(
        "structure.misplaced-inside", "error", "Only a role-play has scenes inside.", structure.find_misplaced_insides
    ),
    Rule("structure.unreachable", "warning", "Every scene can be reached.", structure.find_unreachable),
    Rule("structure.never-played", "warning", "Every scene is met in some play.", structure.find_never_played, True),
    Rule("structure.stuck", "error", "No play gets stuck with nothing to choose.", structure.find_stuck_plays, True),
    Rule("play.unlinked", "error", "Scenarios that are called are in their place.", playing.find_unlinked_calls),
    Rule(
        "play.tries-unused", "warning", "Several tries are offered where they can be used.", playing.find_useless_tries
    ),
    Rule("text.message", "error", "What stands in braces can be filled in.", texts.find_bad_messages),
    Rule("text.no-description", "warning", "Pictures have words.", texts.find_missing_descriptions),
    Rule("score.max-missing", "error", "A declared maximum is declared.", scores.find_missing_maximum),
    Rule(
        "score.no-grade-at-ending",
        "error",
        "Where endings fix the grade, every graded ending that can be reached has one.",
        scores.find_endings_without_grade,
    ),
    Rule("score.moment-mixed", "error", "The scenes of one moment count alike.", scores.find_mixed_moments),
    Rule("score.choice-confirmed", "error", "A choice waits for no coach.", scores.find_confirmed_choices),
    Rule(
        "score.level-unconfirmed", "warning", "In coached scenarios a coach confirms.", scores.find_unconfirmed_levels
    ),
    Rule(
        "score.worthless-question", "warning", "A question can earn what it promises.", scores.find_worthless_questions
    ),
    Rule("score.send-rest", "note", "A grade may fall when a coach confirms.", scores.find_sent_rest),
    Rule("score.bound", "error", "The best path can be found.", fairness.find_unprovable_path, True),
    Rule(
        "score.nothing-to-earn",
        "error",
        "Where points are graded, some can be earned.",
        fairness.find_nothing_to_earn,
        True,
    ),
    Rule(
        "score.best-below-one",
        "warning",
        "The best play earns the declared maximum.",
        fairness.find_declared_too_high,
        True,
    ),
    Rule("score.detour-pays", "warning", "The better choice leads to the better result.", fairness.find_detours, True),
    Rule(
        "score.outcome-disagrees",
        "warning",
        "Endings and grades tell one story.",
        fairness.find_disagreeing_outcomes,
        True,
    ),
    Rule(
        "score.random-arms-unequal",
        "error",
        "Luck decides nothing that can be earned.",
        fairness.find_unequal_arms,
        True,
    ),
    Rule("score.random-arms-uneven", "warning", "Luck makes nothing harder.", fairness.find_uneven_arms, True),
    Rule(
        "score.unconfirmed-decides",
        "warning",
        "A level that does not count decides nothing that can be earned.",
        fairness.find_unconfirmed_branches,
        True,
    ),
    Rule("score.length-pays", "warning", "A longer way earns no more.", fairness.find_paying_length, True),
    Rule("key.unreviewed", "warning", "The key of an assessment has been reviewed.", reviews.find_unreviewed_key),
    Rule("review.expired", "warning", "Reviews still hold.", reviews.find_expired_reviews),
)
