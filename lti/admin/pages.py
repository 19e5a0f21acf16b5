"""An admin page with Wagtail's header, breadcrumbs and pages of rows."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

PER_PAGE = 50


def admin_page(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], parents: list[tuple[str, str]]
) -> HttpResponse:
    """Render a page; `parents` are (address, label) of the pages above it."""
    trail = [(reverse("wagtailadmin_home"), "Home"), *parents, ("", title)]
    header = {
        "header_title": title,
        "page_title": title,
        "header_icon": "link",
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in trail],
        "header_buttons": [],
    }
    return render(request, template, {**header, **context})


def rows_of(request: HttpRequest, rows: QuerySet[Any]) -> dict[str, Any]:
    """Return one page of rows for a template."""
    page: Any = Paginator[Model](rows, PER_PAGE).get_page(request.GET.get("p"))
    kept = request.GET.copy()
    kept.pop("p", None)
    return {"rows": page, "query": kept.urlencode()}
