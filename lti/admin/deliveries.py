"""Grades on their way: what is pending, what was refused and why; send again, or set aside."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from foundation.api import record
from lti.admin import access
from lti.admin.pages import admin_page, rows_of
from lti.grades import outbox
from lti.models import GradeState

RELATED = ("line_item__deployment__platform", "line_item__context", "person__learner", "participation")


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List cells by state, those that need somebody first."""
    _, mine = access.check(request)
    everything = access.targets_of(mine)
    counts = dict(everything.values_list("state").annotate(Count("pk")).order_by())
    show = request.GET.get("show") or ("blocked" if counts.get("blocked") else "pending")
    rows = everything.filter(state=show) if show in GradeState.values else everything
    states = [(state.value, state.label, counts.get(state.value, 0)) for state in GradeState]
    context = {**rows_of(request, rows.select_related(*RELATED).order_by("-pk")), "show": show, "states": states}
    return admin_page(request, "lti/admin/deliveries.html", "Grade deliveries", context, [])


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Resend or park the chosen cells."""
    user, mine = access.check(request)
    ids = [int(value) for value in request.POST.getlist("target") if value.isdigit()]
    chosen = list(access.targets_of(mine).filter(pk__in=ids[:1000]))
    parking = request.POST.get("action") == "park"
    count = outbox.park(chosen) if parking else outbox.resend(chosen, timezone.now())
    action = "lti.grades_parked" if parking else "lti.grades_resent"
    for target in chosen:
        record(target.line_item.deployment.organisation, user, action, f"grade_target:{target.pk}")
    done = "set aside" if parking else "sent again in a moment"
    messages.success(request, f"{count} {'grade is' if count == 1 else 'grades are'} {done}.")
    return redirect(f"{reverse('lti_admin:deliveries')}?show={request.POST.get('show', '')}")


@require_GET
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one cell and every try."""
    _, mine = access.check(request)
    target = get_object_or_404(access.targets_of(mine).select_related(*RELATED), pk=pk)
    context = {"target": target, "tries": target.deliveries.all()[:100]}
    parents = [(reverse("lti_admin:deliveries"), "Grade deliveries")]
    return admin_page(request, "lti/admin/delivery.html", "Grade", context, parents)
