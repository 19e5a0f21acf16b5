"""The confined reader: an uploaded file becomes documents, media and a report, as files in a folder. No Django.

`python -m authoring.imports.child FOLDER`, where FOLDER holds `upload` and `name`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from authoring.confined.bounds import Bounds
from authoring.confined.child import Refusal, be_confined
from authoring.imports.native import read_native
from scenario_exchange.imported import ImportRefused
from scenario_exchange.reading import read

BOUNDS = Bounds()


def read_upload(folder: Path) -> dict[str, Any]:
    """Return {format, documents, layouts, media: {key: file}, texts, course, entries}; media bytes lie beside."""
    name = (folder / "name").read_text()
    native = read_native(folder / "upload")
    if native is not None:
        return {"format": "document", "documents": [native], "entries": []}
    try:
        with (folder / "upload").open("rb") as file:
            imported = read(file, name)
    except ImportRefused as refusal:
        found = {field: getattr(refusal, field, "") for field in ("code", "message", "hint", "place")}
        raise Refusal({key: str(value) for key, value in found.items()}) from refusal
    media = {}
    for number, (key, data) in enumerate(imported.media.items()):
        media[key] = f"media-{number}"
        (folder / media[key]).write_bytes(data)
    return {
        "format": imported.format,
        "documents": imported.documents,
        "layouts": imported.layouts,
        "media": media,
        "texts": imported.texts,
        "course": None if imported.course is None else msgspec.to_builtins(imported.course),
        "entries": imported.report.lines(),
    }


if __name__ == "__main__":
    be_confined(read_upload, BOUNDS)
