"""Deleting several at once: only one's own are ever looked up, and what is pinned is named."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import ProtectedError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import classproperty
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction

from authoring.models import Course, Scenario
from authoring.permissions import MembershipPolicy
from authoring.views.scoped import SEEING
from foundation.api import key_of


class DeleteOwn(DeleteBulkAction):  # type: ignore[misc]
    """Wagtail's bulk deletion, within the user's organisations."""

    @classproperty
    def models(cls) -> list[Any]:
        return [Scenario, Course]

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        return self._visible().values_list("pk", flat=True)

    def get_queryset(self, model: Any, object_ids: Any) -> Any:
        keys = [key_of(str(each)) for each in object_ids]
        found = list(self._visible().filter(pk__in=[key for key in keys if key is not None]))
        if not found:
            raise Http404
        return found

    def form_valid(self, form: Any) -> Any:
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ProtectedError as error:
            messages.error(self.request, f"Nothing was deleted. {error.args[0]}")
            return redirect(self.next_url)

    def _visible(self) -> Any:
        return MembershipPolicy(self.model).instances_user_has_any_permission_for(self.request.user, SEEING)
