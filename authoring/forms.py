"""The admin forms of scenarios and courses. What they accept is a draft; publishing is where faults are refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from wagtail.admin.forms.models import WagtailAdminModelForm

from authoring.fields import Drawing
from authoring.permissions import organisations_for
from foundation.api import Organisation


class ScenarioForm(WagtailAdminModelForm):  # type: ignore[misc]
    """Edits the document. Title, language and the like are read from it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "document" in self.fields:
            self.initial["document"] = Drawing(self.instance.document, self.instance.layout)


class CourseForm(WagtailAdminModelForm):  # type: ignore[misc]
    """Edits a course; its modules may only be scenarios of the organisation that owns it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance") or (args[2] if len(args) > 2 else None)
        user = kwargs.get("for_user")
        # Read by the forms of the modules (see ModulesPanel).
        self.owners = _owners(instance, user)
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.instance.organisation_id is None and self.owners is not None:
            self.instance.organisation = self.owners.first()
        return cleaned


class ModuleForm(WagtailAdminModelForm):  # type: ignore[misc]
    """One module of a course."""

    def __init__(self, *args: Any, owners: QuerySet[Organisation] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "weight" in self.initial:
            self.initial["weight"] = format(self.instance.weight.normalize(), "f")
        field = self.fields.get("scenario")
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
            known = owners if owners is not None else Organisation.objects.none()
            field.queryset = field.queryset.filter(organisation__in=known).order_by("title")
            field.empty_label = "Choose a scenario"


def _owners(course: Any, user: Any) -> QuerySet[Organisation] | None:
    if course is not None and course.organisation_id:
        return Organisation.objects.filter(pk=course.organisation_id)
    return organisations_for(user, "add")


class StartForm(forms.Form):
    """What every way to start asks: for which organisation, where the designer has more than one."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = organisations_for(user, "add")
        self.asks_organisation = mine.count() > 1
        if self.asks_organisation:
            self.fields["organisation"] = forms.ModelChoiceField(queryset=mine, empty_label=None)
            self.order_fields(["organisation"])
        else:
            self._only = mine.get()  # the view has asked whether there is one

    @property
    def organisation_chosen(self) -> Organisation:
        chosen: Organisation = self.cleaned_data["organisation"] if self.asks_organisation else self._only
        return chosen


class TemplateForm(StartForm):
    """Begin from a starter, with a title of one's own."""

    title = forms.CharField(max_length=200, label="Title", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    starter = forms.CharField(max_length=60, widget=forms.HiddenInput, required=False)


class CopyForm(forms.Form):
    """The title of a copy."""

    title = forms.CharField(max_length=200, label="Title of the copy")


class CourseStartForm(StartForm):
    """Begin a course."""

    title = forms.CharField(max_length=200, label="Title", widget=forms.TextInput(attrs={"autocomplete": "off"}))


class ShareForm(forms.Form):
    """A new share link."""

    note = forms.CharField(max_length=200, label="For whom", required=False)
    days = forms.TypedChoiceField(
        label="Open for",
        coerce=int,
        initial=14,
        choices=[(3, "3 days"), (14, "14 days"), (30, "30 days"), (90, "90 days")],
    )
