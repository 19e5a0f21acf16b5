"""Our own documents: one as YAML or JSON, or a course pack with its scenarios and media. They arrive as they are."""

from pathlib import PurePosixPath
from typing import Any

import msgspec

from scenario_engine.codec import decode_raw
from scenario_engine.document import Scenario
from scenario_engine.texts import iter_texts
from scenario_exchange.course_file import CourseFile
from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Document, Imported, ImportRefused, Report
from scenario_exchange.pack_texts import TableRefused, is_own, place_in, table_in, told
from scenario_exchange.plain import decode_text, read_json, read_yaml
from scenario_exchange.readers.pictures import extension_for

_COURSE = "course.yaml"


def fits(peek: Peek) -> bool:
    """Return whether a file is a document of ours, or a pack of them."""
    if peek.is_package:
        return any(PurePosixPath(name).name == _COURSE for name in peek.package.names)
    if peek.looks_like_json:
        return isinstance(peek.json, dict) and "format" in peek.json and "scenes" in peek.json
    named = peek.extension in (".yaml", ".yml")
    lines = [line.partition(":")[0].rstrip() for line in peek.head.split("\n")]
    return "format" in lines and ("scenes" in lines or (named and "scenes:" in peek.text))


def read(peek: Peek) -> Imported:
    """Return the documents. Raises ImportRefused with the first fault of one that is none."""
    report = Report()
    if peek.is_package:
        return _read_pack(peek, report)
    raw = peek.json if peek.looks_like_json else read_yaml(peek.text, peek.limits, peek.name)
    _decoded(raw, peek.name, report)
    return Imported(format="branchwise", documents=[raw], report=report)


def _decoded(raw: Any, place: str, report: Report) -> Scenario:
    """Return the scenario that a document holds. Raises ImportRefused."""
    decoded = decode_raw(raw)
    if decoded.scenario is None:
        problem = decoded.problems[0]
        more = f" ({len(decoded.problems) - 1} more)" if len(decoded.problems) > 1 else ""
        where = f"{place}: {problem.path}" if problem.path else place
        raise ImportRefused("import.structure", f"{problem.message}{more}", problem.hint, where)
    scenes, texts = len(decoded.scenario.scenes), sum(1 for _ in iter_texts(decoded.scenario))
    report.kept(str(raw.get("title") or place), f"All of it: {scenes} scenes and {texts} texts, ids as they were.")
    return decoded.scenario


def _read_pack(peek: Peek, report: Report) -> Imported:
    package = peek.package
    courses = [PurePosixPath(name) for name in package.names if PurePosixPath(name).name == _COURSE]
    root = min((path.parent for path in courses), key=lambda path: len(path.parts))
    prefix = "" if str(root) == "." else f"{root}/"
    course = read_yaml(decode_text(package.read(f"{prefix}{_COURSE}"), peek.limits, _COURSE), peek.limits, _COURSE)
    names = [str(each["scenario"]) for each in _modules(course) if isinstance(each.get("scenario"), str)]
    imported = Imported(format="pack", documents=[], report=report)
    scenarios: dict[str, Scenario] = {}
    for name in dict.fromkeys(names):
        raw = _scenario_file(peek, f"{prefix}{name}", name)
        scenario = _decoded(raw, name, report)
        scenarios[scenario.id] = scenario
        imported.documents.append(raw)
    if not imported.documents:
        raise ImportRefused("import.structure", "The course names no scenario.", "Export it again.", _COURSE)
    _refuse_same_ids(list(dict.fromkeys(names)), imported.documents)
    used = {f"{prefix}{name}" for name in names} | {f"{prefix}{_COURSE}"}
    used |= _bring_texts(peek, prefix, scenarios, imported)
    _bring_media(peek, prefix, used, imported)
    imported.course = _course(course, dict(zip(dict.fromkeys(names), imported.documents, strict=True)), report)
    return imported


