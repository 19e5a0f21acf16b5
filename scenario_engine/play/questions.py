"""Answering a question: tries, hints, and the feedback that comes at once."""

from scenario_engine.actions import Answer
from scenario_engine.credits import option_credit
from scenario_engine.document import Question
from scenario_engine.errors import ActionRefused
from scenario_engine.play.entering import enter
from scenario_engine.state import State
from scenario_engine.story import Story


def answer_question(story: Story, state: State, question: Question, action: Answer) -> None:
    """Record one try. Raises ActionRefused when the answer is not of this question or no try is left."""
    visit = state.trail[-1]
    if visit.answers and not can_try_again(state, question):
        raise ActionRefused("play.no-try-left", "There is no try left for this question.")
    picked = _picked(question, visit.offered, action)
    credit = option_credit(question, picked)
    visit.answers.append(picked)
    visit.credits.append(str(credit))
    visit.hinted.append(visit.hints)
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


def take_hint(state: State, question: Question) -> None:
    """Show the next hint. Raises ActionRefused when there is none left."""
    visit = state.trail[-1]
    # After the last try a hint would lead back to a question that takes no answer any more.
    if visit.hints >= len(question.hints) or (visit.answers and not can_try_again(state, question)):
        raise ActionRefused("play.no-hint", "There is no further hint.")
    visit.hints += 1
    state.stage, state.target = "scene", ""


def _picked(question: Question, offered: list[str], action: Answer) -> list[str]:
    if question.type not in ("single", "multiple"):
        raise ActionRefused("play.not-yet", f"A question of the type {question.type} cannot be played yet.")
    value = action.value
    picked = [value] if isinstance(value, str) else value
    if not isinstance(picked, list) or not all(isinstance(each, str) and each in offered for each in picked):
        raise ActionRefused("play.bad-answer", "An answer names options of this question.")
    if len(set(picked)) != len(picked) or (question.type == "single" and len(picked) != 1):
        raise ActionRefused("play.bad-answer", "Pick one option." if question.type == "single" else "Pick each once.")
    return [option.id for option in question.options if option.id in picked]
