"""Answers to scenario documents (plain values of format 1). What an answer cannot say is filled in here, by rule."""

from __future__ import annotations

from typing import Any

from scenario_ai.drafting.conversation import conversation_scenes
from scenario_ai.drafting.naming import Names, competencies_of, slug
from scenario_ai.drafting.shapes import Brief, ConversationDraft, LessonDraft, ModuleDraft, QuizDraft

Raw = dict[str, Any]


def to_document(draft: ModuleDraft, title: str, brief: Brief) -> Raw:
    """Return the document of a module's draft, marked as drafted by AI."""
    head: Raw = {
        "format": 1,
        "id": slug(title, "module").replace("_", "-"),
        "title": title,
        "language": brief.language,
        "audience": brief.audience,
        "drafted_by": "ai",
    }
    if isinstance(draft, LessonDraft):
        return {**head, **_lesson(draft)}
    if isinstance(draft, QuizDraft):
        return {**head, **_quiz(draft)}
    return {**head, **_conversation(draft)}


def _lesson(draft: LessonDraft) -> Raw:
    scenes: list[Raw] = []
    for number, page in enumerate(draft.pages, 1):
        text = page.text + (f"\n\n> {page.quote}" if page.quote else "")
        following = f"page_{number + 1}" if number < len(draft.pages) else "done"
        scenes.append({"id": f"page_{number}", "kind": "page", "title": page.title, "text": text, "goto": following})
    scenes.append(
        {"id": "done", "kind": "ending", "outcome": "good", "title": "To take with you", "text": draft.takeaway}
    )
    return {"purpose": "practice", "scoring": {"grade": "completion"}, "start": "page_1", "scenes": scenes}


def _quiz(draft: QuizDraft) -> Raw:
    scenes: list[Raw] = []
    for number, question in enumerate(draft.questions, 1):
        several = sum(option.right for option in question.options) > 1
        scenes.append(
            {
                "id": f"question_{number}",
                "kind": "question",
                "type": "multiple" if several else "single",
                "prompt": question.prompt,
                "competency": slug(question.competency, "skill"),
                "points": 1,
                "shuffle": True,
                "options": [
                    {"id": f"o{n}", "text": o.text, "right": o.right, "feedback": o.feedback}
                    if several
                    else {"id": f"o{n}", "text": o.text, "credit": int(o.right), "feedback": o.feedback}
                    for n, o in enumerate(question.options, 1)
                ],
                "goto": f"question_{number + 1}" if number < len(draft.questions) else "done",
            }
        )
    scenes.append({"id": "done", "kind": "ending", "outcome": "good", "title": "Done"})
    return {
        "purpose": "coached",
        "competencies": competencies_of([question.competency for question in draft.questions]),
        "scoring": {"grade": "declared_max", "max": len(draft.questions)},
        "start": "question_1",
        "scenes": scenes,
    }


def _conversation(draft: ConversationDraft) -> Raw:
    names = Names()
    people = {names.take(person.name, "person"): person for person in draft.people}
    cast: Raw = {"you": {"name": {"slot": "learner.first_name", "fallback": "you"}, "role": draft.learner_role}}
    for name, person in people.items():
        cast[name] = {"name": person.name, "role": person.role, "background": person.background}
    who = {person.name: name for name, person in people.items()}
    return {
        "purpose": "coached",
        "safety": {"content_note": draft.content_note, "can_stop": True},
        "competencies": competencies_of([turn.competency for turn in draft.turns]),
        "scoring": {"grade": "best_path", "feedback": "at_once"},
        "cast": cast,
        "variables": {
            "rapport": {
                "type": "number",
                "range": [0, 20],
                "start": 6,
                "show": "meter",
                "label": "Rapport",
                "words": [[0, "broken off"], [3, "strained"], [6, "careful"], [10, "open"], [15, "warm"]],
            }
        },
        "start": "setting",
        "scenes": conversation_scenes(draft, who),
    }
