"""What a choice or answer did: the other person answers first, then a quiet note where feedback comes at once."""

from fractions import Fraction

from scenario_engine.document import Choice, Decision, Question, Scene
from scenario_engine.play.decisions import shows_feedback_at_once
from scenario_engine.play.questions import awaits_coach, can_try_again
from scenario_engine.state import State
from scenario_engine.view.answered import notes_on, said_in
from scenario_engine.view.words import Words
from scenario_engine.views import FeedbackView


def reaction_view(words: Words, state: State, scene: Scene) -> FeedbackView:
    """Return the reaction to what was just done in `scene`."""
    if isinstance(scene, Decision):
        _, choice = words.story.choices[state.trail[-1].took]
        return _to_choice(words, state, scene, choice)
    if isinstance(scene, Question):
        return _to_answer(words, state, scene)
    return FeedbackView()


def _to_choice(words: Words, state: State, scene: Decision, choice: Choice) -> FeedbackView:
    shown = FeedbackView(said=words.rich(choice.text), beats=words.beats(choice.then, state.trail[-1].reaction))
    if shows_feedback_at_once(words.story, scene):
        shown.notes = [words.rich(choice.feedback)] if choice.feedback else []
        shown.better = words.rich(choice.better)
        if words.story.scenario.scoring.show_points == "at_once" and not state.graded_at:
            shown.points = titled(words, choice.points)
    return shown


def _to_answer(words: Words, state: State, question: Question) -> FeedbackView:
    visit = state.trail[-1]
    waits = awaits_coach(question, visit)
    return FeedbackView(
        said=[block for said in said_in(words, question, visit) for block in said],
        notes=notes_on(words, question, visit),
        credit=None if waits or not visit.credits else float(Fraction(visit.credits[-1])),
        can_try_again=can_try_again(state, question),
        awaits_coach=waits,
    )


def titled(words: Words, points: dict[str, float]) -> dict[str, float]:
    """Return points under the titles of their competencies."""
    known = words.story.scenario.competencies
    return {words.line(known[name].title) if name in known else name: value for name, value in points.items()}
