"""What is wrong with an answer that decodes: said to the model for a second try, and to the designer after that."""

from __future__ import annotations

from scenario_ai.drafting.convert import to_document
from scenario_ai.drafting.shapes import Brief, ConversationDraft, ModuleDraft, QuizDraft
from scenario_engine.checks import check
from scenario_engine.codec import decode_raw
from scenario_engine.document import Scenario


def read_draft(draft: ModuleDraft, title: str, brief: Brief) -> tuple[Scenario | None, list[str]]:
    """Return the scenario of a draft and the problems that a further try should mend (errors only)."""
    decoded = decode_raw(to_document(draft, title, brief))
    problems = [f"{finding.path}: {finding.message}" for finding in decoded.problems]
    if decoded.scenario is None:
        return None, problems
    errors = [finding for finding in check(decoded.scenario) if finding.level == "error"]
    problems += [f"scene {finding.scene}: {finding.message}" for finding in errors]
    return decoded.scenario, problems + list(_own_rules(draft))


def _own_rules(draft: ModuleDraft) -> list[str]:
    if isinstance(draft, QuizDraft):
        return [
            f"question {number} has no right option"
            for number, question in enumerate(draft.questions, 1)
            if not any(option.right for option in question.options)
        ]
    if isinstance(draft, ConversationDraft):
        return [
            f"turn {number} needs one choice that is worth more than the others"
            for number, turn in enumerate(draft.turns, 1)
            if max(each.worth for each in turn.choices) <= 0 or len({each.worth for each in turn.choices}) == 1
        ]
    return []
