"""Wagtail's edit, workflow and delete views, told what to do when publishing or deleting is refused."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import ProtectedError
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin import messages
from wagtail.models import TaskState
from wagtail.snippets.views import snippets

from authoring.deletion import reasons_to_keep
from authoring.models import Scenario
from authoring.moving.hooks import count_in_play
from authoring.permissions import may
from authoring.publishing import PublishRefused, refuse_unfit
from scenario_engine.findings import Finding

SHOWN = 8


class EditView(snippets.EditView):  # type: ignore[misc]
    """Saves the draft first, whatever was pressed; a refusal to publish then lists the findings and loses nothing."""

    def run_action_method(self) -> Any:
        try:
            with transaction.atomic():
                if self.action in ("submit", "restart-workflow"):
                    refuse_unfit(self.new_revision)  # a reviewer's approval publishes
                done = super().run_action_method()
        except PublishRefused as refusal:
            return self._refused(refusal)
        if self.action == "publish":
            self._tell_of_learners()
        return done

    def _tell_of_learners(self) -> None:
        """Say who is in the middle of an earlier version, and where to see what can be done for them."""
        if not isinstance(self.object, Scenario):
            return
        versions = list(self.object.versions.order_by("-number").values_list("pk", flat=True))
        count = sum(count_in_play(versions[1:]).values())
        if count:
            page = reverse("scenarios:versions", args=[self.object.pk])
            words = "1 attempt is" if count == 1 else f"{count} attempts are"
            sentence = "{} in progress on an earlier version and can be finished there."
            messages.info(
                self.request,
                format_html(f'{sentence} <a href="{{}}">See who could go on with the new one</a>.', words, page),
            )

    def _refused(self, refusal: PublishRefused) -> HttpResponseBase:
        if self.expects_json_response:
            return self.json_error_response("publish_refused", str(refusal))  # type: ignore[no-any-return]
        messages.error(self.request, refusal_message(refusal, "The draft is saved.", self.object, self.request.user))
        return redirect(self.get_edit_url())


class _OwnReview:
    """Mixin: a review is found among those of the scenario or course in the address alone.

    Wagtail asks who may review that one, and then decides whatever review the address names.
    """

    object: Any
    task_state_id: Any

    def get_task_state(self) -> Any:
        own = TaskState.objects.filter(workflow_state__in=self.object.workflow_states)
        return get_object_or_404(own, pk=self.task_state_id).specific


class CollectWorkflowActionDataView(_OwnReview, snippets.CollectWorkflowActionDataView):  # type: ignore[misc]
    """Asks for the comment of a review, of this scenario or course alone."""


class WorkflowActionView(_OwnReview, snippets.WorkflowActionView):  # type: ignore[misc]
    """Approving publishes; where that is refused, the review stays open and the reviewer is told why."""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except PublishRefused as refusal:
            draft = self.object.get_latest_revision_as_object()
            messages.error(request, refusal_message(refusal, "The review stays open.", draft, request.user))
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
            return redirect(self.redirect_url)


class DeleteView(snippets.DeleteView):  # type: ignore[misc]
    """Says what still uses the thing, instead of deleting it."""

    template_name = "authoring/admin/delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "reasons": reasons_to_keep(self.object)}

    def form_valid(self, form: Any) -> Any:
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ProtectedError as error:
            messages.error(self.request, f"Not deleted. {error.args[0]}")
            return redirect(self.request.path)


def refusal_message(refusal: PublishRefused, also: str, authored: Any, by: Any) -> SafeString:
    """Return the refusal as a message: how many problems, the first of them with their places, and the proof."""
    listed = refusal.findings[:SHOWN]
    lines = format_html_join(
        "", "<li>{}{} {}</li>", ((_where(each, authored, by), each.message, each.hint) for each in listed)
    )
    more = len(refusal.findings) - len(listed)
    rest = format_html("<p>And {} more.</p>", more) if more else ""
    proof_url = reverse("scenarios:proof_page", args=[authored.pk]) if isinstance(authored, Scenario) else ""
    proof = format_html('<p><a href="{}">See the whole proof</a></p>', proof_url) if proof_url else ""
    return format_html('{} {}<ul class="scenario-refusal">{}</ul>{}{}', str(refusal), also, lines, rest, proof)


def _where(finding: Finding, authored: Any, by: Any) -> str:
    """Return the scene as a link: in the editor to the very field, for those who may only read to the outline."""
    if not finding.scene:
        return ""
    if not isinstance(authored, Scenario):
        return f"{finding.scene}: "
    if may(by, "change", authored.organisation_id):
        place = urlencode({"at": finding.path, "scene": finding.scene})
        url = f"{reverse('scenarios:edit', args=[authored.pk])}#{place}"
    else:
        url = f"{reverse('scenarios:outline', args=[authored.pk])}#scene-{finding.scene}"
    return format_html('<a href="{}">{}</a>: ', url, title_of(authored.document, finding.scene))


def title_of(document: Any, scene_id: str) -> str:
    """Return the title of a scene, in whatever a draft holds; its id where it has none."""
    scenes = document.get("scenes") if isinstance(document, dict) else None
    for scene in scenes if isinstance(scenes, list) else ():
        if isinstance(scene, dict) and scene.get("id") == scene_id:
            return str(scene.get("title") or scene_id)
    return scene_id
