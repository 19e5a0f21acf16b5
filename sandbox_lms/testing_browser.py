"""A browser small enough for tests: follows a launch through tool and LMS by plain HTTP, forms included.

It keeps cookies per origin, answers forms that would send themselves, and runs no script.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import urllib3

MAXIMUM_STEPS = 12


@dataclass
class Form:
    """A form of a page: where it goes and what it carries."""

    method: str = "get"
    action: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    sends_itself: bool = False


@dataclass
class Arrival:
    """Where a journey ended. `id_token` is the one that the LMS posted on the way, if any."""

    url: str
    status: int
    headers: dict[str, str]
    body: str
    id_token: str = ""
    #: The fields posted with it (state, error, error_description).
    posted: dict[str, str] = field(default_factory=dict)
    trail: list[str] = field(default_factory=list)

    def forms(self) -> list[Form]:
        """Return the forms of the page."""
        return read_forms(self.body, self.url)


class Browser:
    """Keeps cookies between journeys; one per person."""

    def __init__(self) -> None:
        self._pool = urllib3.PoolManager(timeout=30, retries=False)
        self._cookies: dict[str, dict[str, str]] = {}

    def follow_login(self, login: dict[str, Any]) -> Arrival:
        """Send a login initiation to the tool and go on until nothing sends itself any more."""
        return self.go(login["method"], login["url"], login["fields"])

    def go(self, method: str, url: str, fields: dict[str, str] | None = None) -> Arrival:
        """Request `url`, then follow redirects and the forms that the LMS sends by script."""
        posted: dict[str, str] = {}
        trail: list[str] = []
        id_token = ""
        for _ in range(MAXIMUM_STEPS):
            answer = self._request(method, url, fields or {})
            trail.append(f"{method.upper()} {url.split('?')[0]} {answer.status}")
            headers = {name.lower(): value for name, value in answer.headers.items()}
            body = answer.data.decode("utf-8", "replace")
            if answer.status in (301, 302, 303, 307, 308) and "location" in headers:
                method = method if answer.status in (307, 308) else "GET"
                url, fields = urljoin(url, headers["location"]), fields if method != "GET" else {}
                continue
            arrival = Arrival(url, answer.status, headers, body, id_token, posted, trail)
            following = next((form for form in arrival.forms() if form.sends_itself), None)
            if following is None:
                return arrival
            method, url, fields = following.method, following.action, following.fields
            posted = fields
            id_token = fields.get("id_token", id_token)
        raise RuntimeError(f"The journey did not end after {MAXIMUM_STEPS} steps: {trail}")

    def _request(self, method: str, url: str, fields: dict[str, str]) -> urllib3.BaseHTTPResponse:
        headers = {"User-Agent": "SandboxBrowser/1.0"}
        origin = _origin(url)
        if kept := self._cookies.get(origin):
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in kept.items())
        if method.upper() == "GET":
            joint = "&" if "?" in url else "?"
            answer = self._pool.request("GET", url + (joint + urlencode(fields) if fields else ""),
                                        headers=headers, redirect=False)  # fmt: skip
        else:
            answer = self._pool.request(
                "POST", url, fields=fields, encode_multipart=False, headers=headers, redirect=False
            )
        for line in answer.headers.getlist("set-cookie"):
            self._keep(origin, line)
        return answer

    def _keep(self, origin: str, line: str) -> None:
        name, _, rest = line.partition("=")
        value = rest.split(";")[0].strip()
        kept = self._cookies.setdefault(origin, {})
        if "max-age=0" in line.lower().replace(" ", ""):
            kept.pop(name.strip(), None)
        else:
            kept[name.strip()] = value


def read_forms(body: str, base: str) -> list[Form]:
    """Return the forms of an HTML page with their hidden fields; addresses are made absolute."""
    parser = _FormParser(base)
    parser.feed(body)
    return parser.forms


class _FormParser(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__()
        self.base, self.forms = base, list[Form]()
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = True
            action = urljoin(self.base, values.get("action", ""))
            # Our own pages say data-send; a tool's deep linking answer is recognised by its JWT field.
            self.forms.append(Form(values.get("method", "get").lower(), action, {}, "data-send" in values))
        elif tag in ("input", "button") and self._inside and values.get("name"):
            if tag == "input" and values.get("type") in ("submit", "checkbox", "radio"):
                return
            form = self.forms[-1]
            if tag == "input":
                form.fields[values["name"]] = values.get("value", "")
                form.sends_itself = form.sends_itself or values["name"] in ("JWT", "id_token")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
