"""One LMS of a running sandbox, as tests drive it: a method for each thing the admin API can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox_lms.testing import Sandbox


class LmsHandle:
    """One LMS of a sandbox, by the admin API. People are named by username."""

    def __init__(self, sandbox: Sandbox, key: str) -> None:
        self.sandbox, self.key = sandbox, key

    def call(self, method: str, path: str = "", body: dict[str, Any] | None = None) -> Any:
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

    def copy_course(self, course: int, title: str = "") -> dict[str, Any]:
        return dict(self.call("POST", f"courses/{course}/copy", {"title": title}))

    def roster(self, course: int) -> list[dict[str, Any]]:
        return list(self.call("GET", f"courses/{course}/roster"))

    def enrol(self, course: int, username: str, role: str | None = "learner", *, suspended: bool = False) -> None:
        """Set somebody's role ("learner", "teacher"); None takes them out."""
        body = {"username": username, "role": role, "suspended": suspended}
        self.call("POST", f"courses/{course}/roster", body)

    # -- links -----------------------------------------------------------------------------------------
    def links(self, course: int) -> list[dict[str, Any]]:
        """Return the activities, each with its line_items."""
        return list(self.call("GET", f"courses/{course}/links"))

    def add_link(self, course: int, registration: int, item: dict[str, Any]) -> dict[str, Any]:
        """Make an activity from a content item ({title, url, custom, lineItem, …}) without deep linking."""
        return dict(self.call("POST", f"courses/{course}/links", {"registration": registration, "item": item}))

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

    def override(self, line_item: int, username: str, shown: float | None, comment: str | None = None) -> Any:
        """Set a grade as a teacher does; None gives it back to the tool."""
        body = {"shown": shown, "comment": comment}
        return self.call("POST", f"line-items/{line_item}/grades/{username}", body)

    def lock(self, line_item: int, username: str, locked: bool = True) -> Any:
        return self.call("POST", f"line-items/{line_item}/grades/{username}", {"locked": locked})

    def delete_column(self, line_item: int) -> None:
        self.call("DELETE", f"line-items/{line_item}")

    def score_posts(self, after: int = 0) -> list[dict[str, Any]]:
        """Return every score POST in order: given, maximum, stamp, status (0: dropped), applied, fault."""
        return list(self.call("GET", f"score-posts?after={after}"))

    def set_faults(self, **profile: Any) -> dict[str, Any]:
        """Replace the fault profile; no argument is an LMS that works. See sandbox_lms/faults.py."""
        return dict(self.call("PUT", "faults", profile))
