"""Findings of a scenario document: what the codec could not read, what the engine found, and missing media."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import timezone

from authoring.calls import names_called, put_in_place
from scenario_engine.checks import check
from scenario_engine.codec import decode_raw, to_raw
from scenario_engine.codec.walk import walk_parts
from scenario_engine.document import Scenario as Document
from scenario_engine.document.cast import Mood
from scenario_engine.document.shared import MediaUse, Spoken
from scenario_engine.findings import Finding

# A finding list is short, a document is not: the cache keeps findings under the digest of what was checked.
_CACHED = 256


def check_scenario(scenario: Any) -> tuple[Finding, ...]:
    """Return the findings of a Scenario row as it stands (a draft, a revision's object)."""
    return check_draft(scenario, scenario.document)


def check_draft(scenario: Any, raw: Any) -> tuple[Finding, ...]:
    """Return the findings of a raw document of a scenario, with its media known and what it calls in place."""
    keys = frozenset(scenario.media_files.values_list("key", flat=True)) if scenario.pk else frozenset()
    decoded = decode_raw(raw).scenario
    if decoded is None or not names_called(decoded):
        return check_document(raw, keys)
    whole = put_in_place(scenario, decoded)
    if whole.document is None:
        return (*whole.problems, *_missing_media(decoded, keys))
    own = {scene.id for scene in decoded.scenes}
    found = check_document(to_raw(whole.document))
    # What is wrong inside a published scenario is its own author's matter.
    told = [each for each in found if not each.scene or each.scene in own]
    return (*whole.problems, *told, *_missing_media(decoded, keys))


def check_document(raw: Any, media: Collection[str] | None = None) -> tuple[Finding, ...]:
    """Return every finding of a raw document; `media` are the keys that exist (None: not known, not checked)."""
    text = json.dumps(raw, sort_keys=True, separators=(",", ":"), default=str)
    carried = _Raw(raw)
    found = _findings(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), timezone.localdate(), carried)
    carried.raw = None  # the cache holds on to what it was asked with
    if media is None:
        return found
    decoded = decode_raw(raw)
    return found if decoded.scenario is None else (*found, *_missing_media(decoded.scenario, media))


class _Raw:
    """Carries a document past the cache key: the digest beside it says whether two are the same."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Raw)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=_CACHED)
def _findings(digest: str, today: date, carried: _Raw) -> tuple[Finding, ...]:
    decoded = decode_raw(carried.raw)
    if decoded.scenario is None:
        return tuple(decoded.problems)
    return tuple(check(decoded.scenario, today=today))


def used_media(document: Document) -> dict[str, str]:
    """Return where each media key of a document is first used, as a path."""
    found: dict[str, str] = {}
    for path, part in walk_parts(document):
        keys = []
        if isinstance(part, MediaUse):
            keys = [part.use, part.captions]
        elif isinstance(part, Mood):
            keys = [part.image]
        elif isinstance(part, Spoken):
            keys = [part.file]
        for key in keys:
            if key:
                found.setdefault(key, path)
    return found


def _missing_media(document: Document, media: Collection[str]) -> list[Finding]:
    return [
        Finding(
            code="media.missing",
            level="warning",
            message=f"There is no file for “{key}” yet.",
            hint="Upload it in the media list, or take it out of the scene.",
            path=path,
        )
        for key, path in used_media(document).items()
        if key not in media
    ]
