"""What a model is asked at each stage. Everything a designer or a file says is material, never instruction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from scenario_ai.asking import Ask
from scenario_ai.drafting.shapes import (
    SHAPE_OF,
    Brief,
    ModuleOutline,
    ObjectiveDraft,
    ObjectivesDraft,
    OutlineDraft,
)

# A source longer than this is cut at a paragraph; the designer is told.
SOURCE_CHARACTERS = 40_000

_ROLE = (
    "You help an instructional designer draft a course in which people practise hard conversations. "
    "Write in the language with the code “{language}”, in plain, warm sentences. Address learners as you, and speak about "
    "the words they used, never about the kind of person they are. Do not tie any origin, age, sex, faith or "
    "disability to the difficult role. What you write is a draft that people will change and decide on."
)
_STAGES = {
    "objectives": (
        "Write 3 to 5 objectives that can be observed in what somebody says or does. Keep the designer's own objectives, "
        "made observable. Name for each the one competency it practises; use at most 4 different competencies."
    ),
    "outline": (
        "Outline a course of about {minutes} minutes: its title, a summary of two or three sentences, and 3 to 5 modules "
        "with at least one lesson, one quiz and one conversation. Say in `about` what each module is about and which "
        "objectives it serves."
    ),
    "lesson": (
        "Write the lesson “{title}”: 3 to 6 short pages (at most 120 words each) and one sentence to take away. Where the "
        "source has a sentence behind a page, put it into `quote` word for word; otherwise leave `quote` empty."
    ),
    "quiz": (
        "Write the quiz “{title}”: 4 to 8 questions about what to say and why, with 3 or 4 options of similar length. "
        "Every option has feedback that explains it. Name the competency of each question."
    ),
    "conversation": (
        "Write the branching conversation “{title}”: a setting, the learner's role, 1 to 3 other people, and 4 to 6 turns. "
        "In each turn 3 or 4 choices of similar length and tone; worth from -2 (harms) over 0 to 3 (helps most), exactly one "
        "of them the best, and not always the politest or the longest. Give the other person's answer to each choice, "
        "feedback on the words, and a better wording for the weak ones. Give at least one turn a repair. Write a good, a mixed "
        "and a poor ending that follow from what was said."
    ),
}


def ask_objectives(brief: Brief, source: str) -> Ask[ObjectivesDraft]:
    """Return the question of stage one."""
    return _ask("objectives", brief, ObjectivesDraft, source=source)


def ask_outline(brief: Brief, objectives: Sequence[ObjectiveDraft], source: str) -> Ask[OutlineDraft]:
    """Return the question of stage two."""
    return _ask("outline", brief, OutlineDraft, source=source, objectives=objectives)


def ask_module(
    brief: Brief,
    objectives: Sequence[ObjectiveDraft],
    module: ModuleOutline,
    source: str,
    problems: Sequence[str] = (),
    previous: str = "",
) -> Ask[Any]:
    """Return the question for one module; with `problems`, the question to mend the `previous` answer."""
    return _ask(
        module.kind,
        brief,
        SHAPE_OF[module.kind],
        source=source,
        objectives=objectives,
        module=module,
        problems=problems,
        previous=previous,
    )


def _ask(
    stage: str,
    brief: Brief,
    shape: type[msgspec.Struct],
    source: str,
    objectives: Sequence[ObjectiveDraft] = (),
    module: ModuleOutline | None = None,
    problems: Sequence[str] = (),
    previous: str = "",
) -> Ask[Any]:
    # Only our own numbers and codes go into the instructions; titles are fenced as material too.
    wording = _STAGES[stage].format(minutes=brief.minutes, title="named in the material")
    instructions = f"{_ROLE.format(language=_code(brief.language))}\n\n{wording}"
    material = {"brief": msgspec.json.encode(brief).decode()}
    if objectives:
        material["objectives"] = msgspec.json.encode(list(objectives)).decode()
    if module is not None:
        material["module"] = msgspec.json.encode(module).decode()
    if source:
        material["source"] = cut_source(source)
    if problems:
        instructions += (
            "\n\nThe previous answer had the problems listed in the material. Answer anew, with them mended."
        )
        material["previous answer"] = previous
        material["problems"] = "\n".join(problems)
    inputs = {"brief": brief, "objectives": list(objectives), "module": module, "source": source}
    return Ask(f"draft.{stage}", instructions, shape, material, inputs, max_tokens=6000)


def cut_source(source: str) -> str:
    """Return the source, cut at a paragraph when it is longer than what is sent."""
    if len(source) <= SOURCE_CHARACTERS:
        return source
    cut = source.rfind("\n\n", 0, SOURCE_CHARACTERS)
    return source[: cut if cut > SOURCE_CHARACTERS // 2 else SOURCE_CHARACTERS]


def _code(language: str) -> str:
    return "".join(char for char in language if char.isalnum() or char == "-")[:20]
