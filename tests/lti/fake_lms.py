"""The gradebook of an LMS in memory, with the rules of real ones and the faults of a bad day.

Rules as in lti.products: Moodle compares stamps in whole seconds (409), Canvas takes equal ones, Open edX refuses
both older and equal ones (400).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from foundation.api import Answer, Interrupted, OutboundError, TimedOut
from tests.lti.fake_web import Call, FakeWeb, answer

# What a score of somebody outside the course is answered.
NOT_GRADABLE = {
    "canvas": (422, b"Incorrect score received"),
    "brightspace": (403, b"The user is not enrolled in this org unit."),
    "blackboard": (400, b"User could not be found"),
    "sakai": (400, b"Could not find user in site"),
}
# Where a score without a comment leaves the one that is there.
KEEPS_COMMENTS = ("brightspace", "sakai")
SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"


@dataclass
class Cell:
    """What one person's cell holds."""

    score: float
    maximum: float
    stamp: datetime
    comment: str = ""
    comments: list[str] = field(default_factory=list)
    submissions: int = 0


@dataclass
class FakeLms:
    """One column at `item_url` (a query in it for Moodle), and the token endpoint."""

    web: FakeWeb
    issuer: str
    rules: str = "plain"
    item_url: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)
    items: list[dict[str, Any]] = field(default_factory=list)
    not_gradable: set[str] = field(default_factory=set)
    # Taken one per score post, before anything else: a status, or an error; "applied" ones store the score first.
    faults: list[Any] = field(default_factory=list)
    tokens: int = 0
    valid_tokens: set[str] = field(default_factory=set)
    before_post: Callable[[], None] | None = None

    def __post_init__(self) -> None:
        self.item_url = self.item_url or f"{self.issuer}/items/3/lineitem?type_id=2"
        base = self.item_url.split("?")[0]
        self.items_url = f"{self.issuer}/items"
        self.web.on("POST", f"{self.issuer}/token", self.token)
        self.web.on("POST", f"{base}/scores", self.scores)
        self.web.on("GET", f"{base}/results", self.results)
        self.web.on("GET", self.items_url, self.list_items)
        self.web.on("POST", self.items_url, self.make_item)

    @property
    def endpoint(self) -> dict[str, Any]:
        scope = "https://purl.imsglobal.org/spec/lti-ags/scope/"
        scopes = [scope + name for name in ("score", "result.readonly", "lineitem")]
        return {"scope": scopes, "lineitems": self.items_url, "lineitem": self.item_url}

    def posts(self) -> list[Call]:
        return [call for call in self.web.calls if call.method == "POST" and call.path.endswith("/scores")]

    def token(self, call: Call) -> Answer:
        self.tokens += 1
        value = f"token-{self.tokens}"
        self.valid_tokens.add(value)
        return answer(call, 200, {"access_token": value, "token_type": "bearer", "expires_in": 3600})

    def scores(self, call: Call) -> Answer | OutboundError:
        if self.before_post is not None:
            self.before_post()
        if call.headers["Authorization"].removeprefix("Bearer ") not in self.valid_tokens:
            return answer(call, 401)
        if call.headers["Content-Type"] != SCORE_TYPE or call.headers["Accept"] != SCORE_TYPE:
            return answer(call, 400, b"No handler found")
        fault = self.faults.pop(0) if self.faults else None
        if fault is None:
            return self._store(call)
        if isinstance(fault, tuple) and fault[0] == "applied":
            self._store(call)
            fault = fault[1]
        if fault == "timeout":
            return TimedOut("no answer in time")
        if fault == "reset":
            return Interrupted("connection reset")
        if isinstance(fault, int):
            return answer(call, fault, b"[]")
        status, headers, body = fault
        return answer(call, status, body, headers)

    def _store(self, call: Call) -> Answer:
        body = call.json()
        sub, stamp = body["userId"], datetime.fromisoformat(body["timestamp"])
        if sub in self.not_gradable:
            return answer(call, *NOT_GRADABLE.get(self.rules, (400, b"Incorrect score received")))
        cell = self.cells.get(sub)
        if cell is not None and (refused := self._stale(call, cell, stamp)):
            return refused
        made = cell or Cell(0, 100, stamp)
        made.score, made.maximum, made.stamp = body["scoreGiven"], body["scoreMaximum"], stamp
        made.comment = body.get("comment", made.comment if self.rules in KEEPS_COMMENTS else "")
        if "comment" in body:
            made.comments.append(body["comment"])
        submission = body.get("https://canvas.instructure.com/lti/submission", {})
        made.submissions += 1 if submission.get("new_submission", True) else 0
        self.cells[sub] = made
        return answer(call, 201 if self.rules == "openedx" else 200)

    def _stale(self, call: Call, cell: Cell, stamp: datetime) -> Answer | None:
        if self.rules == "moodle" and int(stamp.timestamp()) <= int(cell.stamp.timestamp()):
            return answer(call, 409)
        if self.rules == "openedx" and stamp <= cell.stamp:
            return answer(call, 400, {"timestamp": ["Score already exists for the provided timestamp."]})
        if self.rules in ("canvas", "plain") and stamp < cell.stamp:
            return answer(call, 400 if self.rules == "canvas" else 409, b"older timestamp")
        return None

    def results(self, call: Call) -> Answer:
        wanted = parse_qs(urlsplit(call.url).query).get("user_id", [""])[0]
        rows = [
            {
                "userId": sub,
                "resultScore": cell.score,
                "resultMaximum": cell.maximum,
                "comment": cell.comment,
                "timestamp": cell.stamp.isoformat(),
            }
            for sub, cell in self.cells.items()
            if sub == wanted or not wanted
        ]
        if self.rules == "blackboard" and wanted:  # hypothesis/lms #5685
            rows = [{name: value for name, value in row.items() if name != "comment"} for row in rows]
        return answer(call, 200, rows)

    def list_items(self, call: Call) -> Answer:
        link = parse_qs(urlsplit(call.url).query).get("resource_link_id", [""])[0]
        return answer(call, 200, [item for item in self.items if not link or item.get("resourceLinkId") == link])

    def make_item(self, call: Call) -> Answer:
        made = {**call.json(), "id": f"{self.issuer}/items/{len(self.items) + 10}/lineitem"}
        self.items.append(made)
        self.web.on("PUT", made["id"], lambda put: self._change_item(put, made))
        self.web.on("POST", f"{made['id']}/scores", self.scores)
        self.web.on("GET", f"{made['id']}/results", self.results)
        return answer(call, 201, made)

    def _change_item(self, call: Call, item: dict[str, Any]) -> Answer:
        item |= call.json()
        return answer(call, 200, item)
