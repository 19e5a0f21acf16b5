"""Rules about time limits: they must leave time to read, and whoever needs it must be able to switch them off."""

from scenario_engine.checks.reading import count_words
from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.document import Decision

# A careful reader of a second language, and a moment to decide.
WORDS_A_MINUTE, SECONDS_TO_DECIDE = 150, 5


def _timed(subject: Subject) -> list[Decision]:
    return [scene for scene in subject.scenario.scenes if isinstance(scene, Decision) and scene.timed is not None]


def find_fixed_timers(subject: Subject) -> Problems:
    """Yield each time limit that nobody may switch off."""
    for scene in _timed(subject):
        if scene.timed is not None and not scene.timed.learner_may_switch_off:
            message = "Nobody may switch off this time limit: who reads slowly, or by ear, is shut out."
            hint = "Let learners switch it off; the same maximum can be earned without it."
            yield Problem(message, hint, scene.id, path=subject.path(scene, ".timed.learner_may_switch_off"))


def find_short_timers(subject: Subject) -> Problems:
    """Yield each time limit that is over before everything has been read."""
    for scene in _timed(subject):
        texts = [scene.prompt, *(beat.text for beat in scene.beats), *(choice.text for choice in scene.choices)]
        needed = SECONDS_TO_DECIDE + 60 * sum(map(count_words, texts)) / WORDS_A_MINUTE
        if scene.timed is not None and scene.timed.seconds < needed:
            message = f"{scene.timed.seconds} seconds are too few to read this: it takes about {needed:.0f}."
            hint = "Give more time, or shorten what must be read: the limit is meant for the decision."
            yield Problem(message, hint, scene.id, path=subject.path(scene, ".timed.seconds"))


def find_paying_timeouts(subject: Subject) -> Problems:
    """Yield each time limit whose expiry is as good as the best choice, or that the first choice shown answers."""
    for scene in _timed(subject):
        values = {choice.id: subject.values[choice.id] for choice in scene.choices}
        late = scene.timed.on_timeout if scene.timed else ""
        if late in values and len(set(values.values())) > 1 and values[late] == max(values.values()):
            message = "Doing nothing until time is up earns as much here as the best choice."
            hint = "Unless silence is the point, let another choice stand for it."
            yield Problem(message, hint, scene.id, late, subject.path(scene, ".timed.on_timeout"))
