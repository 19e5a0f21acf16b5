"""What can go wrong with a model, in words for the designer. A model's failure never costs a learner a point.

ModelError            `code` is stable; `retry_after_s` says when it may heal, None when trying again cannot help
├── NotConfigured     no provider, or one that is switched off
├── OverBudget        this month's budget of the organisation is used up
├── Unreachable       refused, reset, unknown host, not allowed to be called
├── TimedOut          no answer in time
├── RateLimited       429, or 503 while a model loads
├── KeyRefused        401 or 403
├── BadRequest        400, 404, 422: a setting is wrong
├── Declined          the model would not answer, or a filter cut it
├── CutOff            the answer ended early
└── Unusable          the answer is not what was asked for
"""

from __future__ import annotations


class ModelError(Exception):
    """Anything a provider raises on purpose."""

    code = "ai.error"
    heals = False

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class NotConfigured(ModelError):
    """There is no model to ask."""

    code = "ai.not-configured"


class OverBudget(ModelError):
    """The organisation has used its budget of this month."""

    code = "ai.over-budget"


class Unreachable(ModelError):
    """The server could not be reached."""

    code = "ai.unreachable"
    heals = True


class TimedOut(ModelError):
    """The server did not answer in time."""

    code = "ai.timed-out"
    heals = True


class RateLimited(ModelError):
    """The server asks us to wait."""

    code = "ai.rate-limited"
    heals = True


class KeyRefused(ModelError):
    """The server does not accept the key."""

    code = "ai.key-refused"


class BadRequest(ModelError):
    """The server does not understand what we ask, or does not know the model."""

    code = "ai.bad-request"


class Declined(ModelError):
    """The model would not answer."""

    code = "ai.declined"


class CutOff(ModelError):
    """The answer ended before it was complete."""

    code = "ai.cut-off"
    heals = True


class Unusable(ModelError):
    """The answer cannot be read as what was asked for."""

    code = "ai.unusable"
    heals = True
