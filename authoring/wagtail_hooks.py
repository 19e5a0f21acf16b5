"""What authoring adds to Wagtail's admin: the viewsets, a dashboard of our own, and what it takes away."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from authoring import actions
from authoring.bulk import DeleteOwn
from authoring.dashboard import DashboardPanel
from authoring.permissions import organisations_for
from authoring.proofs import handbook
from authoring.viewsets import AuthoringGroup


class ImportItem(MenuItem):  # type: ignore[misc]
    """Shown to whoever may add a draft somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return organisations_for(request.user, "add").exists()


register_snippet(AuthoringGroup)
# After Wagtail's own of the same name, which names objects of other organisations it then refuses.
hooks.register("register_bulk_action", DeleteOwn, order=100)


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def greet_with_scenarios(request: HttpRequest, panels: list[Component]) -> None:
    """Show what a designer works on, instead of Wagtail's panels about pages."""
    panels[:] = [DashboardPanel(request)]


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def wear_our_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("authoring/brand.css"))


@hooks.register("construct_snippet_action_menu")  # type: ignore[untyped-decorator]
def ask_memberships(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer publishing by membership: Wagtail's items ask Django permissions, which know no organisation."""
    actions.replace_publishing(menu_items, context)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def add_pages() -> list[URLPattern | URLResolver]:
    """The pages of drafting from a brief and of importing a file."""
    return [
        path("drafting/", include("authoring.generation.urls")),
        path("importing/", include("authoring.imports.urls")),
        path("checks/", handbook.checks, name="authoring_checks"),
    ]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def offer_import() -> MenuItem:
    """The door for files, to whoever may write drafts."""
    return ImportItem("Import", reverse_lazy("authoring_imports:upload"), name="import", icon_name="upload", order=110)


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def keep_to_authoring(request: HttpRequest, menu_items: list[Any]) -> None:
    """Take the reports away, which list every organisation's work, from all but superusers."""
    if not getattr(request.user, "is_superuser", False):
        hidden = {"reports", "explorer", "help"}
        menu_items[:] = [item for item in menu_items if item.name not in hidden]
