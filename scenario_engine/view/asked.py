"""Questions and reply criteria as asked: never the key, never a cue."""

from scenario_engine.document import Question
from scenario_engine.document.replies import CriterionUse
from scenario_engine.state import State
from scenario_engine.view.words import Words
from scenario_engine.views import CriterionView, HintView, OptionView, QuestionView


def question_view(words: Words, state: State, question: Question) -> QuestionView:
    """Return the question with the options in this attempt's order and the hints already taken."""
    visit = state.trail[-1]
    texts = {option.id: option.text for option in question.options}
    left = question.hints[visit.hints :]
    return QuestionView(
        type=question.type,
        options=[OptionView(id=each, text=words.rich(texts[each])) for each in visit.offered if each in texts],
        tries=question.tries,
        tries_left=question.tries - len(visit.answers),
        hints=[HintView(id=hint.id, text=words.rich(hint.text)) for hint in question.hints[: visit.hints]],
        hints_left=len(left),
        hint_cost=left[0].cost if left else 0,
        asks_confidence=question.confidence == "ask",
        unit=words.line(question.unit.text) if question.unit else "",
        last_answer=visit.answers[-1] if visit.answers else [],
    )


def criteria_of(words: Words, uses: list[CriterionUse]) -> list[CriterionView]:
    """Return what the words will be read for, so that a learner knows before writing."""
    scenario = words.story.scenario
    shown = []
    for use in uses:
        criterion = scenario.criteria.get(use.use)
        if criterion is None:
            continue
        competency = scenario.competencies.get(criterion.competency)
        title = criterion.title or (competency.title if competency else use.use)
        anchors = [words.rich(anchor) for anchor in criterion.anchors]
        shown.append(CriterionView(id=use.use, title=words.line(title), anchors=anchors))
    return shown
