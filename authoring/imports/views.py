"""Pages of imports: the upload, a job with its progress, and the fidelity report."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from authoring.imports import report
from authoring.imports.formats import list_formats, title_of
from authoring.imports.forms import LIMIT, ImportForm
from authoring.imports.jobs import MAX_BYTES, begin_import
from authoring.imports.models import ImportJob
from authoring.imports.uploading import BoundedUpload, was_too_large
from authoring.permissions import may, organisations_for
from authoring.views.pages import admin_page
from authoring.views.scoped import author_of

RECENT = 20
PLACES_PER_PAGE = 100


@csrf_exempt  # so that the upload can be bounded before it is read; the inner view checks the token
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file, and show what was imported lately."""
    if request.method == "POST":
        request.upload_handlers.insert(0, BoundedUpload(request, MAX_BYTES))
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    mine = organisations_for(request.user, "add")
    if not mine.exists():
        raise PermissionDenied
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ImportForm(*posted, user=request.user, was_too_large=was_too_large(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        made = begin_import(form.organisation_chosen, file, file.name or "file", author_of(request))
        return redirect("authoring_imports:job", made.uuid)
    recent = ImportJob.objects.filter(organisation__in=mine).select_related("by", "organisation").defer("entries")
    context = {
        "form": form,
        "formats": list_formats(),
        "limit": LIMIT,
        "recent": recent[:RECENT],
        "several": mine.count() > 1,
    }
    status = 413 if was_too_large(request) else 200
    return admin_page(request, "authoring/imports/upload.html", "Import", context, status=status)


@require_safe
def job(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Show how far an import is, or what it kept, changed and dropped."""
    found = _find(request, uuid)
    kind = request.GET.get("kind", "")
    words = request.GET.get("q", "")[:100]
    entries = report.narrow(found.entries, kind if kind in report.KIND_WORDS else "", words)
    places = Paginator(report.by_place(entries), PLACES_PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "job": found,
        "format_title": title_of(found.format) if found.format else "",
        "drafts": found.drafts.select_related("scenario"),
        "places": places,
        "shown": len(entries),
        "kinds": [(name, word, found.counts.get(name, 0)) for name, word in report.KIND_WORDS.items()],
        "kind": kind,
        "words": words,
        "header_buttons": [],
    }
    return admin_page(request, "authoring/imports/job.html", f"Import: {found}", context)


@require_safe
def progress(request: HttpRequest, uuid: Any) -> JsonResponse:
    """Return how far an import is, for the page that polls."""
    found = _find(request, uuid)
    return JsonResponse({"state": found.state, "label": found.get_state_display(), "stage": found.stage})


@require_safe
def download(request: HttpRequest, uuid: Any, kind: str) -> HttpResponse:
    """Return the report as a file."""
    found = _find(request, uuid)
    if kind == "csv":
        response = HttpResponse(report.as_csv(found.entries), content_type="text/csv; charset=utf-8")
    elif kind == "json":
        response = HttpResponse(report.as_json(found), content_type="application/json")
    else:
        raise Http404("A report is there as csv and as json.")
    response["Content-Disposition"] = f'attachment; filename="import-{found.uuid.hex[:8]}.{kind}"'
    return response


def _find(request: HttpRequest, uuid: Any) -> ImportJob:
    found = ImportJob.objects.select_related("organisation", "by", "course").filter(uuid=uuid).first()
    if found is None or not may(request.user, "add", found.organisation_id):
        raise Http404("There is no such import.")
    return found
