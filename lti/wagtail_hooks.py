"""What this app adds to Wagtail's admin: addresses, and a menu for LMS admins."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from lti.admin.access import organisations_of


class ForLmsAdmins(SubmenuMenuItem):  # type: ignore[misc]
    """Shown to those who look after at least one organisation's LMSs."""

    def is_shown(self, request: HttpRequest) -> bool:
        return organisations_of(request.user).exists()


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def add_pages() -> list[URLPattern | URLResolver]:
    return [path("lms/", include("lti.admin.urls"))]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def add_menu() -> Any:
    entries = (("Connections", "connections", "link"), ("Launches", "launches", "login"))
    items = [MenuItem(label, reverse(f"lti_admin:{name}"), icon_name=icon) for label, name, icon in entries]
    items.append(MenuItem("Grade deliveries", reverse("lti_admin:deliveries"), icon_name="mail"))
    return ForLmsAdmins("LMS", Menu(None, items=items), name="lms", icon_name="link", order=400)
