"""The form widget that hosts the graph editor over a hidden textarea.

Without the built bundle, or without JavaScript, the textarea stays visible and works, with the findings beside it.
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib.staticfiles import finders
from django.templatetags.static import static

EDITOR = "authoring/built/editor.js"
EDITOR_CSS = "authoring/built/editor.css"


def built(name: str) -> str:
    """Return the URL of a built file, or "" when it has not been built here."""
    try:
        return static(name) if finders.find(name) else ""
    except ValueError:  # a manifest without this file: built after collectstatic
        return ""


class ScenarioGraphWidget(forms.Textarea):
    """The textarea, the place where the editor mounts, and what the editor is told (see `panels`)."""

    template_name = "authoring/widgets/scenario_graph.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 24, "spellcheck": "false", "dir": "ltr", **(attrs or {})})
        self.host: dict[str, Any] = {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        area = context["widget"]["attrs"]
        read_only = bool(self.host.get("readOnly"))
        if read_only:
            area["readonly"] = True
        options = {key: kept for key, kept in self.host.items() if key not in {"findings", "outline"}}
        options["textareaId"] = area.get("id", "")
        context["host"] = {
            "bundle": built(EDITOR),
            "options": json.dumps(options),
            "findings": self.host.get("findings", []),
            "outline": self.host.get("outline", ""),
            "read_only": read_only,
        }
        return context

    @property
    def media(self) -> forms.Media:
        sheets = ["authoring/admin.css"]
        if built(EDITOR_CSS):
            sheets.append(EDITOR_CSS)
        return forms.Media(css={"all": sheets}, js=["authoring/scenario_editor.js"])
