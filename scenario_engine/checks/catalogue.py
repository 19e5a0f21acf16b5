"""Every rule in one tuple. Codes never change their meaning; docs/checks.md is generated from here."""

from scenario_engine.checks import (
    conditions,
    fairness,
    names,
    pedagogy,
    players,
    playing,
    reach,
    reviews,
    roleplays,
    scores,
    structure,
    texts,
    timing,
    traits,
    unused,
    wording,
)
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
    Rule("structure.never-played", "warning", "Every scene is met in some play.", reach.find_never_played, True),
    Rule("structure.never-offered", "warning", "Every choice is offered in some play.", reach.find_never_offered, True),
    Rule(
        "structure.never-followed", "warning", "Every rule is followed in some play.", reach.find_never_followed, True
    ),
    Rule("structure.stuck", "error", "No play gets stuck with nothing to choose.", reach.find_stuck_plays, True),
    Rule(
        "structure.endless", "error", "Every loop can be left, however one got into it.", reach.find_endless_plays, True
    ),
    Rule("structure.impossible-condition", "warning", "Every condition can hold.", conditions.find_impossible),
    Rule("structure.needless-condition", "note", "Every condition decides something.", conditions.find_needless),
    Rule("proof.not-proven", "warning", "All plays can be searched.", reach.find_not_proven, True),
    Rule("unused.unread-variable", "warning", "What is changed matters somewhere.", unused.find_unread_variables),
    Rule("unused.unwritten-variable", "warning", "What is asked about can change.", unused.find_unwritten_variables),
    Rule("unused.variable", "note", "Every variable is used.", unused.find_unused_variables),
    Rule("unused.unlearned-fact", "warning", "Every fact can be learned.", unused.find_unlearned_facts),
    Rule("unused.idle-fact", "note", "What is learned matters somewhere.", unused.find_unused_facts),
    Rule("unused.criterion", "warning", "Every criterion is exercised.", unused.find_unused_criteria),
    Rule("unused.cast-member", "note", "Everybody of the cast takes part.", unused.find_unused_cast),
    Rule(
        "unused.competency", "warning", "Something can be earned on every competency.", unused.find_unused_competencies
    ),
    Rule("unused.glossary", "note", "Every word of the glossary is linked to.", unused.find_unused_words),
    Rule("play.unlinked", "error", "Scenarios that are called are in their place.", playing.find_unlinked_calls),
    Rule(
        "play.tries-unused", "warning", "Several tries are offered where they can be used.", playing.find_useless_tries
    ),
    Rule("roleplay.exit", "warning", "Every way out of a role-play can be taken.", roleplays.find_unreachable_exits),
    Rule("roleplay.goal", "warning", "Every goal can be met.", roleplays.find_unmeetable_goals),
    Rule("roleplay.mood", "warning", "Every mood can be reached.", roleplays.find_unreached_moods),
    Rule(
        "roleplay.lines", "warning", "The character has something to say in every mood.", roleplays.find_missing_lines
    ),
    Rule("roleplay.event", "warning", "Every event can happen.", roleplays.find_silent_events),
    Rule("roleplay.empty-cue", "note", "Every cue can be seen without a model.", roleplays.find_empty_cues),
    Rule("roleplay.cue-pattern", "error", "Every pattern of a cue can be read.", roleplays.find_bad_cues),
    Rule("timer.fixed", "warning", "Time limits can be switched off.", timing.find_fixed_timers),
    Rule("timer.short", "warning", "There is time to read.", timing.find_short_timers),
    Rule("timer.pays", "warning", "Letting time run out is not the best choice.", timing.find_paying_timeouts),
    Rule("text.message", "error", "What stands in braces can be filled in.", texts.find_bad_messages),
    Rule("text.no-description", "warning", "Pictures have words.", texts.find_missing_descriptions),
    Rule("text.no-transcript", "warning", "Sounds and films have words.", wording.find_missing_transcripts),
    Rule("text.hard-to-read", "note", "Texts are easy to read.", wording.find_hard_reading),
    Rule("text.long", "note", "Texts fit a small screen.", wording.find_long_texts),
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
        "The best play is worth a full grade.",
        fairness.find_best_below_one,
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
    Rule(
        "score.chance-pays", "warning", "Picking at random does not get most of it.", players.find_paying_chance, True
    ),
    Rule("score.habit-pays", "warning", "No habit gets most of it.", players.find_paying_habits, True),
    Rule("teaching.longest-is-best", "warning", "Length gives nothing away.", pedagogy.find_telling_length),
    Rule("teaching.same-place", "warning", "The place of a choice gives nothing away.", pedagogy.find_telling_place),
    Rule("teaching.no-feedback", "note", "Where points are given, something is said.", pedagogy.find_silent_decisions),
    Rule(
        "teaching.objective-unpractised",
        "warning",
        "Every objective is practised.",
        pedagogy.find_unpractised_objectives,
    ),
    Rule("teaching.tied-trait", "note", "Being difficult is tied to no protected trait.", traits.find_tied_traits),
    Rule("key.unreviewed", "warning", "The key of an assessment has been reviewed.", reviews.find_unreviewed_key),
    Rule("review.expired", "warning", "Reviews still hold.", reviews.find_expired_reviews),
)
