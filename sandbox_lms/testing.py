"""A sandbox for tests: starts a server of its own in a temporary folder, and drives it by the admin API.

The only module of the sandbox that others import. It needs neither Django settings nor a browser:

    with sandbox_lms.testing.start(personality="moodle") as sandbox:
        lms = sandbox.lms("moodle")
        url = lms.invite("http://localhost:9100/lti/register/")["url"]
        …
        answer = sandbox.follow(lms.start_launch("amara", link["id"]))
"""

from __future__ import annotations

import os
import secrets
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import urllib3

from sandbox_lms.testing_browser import Arrival, Browser

Json = Any
STARTS_WITHIN_S = 60
READY = "Sandbox LMS: "


class SandboxError(Exception):
    """The admin API refused; the text is its answer."""


def start(
    port: int = 0,
    *,
    personality: str | None = None,
    faults: dict[str, Any] | None = None,
    var: Path | None = None,
    url: str | None = None,
    environment: dict[str, str] | None = None,
) -> Sandbox:
    """Start a sandbox on a free port with a folder of its own; use it as a context manager or `stop` it.

    It holds the five seeded LMSs (moodle, canvas, openedx, brightspace, sakai). `faults` is the profile of
    `personality`, or of all of them when none is named. `var` keeps the folder of the caller; without it a
    temporary one is removed at the end. `url` is the public address where it is not the address served.
    """
    folder = Path(tempfile.mkdtemp(prefix="sandbox-lms-")) if var is None else var
    token = secrets.token_urlsafe(24)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SANDBOX_", "DJANGO_"))}
    values = {**kept, "SANDBOX_VAR": str(folder), "SANDBOX_API_TOKEN": token, **(environment or {})}
    if url is not None:
        values["SANDBOX_URL"] = url
    command = [sys.executable, "-m", "sandbox_lms", "serve", "--port", str(port)]
    root = Path(__file__).resolve().parent.parent
    errors = (folder / "errors.log").open("ab")
    process = subprocess.Popen(command, cwd=root, env=values, stdout=subprocess.PIPE, stderr=errors)  # noqa: S603 -- our own module
    errors.close()
    try:
        sandbox = Sandbox(_wait_until_ready(process, folder), token, process, folder, var is None)
        for lms in [personality] if personality else [row["key"] for row in sandbox.call("GET", "lms")]:
            if faults:
                sandbox.lms(lms).set_faults(**faults)
    except BaseException:
        process.kill()
        process.wait()
        raise
    return sandbox


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> str:
    stream = process.stdout
    if stream is None:
        raise RuntimeError("The sandbox was started without a pipe.")
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        ready, _, _ = select.select([stream], [], [], 0.5)
        line = stream.readline().decode() if ready else ""
        if line.startswith(READY):
            return line.removeprefix(READY).strip()
    said = (folder / "errors.log").read_text(errors="replace")[-2000:]
    raise RuntimeError(f"The sandbox LMS did not start within {STARTS_WITHIN_S} s.\n{said}")


