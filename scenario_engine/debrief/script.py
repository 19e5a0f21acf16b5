"""The conversation as a readable script: each visit with what was said, what it did, and a mark for the margin."""

from fractions import Fraction
from typing import Literal

from scenario_engine.document import Decision, Question, Reflection, Reply, Roleplay, Scene
from scenario_engine.play.questions import awaits_coach
from scenario_engine.scoring import MomentScore, Score, TryScore
from scenario_engine.state import State, Visit
from scenario_engine.view.answered import notes_on, said_in
from scenario_engine.view.reaction import titled
from scenario_engine.view.talking import said_in_visit
from scenario_engine.view.words import Words, typed
from scenario_engine.views import DebriefEntry
from scenario_engine.worth import Weights, choice_vector, value_of

Mark = Literal["", "strong", "mixed", "missed"]
Note = Literal["", "repeat", "practice", "pending", "excused", "bonus"]


def script(words: Words, state: State, score: Score) -> list[DebriefEntry]:
    """Return an entry for each visit in which something was said or done."""
    places = {each.seq: (moment, each) for moment in score.moments for each in moment.tries}
    entries = []
    for visit in state.trail:
        if isinstance(words.story.scenes[visit.scene], Reflection):
            continue  # private: nothing of it stands in a page that a coach may see too
        entry = _entry(words, visit)
        if visit.seq in places:
            _judge(words, entry, visit, *places[visit.seq])
        if entry.beats or entry.said or entry.prompt:
            entries.append(entry)
    return entries


def _entry(words: Words, visit: Visit) -> DebriefEntry:
    scene = words.story.scenes[visit.scene]
    entry = DebriefEntry(
        scene=scene.id,
        heading=words.line(scene.title),
        beats=words.beats(scene.beats, visit.beats),
        prompt=words.rich(getattr(scene, "prompt", "")),
    )
    if isinstance(scene, Decision):
        _tell_choice(words, entry, visit)
    elif isinstance(scene, Question):
        _tell_answer(words, entry, scene, visit)
    elif isinstance(scene, Reply) and visit.text:
        entry.said = [typed(visit.text)]
    elif isinstance(scene, Roleplay):
        entry.beats = [*entry.beats, *said_in_visit(words, scene, visit)]
    if isinstance(scene, Reply | Roleplay):
        _tell_forbidden(words, entry, visit)
    return entry


def _tell_forbidden(words: Words, entry: DebriefEntry, visit: Visit) -> None:
    """Say why wording that must not be used capped a level, where the author gives the reason."""
    criteria = words.story.scenario.criteria
    reasons = [criteria[name].forbidden_reason for name in visit.forbidden if name in criteria]
    entry.feedback = [words.rich(reason) for reason in dict.fromkeys(reasons) if reason]


def _tell_choice(words: Words, entry: DebriefEntry, visit: Visit) -> None:
    if visit.took not in words.story.choices:
        return
    choice = words.story.choices[visit.took][1]
    entry.said = [words.rich(choice.text)]
    entry.reaction = words.beats(choice.then, visit.reaction)
    entry.feedback = [words.rich(choice.feedback)] if choice.feedback else []
    entry.better = words.rich(choice.better)


def _tell_answer(words: Words, entry: DebriefEntry, question: Question, visit: Visit) -> None:
    entry.said = said_in(words, question, visit)
    entry.feedback = notes_on(words, question, visit)
    entry.confidence = visit.confidence
    if visit.credits and not awaits_coach(question, visit):
        entry.credit = round(float(Fraction(visit.credits[-1])), 4)


def _judge(words: Words, entry: DebriefEntry, visit: Visit, moment: MomentScore, each: TryScore) -> None:
    scenario = words.story.scenario
    scene = words.story.scenes[visit.scene]
    entry.note = _note(moment, visit)
    if entry.note in ("pending", "excused"):
        return
    entry.mark = _mark(words, scene, visit, each)
    if scenario.scoring.show_points != "never":
        entry.points = titled(words, {name: round(float(value), 4) for name, value in each.vector.items() if value})


def _mark(words: Words, scene: Scene, visit: Visit, each: TryScore) -> Mark:
    if isinstance(scene, Question):
        share = each.credit if each.credit is not None else Fraction(0)
        return "strong" if share == 1 else "missed" if share == 0 else "mixed"
    if isinstance(scene, Decision):
        choices = words.story.choices
        weights = Weights(words.story.scenario.scoring.weights)
        worths = [value_of(choice_vector(choices[name][1]), weights) for name in visit.offered if name in choices]
        got, best = value_of(each.vector, weights), max(worths, default=Fraction(0))
        if not any(worths):
            return ""
        return "strong" if got >= best else "mixed" if got > 0 else "missed"
    return ""


def _note(moment: MomentScore, visit: Visit) -> Note:
    if moment.status in ("pending", "excused", "practice", "bonus"):
        return moment.status
    return "repeat" if moment.seqs and visit.seq != moment.seqs[0] else ""
