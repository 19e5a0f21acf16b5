"""A provider without a model: the same question always gets the same answer. For demonstration and tests.

A topic that begins with “[script: …]” makes it misbehave once or always, so that every failure can be seen without a
server: refuse, rate-limit, time-out, cut, nonsense, wrong (an answer that needs mending, then a good one), slow.
"""

from __future__ import annotations

import re
import time
from typing import Any

import msgspec

from scenario_ai import errors
from scenario_ai.asking import Answered, Ask
from scenario_ai.drafting.shapes import Brief
from scenario_ai.drafting.templates import module_from, objectives_from, outline_from

_SCRIPT = re.compile(r"^\[script: ([a-z-]+)\]\s*")
SLOW_S = 2.0


class Scripted:
    """Answers from the plain inputs of the question."""

    name = "scripted"

    def complete(self, ask: Ask[Any]) -> Answered:
        """Return the answer. Raises ModelError where the script says so."""
        brief: Brief = ask.inputs["brief"]
        found = _SCRIPT.match(brief.topic)
        if found:
            brief = msgspec.structs.replace(brief, topic=brief.topic[found.end() :] or "this")
            spoiled = _misbehave(found[1], ask)
            if spoiled is not None:
                return spoiled
        text = msgspec.json.encode(_answer(ask, brief)).decode()
        return Answered(text, "scripted", len(ask.instructions) // 4, len(text) // 4)


def _answer(ask: Ask[Any], brief: Brief) -> msgspec.Struct:
    stage = ask.purpose.removeprefix("draft.")
    if stage == "objectives":
        return objectives_from(brief)
    if stage == "outline":
        return outline_from(brief, ask.inputs["objectives"])
    return module_from(brief, ask.inputs["objectives"], ask.inputs["module"], ask.inputs["source"])


def _misbehave(script: str, ask: Ask[Any]) -> Answered | None:
    if script == "refuse":
        raise errors.Declined("The model would not answer: it was told not to.")
    if script == "rate-limit":
        raise errors.RateLimited("The model's server is busy and asks us to wait.", 60)
    if script == "time-out":
        raise errors.TimedOut("The model did not answer in time.")
    if script == "cut":
        raise errors.CutOff("The connection ended before the answer was complete.")
    if script == "nonsense":
        return Answered("I would rather talk about the weather.", "scripted")
    if script == "wrong" and ask.purpose == "draft.quiz" and "problems" not in ask.material:
        bad = {"text": "a", "right": False, "feedback": "b"}
        questions = [{"prompt": "Which?", "competency": "Asking", "options": [bad, bad]}]
        return Answered(msgspec.json.encode({"questions": questions}).decode(), "scripted")
    if script == "slow":
        time.sleep(SLOW_S)
    return None
