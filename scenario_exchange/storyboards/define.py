"""What rows use without saying what it is: competencies, cast, variables and facts get a plain definition, told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scenario_exchange.imported import Document, Report
from scenario_exchange.storyboards.draft import Draft
from scenario_exchange.storyboards.notation import UNNAMED

WIDE = (-100, 100)


def define_names(document: Document, draft: Draft) -> None:
    """Define every name that the document uses and does not define."""
    sections = {name: _section(document.get(name)) for name in ("competencies", "cast", "variables", "facts")}
    own = {name: set(value) for name, value in sections.items()}
    _competencies(document, sections["competencies"], draft.report)
    _cast(document, sections["cast"], draft)
    _variables(document, sections["variables"], draft.report)
    _facts(document, sections["facts"], draft.report)
    for name, section in sections.items():
        if set(section) != own[name]:
            document[name] = section


def _section(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    todo = [value]
    while todo:
        each = todo.pop()
        if isinstance(each, dict):
            yield each
            todo.extend(reversed(list(each.values())))
        elif isinstance(each, list):
            todo.extend(reversed(each))


def _competencies(document: Document, defined: dict[str, Any], report: Report) -> None:
    holders = [part for part in _walk(document["scenes"]) if isinstance(part.get("points"), dict)]
    for part in holders:
        for name in part["points"]:
            if name and name not in defined:
                defined[name] = {"title": _title(name)}
                report.changed(name, "A competency was made for these points.", "Give it a title and a description.")
    unnamed = [part for part in holders if UNNAMED in part["points"]]
    questions = [
        s for s in document["scenes"] if s.get("kind") == "question" and s.get("points") and not s.get("competency")
    ]
    if not unnamed and not questions:
        return
    if len(defined) != 1 and "points" not in defined:
        defined["points"] = {"title": "Points"}
        report.changed("points", "Points without a competency count for one called “Points”.", "Name the competency.")
    target = "points" if "points" in defined else next(iter(defined))
    for part in unnamed:
        extra = part["points"].pop(UNNAMED)
        known = part["points"].get(target, 0)
        if _is_number(extra) and _is_number(known):
            part["points"][target] = known + extra
    for scene in questions:
        scene["competency"] = target


def _cast(document: Document, defined: dict[str, Any], draft: Draft) -> None:
    for part in _walk(document["scenes"]):
        who = part.get("who")
        if not isinstance(who, str) or "text" not in part:
            continue
        if who not in defined:
            defined[who] = {"name": draft.speakers.get(who, who)}
            draft.report.changed(who, "A cast member was made for the name that speaks.", "Add a role and pictures.")
        member = defined[who]
        if isinstance(part.get("mood"), str) and part["mood"] not in _moods(member):
            mood = part.pop("mood")
            draft.report.dropped(who, f"The mood “{mood}”: it has no picture yet.", "Add the picture in the editor.")


def _moods(member: Any) -> dict[str, Any]:
    moods = member.get("moods") if isinstance(member, dict) else None
    return moods if isinstance(moods, dict) else {}


def _variables(document: Document, defined: dict[str, Any], report: Report) -> None:
    seen: dict[str, list[Any]] = {}
    for part in _walk(document["scenes"]):
        for name in _keys(part.get("add")):
            seen.setdefault(name, []).append(0)
        for name, value in _items(part.get("set")):
            seen.setdefault(name, []).append(value)
        if isinstance(part.get("var"), str):
            values = [part[key] for key in ("is", "at_least", "at_most") if part.get(key) is not None]
            seen.setdefault(part["var"], []).extend(values or [True])
    for name, values in seen.items():
        if name not in defined:
            defined[name] = _variable(values)
            kind = defined[name]["type"]
            report.changed(name, f"A variable ({kind}) was made for this name.", "Check its range and start.")


def _variable(values: list[Any]) -> dict[str, Any]:
    words = [value for value in dict.fromkeys(map(str, values)) if value]
    if all(isinstance(value, bool) for value in values):
        return {"type": "flag"}
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    if len(numbers) == len(values):
        return {"type": "number", "range": [min(WIDE[0], *numbers), max(WIDE[1], *numbers)]}
    return {"type": "choice", "of": ["none", *[word[:200] for word in words if word != "none"]][:50], "start": "none"}


def _facts(document: Document, defined: dict[str, Any], report: Report) -> None:
    for part in _walk(document["scenes"]):
        learned = part.get("learn") if isinstance(part.get("learn"), list) else []
        tested = [part["fact"]] if isinstance(part.get("fact"), str) else []
        for name in [*(learned or []), *tested]:
            if isinstance(name, str) and name not in defined:
                defined[name] = {"text": _title(name)}
                report.changed(name, "A fact was made for what is learned here.", "Write what the learner will read.")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _keys(value: Any) -> list[str]:
    return [key for key in value if isinstance(key, str)] if isinstance(value, dict) else []


def _items(value: Any) -> list[tuple[str, Any]]:
    return [(key, each) for key, each in value.items() if isinstance(key, str)] if isinstance(value, dict) else []


def _title(name: str) -> str:
    return (name.replace("_", " ").strip() or name).capitalize()
