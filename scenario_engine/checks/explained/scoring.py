"""About scores and grades. The terms are those of docs/scoring.md."""

from scenario_engine.checks.explained.explanation import Explained

SCORING = {
    "score.max-missing": Explained(
        "Without the number nothing can be divided by it.",
        "`grade: declared_max` without `max`.",
        "Say what a full grade takes, or grade by the best path.",
    ),
    "score.no-grade-at-ending": Explained(
        "Who comes to an ending without a grade gets none.",
        "`grade: ending`, and the ending `settled` has no `grade`.",
        "Give it a grade from 0 to 1, or `none` where nothing is to be graded.",
    ),
    "score.moment-mixed": Explained(
        "The scenes of one moment are tries at the same thing, so they must count alike.",
        "A bonus decision that shares the moment of one that is none.",
        "Let them count alike, or give this one a moment of its own.",
    ),
    "score.choice-confirmed": Explained(
        "A coach confirms words; a choice says by itself what it is.",
        "`counts: confirmed` on a decision.",
        "Set it to `yes` or `practice`.",
    ),
    "score.level-unconfirmed": Explained(
        "Levels from rules or a model may be wrong; in a coached scenario a coach reads before they count.",
        "`counts: yes` on a reply, with `purpose: coached`.",
        "Set it to `confirmed`.",
    ),
    "score.worthless-question": Explained(
        "It seems to count and cannot.",
        "`points: 2` without a competency, no option that is right, or an accepted 8 below one of 8 ± 1.",
        "Name the competency, mark what is right, or move the narrower of two answers up.",
    ),
    "score.send-rest": Explained(
        "The grade in the gradebook may fall when a coach confirms a low level.",
        "`while_pending: send_rest`.",
        "Choose `hold` to send nothing before.",
    ),
    "score.bound": Explained(
        "The grade is measured against the best path, so that must be found.",
        "A loop over forty scored scenes with forty facts.",
        "Grade by a declared maximum, or use fewer variables and fewer scenes that can be met again.",
    ),
    "score.nothing-to-earn": Explained(
        "Nothing divided by nothing is no grade.",
        "`grade: best_path`, and no choice gives points.",
        "Give points, or grade by completion or by the endings.",
    ),
    "score.best-below-one": Explained(
        "Whoever does everything right is told that something was missing.",
        "A declared maximum of 24 where the best play earns 20.",
        "Declare what the best play earns, or grade the best ending 1.",
    ),
    "score.detour-pays": Explained(
        "A learner who begins with the worse choice can come to the better result: the points teach the detour.",
        "A rude opening, repaired for three points, beats a kind one.",
        "Let the repair share the moment it repairs, or weigh the two choices anew.",
    ),
    "score.outcome-disagrees": Explained(
        "Story and grade tell two stories, and learners believe neither.",
        "The customer leaves at 75 %, and comes back happy at 69 %.",
        "Let the ending fix the grade, or make what leads to it cost what the story says it costs.",
    ),
    "score.random-arms-unequal": Explained(
        "Luck would decide what a learner can earn.",
        "One arm of a random route offers 3 points, the other 1.",
        "Make the arms worth the same.",
    ),
    "score.random-arms-uneven": Explained(
        "The arms are worth the same, but one is harder: unlucky learners are graded harder.",
        "Who picks at random averages 0.54 on two arms and 0.41 on the third.",
        "Make the arms equally hard, or accept it knowingly.",
    ),
    "score.unconfirmed-decides": Explained(
        "A level that does not count yet, and may be wrong, decides what can still be earned.",
        "Level 3 leads to a scene worth four points, level 2 past it.",
        "Lead the branches to ways of equal worth, or let the samples decide.",
    ),
    "score.length-pays": Explained(
        "Whoever takes the long way earns more for the same result.",
        "A good ending after two decisions earns 4, the same after six earns 12.",
        "Give the short way as much to earn, or let the long way repair instead of add.",
    ),
    "score.chance-pays": Explained(
        "A grade that chance earns says little about judgement. Found by the search: the mean over all random plays,"
        " 70 % or more; in long loops it is approached.",
        "Of three choices two give full points.",
        "Let weak choices cost something, or offer more of them.",
    ),
    "score.habit-pays": Explained(
        "A learner who always takes the first, middle, last, longest, shortest or politest choice gets 70 % or"
        " more without"
        " reading. Politeness is counted by a short word list per language; it says nothing about people.",
        "Always the longest choice comes to the good ending.",
        "Shuffle, even out the lengths, and let a kind word be the weaker answer once.",
    ),
}
