"""Stories of Twine as JSON: name, passages with text, tags and positions."""

from typing import Any

from scenario_exchange.detect import Peek
from scenario_exchange.imported import Imported, ImportRefused, Report
from scenario_exchange.readers.twine.html_file import position
from scenario_exchange.readers.twine.story import RawPassage, RawStory, import_stories


def fits(peek: Peek) -> bool:
    """Return whether a JSON text is a story of Twine, or a list of them."""
    if not peek.looks_like_json:
        return False
    return all(_is_story(each) for each in _listed(peek.json)) and bool(_listed(peek.json))


def _listed(data: Any) -> list[Any]:
    return data if isinstance(data, list) else [data]


def _is_story(data: Any) -> bool:
    passages = data.get("passages") if isinstance(data, dict) else None
    return isinstance(passages, list) and all(isinstance(each, dict) and "text" in each for each in passages)


def read(peek: Peek) -> Imported:
    """Return every story of the file. Raises ImportRefused."""
    report = Report()
    return import_stories("twine-json", [_story(each) for each in _listed(peek.json)], report, peek)


def _story(data: dict[str, Any]) -> RawStory:
    passages = [_passage(each) for each in data["passages"]]
    if not passages:
        raise ImportRefused("import.empty", "The story has no passages.", "Export it again.")
    start = _text(data, "start") or _text(data, "startnode") or _text(data, "startPassage")
    given = f"{_text(data, 'format') or _text(data, 'storyFormat')} {_text(data, 'format-version')}".strip()
    return RawStory(
        title=_text(data, "name") or "Untitled",
        passages=passages,
        format=given,
        # Documented as a number, written as a name by some programs: whichever exists is meant.
        start=start,
        start_pid=start,
        ifid=_text(data, "ifid"),
        scripts=bool(_text(data, "script").strip() or _text(data, "style").strip()),
    )


def _passage(data: dict[str, Any]) -> RawPassage:
    metadata = data.get("metadata")
    placed = _text(metadata, "position") if isinstance(metadata, dict) else _text(data, "position")
    tags = data.get("tags")
    return RawPassage(
        name=_text(data, "name").strip() or "Untitled passage",
        text=_text(data, "text"),
        tags=[each for each in tags if isinstance(each, str)]
        if isinstance(tags, list)
        else _text(data, "tags").split(),
        at=position(placed),
        pid=_text(data, "pid") or _text(data, "id"),
    )


def _text(data: Any, name: str) -> str:
    value = data.get(name) if isinstance(data, dict) else None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""
