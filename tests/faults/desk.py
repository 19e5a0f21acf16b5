"""A designer's browser at the admin by plain HTTP: signs in, opens pages, fills and sends their forms."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from tests.journeys.site import Site


class Desk:
    """One signed-in person."""

    def __init__(self, site: Site, name: str) -> None:
        self.site, self._cookies = site, dict[str, str]()
        self.get("/admin/login/")
        self.post("/admin/login/", {"username": name, "password": site.sign_ins[name], "next": "/admin/"})

    def get(self, path: str) -> str:
        status, body, _ = self._ask("GET", path)
        assert status == 200, f"{path}: {status} {body[:800]}"
        return body

    def post(self, path: str, fields: dict[str, Any]) -> str:
        """Send a form; files are (name, bytes, type). Return the path where it led. Fails where it was refused."""
        status, body, location = self._ask("POST", path, {"csrfmiddlewaretoken": self._cookies["csrftoken"], **fields})
        assert status in (302, 303), f"{path}: {status} {re.findall(r'error-message.*?</', body, re.S)} {body[:300]}"
        return urlsplit(location).path

    def _ask(self, method: str, path: str, fields: dict[str, Any] | None = None) -> tuple[int, str, str]:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "Host": urlsplit(self.site.url).netloc,
            "Referer": self.site.url + path,
        }
        answer = self.site.request(method, path, headers=headers, **({"fields": fields} if fields else {}))
        for line in answer.headers.getlist("set-cookie"):
            name, _, rest = line.partition("=")
            self._cookies[name] = rest.split(";")[0]
        return answer.status, answer.data.decode(), answer.headers.get("location", "")


class _Fields(HTMLParser):
    """Collects what a browser would send of all forms of a page: inputs, checked boxes, chosen options, text areas."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and name:
            if given.get("type") not in ("checkbox", "radio", "submit", "file") or "checked" in given:
                self.fields[name] = given.get("value", "on")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in self.fields):
            self.fields[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.fields[name] = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def filled_in(page: str) -> dict[str, str]:
    """Return the fields of a page's forms as they stand, without Django's token."""
    parser = _Fields()
    parser.feed(page)
    return {name: value for name, value in parser.fields.items() if name != "csrfmiddlewaretoken"}
