"""The conversation as a readable script: each visit with what was said, what it did, and a mark for the margin."""

from fractions import Fraction
from typing import Literal

from scenario_engine.document import Decision, Question, Reply, Scene
from scenario_engine.scoring import MomentScore, Score, TryScore
from scenario_engine.state import State, Visit
from scenario_engine.view.reaction import titled
from scenario_engine.view.words import Words
from scenario_engine.views import DebriefEntry, Rich
from scenario_engine.worth import Weights, choice_vector, value_of

Mark = Literal["", "strong", "mixed", "missed"]
Note = Literal["", "repeat", "practice", "pending", "excused", "bonus"]


def script(words: Words, state: State, score: Score) -> list[DebriefEntry]:
    """Return an entry for each visit in which something was said or done."""
    places = {each.seq: (moment, each) for moment in score.moments for each in moment.tries}
    entries = []
    for visit in state.trail:
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
    return entry


def _tell_choice(words: Words, entry: DebriefEntry, visit: Visit) -> None:
    if visit.took not in words.story.choices:
        return
    choice = words.story.choices[visit.took][1]
    entry.said = [words.rich(choice.text)]
    entry.reaction = words.beats(choice.then, visit.reaction)
    entry.feedback = [words.rich(choice.feedback)] if choice.feedback else []
    entry.better = words.rich(choice.better)


def _tell_answer(words: Words, entry: DebriefEntry, question: Question, visit: Visit) -> None:
    picked = visit.answers[-1] if visit.answers else []
    options = [option for option in question.options if option.id in picked]
    entry.said = [words.rich(option.text) for option in options]
    entry.feedback = [words.rich(option.feedback) for option in options if option.feedback]
    entry.credit = round(float(Fraction(visit.credits[-1])), 4) if visit.credits else None


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


def typed(text: str) -> Rich:
    """Return a learner's own words as a tree: never read as Markdown."""
    return [{"t": "p", "c": [line]} for line in text.splitlines() if line.strip()]
