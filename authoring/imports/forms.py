"""The upload form: one file, for one organisation."""

from __future__ import annotations

from typing import Any

from django import forms

from authoring.forms import StartForm
from authoring.imports.formats import accepted_extensions
from authoring.imports.jobs import MAX_BYTES

LIMIT = f"{MAX_BYTES // 1024 // 1024} MB"
TOO_LARGE = f"This file is larger than {LIMIT}. Leave films out, or split the story in two files."


class ImportForm(StartForm):
    """A file of any supported format; its content tells which."""

    file = forms.FileField(label="File", help_text=f"Up to {LIMIT}. The content tells the format, not the name.")

    def __init__(self, *args: Any, was_too_large: bool = False, **kwargs: Any) -> None:
        self._was_too_large = was_too_large
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs.update({"accept": accepted_extensions(), "data-limit": str(MAX_BYTES)})
        self.fields["file"].error_messages = {
            "required": TOO_LARGE if was_too_large else "Choose a file first.",
            "empty": "This file is empty. Save it once more from the program that made it.",
        }

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(TOO_LARGE, code="too_large")
        return file
