"""Forms of the LMS admin's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from foundation.api import Organisation
from lti import addresses
from lti.models import Platform


class PlatformForm(forms.Form):
    """A connection entered by hand, for LMSs without dynamic registration."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), empty_label=None)
    name = forms.CharField(max_length=200, help_text="How you call this LMS.")
    product = forms.ChoiceField(
        choices=[("", "Another"), ("moodle", "Moodle"), ("canvas", "Canvas"), ("openedx", "Open edX")],
        required=False,
        help_text="Whose rules to follow when grades are sent.",
    )
    issuer = forms.CharField(max_length=500, help_text="Exactly as the LMS shows it, slash or no slash at the end.")
    client_id = forms.CharField(max_length=255, label="Client id")
    deployment_id = forms.CharField(max_length=255, label="Deployment id", help_text='Open edX: "1".')
    auth_url = forms.CharField(max_length=500, label="Authentication request URL")
    token_url = forms.CharField(max_length=500, label="Access token URL")
    jwks_url = forms.CharField(max_length=500, label="Public key set URL")

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name in ("auth_url", "token_url", "jwks_url"):
            if found.get(name) and not addresses.origin(found[name]):
                self.add_error(name, "This is not a web address.")
        known = Platform.objects.filter(issuer=found.get("issuer", ""), client_id=found.get("client_id", ""))
        if known.exists():
            self.add_error("client_id", "This issuer is registered with this client id already.")
        return found


class RulesForm(forms.Form):
    """What an organisation allows one of its LMSs."""

    new_deployments = forms.BooleanField(
        required=False,
        label="Take new deployments as they come",
        help_text="For LMSs that belong to your organisation alone.",
    )
    without_person = forms.BooleanField(
        required=False,
        label="Allow launches that do not say who launches",
        help_text="They play, and no grade of theirs is sent.",
    )
    drop_names = forms.BooleanField(
        required=False,
        label="Keep no names",
        help_text="Learners are shown by a short number, whatever the LMS sends.",
    )
    origins = forms.CharField(
        required=False,
        label="Other hosts of this LMS",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One per line, such as https://grades.example.org. Grades are sent to registered hosts only, and "
        "only these may show our pages in a frame: a portal around the LMS belongs here.",
    )

    @classmethod
    def for_platform(cls, platform: Platform, data: Any = None) -> RulesForm:
        kept = platform.settings
        return cls(
            data,
            initial={
                "new_deployments": kept.get("new_deployments") == "add",
                "without_person": kept.get("without_person") == "allow",
                "drop_names": kept.get("names") == "drop",
                "origins": "\n".join(kept.get("origins", [])),
            },
        )

    def clean_origins(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["origins"].splitlines() if line.strip()]
        if any(not addresses.origin(line) for line in lines):
            raise forms.ValidationError("Each line has to be an address such as https://grades.example.org.")
        return [addresses.origin(line) for line in lines]

    def keep(self, platform: Platform) -> None:
        found = self.cleaned_data
        kept = dict(platform.settings)
        kept["new_deployments"] = "add" if found["new_deployments"] else "refuse"
        kept["without_person"] = "allow" if found["without_person"] else "refuse"
        kept["names"] = "drop" if found["drop_names"] else "keep"
        kept["origins"] = found["origins"]
        platform.settings = kept
        platform.save(update_fields=["settings"])
