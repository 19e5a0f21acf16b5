"""The block: its fields, its views and its handlers. What an attempt does lives in `playing`, grades in `grading`."""

from typing import Any

from web_fragments.fragment import Fragment
from xblock.completable import CompletableXBlockMixin
from xblock.core import XBlock
from xblock.fields import Dict, Float, Integer, Scope, String

from scenario_xblock import pages
from scenario_xblock.documents import story_of
from scenario_xblock.exchange import OlxMixin
from scenario_xblock.grading import GradingMixin
from scenario_xblock.journal import JournalMixin
from scenario_xblock.playing import PlayingMixin
from scenario_xblock.studio import StudioMixin


def _(text: str) -> str:
    return text


@XBlock.needs("i18n")
@XBlock.wants("user", "completion", "replace_urls")
class ScenarioXBlock(
    GradingMixin,
    JournalMixin,
    PlayingMixin,
    StudioMixin,
    OlxMixin,
    CompletableXBlockMixin,  # type: ignore[misc]
    XBlock,  # type: ignore[misc]
):
    """A branching conversation, scored on the server, with its grade in the course."""

    display_name = String(default="Scenario", scope=Scope.settings, display_name=_("Name"))
    weight = Float(
        default=1.0,
        scope=Scope.settings,
        display_name=_("Weight"),
        help=_("How many points a full grade is worth in this subsection."),
        values={"min": 0},
    )
    max_attempts = Integer(
        default=None,
        scope=Scope.settings,
        display_name=_("Attempts"),
        help=_("How many attempts may be finished; empty for as many as the scenario allows."),
        values={"min": 1},
    )
    document = String(default="", scope=Scope.content)
    digest = String(default="", scope=Scope.content)
    maximum = String(default="", scope=Scope.content)
    media = Dict(default={}, scope=Scope.content)
    former = Dict(default={}, scope=Scope.content)
    source = Dict(default={}, scope=Scope.content)
    record = Dict(default={}, scope=Scope.user_state)
    # What learners write for themselves: a field of theirs over all blocks, which no page of the course team shows.
    journal = Dict(default={}, scope=Scope.preferences)
    # "Reset attempts" in the instructor dashboard writes exactly this key.
    attempts = Integer(default=0, scope=Scope.user_state)

    icon_class = "problem"

    @XBlock.supports("multi_device")
    def student_view(self, context: Any = None) -> Fragment:
        """Return the page that plays the scenario."""
        if story_of(self.document, self.maximum) is None:
            return pages.empty_page(self)
        return pages.player_page(self)

    @XBlock.supports("multi_device")
    def public_view(self, context: Any = None) -> Fragment:
        """Return the invitation for those who have not signed in: attempts need somebody to belong to."""
        return pages.sign_in_page(self)

    def author_view(self, context: Any = None) -> Fragment:
        """Return a static outline for Studio, without any learner's state."""
        return pages.outline_page(self)

    def student_view_data(self, context: Any = None) -> dict[str, Any]:
        """Return what the mobile API may know: never a score, never a scene."""
        story = story_of(self.document, self.maximum)
        minutes = story.scenario.minutes if story else None
        return {"title": self.display_name, "minutes": minutes}

    def index_dictionary(self) -> dict[str, Any]:
        """Return what course search may find: title and summary, no answers."""
        story = story_of(self.document, self.maximum)
        summary = story.scenario.summary if story else ""
        return {"content": {"display_name": self.display_name, "summary": summary}, "content_type": "Scenario"}
