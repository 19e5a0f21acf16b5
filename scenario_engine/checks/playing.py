"""Rules about playing: what this release cannot play yet is named, scene by scene, before anybody publishes it."""

from collections.abc import Iterator

from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.document import Question, Reflection, Roleplay, Scene

PLAYABLE_QUESTIONS = ("single", "multiple")
_NAMES = {
    "numeric": "number questions",
    "short_text": "short-text questions",
    "ordering": "ordering questions",
    "matching": "matching questions",
}


def find_not_yet_playable(subject: Subject) -> Problems:
    """Yield one problem for each scene that this release cannot play, naming the feature."""
    hint = "You can draft and keep it; to publish now, use another kind of scene here."
    for scene in subject.scenario.scenes:
        features = list(_not_yet(scene))
        if features:
            message = f"This release cannot play {' or '.join(features)} yet."
            yield Problem(message, hint, scene.id, path=subject.path(scene))


def _not_yet(scene: Scene) -> Iterator[str]:
    if isinstance(scene, Roleplay):
        yield "role-plays"
    elif isinstance(scene, Reflection):
        yield "reflections"
    elif isinstance(scene, Question) and scene.type not in PLAYABLE_QUESTIONS:
        yield _NAMES[scene.type]


def find_useless_tries(subject: Subject) -> Problems:
    """Yield each question with several tries that goes on before a second one can be made."""
    for scene in subject.scenario.scenes:
        if not isinstance(scene, Question) or scene.tries == 1:
            continue
        if (scene.feedback or subject.scenario.scoring.feedback) != "at_once":
            message = f"It offers {scene.tries} tries, but with feedback in the debrief it goes on after the first."
            hint = "Give its feedback at once, or offer one try."
            yield Problem(message, hint, scene.id, path=subject.path(scene, ".tries"))
