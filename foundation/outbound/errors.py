"""What can go wrong with an outbound call.

OutboundError
├── Refused        we do not call that address
├── Unreachable    no connection: surely nothing arrived
├── Interrupted    the connection broke afterwards: it may have arrived
├── TimedOut       no whole answer in time: it may have arrived
├── TooLarge       the answer exceeds the cap
├── BadStatus      an answer, but not 2xx (raised by Answer.check only)
└── NotJson        an answer that should be JSON and is not
"""


class OutboundError(Exception):
    """An outbound call failed. `may_have_arrived` says whether the other side may have acted on it."""

    may_have_arrived = True


class Refused(OutboundError):
    may_have_arrived = False


class Unreachable(OutboundError):
    may_have_arrived = False


class Interrupted(OutboundError):
    pass


class TimedOut(OutboundError):
    pass


class TooLarge(OutboundError):
    pass


class BadStatus(OutboundError):
    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class NotJson(OutboundError):
    pass
