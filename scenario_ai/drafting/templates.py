"""Drafts without a model: modules filled from the brief, with places in [brackets] for the designer's words.

The scripted provider answers with the same pieces, so that demo and tests walk the very path a model would.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scenario_ai.drafting.shapes import (
    Brief,
    ConversationDraft,
    EndingDraft,
    LessonDraft,
    ModuleDraft,
    ModuleOutline,
    ObjectiveDraft,
    ObjectivesDraft,
    OptionDraft,
    OutlineDraft,
    PageDraft,
    PersonDraft,
    QuestionDraft,
    QuizDraft,
    RepairDraft,
    SayingDraft,
    SpokenDraft,
    TurnDraft,
)

_SENTENCE = re.compile(r"(?<=[.!?。])\s+")


def objectives_from(brief: Brief) -> ObjectivesDraft:
    """Return the designer's objectives, or three that fit most hard conversations."""
    given = [ObjectiveDraft(text=text, competency=_skill(n)) for n, text in enumerate(brief.objectives)]
    return ObjectivesDraft(
        objectives=given
        or [
            ObjectiveDraft(
                text=f"Say back what the other feels and what happened, in talks about {brief.topic}",
                competency=_skill(0),
            ),
            ObjectiveDraft(text="Ask one open question before offering anything", competency=_skill(1)),
            ObjectiveDraft(text="Agree on a next step, by a named person, by a named time", competency=_skill(2)),
        ]
    )


def outline_from(brief: Brief, objectives: Sequence[ObjectiveDraft]) -> OutlineDraft:
    """Return a course of a lesson, a quiz and a conversation."""
    for_whom = f" for {brief.audience}" if brief.audience else ""
    aims = "; ".join(each.text for each in objectives[:3])
    return OutlineDraft(
        title=_title(brief.topic),
        summary=f"A short course{for_whom} on {brief.topic}: what helps, how to tell, and a talk to practise it in.",
        modules=[
            ModuleOutline(title=f"What helps: {brief.topic}"[:200], kind="lesson", about=f"The ideas behind: {aims}"),
            ModuleOutline(title="Which words?", kind="quiz", about=f"Telling stronger from weaker wording. {aims}"),
            ModuleOutline(title="The conversation", kind="conversation", about=f"One hard talk about {brief.topic}."),
        ],
    )


def module_from(brief: Brief, objectives: Sequence[ObjectiveDraft], module: ModuleOutline, source: str) -> ModuleDraft:
    """Return a draft of one module."""
    if module.kind == "lesson":
        return _lesson(brief, objectives, source)
    if module.kind == "quiz":
        return _quiz(brief, objectives)
    return _conversation(brief, objectives)


def quotes_from(source: str, count: int) -> list[str]:
    """Return up to `count` sentences of the source, word for word, spread over it."""
    sentences = [each.strip() for block in source.split("\n") for each in _SENTENCE.split(block)]
    fitting = [each for each in sentences if 40 <= len(each) <= 300]
    if len(fitting) <= count:
        return fitting
    step = len(fitting) / count
    return [fitting[int(number * step)] for number in range(count)]


def _lesson(brief: Brief, objectives: Sequence[ObjectiveDraft], source: str) -> LessonDraft:
    quotes = quotes_from(source, len(objectives) + 1)
    pages = [
        PageDraft(
            title="Why this is hard",
            text=f"Talks about {brief.topic} go wrong in the first sentence more often than in the last. "
            "[Tell in three sentences when your learners meet this.]",
            quote=quotes[0] if quotes else "",
        )
    ]
    for number, objective in enumerate(objectives, 1):
        pages.append(
            PageDraft(
                title=objective.competency,
                text=f"**What to aim for.** {objective.text}.\n\n**Weaker:** [a sentence you have heard]\n\n"
                "**Stronger:** [the same intent, said so that it helps]",
                quote=quotes[number] if number < len(quotes) else "",
            )
        )
    return LessonDraft(pages=pages[:12], takeaway="Before you offer anything, say back what you have heard.")


def _quiz(brief: Brief, objectives: Sequence[ObjectiveDraft]) -> QuizDraft:
    return QuizDraft(questions=[_question(brief, number, each) for number, each in enumerate(objectives[:8], 1)])


def _question(brief: Brief, number: int, objective: ObjectiveDraft) -> QuestionDraft:
    return QuestionDraft(
        prompt=f"{number}. In a talk about {brief.topic}: which sentence comes closest to this aim? {objective.text}.",
        competency=objective.competency,
        options=[
            OptionDraft(
                text="“That was not what you were promised. Tell me how it went.”",
                right=True,
                feedback="It names what happened and leaves room to answer.",
            ),
            OptionDraft(
                text="“I am sorry for any inconvenience this may have caused.”",
                right=False,
                feedback="It could be said to anybody about anything.",
            ),
            OptionDraft(
                text="“Let us look at the positive side of this for a moment.”",
                right=False,
                feedback="It asks the other person to feel something else first.",
            ),
        ],
    )


