"""Studio: paste or upload a document, see its findings, save it. Only the course team reaches these handlers."""

from typing import Any

import msgspec
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.exceptions import JsonHandlerError

from scenario_engine.checks import check
from scenario_engine.codec import decode
from scenario_engine.document import Scenario
from scenario_engine.errors import BoundReached
from scenario_engine.findings import Finding, has_errors
from scenario_engine.proof import maximum_of
from scenario_engine.story import compile_story
from scenario_xblock import pages
from scenario_xblock.documents import stored_form, with_former
from scenario_xblock.fields import BlockFields


class StudioMixin(BlockFields):
    """The editing side of the block."""

    def studio_view(self, context: Any = None) -> Fragment:
        """Return the form of Studio's modal."""
        return pages.studio_page(self)

    @XBlock.json_handler
    def studio_check(self, data: Any, suffix: str = "") -> Any:
        """Return the findings of a pasted document, without saving it."""
        self._require_author()
        _, findings = _read(data)
        return {"findings": msgspec.to_builtins(findings), "publishable": not has_errors(findings)}

    @XBlock.json_handler
    def studio_submit(self, data: Any, suffix: str = "") -> Any:
        """Save settings and document. A document with errors is refused; nothing of the block has changed then."""
        self._require_author()
        scenario, findings = _read(data)
        if scenario is None or has_errors(findings):
            return {"saved": False, "findings": msgspec.to_builtins(findings)}
        settings = _read_settings(data)
        document, digest_ = stored_form(scenario)
        if self.document and digest_ != self.digest:
            self.former = with_former(self.former, self.digest, self.document, self.maximum)
        self.document, self.digest, self.maximum = document, digest_, _maximum(scenario)
        self.display_name = settings.display_name.strip() or scenario.title
        self.weight, self.max_attempts = settings.weight, settings.max_attempts
        return {"saved": True, "findings": msgspec.to_builtins(findings)}

    def _require_author(self) -> None:
        """Refuse learners: an LMS routes every handler of a block, also those meant for Studio."""
        in_studio = bool(getattr(self.runtime, "is_author_mode", False))
        in_workbench = type(self.runtime).__module__.startswith("workbench")
        if not (in_studio or in_workbench or getattr(self.runtime, "user_is_staff", False)):
            raise JsonHandlerError(403, "Only the course team can change this scenario.")


class _Settings(msgspec.Struct):
    display_name: str = ""
    weight: float = 1.0
    max_attempts: int | None = None


def _read_settings(data: Any) -> _Settings:
    try:
        settings = msgspec.convert(data.get("settings", {}), _Settings)
    except msgspec.ValidationError as error:
        raise JsonHandlerError(400, f"The settings cannot be read: {error}.") from error
    if settings.weight < 0 or (settings.max_attempts is not None and settings.max_attempts < 1):
        raise JsonHandlerError(400, "Weight must be 0 or more, attempts 1 or more or empty.")
    return settings


def _read(data: Any) -> tuple[Scenario | None, list[Finding]]:
    text = data.get("document", "") if isinstance(data, dict) else ""
    decoded = decode(str(text).encode("utf-8", "surrogatepass"))
    if decoded.scenario is None:
        return None, decoded.problems
    return decoded.scenario, [*decoded.problems, *check(decoded.scenario)]


def _maximum(scenario: Scenario) -> str:
    """Return the proven best total, or "" where the policy does not need one or the search met its bound."""
    if scenario.scoring.grade != "best_path":
        return ""
    try:
        return str(maximum_of(compile_story(scenario)))
    except BoundReached:
        return ""
