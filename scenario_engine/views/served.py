"""What a host answers to every play request."""

from typing import Any, Literal

from scenario_engine.findings import Finding
from scenario_engine.views.after import Debrief
from scenario_engine.views.now import View
from scenario_engine.views.shapes import Shape

DeliveryStatus = Literal["none", "saved", "sent", "confirmed", "held", "delayed"]


class Delivery(Shape):
    """Where the grade is on its way to the LMS, in words the learner understands."""

    status: DeliveryStatus
    at: str = ""


class Served(Shape):
    """What a host answers to every play request. `media` maps the keys of this view to URLs.

    `error` is set when the request was refused (409 stale, 422 not offered) and the view is the current one.
    """

    view: View
    media: dict[str, str] = {}
    debrief: Debrief | None = None
    delivery: Delivery | None = None
    attempt: int = 1
    attempts_left: int | None = None
    can_start_again: bool = False
    is_preview: bool = False
    poll_after_s: float | None = None
    error: str = ""
    error_code: str = ""


class TestPlayed(Shape):
    """What the editor's test-play answers: the unsaved document's own findings when it cannot be played."""

    served: Served | None = None
    state: dict[str, Any] = {}
    findings: list[Finding] = []
