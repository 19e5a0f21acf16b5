"""The forms of translation: a language to add, a translator's file."""

from __future__ import annotations

from typing import Any

from django import forms

MAX_BYTES = 8 * 1024 * 1024


class LanguageForm(forms.Form):
    """A language by its code."""

    locale = forms.CharField(
        label="Language code",
        max_length=40,
        help_text="Such as de, ar, pt-BR. Learners get it when their LMS speaks that language.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "known-languages", "spellcheck": "false"}),
    )

    def clean_locale(self) -> str:
        return str(self.cleaned_data["locale"]).strip().replace("_", "-")


class FileForm(forms.Form):
    """A file that came back from a translator."""

    file = forms.FileField(
        label="PO or XLIFF file",
        error_messages={"required": "Choose a file first.", "empty": "This file is empty."},
        widget=forms.FileInput(attrs={"accept": ".po,.xlf,.xliff"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(f"At most {MAX_BYTES // 1024 // 1024} MB are read.")
        return file
