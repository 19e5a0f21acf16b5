"""About the graph, names, conditions, what is unused, and the search of all plays."""

from scenario_engine.checks.explained.explanation import Explained

_NAMES_WHY = "A name that stands for nothing makes a condition false for ever, or an effect vanish, without a sound."
_NAMES_MEND = "Correct the spelling, or define what is missing."

STRUCTURE = {
    "structure.no-start": Explained(
        "Without a first scene nobody can begin.",
        "`start: hall`, but there is no scene `hall`.",
        "Choose the first scene in the settings of the scenario.",
    ),
    "structure.no-ending": Explained(
        "An ending fixes the grade and opens the debrief; without one an attempt never finishes.",
        "The last scene is a page that is `done`.",
        "Add an ending and lead to it.",
    ),
    "structure.missing-target": Explained(
        "A way on that leads nowhere stops the learner in the middle of a conversation.",
        "A choice without `goto`.",
        "Connect it to the scene that comes next.",
    ),
    "structure.unknown-target": Explained(
        "A way on to a scene that does not exist stops the learner just as surely.",
        "`goto: dome` where the scene is called `done`.",
        "Lead it to a scene that exists.",
    ),
    "structure.route-without-default": Explained(
        "When none of its rules fits, play cannot go on.",
        "A route with the one rule `trust at least 5` and no `otherwise`.",
        "Say in `otherwise` where it leads when no rule fits.",
    ),
    "structure.dead-end": Explained(
        "Who comes here can never finish, and never gets a grade.",
        "Two scenes that lead to each other and nowhere else.",
        "Lead one of their ways to an ending.",
    ),
    "structure.duplicate-id": Explained(
        "Translations, comments, analytics and attempts hang on ids; one that stands twice hangs on either.",
        "Two choices with the id `ask`.",
        "Rename the newer one: the other may be in use already.",
    ),
    "structure.undefined-variable": Explained(_NAMES_WHY, "`add: {trusts: 1}`", _NAMES_MEND),
    "structure.undefined-fact": Explained(_NAMES_WHY, "`learn: [partty]`", _NAMES_MEND),
    "structure.undefined-competency": Explained(_NAMES_WHY, "`points: {empathie: 2}`", _NAMES_MEND),
    "structure.undefined-criterion": Explained(_NAMES_WHY, "`criteria: [{use: warmt}]`", _NAMES_MEND),
    "structure.undefined-cast-member": Explained(_NAMES_WHY, "`who: marta` for Mara", _NAMES_MEND),
    "structure.undefined-mood": Explained(_NAMES_WHY, "`mood: clam` for calm", _NAMES_MEND),
    "structure.undefined-scene": Explained(_NAMES_WHY, "`when: {visits: hal, at_least: 2}`", _NAMES_MEND),
    "structure.undefined-choice": Explained(_NAMES_WHY, "`because: [kindly]` on an ending", _NAMES_MEND),
    "structure.undefined-level": Explained(
        _NAMES_WHY, "`level: say.warm` where `say` has no criterion warm", _NAMES_MEND
    ),
    "structure.undefined-goal": Explained(_NAMES_WHY, "`goal: talk.done` where `talk` has no goal done", _NAMES_MEND),
    "structure.foreign-timeout": Explained(
        "When time is up a choice is taken for the learner, so it must be one of this decision.",
        "`on_timeout: cold`, but the decision has no choice `cold`.",
        "Name one of its own choices.",
    ),
    "structure.value-misfit": Explained(
        "A value that its variable cannot have is never stored, and a comparison with it never holds.",
        "`set: {trust: 9}` where trust runs from 0 to 5.",
        "Change the value, or the variable.",
    ),
    "structure.misplaced-inside": Explained(
        "Only a role-play can call a scene and go on after it.",
        "A decision `inside` a page.",
        "Take `inside` out, or name a role-play.",
    ),
    "structure.unreachable": Explained(
        "What nobody can see is work lost, or a way that was forgotten.",
        "A scene `attic` that no choice leads to.",
        "Lead to it, or delete it.",
    ),
    "structure.never-played": Explained(
        "Ways lead here, but their conditions never hold together, so no learner will ever come.",
        "A scene behind `fact: late`, which nothing before it teaches.",
        "Look at the conditions on the ways here, and at what should make them hold.",
    ),
    "structure.never-offered": Explained(
        "A choice that is never offered is work lost; often it is the best one.",
        "A choice `when: {fact: party}` on a way where nobody can have asked about the party.",
        "Change its condition, or let something before it make the condition hold.",
    ),
    "structure.never-followed": Explained(
        "A rule that is never followed is usually hidden by one above it.",
        "`trust at least 3` above `trust at least 5`: the second is never reached.",
        "Put the narrower rule first.",
    ),
    "structure.stuck": Explained(
        "A learner who finds nothing to choose cannot go on.",
        "A hub whose choices are all `once` and none of which leads out.",
        "Give it a way on that is always there.",
    ),
    "structure.endless": Explained(
        "The ways look as if they led out, but their conditions can no longer come to hold: the learner goes"
        " round for ever.",
        "A loop that is left at `trust at least 5`, entered when nothing can raise trust any more.",
        "Add a way out that always comes to hold, for example after three visits.",
    ),
    "structure.impossible-condition": Explained(
        "What hangs on it is never shown, offered or followed.",
        "`all: [{var: trust, at_least: 6}, {var: trust, at_most: 4}]`",
        "Correct the numbers, or let something teach the fact it asks for.",
    ),
    "structure.needless-condition": Explained(
        "A condition that always holds hides what was meant.",
        "`trust at least 0` where trust runs from 0 to 10.",
        "Take it out, or ask for what was meant.",
    ),
    "proof.not-proven": Explained(
        "Reachability and grades are proven by searching every situation a play can be in. Beyond the bound nothing is"
        " proven, neither good nor bad.",
        "A loop over forty scored scenes, each of which remembers what was tried.",
        "Ask about fewer things, share moments, grade by a declared maximum, and look at `simulate` instead.",
    ),
    "unused.unread-variable": Explained(
        "Somebody meant it to matter. Either a consequence was forgotten, or it is ballast for whoever edits next.",
        "`set: {blamed: true}`, and no condition asks about `blamed`.",
        "Let a condition ask about it, show it, or delete it.",
    ),
    "unused.unwritten-variable": Explained(
        "A condition on something that never changes has the same answer for everybody.",
        "`when: {var: told, is: true}`, and nothing sets `told`.",
        "Let a choice or rule change it.",
    ),
    "unused.variable": Explained("It is in the way of whoever edits next.", "A flag left over.", "Delete it."),
    "unused.unlearned-fact": Explained(
        "A fact of the notebook that nobody can learn hides a question nobody can ask.",
        "The fact `fault`, which no choice teaches.",
        "Let a choice, rule or role-play teach it.",
    ),
    "unused.idle-fact": Explained(
        "Asking was worth while only if knowing it changes something: a choice, a beat, what a good reply mentions.",
        "The fact `no_bill` is learned, and nothing depends on it.",
        "Let something depend on it, or leave it as colour.",
    ),
    "unused.criterion": Explained(
        "A criterion that is never exercised promises practice that does not happen.",
        "`reassurance` with five anchors, and no reply uses it.",
        "Use it in a reply or role-play, or delete it.",
    ),
    "unused.cast-member": Explained(
        "It is in the way of whoever edits next.", "A colleague who was cut.", "Delete it."
    ),
    "unused.competency": Explained(
        "In reports it stays empty for everybody.",
        "`clarity` is defined, and no choice, question or criterion gives points on it.",
        "Give points on it, or delete it.",
    ),
    "unused.glossary": Explained(
        "Nobody can look up a word that no text links to.",
        "The word `face`, and no `[[face]]`.",
        "Link it where it is used.",
    ),
}
