"""Grades on their way: what is pending, what was refused and why; send again, set aside, give up, export."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from foundation.api import Organisation, User, key_of, record
from lti.admin import access, choosing, sheets
from lti.admin.pages import admin_page, rows_of
from lti.grades import outbox, words
from lti.models import Cause, GradeState, GradeTarget

RELATED = ("line_item__context", "platform", "person__learner", "participation")
DONE = {"resend": "sent again in a moment", "park": "set aside", "discard": "given up"}
NOTED = {"resend": "lti.grades_resent", "park": "lti.grades_parked", "discard": "lti.grades_discarded"}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List cells by state, those that need somebody first, the oldest on top."""
    _, mine = access.check(request)
    everything = access.targets_of(mine)
    narrowed = choosing.read(request.GET).narrow_but_state(everything)
    counts = dict(narrowed.values_list("state").annotate(Count("pk")).order_by())
    choice = choosing.read(request.GET, "blocked" if counts.get("blocked") else "pending")
    rows = choice.narrow(everything).select_related(*RELATED).order_by("pending_since", "-pk")
    states = [(state.value, state.label, counts.get(state.value, 0)) for state in GradeState]
    states.append(("differs", "Changed in the LMS", narrowed.filter(differs=True).count()))
    oldest = narrowed.filter(state=GradeState.PENDING).order_by("pending_since").first()
    context = {
        **rows_of(request, rows),
        **choosing.offers(everything),
        "choice": choice,
        "show": choice.show,
        "states": states,
        "oldest": oldest,
        "count": rows.count(),
    }
    return admin_page(request, "lti/admin/deliveries.html", "Grade deliveries", context, [])


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Resend, park or discard the ticked cells, or all that the form's own choice narrows to."""
    user, mine = access.check(request)
    choice = choosing.read(request.POST)
    action = request.POST.get("action", "")
    if action not in DONE:
        messages.error(request, "Choose what to do.")
        return redirect(f"{reverse('lti_admin:deliveries')}?{choice.query}")
    rows = access.targets_of(mine)
    if request.POST.get("reach") == "all":
        rows = choice.narrow(rows)
    else:
        ticked = [key for value in request.POST.getlist("target")[:1000] if (key := key_of(value)) is not None]
        rows = rows.filter(pk__in=ticked)
    count = _do(action, rows, user, mine)
    messages.success(request, f"{count} {'grade is' if count == 1 else 'grades are'} {DONE[action]}.")
    return redirect(f"{reverse('lti_admin:deliveries')}?{choice.query}")


@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Send the chosen cells as a spreadsheet."""
    user, mine = access.check(request)
    rows = choosing.read(request.GET).narrow(access.targets_of(mine)).select_related(*RELATED).order_by("pk")
    for organisation in mine:
        record(organisation, user, "lti.grades_exported", "grades", {"count": rows.count()})
    response = StreamingHttpResponse(sheets.lines(rows.iterator(500)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="grades-{timezone.now():%Y-%m-%d}.csv"'
    return response


@require_GET
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one cell and every try."""
    _, mine = access.check(request)
    target = get_object_or_404(access.targets_of(mine).select_related(*RELATED), pk=pk)
    what, to_do = words.explain(Cause(target.cause))
    context = {"target": target, "tries": target.deliveries.all()[:100], "what": what, "to_do": to_do}
    parents = [(reverse("lti_admin:deliveries"), "Grade deliveries")]
    return admin_page(request, "lti/admin/delivery.html", "Grade", context, parents)


def _do(action: str, rows: QuerySet[GradeTarget], user: User, mine: QuerySet[Organisation]) -> int:
    """Do it, and note per organisation who did it to how many."""
    keys = list(rows.values_list("pk", "line_item__deployment__organisation"))
    for organisation in mine:
        own = [pk for pk, owner in keys if owner == organisation.pk]
        if own:
            subject = f"grade_target:{own[0]}" if len(own) == 1 else "grades"
            record(organisation, user, NOTED[action], subject, {"count": len(own), "first": own[:50]})
    chosen = GradeTarget.objects.filter(pk__in=[pk for pk, _ in keys]) if len(keys) <= 1000 else rows
    if action == "resend":
        return outbox.resend(chosen, timezone.now())
    return outbox.park(chosen) if action == "park" else outbox.discard(chosen)
