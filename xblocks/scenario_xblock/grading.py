"""The grading contract of Open edX: a weight, rescoring, overrides, due dates, and completion beside the grade.

Source: xblock.scorable.ScorableXBlockMixin; the LMS also calls a public `publish_grade` when a grade is overridden.
"""

from typing import Any

from xblock.scorable import ScorableXBlockMixin, Score

from scenario_engine.scoring import AttemptPolicy, score
from scenario_xblock.documents import story_of
from scenario_xblock.fields import BlockFields
from scenario_xblock.record import Finished, Record, read_record, write_record


class GradingMixin(ScorableXBlockMixin, BlockFields):  # type: ignore[misc]
    """Grades are published raw, 0..1; the LMS multiplies by `weight`."""

    def max_score(self) -> float:
        """Return the points of a full grade: the scale on which the course team overrides a score."""
        return float(self.weight)

    def has_submitted_answer(self) -> bool:
        """Return whether an attempt has been finished."""
        return bool(read_record(self.record).finished)

    def get_score(self) -> Score:
        """Return the stored grade."""
        ratio = read_record(self.record).ratio(self._policy())
        return Score(raw_earned=ratio or 0.0, raw_possible=1.0)

    def set_score(self, score: Score) -> None:
        """Keep a grade set by the course team: it wins until the learner's state is deleted or rescored."""
        record = read_record(self.record)
        record.override = min(1.0, max(0.0, score.raw_earned / (score.raw_possible or 1.0)))
        self.record = write_record(record)

    def calculate_score(self) -> Score:
        """Return the grade computed anew from what was played; changes nothing."""
        record = self._rescored(read_record(self.record))
        return Score(raw_earned=record.ratio(self._policy()) or 0.0, raw_possible=1.0)

    def rescore(self, only_if_higher: bool) -> None:
        """Compute the grade anew, keep it and publish it; an override ends here."""
        if not self.has_submitted_answer():
            raise ValueError("Nothing has been finished that could be scored again.")
        before = self.get_score()
        record = self._rescored(read_record(self.record))
        after = Score(raw_earned=record.ratio(self._policy()) or 0.0, raw_possible=1.0)
        if not only_if_higher or after.raw_earned > before.raw_earned:
            self.record = write_record(record)
            self._publish_grade(after, only_if_higher)

    def publish_grade(self, score: Score | None = None, only_if_higher: bool | None = None) -> None:
        """Publish the stored grade: the LMS calls this by name after an override."""
        self._publish_grade(score or self.get_score(), only_if_higher)

    def _rescored(self, record: Record) -> Record:
        record.override = None
        state = record.state
        story = self._story_for(record) if state is not None else None
        if story is not None and record.state is not None and record.state.graded_at:
            result = score(story, record.state)
            for finished in record.finished:
                if finished.number == record.number:
                    finished.take(result)
        return record

    def _report(self, record: Record, finished: Finished) -> None:
        """Publish the grade and the completion that a finished attempt led to. No grade is never a zero."""
        if self._is_in_library():
            return
        ratio = record.ratio(self._policy())
        if ratio is not None:
            self._publish_grade(Score(raw_earned=ratio, raw_possible=1.0), self._policy() == "best")
        if finished.completed:
            self.emit_completion(1.0)

    def _policy(self) -> AttemptPolicy:
        story = story_of(self.document, self.maximum)
        return story.scenario.scoring.attempt if story else "best"

    def _is_past_due(self) -> bool:
        """Return whether the due date (with its grace period) has passed; the LMS leaves that to the block."""
        passed: Any = getattr(self, "has_deadline_passed", None)
        if callable(passed) and not self._is_staff():
            return bool(passed())
        return False

    def _is_staff(self) -> bool:
        return bool(getattr(self.runtime, "user_is_staff", False))

    def _is_in_library(self) -> bool:
        key = getattr(self.scope_ids.usage_id, "context_key", None)
        return bool(getattr(key, "is_library", False)) or type(key).__name__.startswith("Library")