def _refuse_same_ids(names: list[str], documents: list[Document]) -> None:
    """Refuse two files with one id: modules, texts of other languages and re-imports tell scenarios apart by it."""
    seen: dict[str, str] = {}
    for name, document in zip(names, documents, strict=True):
        other = seen.setdefault(str(document["id"]), name)
        if other != name:
            message = f"“{other}” and “{name}” have one id, “{document['id']}”."
            raise ImportRefused("import.same-id", message, "Change the id of one of them.", name)


def _course(raw: Any, by_file: dict[str, Document], report: Report) -> CourseFile | None:
    """Return the course, each module naming the file that its scenario has in packs of ours; None if it has faults."""
    try:
        course = msgspec.convert(raw, CourseFile)
    except msgspec.ValidationError as error:
        report.changed(_COURSE, f"The order and weights of the course were left out: {error}.", "Put them in a course.")
        return None
    for module in course.modules:
        module.scenario = f"scenarios/{by_file[module.scenario]['id']}.yaml"
    report.kept(_COURSE, f"The course “{course.title}” with the order and weights of {len(course.modules)} modules.")
    return course


def _modules(course: Any) -> list[dict[str, Any]]:
    modules = course.get("modules") if isinstance(course, dict) else None
    return [each for each in modules if isinstance(each, dict)] if isinstance(modules, list) else []


def _scenario_file(peek: Peek, path: str, name: str) -> Any:
    text = decode_text(peek.package.read(path), peek.limits, name)
    is_json = text.lstrip()[:1] in ("{", "[")
    return read_json(text, peek.limits, name) if is_json else read_yaml(text, peek.limits, name)


def _bring_texts(peek: Peek, prefix: str, scenarios: dict[str, Scenario], imported: Imported) -> set[str]:
    """Take the texts of other languages along; return the files they stand in. Raises ImportRefused."""
    used: set[str] = set()
    for path in peek.package.names:
        peek.check_time()
        place = place_in(path.removeprefix(prefix))
        if place is None:
            continue
        used.add(path)
        scenario = scenarios.get(place[0])
        if scenario is None:
            told_by = f"The pack has no scenario “{place[0]}”."
            imported.report.dropped(path, f"Texts in {place[1]}. {told_by}", "Export the pack again.")
            continue
        if is_own(scenario, place[1]):
            what = f"Texts in {place[1]}, the language that “{scenario.title}” is written in."
            imported.report.dropped(path, what, "Edit the scenario itself.")
            continue
        try:
            table = table_in(read_json(decode_text(peek.package.read(path), peek.limits, path), peek.limits, path))
        except TableRefused as error:
            raise ImportRefused("import.structure", str(error), "Export the pack again.", path) from error
        imported.texts.setdefault(place[0], {})[place[1]] = dict(table)
        imported.report.kept(f"{scenario.title} ({place[1]})", f"{told(scenario, table)}.")
    return used


def _bring_media(peek: Peek, prefix: str, used: set[str], imported: Imported) -> None:
    mentioned = set().union(*(_strings(document) for document in imported.documents))
    kept = 0
    for path in peek.package.names:
        key = path.removeprefix(prefix)
        if path in used:
            continue
        if key not in mentioned:
            imported.report.dropped(key, "No scenario uses this file.")
            continue
        data = peek.package.read(path)
        kept += len(data)
        if kept > peek.limits.kept:
            raise ImportRefused("import.too-large", "The media of the pack are too large.", "Leave out films.", key)
        if extension_for(data):
            imported.media[key] = data
        else:
            imported.report.dropped(key, "It is no picture, sound or film that can be used.")


def _strings(value: Any) -> set[str]:
    """Return every text in a document: media keys are among them."""
    found: set[str] = set()
    todo = [value]
    while todo:
        each = todo.pop()
        if isinstance(each, str):
            found.add(each)
        elif isinstance(each, dict):
            todo.extend(each.values())
        elif isinstance(each, list):
            todo.extend(each)
    return found


OWN = Reader(
    name="branchwise", title="Branchwise documents and course packs", extensions=(".yaml", ".yml", ".json", ".zip"),
    fits=fits, read=read, converts=False,
)  # fmt: skip
