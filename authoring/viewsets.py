"""Scenarios and courses in the admin: lists, forms, history, and the pages of our own beside Wagtail's."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.urls import URLPattern, path, reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.snippets.views import snippets
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from authoring.exports import views as export_pages
from authoring.forms import CourseForm, ScenarioForm
from authoring.models import Course, Scenario
from authoring.moving import views as moving_pages
from authoring.panels import course_panels, scenario_panels
from authoring.permissions import MembershipPolicy
from authoring.proofs import views as proof_pages
from authoring.texts import views as text_pages
from authoring.views import comments, editing, media, outline, pins, playing, sharing, starting
from authoring.views.scoped import SEEING, OrganisationScoped, find_visible
from foundation.api import key_of

PURPOSES = [("practice", "Practice"), ("coached", "Coached"), ("assessment", "Assessment")]


def findings_of(authored: Any) -> str:
    if authored.errors:
        return f"{authored.errors} to solve"
    return f"{authored.warnings} to look at" if authored.warnings else "none"


def version_of(authored: Any) -> str:
    newest = max((version.number for version in authored.versions.all()), default=0)
    return f"version {newest}" if newest else "–"


class ScenarioFilters(WagtailFilterSet):  # type: ignore[misc]
    """Filters of the scenario list."""

    live = django_filters.BooleanFilter(label="Published")
    has_unpublished_changes = django_filters.BooleanFilter(label="Has a newer draft")
    purpose = django_filters.ChoiceFilter(choices=PURPOSES)
    drafted_by_ai = django_filters.BooleanFilter(label="Drafted by AI")

    class Meta:
        model = Scenario
        fields: ClassVar = ["live", "has_unpublished_changes", "purpose", "language", "drafted_by_ai"]


class IndexView(snippets.IndexView):  # type: ignore[misc]
    """The list; who may not edit reaches the outline instead."""

    def get_base_queryset(self) -> Any:
        visible = MembershipPolicy(self.model).instances_user_has_any_permission_for(self.request.user, SEEING)
        return visible.prefetch_related("versions")

    def get_edit_url(self, instance: Any) -> Any:
        if self.permission_policy.user_has_permission_for_instance(self.request.user, "change", instance):
            return super().get_edit_url(instance)
        name = "scenarios:outline" if isinstance(instance, Scenario) else "courses:pins"
        return reverse(name, args=[instance.pk])

    def get_copy_url(self, instance: Any) -> Any:
        allowed = self.permission_policy.user_has_permission_for_instance(self.request.user, "add", instance)
        return super().get_copy_url(instance) if allowed else None

    def get_delete_url(self, instance: Any) -> Any:
        allowed = self.permission_policy.user_has_permission_for_instance(self.request.user, "delete", instance)
        return super().get_delete_url(instance) if allowed else None


class ScenarioEditView(editing.EditView):
    """The editor, with the ways out of it in the header."""

    @property
    def header_buttons(self) -> list[Any]:
        pk = self.object.pk
        return [
            HeaderButton("Outline", url=reverse("scenarios:outline", args=[pk]), icon_name="list-ul"),
            HeaderButton("Proof", url=reverse("scenarios:proof_page", args=[pk]), icon_name="check"),
            HeaderButton("Share", url=reverse("scenarios:share", args=[pk]), icon_name="link"),
        ]

    @property
    def header_more_buttons(self) -> list[Any]:
        pk = self.object.pk
        own = [
            Button("Languages", url=reverse("scenarios:languages", args=[pk]), icon_name="globe", priority=1),
            Button("Versions", url=reverse("scenarios:versions", args=[pk]), icon_name="history", priority=2),
            Button("Export", url=reverse("scenarios:export", args=[pk]), icon_name="download", priority=3),
        ]
        origin = self.object.origins.select_related("job").first()
        if origin is not None:
            report = reverse("authoring_imports:job", args=[origin.job.uuid])
            own.append(Button("Import report", url=report, icon_name="upload", priority=4))
        return [*own, *super().header_more_buttons]


class CourseEditView(editing.EditView):
    """The course form, with what is pinned in the header."""

    @property
    def header_buttons(self) -> list[Any]:
        pk = self.object.pk
        return [
            HeaderButton("Pinned versions", url=reverse("courses:pins", args=[pk]), icon_name="lock"),
            HeaderButton("Export", url=reverse("courses:export", args=[pk]), icon_name="download"),
        ]


class _OwnChoose:
    """Chooser listing of what the user may see."""

    model_class: Any
    request: Any

    def get_object_list(self) -> Any:
        return MembershipPolicy(self.model_class).instances_user_has_any_permission_for(self.request.user, SEEING)

    def get_object(self, pk: Any) -> Any:
        return find_visible(self.model_class, self.request.user, pk)

    def get_objects(self, pks: Any) -> Any:
        keys = [key_of(str(pk)) for pk in pks]
        return self.get_object_list().filter(pk__in=[key for key in keys if key is not None])


class OwnChooserViewSet(SnippetChooserViewSet):  # type: ignore[misc]
    """A chooser that knows organisations."""

    choose_view_class = type("OwnChooseView", (_OwnChoose, ChooseView), {})
    choose_results_view_class = type("OwnChooseResultsView", (_OwnChoose, ChooseResultsView), {})
    chosen_view_class = type("OwnChosenView", (_OwnChoose, SnippetChosenView), {})
    chosen_multiple_view_class = type("OwnChosenMultipleView", (_OwnChoose, SnippetChosenMultipleView), {})


class OwnViewSet(SnippetViewSet):  # type: ignore[misc]
    """What both viewsets share: every view, Wagtail's and ours, is scoped to the user's organisations."""

    # Made by our own pages, so that the editor always has a row to talk about.
    DROPPED = frozenset({"add", "copy", "preview_on_add"})

    index_view_class = IndexView
    delete_view_class = editing.DeleteView
    workflow_action_view_class = editing.WorkflowActionView
    collect_workflow_action_data_view_class = editing.CollectWorkflowActionDataView
    chooser_viewset_class = OwnChooserViewSet
    list_per_page = 30
    search_backend_name = "default"
    copy_view_enabled = True
    delete_template_name = "authoring/admin/delete.html"

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        scoped = type(view_class.__name__, (OrganisationScoped, view_class), {})
        return super().construct_view(scoped, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name not in self.DROPPED]
        return [*kept, *self.own_urlpatterns()]

    def own_urlpatterns(self) -> list[URLPattern]:
        raise NotImplementedError


class ScenarioViewSet(OwnViewSet):
    """Scenarios."""

    model = Scenario
    icon = "comment"
    menu_label = "Scenarios"
    menu_order = 100
    base_url_path = "scenarios"
    admin_url_namespace = "scenarios"
    filterset_class = ScenarioFilters
    edit_view_class = ScenarioEditView
    edit_handler = ObjectList(scenario_panels(), base_form_class=ScenarioForm)
    list_display: ClassVar = [
        "title",
        LiveStatusTagColumn(),
        Column(
            "purpose",
            label="Purpose",
            accessor=lambda row: row.purpose.capitalize(),
            sort_key="purpose",
            classname="bw-wide",
        ),
        Column(
            "minutes", label="Minutes", accessor=lambda row: row.minutes or "–", sort_key="minutes", classname="bw-wide"
        ),
        Column("findings", label="Findings", accessor=findings_of, sort_key="errors"),
        Column("version", label="Published", accessor=version_of, classname="bw-wide"),
        UpdatedAtColumn(classname="bw-wide"),
    ]

    def own_urlpatterns(self) -> list[URLPattern]:
        return [
            path("add/", starting.start_scenario, name="add"),
            path("copy/<int:pk>/", starting.copy_scenario, name="copy"),
            path("outline/<int:pk>/", outline.outline, name="outline"),
            path("share/<int:pk>/", sharing.share, name="share"),
            path("check/<int:pk>/", playing.check, name="check"),
            path("play/<int:pk>/", playing.play, name="play"),
            path("proof/<int:pk>/", playing.proof, name="proof"),
            path("proved/<int:pk>/", proof_pages.proof_page, name="proof_page"),
            path("proved/<int:pk>/progress/", proof_pages.progress, name="proof_progress"),
            path("versions/<int:pk>/", moving_pages.versions, name="versions"),
            path("versions/<int:pk>/progress/", moving_pages.progress, name="versions_progress"),
            path("versions/<int:pk>/move/<int:number>/", moving_pages.move, name="move"),
            path("export/<int:pk>/", export_pages.export_scenario, name="export"),
            path("export/<int:pk>/file/", export_pages.scenario_file, name="export_file"),
            path("languages/<int:pk>/", text_pages.languages, name="languages"),
            path("languages/<int:pk>/<str:locale>/", text_pages.language, name="language"),
            path("languages/<int:pk>/<str:locale>/file/", text_pages.file, name="language_file"),
            path("languages/<int:pk>/<str:locale>/upload/", text_pages.upload, name="language_upload"),
            path("languages/<int:pk>/<str:locale>/remove/", text_pages.remove, name="language_remove"),
            path("media/<int:pk>/", media.media, name="media"),
            path("comments/<int:pk>/", comments.comments, name="comments"),
        ]


class CourseViewSet(OwnViewSet):
    """Courses."""

    model = Course
    icon = "list-ol"
    menu_label = "Courses"
    menu_order = 200
    base_url_path = "courses"
    admin_url_namespace = "courses"
    list_filter: ClassVar = ["live", "has_unpublished_changes", "language"]
    edit_view_class = CourseEditView
    edit_handler = ObjectList(course_panels(), base_form_class=CourseForm)
    list_display: ClassVar = [
        "title",
        LiveStatusTagColumn(),
        Column("modules", label="Modules", accessor=lambda row: row.modules.count(), classname="bw-wide"),
        Column(
            "minutes", label="Minutes", accessor=lambda row: row.minutes or "–", sort_key="minutes", classname="bw-wide"
        ),
        Column("findings", label="Findings", accessor=findings_of, sort_key="errors"),
        Column("version", label="Published", accessor=version_of, classname="bw-wide"),
        UpdatedAtColumn(classname="bw-wide"),
    ]

    def own_urlpatterns(self) -> list[URLPattern]:
        return [
            path("add/", starting.start_course, name="add"),
            path("copy/<int:pk>/", starting.copy_course, name="copy"),
            path("pins/<int:pk>/", pins.pins, name="pins"),
            path("export/<int:pk>/", export_pages.export_course, name="export"),
            path("export/<int:pk>/file/", export_pages.course_file, name="export_file"),
        ]


class AuthoringGroup(SnippetViewSetGroup):  # type: ignore[misc]
    """The menu group."""

    items = (ScenarioViewSet, CourseViewSet)
    menu_label = "Scenarios"
    menu_icon = "comment"
    menu_order = 100
