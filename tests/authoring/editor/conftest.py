"""A designer at the edit page of a scenario, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.staticfiles import finders
from django.urls import reverse
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from authoring import groups
from authoring.models import Scenario

from ..conftest import House, sign_in

OpenEditor = Callable[..., Page]


@pytest.fixture(autouse=True)
def built_editor() -> None:
    if not finders.find("authoring/built/editor.js"):
        pytest.skip("the editor is not built (npm run build in frontend/)")


@pytest.fixture(autouse=True)
def open_admin(transactional_db: None) -> None:
    """Give the groups back their way into the admin: a migration made it, and emptying the tables took it away."""
    kind, _ = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    Permission.objects.get_or_create(
        content_type=kind, codename="access_admin", defaults={"name": "Can access the admin"}
    )
    groups.prepare()


@pytest.fixture
def said(page: Page) -> Iterator[list[str]]:
    """Errors of the page: a test that used the editor must leave none."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if _is_error(message) else None)
    # Wagtail tells the server when a page is left: a write that would race with the emptying of the tables.
    page.route("**/editing-sessions/release/**", lambda route: route.fulfill(status=204))
    yield errors
    page.goto("about:blank")
    assert errors == []


def _is_error(message: ConsoleMessage) -> bool:
    """An autosave that a save overtakes on its way is told that its page is out of date: that is none."""
    is_overtaken = "status of 400" in message.text and "/edit/" in message.location["url"]
    return message.type == "error" and not is_overtaken


@pytest.fixture
def open_editor(
    live_server: LiveServer, context: BrowserContext, page: Page, house: House, scenario: Scenario, said: list[str]
) -> OpenEditor:
    """Open the edit page of the scenario, signed in as its designer; at a width if wanted, in a view if wanted."""

    def opened(view: str = "Graph", *, width: int = 1440, height: int = 900, of: Scenario = scenario) -> Page:
        client = sign_in(house.designer)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page.set_default_timeout(8_000)
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{live_server.url}{reverse('scenarios:edit', args=[of.pk])}")
        page.locator(".bw-editor").wait_for()
        button = page.get_by_role("group", name="View", exact=True).get_by_role("button", name=view)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        return page

    return opened


def document_in(page: Page) -> dict[str, Any]:
    """The document as the form would send it."""
    value = page.locator("textarea[name=document]").input_value()
    found: dict[str, Any] = json.loads(value)["document"]
    return found


def scene_in(page: Page, scene_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(scene for scene in document_in(page)["scenes"] if scene["id"] == scene_id)
    return found
