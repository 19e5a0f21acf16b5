"""What each reader keeps, changes and drops, for people who choose a format; docs/imports.md is written from here."""

from typing import NamedTuple


class Fidelity(NamedTuple):
    """Sentences on one format. `changed` and `dropped` are told again, place by place, in the report of an import."""

    kept: str
    changed: str
    dropped: str


_STORY = "A passage without a way on becomes an ending whose outcome you choose. Variables get bounds."
_QUIZ = (
    "Questions become one quiz: a scene for each question, and an ending after the last. The gaps of a text are "
    "asked one after the other, those before filled in; so are pairs that share a right side. Capitals do not "
    "matter. Where several options are right, each wrong one takes away its share; where that differs the report "
    "says so."
)
_QUIZ_KEPT = (
    "Single and multiple choice, numbers, short texts, gaps, ordering, matching; partial credit, all or nothing, and "
    "feedback with the answers it belongs to."
)

FIDELITY: dict[str, Fidelity] = {
    "twine-1": Fidelity(
        "Nothing: the file is refused, since opening it could run a program. Publish from Twine 1, import that page "
        "into Twine 2, and import what Twine 2 publishes.",
        "",
        "",
    ),
    "branchwise": Fidelity(
        "All of it, with its ids: documents as YAML or JSON, and course packs with every scenario, medium, the texts "
        "of other languages (`texts/SCENARIO/LANGUAGE.json`, each with the mark of the source it was made from) and "
        "the course. An uploaded pack becomes a draft course with its objectives, and its modules in order.",
        "A pack that is uploaded again becomes a copy, and the report says so; nothing that is there is overwritten.",
        "Files that no scenario uses, and texts in the language that their scenario is written in.",
    ),
    "twee-own": Fidelity(
        "All that this program wrote into the file, also after edits in Twine.",
        "Passages that were added in Twine are read as pages.",
        "What stands outside passages.",
    ),
    "h5p": Fidelity(
        "Questions with feedback, texts, pictures with their words, films and captions in the package, the start "
        "screen, end screens of their own, points or end scores, random order. Scenes are named by what H5P names "
        "its contents by, so that adding or deleting one renames no other. Both older places of the scoring option "
        "are read. Question sets, single quizzes, slides, films, columns and books by themselves.",
        "Slides become pages one after the other; multiple choice, true or false, sets of single choices, texts to "
        "fill in, words to drag or to mark and essays on slides and in films become questions after them; the texts "
        "of spots on a picture stand below it; films elsewhere become links; end scores become shares of the "
        "highest; feedback under the key `text` is shown; the grade is measured by what all paths can earn, and "
        "points of the last choice count.",
        "Other quizzes, trying again without end, points for having seen something, going back, files that are "
        "missing.",
    ),
    "docx": Fidelity(
        "Tables one of whose first rows names the columns, or headings and lists as in a Markdown storyboard. A "
        "storyboard that this program wrote: scenes, lines, choices, options, points, changes, conditions, feedback, "
        "people, variables.",
        "Formatting becomes the few marks that scenarios have; tracked changes are taken as accepted.",
        "Pictures inside the document, text outside the tables, tables without column names, comments, notes, the "
        "head and foot of pages. Of our own storyboards criteria with their levels and cues, role-plays, answers to "
        "be typed, pairs, orders, scoring and safety: they stand there to be read, and the report names them scene "
        "by scene.",
    ),
    "branching-xblock": Fidelity(
        "Nodes with their ids, texts, choices, scores and feedback; more than thirty nodes and loops too. A course's "
        "OLX may hold several.",
        "Hints become notes for authors; a node without choices becomes an ending.",
        "Media, which the file names but does not hold.",
    ),
    "ink": Fidelity(
        "Text, choices (once only, with conditions), diverts, variables with plain values, sums and comparisons, "
        "visits, text and choices under conditions, alternatives such as {one|two} by the visits of their scene.",
        "Each choice and most diverts begin a scene of their own. Alternatives that go round stay at the last, "
        "shuffled ones are drawn anew; the way that is taken when no choice is left is a choice.",
        "Tags. A story that needs tunnels, functions, threads, lists, chance or knots with parameters is refused, "
        "naming each.",
    ),
    "oppia": Fidelity(
        "States of every release of the YAML and of the Android app: text, multiple choice, several choices, short "
        "texts, numbers, fractions, orders, endings, feedback, hints, links. Translations of what a state says, of "
        "its choices and of what is said to a choice or to an answer that none expected, with the mark of their "
        "source.",
        "A question has one way on, where the right answer leads; asking again without end becomes three tries. "
        "Formulas stand as they are written, tabs and what opens on a click one below the other.",
        "Other interactions, parameters, other translations, recorded voices, solutions, pictures, tags.",
    ),
    "edu-role-play": Fidelity(
        "The persona as a cast member, situation, objectives, turn limit, ending by hand.",
        "The full credit of a criterion becomes its best level; the levels below wait for your words.",
        "What is said to a model only, and the program in the page.",
    ),
    "twine-html": Fidelity(
        "Every story of the file. Links in brackets in all forms and with setters, links in macros (`<<link>>`, "
        "`(link-goto:)`, `{link to:}` and the like) with what they do, jumps, also to one of several passages by "
        "luck, included passages, storylets, variables, text and choices under conditions, visits, shown values, "
        "emphasis, lists, headings, verbatim text, pictures inside the file, places on the map. Harlowe 1 to 3, "
        "SugarCube 2, Chapbook and Snowman are understood, also where the file does not name them; of other formats "
        "the links in brackets.",
        f"{_STORY} A line with an if in it becomes a line for each case. What shows later shows at once. A link that "
        "does more than change, say and lead on leads to a scene that does it; where an if changes what it asked "
        "about, a variable keeps its answer.",
        "Scripts and style sheets, which are never run; inputs, sounds, and every macro the report names.",
    ),
    "twee": Fidelity(
        "As Twine 2, from Twee 3, and Twee 1 and 2 as far as they differ.",
        f"{_STORY} Broken StoryData is named, and the story still arrives.",
        "Passages with the tags script and stylesheet.",
    ),
    "twine-json": Fidelity("As Twine 2; `start` may be a number or a name.", _STORY, "As Twine 2."),
    "yarn": Fidelity(
        "Nodes with their places, lines with who speaks, options with conditions, jumps, variables, also those that "
        "are worked out of others, if and else, visits, groups of nodes, lines drawn by luck, detours to nodes that "
        "only speak, shown values; links in brackets of release 1, and its files in JSON.",
        f"{_STORY} Other detours do not come back; what is said once is said on the first visit.",
        "Commands of your game, marks inside lines, hash tags, other headers.",
    ),
    "moodle-xml": Fidelity(
        f"{_QUIZ_KEPT} Pictures inside the file, the unit of a number, tags and numbers as notes.",
        f"{_QUIZ} Hints cost nothing, a further try what it cost.",
        "Calculated and other types of question, other units, templates, pictures of feedback.",
    ),
    "qti": Fidelity(
        f"{_QUIZ_KEPT} QTI 1.2, 2.x and 3.0, also in packages; tolerances, language, words for graders as notes.",
        f"{_QUIZ} Several interactions of an item are asked one after the other.",
        "Other interactions, items whose numbers are drawn by chance, feedback that no rule gives an answer, time "
        "limits and other settings of a test.",
    ),
    "gift": Fidelity(_QUIZ_KEPT, f"{_QUIZ} Essays become replies without criteria.", "What stands outside questions."),
    "csv": Fidelity(
        "Sheets that this program wrote, exactly; sheets made by hand whose first row names the columns, also with "
        "the choices of a scene one beside the other (“Choice 1”, “Next 1”, “Choice 2” …).",
        "Ids that are missing are made from titles.",
        "Rows above the one that names the columns.",
    ),
    "markdown": Fidelity(
        "Headings are scenes, list items are choices, `Name: words` is a line of a cast member.",
        "Ids that are missing are made from headings.",
        "Settings that no scenario has. HTML, pictures and tables stand as they are typed, and the report names them.",
    ),
}
