"""The admin in a real browser: one signs in, and the Content-Security-Policy breaks nothing."""

import pytest
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from foundation.api import User


@pytest.mark.chromium
@pytest.mark.django_db(transaction=True)
def test_an_operator_signs_in_and_nothing_is_blocked(live_server: LiveServer, page: Page) -> None:
    User.objects.create_superuser("operator", password="a-long-password")
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            said.append(message.text)

    page.on("console", listen)
    page.goto(f"{live_server.url}/admin/")
    page.fill("input[name=username]", "operator")
    page.fill("input[name=password]", "a-long-password")
    page.click("button[type=submit]")
    page.wait_for_selector("#wagtail-sidebar [data-wagtail-sidebar-account], .sidebar")
    assert "/admin/" in page.url
    assert "login" not in page.url
    assert said == []
