"""Finding a scenario or course for a request: whoever is no member of its organisation meets 404, as if it were not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.functional import cached_property

from authoring.models import Scenario
from authoring.permissions import MembershipPolicy, PolicyForOne, may
from foundation.api import User

SEEING = ("view", "change", "publish", "review")


def find_visible(model: Any, user: Any, pk: Any) -> Any:
    """Return the row with this key if the user may see it. Raises Http404, never 403: it could tell what exists."""
    visible = MembershipPolicy(model).instances_user_has_any_permission_for(user, SEEING)
    try:
        return visible.select_related("organisation").get(pk=unquote(str(pk)))
    except (model.DoesNotExist, ValueError) as error:
        raise Http404(f"There is no such {model._meta.verbose_name}.") from error


class OrganisationScoped:
    """Mixin for every view of the viewsets: 404 for other organisations, and permissions asked of the object."""

    model: Any
    request: HttpRequest
    scoped_object: Any = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        if "pk" in kwargs:
            self.scoped_object = find_visible(self.model, request.user, kwargs["pk"])
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    @cached_property
    def permission_policy(self) -> Any:
        policy = MembershipPolicy(self.model)
        return PolicyForOne(policy, self.scoped_object) if self.scoped_object is not None else policy


Endpoint = Callable[..., HttpResponseBase]


def for_scenario(action: str = "view") -> Callable[[Endpoint], Endpoint]:
    """Give the view the scenario of its URL: 404 when not visible, 403 when `action` is not allowed on it."""

    def decorate(view: Endpoint) -> Endpoint:
        @wraps(view)
        def found(request: HttpRequest, pk: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            scenario = find_visible(Scenario, request.user, pk)
            if not may(request.user, action, scenario.organisation_id):
                raise PermissionDenied
            return view(request, scenario, *args, **kwargs)

        return found

    return decorate


def author_of(request: HttpRequest) -> User:
    """Return who asks. The admin lets nobody in without signing in."""
    return cast(User, request.user)


def problem(message: str, status: int = 400) -> JsonResponse:
    """Return an error of a JSON endpoint: one sentence that says what to do."""
    return JsonResponse({"error": message}, status=status)
