"""Comparing two drafts scene by scene, in the words an author reads: which texts, ways on and points changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.compare import FieldComparison, diff_text, register_comparison_class

from authoring.fields import ScenarioGraphField

Flat = dict[str, str]


class ScenarioComparison(FieldComparison):  # type: ignore[misc]
    """Differences of a scenario document. Scenes are told apart by id, so a moved scene is no difference."""

    def has_changed(self) -> bool:
        return bool(self.val_a != self.val_b)

    def htmldiff(self) -> SafeString:
        before, after = _scenes(self.val_a), _scenes(self.val_b)
        names = [*after, *(name for name in before if name not in after)]
        blocks = [_block(name, before.get(name), after.get(name)) for name in names]
        shown = [block for block in blocks if block]
        if not shown:
            return format_html("<p>{}</p>", "Only the order of scenes changed.")
        return format_html('<div class="scenario-compare">{}</div>', format_html_join("", "{}", ((b,) for b in shown)))


def register() -> None:
    """Let Wagtail compare documents in this way. Called once, when the app is ready."""
    register_comparison_class(ScenarioGraphField, comparison_class=ScenarioComparison)


def _scenes(document: Any) -> dict[str, Flat]:
    """Return the fields of each scene by "path: value" under its id; what is outside scenes comes under ""."""
    if not isinstance(document, dict):
        return {"": {"document": str(document)}}
    scenes = document.get("scenes")
    listed = scenes if isinstance(scenes, list) else []
    rest = {key: value for key, value in document.items() if key != "scenes"}
    found = {"": dict(_flatten(rest))}
    for index, scene in enumerate(listed):
        name = scene.get("id") if isinstance(scene, dict) else None
        found[str(name or f"#{index + 1}")] = dict(_flatten(scene))
    return found


def _flatten(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _flatten(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and value:
        for index, inner in enumerate(value):
            name = inner.get("id") if isinstance(inner, dict) else None
            yield from _flatten(inner, f"{path}.{name or index + 1}")
    else:
        yield path, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _block(name: str, before: Flat | None, after: Flat | None) -> SafeString | None:
    title = f"Scene “{name}”" if name else "The scenario as a whole"
    if before is None or after is None:
        kind, word = ("addition", "added") if before is None else ("deletion", "deleted")
        texts = after or before or {}
        lines = format_html_join("", '<li><code>{}</code> <span class="{}">{}</span></li>', _rows(texts, kind))
        return format_html("<section><h4>{} <em>{}</em></h4><ul>{}</ul></section>", title, word, lines)
    changed = [path for path in {**before, **after} if before.get(path) != after.get(path)]
    if not changed:
        return None
    rows = ((path, diff_text(before.get(path, ""), after.get(path, "")).to_html()) for path in changed)
    lines = format_html_join("", "<li><code>{}</code> {}</li>", rows)
    return format_html("<section><h4>{}</h4><ul>{}</ul></section>", title, lines)


def _rows(texts: Flat, kind: str) -> Iterator[tuple[str, str, str]]:
    for path, text in texts.items():
        yield path, kind, text
