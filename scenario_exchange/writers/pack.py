"""A course pack: course.yaml, scenarios/*.yaml, texts and media, as files by name or as one zip. Nothing is lost."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

import msgspec

from scenario_engine.codec import encode_json, encode_yaml
from scenario_engine.codec.walk import walk_parts
from scenario_engine.document import Scenario
from scenario_engine.document.cast import Mood
from scenario_engine.document.shared import MediaUse, Spoken
from scenario_exchange.course_file import CourseFile, PackModule, is_inside, write_course_file
from scenario_exchange.imported import Report
from scenario_exchange.limits import DEFAULT
from scenario_exchange.pack_texts import file_of, is_own, place_in, told, write_table
from scenario_exchange.plain import yaml_marks
from scenario_exchange.writers.back import tell_file, tell_pack
from scenario_exchange.writers.exported import ExportRefused, Job

# Fixed, so that the same content gives the same bytes.
_DATE = (2020, 1, 1, 0, 0, 0)
# Bytes of JSON, all scenarios together, up to which a pack is YAML: what is longer nobody reads in an editor.
READABLE = 300_000
_PLAIN_FILE = 0o644 << 16


def write_pack(job: Job, report: Report) -> bytes:
    """Return the pack as a zip. Raises ExportRefused."""
    data = zip_files(pack_files(job, report))
    title = job.course.title if job.course else job.scenarios[0].title
    tell_pack(title, len(data), sum(len(each) for each in job.media.values()), report)
    return data


def pack_files(job: Job, report: Report) -> dict[str, bytes]:
    """Return the files of the pack by their name inside it, for a host that writes a folder. Raises ExportRefused."""
    files: dict[str, bytes] = {}
    names: dict[str, str] = {}
    compact = {scenario.id: encode_json(scenario) for scenario in job.scenarios}
    readable = sum(map(len, compact.values())) <= READABLE
    for scenario in job.scenarios:
        if scenario.id in names:
            raise ExportRefused(
                "export.same-id",
                f"Two scenarios have the id “{scenario.id}”: one would overwrite the other.",
                "Change the id of one of them.",
                scenario.title,
            )
        kind, data = _encoded(scenario, compact[scenario.id], readable)
        names[scenario.id] = f"scenarios/{scenario.id}.{kind}"
        files[names[scenario.id]] = data
        report.kept(scenario.title, f"Everything, as {names[scenario.id]}.")
        tell_file(scenario.title, data, report)
    course = job.course or single_course(job.scenarios)
    files["course.yaml"] = write_course_file(_with_files(course, names))
    _add_texts(job, files, report)
    _add_media(job, files, report)
    return dict(sorted(files.items(), key=lambda item: (item[0] != "course.yaml", item[0])))


def _encoded(scenario: Scenario, compact: bytes, readable: bool) -> tuple[str, bytes]:
    """Return the ending of a scenario's file, and its bytes: YAML, or JSON where YAML would take long to read."""
    text = encode_yaml(scenario) if readable else b""
    if text and yaml_marks(text.decode()) <= DEFAULT.yaml_values:
        return "yaml", text
    return "json", msgspec.json.format(compact, indent=1) + b"\n"


def single_course(scenarios: Iterable[Scenario]) -> CourseFile:
    """Return a course around scenarios that were exported without one, so that the pack can be loaded."""
    held = list(scenarios)
    first = held[0]
    modules = [PackModule(id=each.id, scenario=f"scenarios/{each.id}.yaml", title=each.title) for each in held]
    return CourseFile(
        format=1,
        id=first.id,
        title=first.title or first.id,
        language=first.language,
        summary=first.summary,
        modules=modules,
    )


def _with_files(course: CourseFile, names: Mapping[str, str]) -> CourseFile:
    """Return the course, its modules naming the files of the pack. Raises ExportRefused."""
    known = {f"scenarios/{scenario}.yaml": name for scenario, name in names.items()}
    modules = []
    for module in course.modules:
        if module.scenario not in known:
            raise ExportRefused(
                "export.no-scenario",
                f"The module “{module.id}” plays “{module.scenario}”, which was not given.",
                "Export every scenario of the course.",
                module.id,
            )
        modules.append(msgspec.structs.replace(module, scenario=known[module.scenario]))
    return msgspec.structs.replace(course, modules=modules)


def _add_texts(job: Job, files: dict[str, bytes], report: Report) -> None:
    for scenario in job.scenarios:
        for language, table in sorted(job.texts.get(scenario.id, {}).items()):
            name = file_of(scenario.id, language)
            if is_own(scenario, language):
                what = f"Texts in {language}: it is written in that language itself."
                report.dropped(scenario.title, what, "Edit the scenario instead.")
                continue
            if place_in(name) is None:
                raise ExportRefused(
                    "export.language", f"“{language}” is no language code.", "Rename the language.", scenario.title
                )
            files[name] = write_table(table)
            report.kept(f"{scenario.title} ({language})", f"{told(scenario, table)}, as {name}.")


def _add_media(job: Job, files: dict[str, bytes], report: Report) -> None:
    used = media_keys(job.scenarios)
    for key in sorted({*job.media, *used}):
        if key not in job.media:
            report.dropped(
                key, "The file was not there to export.", "Upload it again; the pack cannot be loaded without it."
            )
        elif not is_inside(key) or key in files:
            raise ExportRefused("export.media-name", f"A medium cannot be called “{key}” in a pack.", "Rename it.", key)
        else:
            files[key] = job.media[key]
            report.kept(key, f"{len(job.media[key]):,} bytes.")


def media_keys(scenarios: Iterable[Scenario]) -> list[str]:
    """Return the keys of the media that scenarios use, each once."""
    found: dict[str, None] = {}
    for scenario in scenarios:
        for _, part in walk_parts(scenario):
            if isinstance(part, MediaUse):
                found[part.use] = None
                if part.captions:
                    found[part.captions] = None
            elif isinstance(part, Mood):
                found[part.image] = None
            elif isinstance(part, Spoken):
                found[part.file] = None
    return list(found)


def zip_files(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files; the same files always give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.external_attr = _PLAIN_FILE
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
