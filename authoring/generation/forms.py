"""The forms of generation: the brief with its source, the outline as approved, and the AI settings."""

from __future__ import annotations

from typing import Any

import msgspec
from django import forms

from authoring.forms import StartForm
from scenario_ai import api as ai
from scenario_exchange.sources import SourceText, UnreadableSource, read_source

LEVELS = [("beginner", "Beginners"), ("intermediate", "Some experience"), ("advanced", "Much experience")]
KINDS = [("lesson", "Lesson"), ("quiz", "Quiz"), ("conversation", "Conversation")]


class BriefForm(StartForm):
    """What should be practised, by whom, and what the draft may draw on."""

    topic = forms.CharField(
        max_length=300,
        min_length=3,
        help_text="The hard conversation, in a sentence: “telling a team that its project is stopped”.",
    )
    audience = forms.CharField(max_length=300, required=False, help_text="Who will practise: their role and situation.")
    level = forms.ChoiceField(choices=LEVELS, initial="intermediate")
    minutes = forms.IntegerField(
        min_value=5, max_value=240, initial=30, help_text="How long the whole course may take."
    )
    language = forms.CharField(max_length=20, initial="en", help_text="A language code: en, de, ar …")
    objectives = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One per line. Left empty, objectives are proposed.",
    )
    source = forms.FileField(
        required=False, help_text="PDF, DOCX, HTML, Markdown or text, up to 10 MB. It is read as material only."
    )

    def clean_objectives(self) -> list[str]:
        """Return the objectives, one per line."""
        lines = [line.strip(" -•\t") for line in self.cleaned_data["objectives"].splitlines()]
        found = [line for line in lines if line]
        if len(found) > 8 or any(len(line) > 1000 for line in found):
            raise forms.ValidationError("At most eight objectives, each on one line of up to 1,000 characters.")
        return found

    def clean_source(self) -> SourceText | None:
        """Return the words of the file."""
        file = self.cleaned_data.get("source")
        if not file:
            return None
        try:
            return read_source(file.read(), file.name or "")
        except UnreadableSource as error:
            raise forms.ValidationError(str(error)) from error

    def brief(self) -> ai.Brief:
        """Return the brief of a valid form."""
        data = self.cleaned_data
        return ai.Brief(
            topic=data["topic"],
            audience=data["audience"],
            level=data["level"],
            minutes=data["minutes"],
            language=data["language"],
            objectives=data["objectives"],
        )


class ModuleRow(forms.Form):
    """One module of the outline: kept and worded as the designer wants it, or left out."""

    keep = forms.BooleanField(required=False, initial=True)
    title = forms.CharField(max_length=300)
    kind = forms.ChoiceField(choices=KINDS)
    about = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class OutlineForm(forms.Form):
    """The outline for approval: title, summary and its modules (`rows`)."""

    title = forms.CharField(max_length=1000)
    summary = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any, outline: ai.OutlineDraft) -> None:
        super().__init__(data, initial={"title": outline.title, "summary": outline.summary})
        self.rows = [
            ModuleRow(data, prefix=f"module-{number}", initial={"keep": True, **msgspec.to_builtins(module)})
            for number, module in enumerate(outline.modules)
        ]

    def is_valid(self) -> bool:
        rows = [row.is_valid() for row in self.rows]
        if not (super().is_valid() and all(rows)):
            return False
        if not any(row.cleaned_data["keep"] for row in self.rows):
            self.add_error(None, "Keep at least one module.")
            return False
        return True

    def outline(self) -> ai.OutlineDraft:
        """Return the outline as approved."""
        kept = [row.cleaned_data for row in self.rows if row.cleaned_data["keep"]]
        return ai.OutlineDraft(
            title=self.cleaned_data["title"],
            summary=self.cleaned_data["summary"],
            modules=[ai.ModuleOutline(title=row["title"], kind=row["kind"], about=row["about"]) for row in kept],
        )


class AiSettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Which model an organisation asks. The key is written, never shown."""

    base_url = forms.URLField(
        label="Address",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="For example https://models.example.org/v1 (with the /v1).",
    )
    key = forms.CharField(
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Leave empty to keep the one that is stored.",
    )
    forget_key = forms.BooleanField(required=False, label="Forget the stored key")

    class Meta:
        model = ai.AiSettings
        fields = ("provider", "base_url", "model", "monthly_tokens")

    def clean(self) -> dict[str, Any]:
        """A server needs an address and a model."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("provider") == ai.ProviderName.OPENAI:
            for name in ("base_url", "model"):
                if not data.get(name):
                    self.add_error(name, "Needed for a server.")
        return data

    def save(self, commit: bool = True) -> ai.AiSettings:
        """Keep the key sealed."""
        settings: ai.AiSettings = super().save(commit=False)
        if self.cleaned_data["forget_key"]:
            settings.set_key("")
        elif self.cleaned_data["key"]:
            settings.set_key(self.cleaned_data["key"])
        settings.save()
        return settings