def _conversation(brief: Brief, objectives: Sequence[ObjectiveDraft]) -> ConversationDraft:
    skills = list(dict.fromkeys(each.competency for each in objectives)) or [_skill(0)]
    return ConversationDraft(
        setting=f"You have a quarter of an hour and a quiet room. The talk is about {brief.topic}. "
        "[Say in two sentences what happened before.]",
        learner_role=brief.audience[:200] or "The one who was asked to talk",
        people=[PersonDraft(name="Robin Adeyemi", role="[their role]", background="Came because it cannot wait.")],
        turns=[_opening_turn(skills), _asking_turn(skills), _closing_turn(skills)],
        good=EndingDraft(title="A hand on the door", text="Robin stops at the door. “Thank you for asking first.”"),
        mixed=EndingDraft(title="Settled", text="It is settled. Robin writes down what was agreed and leaves."),
        poor=EndingDraft(title="Another talk", text="Robin asks to have the next talk with somebody else."),
        content_note="Somebody is upset. Nobody is threatened.",
    )


def _opening_turn(skills: Sequence[str]) -> TurnDraft:
    return TurnDraft(
        prompt="What do you say first?",
        competency=skills[0],
        before=[SpokenDraft(who="Robin Adeyemi", text="I have said this three times now, to three people.")],
        choices=[
            SayingDraft(
                text="Three times is twice too often. Start where it matters to you.",
                worth=2,
                answer="Then from the morning it happened.",
                feedback="You said back the fact, and gave the beginning to Robin.",
            ),
            SayingDraft(
                text="I understand how you must feel about all of this.",
                worth=0,
                answer="Do you.",
                feedback="Kind, but it says nothing that only Robin could have told you.",
                better="Three people, and you are still here. Tell me.",
            ),
            SayingDraft(
                text="Let us stay calm and go through it step by step.",
                worth=-1,
                answer="I was calm. The first two times.",
                feedback="“Calm” asks Robin to look after you.",
                better="Take your time. I am listening.",
            ),
        ],
        repair=RepairDraft(
            prompt="Robin waits. You can begin again.",
            choices=[
                SayingDraft(
                    text="I went past what you said. Three times. What was it like?",
                    worth=2,
                    answer="Tiring, mostly.",
                    feedback="You took it back and asked.",
                ),
                SayingDraft(
                    text="So what would you like me to do about it now?",
                    worth=0,
                    answer="Listen, for a start.",
                    feedback="A fair question, one sentence too early.",
                ),
            ],
        ),
    )


def _asking_turn(skills: Sequence[str]) -> TurnDraft:
    return TurnDraft(
        prompt="What do you want to know?",
        competency=skills[1 % len(skills)],
        before=[SpokenDraft(who="Robin Adeyemi", text="It is not only the thing itself. It is Thursday.")],
        choices=[
            SayingDraft(
                text="What happens on Thursday if nothing changes?",
                worth=3,
                answer="Then I stand there alone.",
                feedback="An open question about what is at stake.",
            ),
            SayingDraft(
                text="Is Thursday fixed, or could it be moved a little?",
                worth=1,
                answer="It is fixed.",
                feedback="Useful, and answered with one word.",
            ),
            SayingDraft(
                text="I could take Thursday off your hands completely.",
                worth=0,
                answer="That is not what I asked for.",
                feedback="An offer before you knew what it was for.",
                better="Before I offer anything: what is Thursday about?",
            ),
        ],
    )


def _closing_turn(skills: Sequence[str]) -> TurnDraft:
    return TurnDraft(
        prompt="How do you end it?",
        competency=skills[2 % len(skills)],
        before=[SpokenDraft(who="", text="The clock says four minutes.")],
        choices=[
            SayingDraft(
                text="I will ring you myself on Wednesday by noon, with a yes or a no. Will that do?",
                worth=3,
                answer="Wednesday. By noon.",
                feedback="Who, what and when, and the last word is Robin's.",
            ),
            SayingDraft(
                text="We will get back to you as soon as we know more.",
                worth=0,
                answer="Who is we?",
                feedback="No name and no time.",
                better="I will ring you on Wednesday by noon, whatever I know by then.",
            ),
            SayingDraft(
                text="I am sure that it will all turn out well in the end.",
                worth=-1,
                answer="You cannot know that.",
                feedback="A promise that nobody can keep.",
                better="I do not know yet. I will ring you on Wednesday by noon.",
            ),
        ],
    )


def _skill(number: int) -> str:
    return ("Acknowledging", "Asking", "Agreeing on a next step")[number % 3]


def _title(topic: str) -> str:
    return (topic[:1].upper() + topic[1:])[:200]
