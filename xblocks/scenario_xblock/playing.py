"""Playing: load, act and start again as JSON handlers; the state is saved with the grade it leads to."""

import time
from collections.abc import Iterable
from typing import Any

import msgspec
from xblock.core import XBlock
from xblock.exceptions import JsonHandlerError

from scenario_engine.actions import LEARNER_ACTIONS, Action, TimeUp
from scenario_engine.clock import run_clock
from scenario_engine.errors import ActionRefused, NotPlayable
from scenario_engine.hosting import PrivateWords, advance_without_judge, serve, set_apart
from scenario_engine.play import start
from scenario_engine.scoring import score
from scenario_engine.state import State
from scenario_engine.story import Story
from scenario_engine.views import Delivery, DeliveryStatus, Served
from scenario_xblock.documents import story_of
from scenario_xblock.fields import BlockFields
from scenario_xblock.journal import without_coach
from scenario_xblock.record import Finished, Record, read_record, write_record


def seconds_now() -> float:
    """Return the time as a timed decision counts it."""
    return time.time()


class PlayingMixin(BlockFields):
    """The learner's handlers. Every choice is checked here: the browser only asks."""

    @XBlock.json_handler
    def load(self, data: Any, suffix: str = "") -> Any:
        """Return where the attempt is, beginning the first one if there is none."""
        record = read_record(self.record)
        story = self._story_for(record)
        if record.state is None:
            self._begin(story, record)
            self._save(record)
        self._take_time(story, record)
        return self._answer(story, record)

    @XBlock.json_handler
    def act(self, data: Any, suffix: str = "") -> Any:
        """Take {seq, action}. A stale seq changes nothing and answers with the current view."""
        record = read_record(self.record)
        story = self._story_for(record)
        if record.state is None:
            return self._answer(story, record, "Open the activity first.", "play.not-started")
        action = _read_action(data)
        if data.get("seq") != record.state.seq:
            return self._answer(story, record, "This step was already taken.", "play.stale")
        if self._is_past_due():
            raise JsonHandlerError(403, "The due date of this activity has passed.")
        try:
            self._advance(story, record, action)
        except ActionRefused as error:
            return self._answer(story, record, str(error), error.code)
        return self._answer(story, record)

    @XBlock.json_handler
    def restart(self, data: Any, suffix: str = "") -> Any:
        """Begin the next attempt, when one is left."""
        record = read_record(self.record)
        if not self._may_start_again(record):
            raise JsonHandlerError(409, "No further attempt can be started.")
        record.digest, record.state = "", None
        story = self._story_for(record)
        self._begin(story, record)
        self._save(record)
        return self._answer(story, record)

    def _advance(self, story: Story, record: Record, action: Action) -> None:
        """Take an action, save where it leads, and report the grade when it was the last."""
        before = record.state
        if before is None:
            return
        record.state, _ = advance_without_judge(story, before, action)
        record.moved_at = seconds_now()
        self.keep_private(record.number, set_apart(before, action)[1])
        finished = self._finish(story, record)
        self._save(record)
        if finished:
            self._report(record, finished)

    def _take_time(self, story: Story, record: Record) -> None:
        """Record that the time of a decision is over, by our own clock: the player asks when its own has run out."""
        if record.state is None or self._is_past_due():
            return
        shown = serve(story, record.state, lambda keys: {})
        if run_clock(shown, seconds_now() - record.moved_at):
            self._advance(story, record, TimeUp())

    def _story_for(self, record: Record) -> Story:
        """Return the edition this attempt was begun with; the current one for a new attempt."""
        former = self.former.get(record.digest) if record.digest and record.digest != self.digest else None
        story = story_of(former["document"], former["maximum"]) if former else story_of(self.document, self.maximum)
        if story is None:
            raise JsonHandlerError(404, "There is no scenario here yet. The course team can add one in Studio.")
        if record.state is not None and record.digest != self.digest and former is None:
            # The edition is gone. A state that the current one cannot continue must not be shown as if it could.
            record.digest, record.state = "", None
        return story

    def _begin(self, story: Story, record: Record) -> None:
        record.number += 1
        record.digest = self.digest
        record.moved_at = seconds_now()
        try:
            record.state = start(story, f"{self._learner_id()}:{self.digest}:{record.number}", record.number)
        except NotPlayable as error:
            raise JsonHandlerError(409, f"This scenario cannot be played: {error}") from error

    def _finish(self, story: Story, record: Record) -> Finished | None:
        """Add the attempt to the finished ones when it has just reached its graded ending; a stopped one counts not."""
        state = record.state
        if state is None or not state.graded_at or state.stopped:
            return None
        if any(each.number == record.number for each in record.finished):
            return None
        result = score(story, state)
        finished = Finished(record.number, record.digest, state.graded_at, completed=result.completed)
        finished.take(result)
        record.finished = [*record.finished, finished]
        self.attempts = len(record.finished)
        return finished

    def _may_start_again(self, record: Record) -> bool:
        left = self._attempts_left()
        over = record.state is None or record.state.over or bool(record.state.graded_at)
        return over and (left is None or left > 0) and not self._is_past_due()

    def _attempts_left(self) -> int | None:
        story = story_of(self.document, self.maximum)
        allowed = self.max_attempts or (story.scenario.scoring.attempts if story else None)
        return None if allowed is None else max(0, allowed - self.attempts)

    def _answer(self, story: Story, record: Record, error: str = "", code: str = "") -> Any:
        if record.state is None:
            raise JsonHandlerError(409, error or "Open the activity again.")
        private = self.private_words(record.number, record.state)
        served: Served = serve(story, record.state, self._locate_media, private=private)
        without_coach(served)
        run_clock(served, seconds_now() - record.moved_at)
        served.attempt = record.number
        served.attempts_left = self._attempts_left()
        served.can_start_again = self._may_start_again(record)
        served.error, served.error_code = error, code
        if served.debrief is not None:
            kept = next((each for each in record.finished if each.number == record.number), None)
            served.delivery = Delivery(status=_delivery(kept))
        return msgspec.to_builtins(served)

    def _locate_media(self, keys: Iterable[str]) -> dict[str, str]:
        """Return URLs for media keys; the runtime turns /static/ paths of the course into real ones."""
        replace = self.runtime.service(self, "replace_urls") if self._has_service("replace_urls") else None
        found = {}
        for key in keys:
            path = self.media.get(key) or f"/static/{key.rsplit('/', 1)[-1]}"
            found[key] = replace.replace_urls(f'"{path}"').strip('"') if replace else path
        return found

    def _report(self, record: Record, finished: Finished) -> None:
        raise NotImplementedError  # GradingMixin

    def _is_past_due(self) -> bool:
        raise NotImplementedError  # GradingMixin

    def private_words(self, number: int, state: State) -> dict[str, str]:
        raise NotImplementedError  # JournalMixin

    def keep_private(self, number: int, words: PrivateWords | None) -> None:
        raise NotImplementedError  # JournalMixin

    def _has_service(self, name: str) -> bool:
        try:
            return self.runtime.service(self, name) is not None
        except Exception:
            return False

    def _learner_id(self) -> str:
        return str(self.scope_ids.user_id or "anonymous")

    def _save(self, record: Record) -> None:
        try:
            self.record = write_record(record)
        except ValueError as error:
            raise JsonHandlerError(413, str(error)) from error


def _delivery(finished: Finished | None) -> DeliveryStatus:
    if finished is None:
        return "none"
    return "held" if finished.held else "saved" if finished.grade is not None else "none"


def _read_action(data: Any) -> Action:
    try:
        action: Action = msgspec.convert(data["action"] if isinstance(data, dict) else None, Action)
    except (KeyError, msgspec.ValidationError) as error:
        raise JsonHandlerError(400, "The body must be {seq, action} with a known action.") from error
    if not isinstance(action, LEARNER_ACTIONS):
        raise JsonHandlerError(400, "Only the course itself can record that.")
    return action
