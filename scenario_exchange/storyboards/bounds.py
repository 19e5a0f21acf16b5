"""What a stranger's file may exceed: long texts and large numbers are cut to what a document holds, and told."""

from __future__ import annotations

from typing import Any

from scenario_exchange.imported import Document, Report

_LONG = {"text": 20_000, "prompt": 20_000, "feedback": 20_000, "better": 20_000, "summary": 20_000, "title": 1_000}
_POINTS = 1_000
_NUMBER = 1_000_000
MOST_CHOICES = 50
MAX_ROWS = 15_000


def clip(document: Document, report: Report) -> None:
    """Cut texts, points and changes to the document's bounds, in place."""
    _clip(document, str(document.get("title", "")), report)
    for scene in document["scenes"]:
        place = str(scene.get("title") or scene["id"])
        choices = scene.get("choices")
        if isinstance(choices, list) and len(choices) > MOST_CHOICES:
            report.dropped(
                place, f"{len(choices) - MOST_CHOICES} choices beyond the {MOST_CHOICES} that a decision holds."
            )
            del choices[MOST_CHOICES:]
        todo: list[Any] = [scene]
        while todo:
            each = todo.pop()
            if isinstance(each, dict):
                _clip(each, place, report)
                todo.extend(each.values())
            elif isinstance(each, list):
                todo.extend(each)


def _clip(part: dict[str, Any], place: str, report: Report) -> None:
    for name, most in _LONG.items():
        value = part.get(name)
        if isinstance(value, str) and len(value) > most:
            part[name] = value[:most]
            report.changed(place, f"A text of {len(value):,} characters was cut to {most:,}.")
    for name, bound in (("points", _POINTS), ("add", _NUMBER)):
        numbers = part.get(name)
        if not isinstance(numbers, dict):
            continue
        for key, value in numbers.items():
            if isinstance(value, int | float) and not -bound <= value <= bound:
                numbers[key] = max(-bound, min(bound, value))
                report.changed(place, f"{key} {value:g} was cut to {numbers[key]:g}.")
