"""The scenes of a drafted conversation: moments in a row, a second chance where a choice failed, an end by rapport."""

from __future__ import annotations

from typing import Any

from scenario_ai.drafting.naming import slug
from scenario_ai.drafting.shapes import ConversationDraft, EndingDraft, SayingDraft, SpokenDraft, TurnDraft

Raw = dict[str, Any]

# Rapport starts at 6; each point of worth moves it by one. Three quarters of the way is a good ending.
START = 6


def conversation_scenes(draft: ConversationDraft, who: dict[str, str]) -> list[Raw]:
    """Return every scene of the conversation. `who` maps the people's names to their cast ids."""
    best = sum(max(choice.worth for choice in turn.choices) for turn in draft.turns)
    scenes: list[Raw] = [
        {"id": "setting", "kind": "page", "title": "Where you are", "text": draft.setting, "goto": "turn_1"}
    ]
    for number, turn in enumerate(draft.turns, 1):
        following = f"turn_{number + 1}" if number < len(draft.turns) else "how_it_ends"
        scenes += _turn(number, turn, following, who)
    scenes += [
        {
            "id": "how_it_ends",
            "kind": "route",
            "rules": [
                {"when": {"var": "rapport", "at_least": START + max(1, best * 3 // 4)}, "goto": "end_good"},
                {"when": {"var": "rapport", "at_most": START}, "goto": "end_poor"},
            ],
            "otherwise": "end_mixed",
        },
        _ending("good", draft.good),
        _ending("mixed", draft.mixed),
        _ending("poor", draft.poor),
    ]
    return scenes


def _turn(number: int, turn: TurnDraft, following: str, who: dict[str, str]) -> list[Raw]:
    name, again = f"turn_{number}", f"turn_{number}_again"
    competency = slug(turn.competency, "skill")
    speaker = next((who[line.who] for line in reversed(turn.before) if line.who in who), next(iter(who.values())))
    scenes: list[Raw] = [
        {
            "id": name,
            "kind": "decision",
            "beats": [_beat(line, who) for line in turn.before],
            "prompt": turn.prompt,
            "shuffle": True,
            "choices": [
                _choice(f"t{number}_{n}", each, competency, speaker, again if _fails(each, turn) else following)
                for n, each in enumerate(turn.choices, 1)
            ],
        }
    ]
    if turn.repair is not None:
        scenes.append(
            {
                "id": again,
                "kind": "decision",
                "moment": name,
                "prompt": turn.repair.prompt,
                "shuffle": True,
                "choices": [
                    _choice(f"r{number}_{n}", each, competency, speaker, following)
                    for n, each in enumerate(turn.repair.choices, 1)
                ],
            }
        )
    return scenes


def _fails(saying: SayingDraft, turn: TurnDraft) -> bool:
    return turn.repair is not None and saying.worth <= 0


def _choice(name: str, saying: SayingDraft, competency: str, speaker: str, goto: str) -> Raw:
    choice: Raw = {"id": name, "text": saying.text, "feedback": saying.feedback, "goto": goto}
    if saying.worth:
        choice["points"] = {competency: saying.worth}
        choice["add"] = {"rapport": saying.worth}
    if saying.answer:
        choice["then"] = [{"who": speaker, "text": saying.answer}]
    if saying.better:
        choice["better"] = saying.better
    return choice


def _beat(line: SpokenDraft, who: dict[str, str]) -> Raw:
    beat: Raw = {"text": line.text}
    if line.who in who:
        beat["who"] = who[line.who]
    return beat


def _ending(outcome: str, ending: EndingDraft) -> Raw:
    return {"id": f"end_{outcome}", "kind": "ending", "outcome": outcome, "title": ending.title, "text": ending.text}
