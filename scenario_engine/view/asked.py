"""Questions and criteria as asked: never the key, never a cue, and no id that says what is right."""

from collections.abc import Sequence

from scenario_engine.document import Question
from scenario_engine.document.replies import CriterionUse
from scenario_engine.document.scenes import OrderedItem
from scenario_engine.play.answers import masked
from scenario_engine.state import State
from scenario_engine.view.words import Words
from scenario_engine.views import CriterionView, HintView, OptionView, QuestionView


def question_view(words: Words, state: State, question: Question) -> QuestionView:
    """Return the question with the options in this attempt's order and the hints already taken."""
    visit = state.trail[-1]
    left = question.hints[visit.hints :]
    shown = QuestionView(
        type=question.type,
        tries=question.tries,
        tries_left=question.tries - len(visit.answers),
        hints=[HintView(id=hint.id, text=words.rich(hint.text)) for hint in question.hints[: visit.hints]],
        hints_left=len(left),
        hint_cost=left[0].cost if left else 0,
        asks_confidence=question.confidence == "ask",
        unit=words.line(question.unit.text) if question.unit else "",
        last_answer=_last_answer(state, question),
    )
    texts = part_texts(question)
    if question.type == "matching":
        shown.options = [OptionView(id=pair.id, text=words.rich(pair.left)) for pair in question.pairs]
        shown.right_side = _masked_parts(words, state, question, texts)
    elif question.type == "ordering":
        shown.options = _masked_parts(words, state, question, texts)
    else:
        shown.options = [OptionView(id=each, text=words.rich(texts[each])) for each in visit.offered if each in texts]
    return shown


def part_texts(question: Question) -> dict[str, str]:
    """Return the texts of what is picked, ordered, or matched on the right side, by the names that a state keeps."""
    if question.type == "ordering":
        return {item.id: item.text for item in question.items if isinstance(item, OrderedItem)}
    if question.type == "matching":
        extras = {f"+{n}": text for n, text in enumerate(question.extra_right, 1)}
        return {**{pair.id: pair.right for pair in question.pairs}, **extras}
    return {option.id: option.text for option in question.options}


def _masked_parts(words: Words, state: State, question: Question, texts: dict[str, str]) -> list[OptionView]:
    offered = [name for name in state.trail[-1].offered if name in texts]
    return [OptionView(id=masked(state, question, name), text=words.rich(texts[name])) for name in offered]


def _last_answer(state: State, question: Question) -> list[str]:
    visit = state.trail[-1]
    last = visit.answers[-1] if visit.answers else []
    if question.type == "ordering":
        return [masked(state, question, name) for name in last]
    if question.type == "matching":
        pairs = (pair.split("=", 1) for pair in last)
        return [f"{left}={masked(state, question, right)}" for left, right in pairs]
    return last


def criteria_of(words: Words, uses: Sequence[CriterionUse]) -> list[CriterionView]:
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
