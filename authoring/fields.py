"""The JSON column of a scenario document, its form field, and what Wagtail asks of such a column."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from authoring.widgets import ScenarioGraphWidget
from scenario_engine.codec import decode_raw
from scenario_engine.codec.reading import Unreadable, read_raw
from scenario_engine.texts import iter_texts

MAX_CHARACTERS = 8_000_000  # DATA_UPLOAD_MAX_MEMORY_SIZE stands above it, so that our message is the one shown


@dataclass(frozen=True)
class Drawing:
    """What the editor hands back: the document, and where its cards lie."""

    document: dict[str, Any]
    layout: dict[str, Any] = field(default_factory=dict)


class ScenarioGraphFormField(forms.Field):
    """The hidden textarea of the editor: JSON `{document, layout}`, or a bare document typed by hand.

    Refuses only what cannot be kept at all. A document with faults is a draft like any other: publishing refuses it.
    """

    widget = ScenarioGraphWidget

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Drawing):
            return json.dumps({"document": value.document, "layout": value.layout}, ensure_ascii=False, indent=2)
        return value

    def to_python(self, value: Any) -> Drawing:
        # Drafts defer what is required, but a document that has vanished is a fault of the page, not a draft.
        if value in self.empty_values:
            raise ValidationError("The story did not arrive. Reload the page.", code="required")
        if isinstance(value, Drawing):
            return value
        return read_drawing(str(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


def read_drawing(text: str) -> Drawing:
    """Return the drawing in `text`. Raises ValidationError with a sentence that says what cannot be kept."""
    if len(text) > MAX_CHARACTERS:
        raise ValidationError(
            f"The scenario has {len(text):,} characters; at most {MAX_CHARACTERS:,} can be saved. Split it in two.",
            code="too_large",
        )
    try:
        raw = read_raw(text.encode("utf-8", "surrogatepass"))
    except Unreadable as error:
        raise ValidationError(f"{error.finding.message} {error.finding.hint}".strip(), code="unreadable") from error
    if isinstance(raw, dict) and isinstance(raw.get("document"), dict) and not raw.keys() - {"document", "layout"}:
        layout = raw.get("layout")
        return Drawing(raw["document"], layout if isinstance(layout, dict) else {})
    if isinstance(raw, dict):
        return Drawing(raw)
    raise ValidationError("A scenario is a JSON object with fields, not a list or text.", code="unreadable")


class ScenarioGraphField(models.JSONField):
    """A scenario document as JSON, edited by the graph editor and found by its texts."""

    def formfield(self, **kwargs: Any) -> Any:
        given = {name: value for name, value in kwargs.items() if name in {"label", "help_text", "widget", "required"}}
        return ScenarioGraphFormField(**{"label": "Story", "required": True, **given})

    def save_form_data(self, instance: models.Model, data: Any) -> None:
        if isinstance(data, Drawing):
            setattr(instance, self.name, data.document)
            instance.layout = data.layout  # type: ignore[attr-defined]
            instance.read_document()  # type: ignore[attr-defined]
        else:
            super().save_form_data(instance, data)

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return every text of the document, so that designers find the scenario by any line in it."""
        scenario = decode_raw(value).scenario
        return [text for _, text in iter_texts(scenario)] if scenario else []
