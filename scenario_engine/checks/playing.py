"""Rules about playing: what can be offered but not done, and what has not been put in place yet."""

from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.document import Question, Route


def find_unlinked_calls(subject: Subject) -> Problems:
    """Yield each call of another scenario: publishing puts what is called in its place before anything is checked."""
    for scene in subject.scenario.scenes:
        if isinstance(scene, Route) and scene.call is not None:
            message = f"It calls “{scene.call.scenario}”, which has not been put in its place."
            hint = "Publish that scenario first; then it is put in place here."
            yield Problem(message, hint, scene.id, path=subject.path(scene, ".call"))


def find_useless_tries(subject: Subject) -> Problems:
    """Yield each question with several tries that goes on before a second one can be made."""
    for scene in subject.scenario.scenes:
        if not isinstance(scene, Question) or scene.tries == 1:
            continue
        if (scene.feedback or subject.scenario.scoring.feedback) != "at_once":
            message = f"It offers {scene.tries} tries, but with feedback in the debrief it goes on after the first."
            hint = "Give its feedback at once, or offer one try."
            yield Problem(message, hint, scene.id, path=subject.path(scene, ".tries"))
