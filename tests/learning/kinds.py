"""A scenario with every kind that asks something of its host: a clock, a coach's credit, role-plays, a private page."""

from __future__ import annotations

from typing import Any


def visit_home(**changes: Any) -> dict[str, Any]:
    """A visit: a timed decision, an answer nobody foresaw, a scored role-play, one in the other chair, a reflection."""
    return {
        "format": 1,
        "id": "visit",
        "title": "A visit at home",
        "minutes": 8,
        "competencies": {"listening": {"title": "Listening"}},
        "scoring": {"grade": "declared_max", "max": 8, **changes},
        "cast": {
            "you": {"name": "You", "role": "Carer"},
            "tove": {"name": "Tove Lind", "role": "Lives alone"},
        },
        "criteria": {"warmth": {"competency": "listening", "points": 4, "anchors": ["0", "1", "2", "3", "4"]}},
        "cues": {"tired": ["tired|exhausted"]},
        "start": "arrive",
        "scenes": [
            {"id": "arrive", "kind": "page", "text": "You stand at her door.", "goto": "door"},
            {
                "id": "door",
                "kind": "decision",
                "title": "The door",
                "prompt": "Nobody opens.",
                "timed": {"seconds": 20, "on_timeout": "d_wait", "learner_may_switch_off": True},
                "choices": [
                    {"id": "d_ring", "text": "Ring again.", "points": {"listening": 2}, "goto": "word"},
                    {"id": "d_wait", "text": "Wait.", "points": {}, "goto": "word"},
                ],
            },
            {
                "id": "word",
                "kind": "question",
                "type": "short_text",
                "prompt": "One word for what she needs.",
                "competency": "listening",
                "points": 2,
                "confidence": "ask",
                "answers": [{"any": ["company"], "credit": 1}],
                "no_match": {"credit": 0, "send_to_coach": True},
                "goto": "talk",
            },
            {
                "id": "talk",
                "kind": "roleplay",
                "title": "In the kitchen",
                "plays": {"learner": "you", "character": "tove"},
                "opening": [{"who": "tove", "text": "Oh. You again."}],
                "goals": [{"id": "g_tired", "text": "You heard that she is tired", "met_by": {"cue": "tired"}}],
                "moods": {"start": "closed", "moves": [{"from": "closed", "on": {"cue": "tired"}, "to": "open"}]},
                "lines": {"closed": ["I am fine."], "open": ["Yes. Very."]},
                "ends": {"turns": 2},
                "criteria": [{"use": "warmth"}],
                "counts": "confirmed",
                "exits": {"goals": "done", "turns": "done", "learner": "done", "stopped": "done"},
                "if_not_assessed": {
                    "ask": "Which is nearest?",
                    "samples": [{"id": "s1", "text": "I asked.", "goto": "done"}],
                },
            },
            {
                "id": "done",
                "kind": "ending",
                "outcome": "good",
                "title": "Tea",
                "beats": [{"text": "She puts the kettle on."}],
                "afterwards": "chair",
            },
            {
                "id": "chair",
                "kind": "roleplay",
                "title": "In her chair",
                "plays": {"learner": "tove", "character": "you"},
                "opening": [{"who": "you", "text": "How are we today?"}],
                "moods": {"start": "brisk", "moves": []},
                "lines": {"brisk": ["Good, good."]},
                "ends": {"turns": 1},
                "criteria": [],
                "counts": "practice",
                "exits": {"goals": "back", "turns": "back", "learner": "back", "stopped": "back"},
            },
            {
                "id": "back",
                "kind": "reflection",
                "title": "Looking back",
                "prompts": [
                    {"id": "p1", "type": "journal", "text": "What did you hear?"},
                    {
                        "id": "p2",
                        "type": "goal",
                        "text": "If nobody opens, then I will …",
                        "remind_after_days": [5, 30],
                    },
                    {"id": "p3", "type": "ask_coach", "text": "Talk it over?", "shares": ["p1", "transcript"]},
                ],
                "done": True,
            },
        ],
    }


BEGIN: dict[str, Any] = {"type": "continue"}
RING: dict[str, Any] = {"type": "choose", "choice": "d_ring"}
ODD_WORD: dict[str, Any] = {"type": "answer", "value": "a clean window", "confidence": 3}
TURNS: list[dict[str, Any]] = [{"type": "say", "text": "You look tired."}, {"type": "say", "text": "Shall I make tea?"}]
TO_THE_ENDING: list[dict[str, Any]] = [BEGIN, RING, ODD_WORD, BEGIN, *TURNS, BEGIN, {"type": "choose", "choice": "s1"}]
TO_REFLECTION: list[dict[str, Any]] = [
    *TO_THE_ENDING,
    BEGIN,
    {"type": "say", "text": "Tove here. Secretly bored."},
    BEGIN,
]
SECRET = "I heard that I was afraid."
