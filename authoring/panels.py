"""The edit forms of scenarios and courses, and what the graph editor is told about where it runs."""

from __future__ import annotations

from typing import Any

from django.middleware.csrf import get_token
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.admin.panels.base import get_form_for_model
from wagtail.admin.telepath import register as register_telepath_adapter


class ScenarioGraphPanel(FieldPanel):  # type: ignore[misc]
    """The document field; tells its widget whether it may be edited, and where its endpoints are."""

    @register_telepath_adapter
    class BoundPanel(FieldPanel.BoundPanel):  # type: ignore[misc]
        template_name = "authoring/panels/scenario_graph.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.bound_field is None:
                return
            self.bound_field.field.widget.host = host_options(self.instance, self.request)


class ModulesPanel(InlinePanel):  # type: ignore[misc]
    """The modules of a course; their forms learn whose scenarios may be chosen."""

    def get_form_options(self) -> dict[str, Any]:
        from authoring.forms import ModuleForm

        options: dict[str, Any] = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        formset["form"] = get_form_for_model(
            self.db_field.related_model, form_class=ModuleForm, defer_required_on_fields=deferred
        )
        formset["inherit_kwargs"] = ["for_user", "owners"]
        return options


def host_options(scenario: Any, request: Any) -> dict[str, Any]:
    """Return what `mountEditor(root, options)` gets, and the findings for the page without JavaScript."""
    from authoring.checking import check_scenario

    lock = scenario.get_lock() if scenario.pk else None
    read_only = bool(lock and lock.for_user(request.user))
    names = {"check": "check", "play": "play", "media": "media", "comments": "comments", "proof": "proof"}
    urls = {key: reverse(f"scenarios:{name}", args=[scenario.pk]) for key, name in names.items()} if scenario.pk else {}
    if scenario.pk:
        urls["chooser"] = reverse("wagtailimages_chooser:choose")
        urls["outline"] = reverse("scenarios:outline", args=[scenario.pk])
    return {
        "readOnly": read_only,
        "urls": urls,
        "csrf": get_token(request),
        "language": scenario.language,
        "userName": request.user.get_full_name() or request.user.get_username(),
        "findings": check_scenario(scenario),
        "outline": urls.get("outline", ""),
    }


def scenario_panels() -> list[Any]:
    return [ScenarioGraphPanel("document", heading="Story"), PublishingPanel()]


def course_panels() -> list[Any]:
    return [
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldPanel("summary"),
                FieldPanel("audience"),
                FieldRowPanel([FieldPanel("language"), FieldPanel("minutes")]),
            ],
            heading="About",
        ),
        ModulesPanel("modules", heading="Modules, in order", label="Module", min_num=0),
        MultiFieldPanel([FieldPanel("send"), FieldPanel("credits")], heading="Grade and credits"),
        PublishingPanel(),
    ]


def module_panels() -> list[Any]:
    return [
        FieldRowPanel([FieldPanel("scenario"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("weight"), FieldPanel("attempts"), FieldPanel("gate")]),
        FieldPanel("required"),
        FieldRowPanel([FieldPanel("title"), FieldPanel("module_id")]),
    ]
