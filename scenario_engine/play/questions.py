"""Answering a question: tries, hints, and the feedback that comes at once. What an answer may be is in `answers`."""

from scenario_engine.actions import Answer
from scenario_engine.credits import answer_credit, matching_answer
from scenario_engine.document import Question
from scenario_engine.errors import ActionRefused
from scenario_engine.play.answers import read_answer
from scenario_engine.play.entering import enter
from scenario_engine.state import State, Visit
from scenario_engine.story import Story


def answer_question(story: Story, state: State, question: Question, action: Answer) -> None:
    """Record one try. Raises ActionRefused when the answer is not of this question or no try is left."""
    visit = state.trail[-1]
    if visit.answers and not can_try_again(state, question):
        raise ActionRefused("play.no-try-left", "There is no try left for this question.")
    given = read_answer(story, state, question, action.value)
    visit.answers.append(given)
    visit.credits.append(str(answer_credit(question, given)))
    visit.hinted.append(visit.hints)
    if question.type in ("numeric", "short_text"):
        found = matching_answer(question, given[0])
        visit.matched.append(found.id if found else "")
    if action.confidence is not None and question.confidence:
        visit.confidence = action.confidence
    if shows_at_once(story, question):
        state.stage, state.target = "reaction", question.goto
    else:
        enter(story, state, question.goto)


def shows_at_once(story: Story, question: Question) -> bool:
    """Return whether the result of a try is shown before the next scene."""
    return (question.feedback or story.scenario.scoring.feedback) == "at_once"


def can_try_again(state: State, question: Question) -> bool:
    """Return whether the learner may answer once more: a try is left and the last one was not fully right."""
    visit = state.trail[-1]
    return bool(visit.credits) and len(visit.answers) < question.tries and visit.credits[-1] != "1"


def awaits_coach(question: Question, visit: Visit) -> bool:
    """Return whether the last try is one that nobody foresaw and that a coach will read."""
    sends = question.no_match is not None and question.no_match.send_to_coach
    return sends and bool(visit.matched) and not visit.matched[-1]


def take_hint(state: State, question: Question) -> None:
    """Show the next hint. Raises ActionRefused when there is none left."""
    visit = state.trail[-1]
    # After the last try a hint would lead back to a question that takes no answer any more.
    if visit.hints >= len(question.hints) or (visit.answers and not can_try_again(state, question)):
        raise ActionRefused("play.no-hint", "There is no further hint.")
    visit.hints += 1
    state.stage, state.target = "scene", ""
