"""The publish and unpublish items of the edit page's action menu, shown to whoever may publish this very object."""

from __future__ import annotations

from typing import Any

from wagtail.snippets import action_menu

from authoring.models.authored import Authored
from authoring.permissions import may


class PublishItem(action_menu.PublishMenuItem):  # type: ignore[misc]
    """Publish, by membership."""

    def is_shown(self, context: dict[str, Any]) -> bool:
        return _may_publish(context)


class UnpublishItem(action_menu.UnpublishMenuItem):  # type: ignore[misc]
    """Unpublish, by membership."""

    def is_shown(self, context: dict[str, Any]) -> bool:
        return _may_publish(context) and bool(context["instance"].live)


OWN: dict[Any, Any] = {action_menu.PublishMenuItem: PublishItem, action_menu.UnpublishMenuItem: UnpublishItem}


def replace_publishing(menu_items: list[Any], context: dict[str, Any]) -> None:
    """Put our items in the place of Wagtail's, and add those that Wagtail has already left out."""
    if not issubclass(context["model"], Authored):
        return
    menu_items[:] = [item for item in menu_items if type(item) not in OWN]
    for wagtails, own in OWN.items():
        item = own(order=30 if wagtails is action_menu.PublishMenuItem else 20)
        if item.is_shown(context):
            menu_items.append(item)
    menu_items.sort(key=lambda item: item.order)


def _may_publish(context: dict[str, Any]) -> bool:
    instance = context.get("instance")
    if instance is None or context.get("locked_for_user"):
        return False
    return may(context["request"].user, "publish", instance.organisation_id)
