"""Plain admin pages with Wagtail's header: title, breadcrumbs, buttons."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse


def admin_page(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], *, parent: Any = None, status: int = 200
) -> HttpResponse:
    """Render an admin page; `parent` is the scenario or course it belongs to."""
    items = [{"url": reverse("wagtailadmin_home"), "label": "Home"}]
    if parent is not None:
        space = "scenarios" if parent._meta.model_name == "scenario" else "courses"
        items.append({"url": reverse(f"{space}:list"), "label": space.capitalize()})
        items.append({"url": reverse(f"{space}:edit", args=[parent.pk]), "label": str(parent)})
    items.append({"url": "", "label": title})
    page = {"header_title": title, "page_title": title, "breadcrumbs_items": items, "header_buttons": []}
    return render(request, template, {**page, **context}, status=status)
