"""The clock of a timed decision, as every host with a clock of its own runs it. Time never changes points.

It runs from the last step; a page opened anew gives no time back, and nobody is hurried before they have begun.
"""

from scenario_engine.views import Served


def run_clock(served: Served, elapsed_s: float) -> bool:
    """Shorten the time shown by what has passed since the last step; say whether it is up: then record `time_up`."""
    timer = served.view.timer
    if timer is None or timer.is_off or served.view.stage != "scene" or served.view.about is not None:
        return False
    timer.seconds = max(0, timer.seconds - max(0, int(elapsed_s)))
    return timer.seconds == 0