class Sandbox:
    """A running sandbox. `url` is its base address, `token` that of the admin API."""

    def __init__(
        self,
        url: str,
        token: str,
        process: subprocess.Popen[bytes] | None,
        folder: Path,
        removes_folder: bool,
    ) -> None:
        self.url, self.token, self.folder = url, token, folder
        self._process, self._removes_folder = process, removes_folder
        self._pool = urllib3.PoolManager(timeout=30, retries=False)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the server and remove its temporary folder."""
        self._pool.clear()
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
        if self._removes_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Json:
        """Call the admin API at `/api/<path>`; raises SandboxError with its message."""
        answer = self._pool.request(
            method, f"{self.url}/api/{path}", json=body, headers={"Authorization": f"Bearer {self.token}"}
        )
        if answer.status != 200:
            raise SandboxError(
                f"{method} {path}: {answer.status} {answer.data[:500].decode(errors='replace')}"
            )
        return answer.json()

    def lms(self, key: str) -> LmsHandle:
        """Return the LMS of this key; its calls fail when there is none."""
        return LmsHandle(self, key)

    def create_lms(self, key: str, personality: str, **values: Any) -> LmsHandle:
        """Make an LMS (name, options, faults, seeded) and return it."""
        self.call("POST", "lms", {"key": key, "personality": personality, **values})
        return self.lms(key)

    def follow(self, login: dict[str, Any], browser: Browser | None = None) -> Arrival:
        """Carry a login to the tool and back and to the tool again, as a browser without LMS cookies would."""
        return (browser or Browser()).follow_login(login)


class LmsHandle:
    """One LMS of a sandbox, by the admin API. People are named by username."""

    def __init__(self, sandbox: Sandbox, key: str) -> None:
        self.sandbox, self.key = sandbox, key

    def call(self, method: str, path: str = "", body: dict[str, Any] | None = None) -> Json:
        return self.sandbox.call(method, f"lms/{self.key}" + (f"/{path}" if path else ""), body)

    @property
    def issuer(self) -> str:
        return f"{self.sandbox.url}/{self.key}"

    def describe(self) -> dict[str, Any]:
        """Return issuer, addresses, options and faults."""
        return dict(self.call("GET"))

    def set_options(self, **options: Any) -> dict[str, Any]:
        """Change options: token_lifetime_s, page_size, ags_mode, shares_people, zero."""
        return dict(self.call("PATCH", "", {"options": options}))

    def reset(self, *, seeded: bool = True) -> None:
        """Empty the LMS, tools too, and fill it with the demo course again."""
        self.call("POST", "reset", {"seeded": seeded})

    def rotate_key(self, *, keep_old: bool = True) -> str:
        """Sign with a new key from now on; returns its kid."""
        return str(self.call("POST", "rotate-key", {"keep_old": keep_old})["kid"])

    # -- tools -----------------------------------------------------------------------------------------
    def invite(self, tool_url: str) -> dict[str, Any]:
        """Return {url, registration_token, client_id}; opening `url` begins dynamic registration."""
        return dict(self.call("POST", "invitations", {"tool_url": tool_url}))

    def register(self, **values: Any) -> dict[str, Any]:
        """Register a tool by hand, active at once.

        Needs initiate_login_uri, redirect_uris, jwks_uri, target_link_uri; may have name, client_id,
        deep_link_uri, scopes, claims, custom.
        """
        return dict(self.call("POST", "registrations", values))

    def registrations(self) -> list[dict[str, Any]]:
        return list(self.call("GET", "registrations"))

    def activate(self, registration: int) -> dict[str, Any]:
        return dict(self.call("PATCH", f"registrations/{registration}", {"state": "active"}))

    def change_registration(self, registration: int, **values: Any) -> dict[str, Any]:
        """Change scopes, claims, custom or redirect_uris."""
        return dict(self.call("PATCH", f"registrations/{registration}", values))

    def remove_registration(self, registration: int) -> None:
        self.call("DELETE", f"registrations/{registration}")

    # -- people and courses ----------------------------------------------------------------------------
    def people(self) -> list[dict[str, Any]]:
        return list(self.call("GET", "people"))

    def add_person(self, username: str, **values: Any) -> dict[str, Any]:
        return dict(self.call("POST", "people", {"username": username, **values}))

    def user_id(self, username: str) -> str:
        """Return the `sub` of somebody."""
        return str(next(one["user_id"] for one in self.people() if one["username"] == username))

    def courses(self) -> list[dict[str, Any]]:
        return list(self.call("GET", "courses"))

    @property
    def course(self) -> int:
        """The first course, "Service and leadership" where the LMS was seeded."""
        return int(self.courses()[0]["id"])

    def add_course(self, title: str, label: str = "") -> dict[str, Any]:
        return dict(self.call("POST", "courses", {"title": title, "label": label}))

    def copy_course(self, course: int, title: str = "") -> dict[str, Any]:
        return dict(self.call("POST", f"courses/{course}/copy", {"title": title}))

    def roster(self, course: int) -> list[dict[str, Any]]:
        return list(self.call("GET", f"courses/{course}/roster"))

    def enrol(
        self, course: int, username: str, role: str | None = "learner", *, suspended: bool = False
    ) -> None:
        """Set somebody's role ("learner", "teacher"); None takes them out."""
        body = {"username": username, "role": role, "suspended": suspended}
        self.call("POST", f"courses/{course}/roster", body)

    # -- links -----------------------------------------------------------------------------------------
    def links(self, course: int) -> list[dict[str, Any]]:
        """Return the activities, each with its line_items."""
        return list(self.call("GET", f"courses/{course}/links"))

    def add_link(self, course: int, registration: int, item: dict[str, Any]) -> dict[str, Any]:
        """Make an activity from a content item ({title, url, custom, lineItem, …}) without deep linking."""
        return dict(
            self.call("POST", f"courses/{course}/links", {"registration": registration, "item": item})
        )

    def change_link(self, link: int, **values: Any) -> dict[str, Any]:
        """Change hidden, past_due or custom."""
        return dict(self.call("PATCH", f"links/{link}", values))

    def delete_link(self, link: int) -> None:
        self.call("DELETE", f"links/{link}")

    # -- launches --------------------------------------------------------------------------------------
    def start_launch(self, person: str, link: int, **values: Any) -> dict[str, Any]:
        """Return the login {method, url, fields, hint}.

        May have for_user (submission review), presentation, claims (test: replaces or, by None, removes).
        """
        return dict(self.call("POST", "launches", {"person": person, "link": link, **values}))

    def start_deep_link(self, person: str, course: int, registration: int, **values: Any) -> dict[str, Any]:
        """Return the login of a deep linking request, with its `id`.

        Links are made as soon as the answer arrives unless saves_at_once=False. May have settings (claims
        of deep_linking_settings) and claims.
        """
        body = {"person": person, "course": course, "registration": registration, **values}
        return dict(self.call("POST", "deep-links", body))

    def deep_link(self, deep_link: int) -> dict[str, Any]:
        """Return what came back: {state, items, problems, said}."""
        return dict(self.call("GET", f"deep-links/{deep_link}"))

    def save_deep_link(self, deep_link: int) -> dict[str, Any]:
        """Press the teacher's "Save and return to course"."""
        return dict(self.call("POST", f"deep-links/{deep_link}"))

    # -- grades ----------------------------------------------------------------------------------------
    def gradebook(self, course: int) -> dict[str, Any]:
        """Return {columns, learners, grades}."""
        return dict(self.call("GET", f"courses/{course}/gradebook"))

    def grade(self, course: int, line_item: int, username: str) -> dict[str, Any] | None:
        """Return one grade, None when there is none; `shown` is the figure in the gradebook."""
        for grade in self.gradebook(course)["grades"]:
            if (grade["line_item"], grade["username"]) == (line_item, username):
                return dict(grade)
        return None

    def override(
        self, line_item: int, username: str, shown: float | None, comment: str | None = None
    ) -> Json:
        """Set a grade as a teacher does; None gives it back to the tool."""
        body = {"shown": shown, "comment": comment}
        return self.call("POST", f"line-items/{line_item}/grades/{username}", body)

    def lock(self, line_item: int, username: str, locked: bool = True) -> Json:
        return self.call("POST", f"line-items/{line_item}/grades/{username}", {"locked": locked})

    def change_column(self, line_item: int, **values: Any) -> dict[str, Any]:
        """Change locked, attempts_allowed (Canvas) or maximum."""
        return dict(self.call("PATCH", f"line-items/{line_item}", values))

    def delete_column(self, line_item: int) -> None:
        self.call("DELETE", f"line-items/{line_item}")

    def score_posts(self, after: int = 0) -> list[dict[str, Any]]:
        """Return every score POST in order: given, maximum, stamp, status (0: dropped), applied, fault."""
        return list(self.call("GET", f"score-posts?after={after}"))

    def set_faults(self, **profile: Any) -> dict[str, Any]:
        """Replace the fault profile; no argument is an LMS that works. See sandbox_lms/faults.py."""
        return dict(self.call("PUT", "faults", profile))
