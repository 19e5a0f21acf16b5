"""Scenarios for the tests of learning: small, with one of everything that a leak or a race could touch."""

from __future__ import annotations

from typing import Any

# Best path: dc_good (3) + right answer (2) + reply (4, once a coach confirms).
SECRET_POINTS = 7.25


def call(**changes: Any) -> dict[str, Any]:
    """A call: two decisions, a question, a reply that a coach confirms, three endings."""
    return {
        "format": 1,
        "id": "call",
        "title": "A late delivery",
        "summary": "Somebody waited in vain.",
        "minutes": 6,
        "competencies": {"listening": {"title": "Listening"}, "solving": {"title": "Solving"}},
        "scoring": {"grade": "best_path", "show_points": "debrief", "feedback": "at_once", **changes},
        "cast": {
            "ana": {"name": "Ana Reis", "role": "Customer"},
            "you": {"name": {"slot": "learner.first_name", "fallback": "you"}},
        },
        "variables": {
            "trust": {
                "type": "number",
                "range": [0, 10],
                "start": 3,
                "show": "words",
                "words": [[0, "cold"], [5, "warm"]],
            }
        },
        "criteria": {
            "warmth": {
                "competency": "listening",
                "points": 4,
                "anchors": ["None", "A stock phrase", "A feeling", "A feeling and a fact", "Both, and why it matters"],
            }
        },
        "start": "first",
        "scenes": [
            {
                "id": "first",
                "kind": "decision",
                "title": "First words",
                "beats": [{"who": "ana", "text": "I waited the whole day."}],
                "prompt": "What do you say?",
                "choices": [
                    {
                        "id": "dc_good",
                        "text": "You took a day off for this. I am sorry.",
                        "points": {"listening": 3},
                        "add": {"trust": 3},
                        "then": [{"who": "ana", "text": "Yes. I did."}],
                        "feedback": "You named what it cost her.",
                        "goto": "ask",
                    },
                    {"id": "dc_plain", "text": "Sorry for that.", "points": {"listening": 1}, "goto": "ask"},
                    {
                        "id": "dc_rude",
                        "text": "It happens.",
                        "points": {"listening": -2},
                        "add": {"trust": -3},
                        "better": "That was our mistake.",
                        "goto": "gone",
                    },
                    {
                        "id": "dc_hidden",
                        "text": "Only for people who are trusted already.",
                        "when": {"var": "trust", "at_least": 9},
                        "goto": "ask",
                    },
                ],
            },
            {
                "id": "ask",
                "kind": "question",
                "type": "single",
                "prompt": "Until when may she send it back?",
                "competency": "solving",
                "points": 2,
                "options": [
                    {"id": "op_right", "text": "Fourteen days", "credit": 1},
                    {"id": "op_half", "text": "Ten days", "credit": 0.5},
                    {"id": "op_wrong", "text": "Never", "credit": 0, "feedback": "The law says otherwise."},
                ],
                "goto": "words",
            },
            {
                "id": "words",
                "kind": "reply",
                "title": "In your words",
                "prompt": "Tell her what happens next.",
                "criteria": [{"use": "warmth", "cues": {"feelings": ["sorry", "annoyed"]}}],
                "counts": "confirmed",
                "branch": [{"when": {"level": "words.warmth", "at_least": 3}, "goto": "warm"}],
                "otherwise": {"goto": "fine"},
                "if_not_assessed": {
                    "ask": "Which is nearest?",
                    "samples": [
                        {"id": "sa_warm", "text": "Names how she feels.", "goto": "warm"},
                        {"id": "sa_plain", "text": "Says what happens.", "goto": "fine"},
                    ],
                },
            },
            {
                "id": "warm",
                "kind": "ending",
                "title": "She writes a thank-you note",
                "outcome": "good",
                "because": ["dc_good"],
            },
            {"id": "fine", "kind": "ending", "title": "The parcel comes", "outcome": "mixed"},
            {"id": "gone", "kind": "ending", "title": "She hangs up", "outcome": "poor"},
        ],
    }


def chat(**scoring: Any) -> dict[str, Any]:
    """A short exchange without words to read: one decision on the clock, a repair loop, two endings."""
    return {
        "format": 1,
        "id": "chat",
        "title": "A short chat",
        "competencies": {"listening": {"title": "Listening"}},
        "scoring": {"grade": "best_path", "feedback": "debrief", **scoring},
        "start": "hello",
        "scenes": [
            {"id": "hello", "kind": "page", "text": "Somebody is at the door.", "goto": "door"},
            {
                "id": "door",
                "kind": "decision",
                "prompt": "What now?",
                "timed": {"seconds": 30, "on_timeout": "ch_wait"},
                "choices": [
                    {"id": "ch_open", "text": "Open", "points": {"listening": 4}, "goto": "good"},
                    {"id": "ch_ask", "text": "Ask who it is", "points": {"listening": 1}, "goto": "door"},
                    {"id": "ch_wait", "text": "Wait", "points": {"listening": -1}, "goto": "poor"},
                ],
            },
            {"id": "good", "kind": "ending", "title": "Tea", "outcome": "good"},
            {"id": "poor", "kind": "ending", "title": "Silence", "outcome": "poor"},
        ],
    }
