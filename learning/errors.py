"""Why a request of a learner or coach is not done. Pages and the HTTP API turn them into answers.

LearningError (code, sentence)
├── NotAllowed         401: no token, a broken one, or one that has run out
├── NotThere           404: nothing here for this person; says the same whether or not it exists
├── Refused            403: known and forbidden now (locked module, closed placement, attempts used up)
├── NotAsExpected      409: the page the person worked on is no longer current
├── CannotCorrect      422: what a coach entered cannot be used
├── StaleStep          409 with what is current: the step was made on an older view
└── StepRefused        422 with what is current: the action does not fit where the attempt is
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from scenario_engine.views import Served


class LearningError(Exception):
    """Anything that learning raises on purpose."""

    status = 400

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class NotAllowed(LearningError):
    status = 401


class NotThere(LearningError):
    status = 404

    def __init__(self) -> None:
        super().__init__("not_found", _("There is nothing here. Open the activity again from your course."))


class Refused(LearningError):
    status = 403


class NotAsExpected(LearningError):
    status = 409


class CannotCorrect(LearningError):
    status = 422


class StaleStep(LearningError):
    """The attempt has moved on since the view that this step answers. `served` is what is current."""

    status = 409

    def __init__(self, served: "Served") -> None:
        super().__init__("step.stale", _("This has moved on already; here is where you are."))
        self.served = served


class StepRefused(LearningError):
    """The action cannot be done here. Nothing has changed; `served` is what is current."""

    status = 422

    def __init__(self, code: str, sentence: str, served: "Served") -> None:
        super().__init__(code, sentence)
        self.served = served
