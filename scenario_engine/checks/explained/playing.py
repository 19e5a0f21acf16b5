"""About playing, role-plays, time limits and texts."""

from scenario_engine.checks.explained.explanation import Explained

PLAYING = {
    "play.unlinked": Explained(
        "A call stands for another scenario, which publishing puts in its place; before that nobody can play it.",
        "`call: {scenario: calming-down}`, and `calming-down` has not been published.",
        "Publish that scenario first.",
    ),
    "play.tries-unused": Explained(
        "Feedback in the debrief leads on after the first answer, so the other tries never come.",
        "`tries: 2` with `feedback: debrief`.",
        "Give its feedback at once, or offer one try.",
    ),
    "roleplay.exit": Explained(
        "Every way out is named so that every end has its consequence; one that cannot be taken is a"
        " consequence nobody sees.",
        "`ends: {goals: 4}` with three goals.",
        "Ask for as many goals as can be met, and let the learner end it before the turns run out.",
    ),
    "roleplay.goal": Explained(
        "A goal that nothing can meet frustrates, and the way out for goals may never come.",
        "`met_by: {released: [notice]}`, and nothing releases `notice`.",
        "Name a cue, release the facts, or let the learner tick it.",
    ),
    "roleplay.mood": Explained(
        "Lines for a mood nobody sees are work lost.",
        "Lines for `angry`, and no move leads there.",
        "Let a move lead to it.",
    ),
    "roleplay.lines": Explained(
        "Without a model, which is how most learners play, the character falls silent.",
        "Moods `still` and `angry`, but lines only for `still`.",
        "Write two or three lines for each mood.",
    ),
    "roleplay.event": Explained(
        "An event that never happens is a turning point nobody meets.",
        "`at: {turn: 12}` where there are eight turns.",
        "Let it happen earlier, or in a mood that can be reached.",
    ),
    "roleplay.empty-cue": Explained(
        "Without wording only a model can see a cue; without a model the goal, fact or mood that waits for it"
        " never comes.",
        "`on: {cue: acknowledge}`, and `acknowledge` has no phrases.",
        "List phrases for it under `cues`: see [cues.md](cues.md).",
    ),
    "roleplay.cue-pattern": Explained(
        "A pattern that cannot be read is looked for letter by letter, which nobody types.",
        "`because (of your leave`",
        "Close the bracket.",
    ),
    "timer.fixed": Explained(
        "Who reads slowly, listens, or types with a switch is shut out (WCAG 2.2, 2.2.1).",
        "`learner_may_switch_off: false`",
        "Let learners switch it off: the same maximum can be earned without it.",
    ),
    "timer.short": Explained(
        "A limit that is over before everything is read measures reading, not judgement. Counted at 150 words a minute"
        " and five seconds to decide.",
        "Ten seconds for three choices of thirty words.",
        "Give more time, or shorten what must be read.",
    ),
    "timer.pays": Explained(
        "If waiting is the best choice, the limit teaches to wait.",
        "`on_timeout` names the choice with the most points.",
        "Let another choice stand for silence, unless silence is the point.",
    ),
    "text.message": Explained(
        "Braces that say nothing known are shown as they were typed.",
        "`It is {clock, tome, short}.`",
        "Write `{name}`, `{n, plural, one {…} other {…}}`, or `'{'` for a brace that is meant.",
    ),
    "text.no-description": Explained(
        "Who does not see the picture gets nothing (WCAG 2.2, 1.1.1).",
        "A mood picture without `alt`.",
        "Say in a few words what it shows, or mark it as decorative.",
    ),
    "text.no-transcript": Explained(
        "Who does not hear the recording gets nothing (WCAG 2.2, 1.2.1 and 1.2.2).",
        "`audio: {file: l2.mp3}` without a transcript.",
        "Write the transcript, or `inline` where the screen says the same; give films captions.",
    ),
    "text.hard-to-read": Explained(
        "Under stress, on a phone, in a second language, long sentences are skipped. Measured by one published formula"
        " per language: Flesch in English (1948), Amstad in German (1978), Kandel and Moles in French (1958), Fernández"
        " Huerta in Spanish (1959), Franchina and Vacca in Italian (1972), Douma in Dutch (1960): hard below 45; LIX in"
        " Swedish, Danish and Norwegian (Björnsson 1968): hard above 50. Other languages are not measured.",
        "A briefing in sentences of thirty words.",
        "Shorten sentences, and use the words you would use aloud.",
    ),
    "text.long": Explained(
        "More than 250 words on a page, 90 in a question or 60 in a choice are more than a phone shows.",
        "A choice of three sentences.",
        "Split the page; say a choice in one breath.",
    ),
}
