"""Rules about the scoring block and about single scenes; what needs a search of all plays lives in `fairness`."""

from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.credits import best_credit, can_be_given
from scenario_engine.document import Decision, Ending, Question, Reply, Roleplay, Scene
from scenario_engine.worth import ending_fixes_a_grade, grade_policy, is_moment


def find_missing_maximum(subject: Subject) -> Problems:
    """Yield a problem when the grade is measured against a maximum that nobody declared."""
    scoring = subject.scenario.scoring
    if grade_policy(subject.scenario) == "declared_max" and scoring.max is None:
        hint = "Say what a full grade takes, or grade by the best path."
        yield Problem("The grade is measured against a declared maximum, but none is declared.", hint, path="$.scoring")


def find_endings_without_grade(subject: Subject) -> Problems:
    """Yield each ending that should fix a grade and says none."""
    if grade_policy(subject.scenario) != "ending":
        return
    for scene in subject.scenario.scenes:
        if not isinstance(scene, Ending) or scene.grade is not None or not ending_fixes_a_grade(scene):
            continue
        if scene.id in subject.reachable:
            message = "The endings fix the grade, but this one has none."
            hint = "Give it a grade from 0 to 1, or “none” where the attempt is not to be graded."
            yield Problem(message, hint, scene.id, path=subject.path(scene, ".grade"))


def find_mixed_moments(subject: Subject) -> Problems:
    """Yield each moment whose scenes do not count alike."""
    shared: dict[str, list[Scene]] = {}
    for scene in subject.scenario.scenes:
        if isinstance(scene, Decision | Question | Reply | Roleplay | Ending):
            shared.setdefault(subject.story.moment_of(scene), []).append(scene)
    for moment, scenes in shared.items():
        for message in _mixed(moment, scenes) if len(scenes) > 1 else ():
            hint = "Let its scenes count alike, or give this one a moment of its own."
            yield Problem(message, hint, scenes[-1].id, path=subject.path(scenes[-1], ".moment"))


def _mixed(moment: str, scenes: list[Scene]) -> list[str]:
    found = []
    if len({scene.bonus for scene in scenes}) > 1:
        found.append(f"Only some scenes of the moment “{moment}” are a bonus.")
    if len({is_moment(scene) for scene in scenes if not isinstance(scene, Ending)}) > 1:
        found.append(f"Only some scenes of the moment “{moment}” are practice.")
    if any(isinstance(scene, Decision) and scene.counting == "collect" for scene in scenes):
        found.append(f"The moment “{moment}” belongs to a hub and to other scenes; a hub has a moment of its own.")
    return found


def find_confirmed_choices(subject: Subject) -> Problems:
    """Yield each decision that waits for a coach, which there is no way to confirm."""
    for scene in subject.scenario.scenes:
        if isinstance(scene, Decision) and scene.counts == "confirmed":
            message = "A coach confirms words and answers; a choice counts or is practice."
            hint = "Set “counts” to yes or practice."
            yield Problem(message, hint, scene.id, path=subject.path(scene, ".counts"))


def find_unconfirmed_levels(subject: Subject) -> Problems:
    """Yield each scene whose levels count at once although a coach is meant to confirm them."""
    if subject.scenario.purpose != "coached":
        return
    for scene in subject.scenario.scenes:
        if isinstance(scene, Reply | Roleplay) and scene.criteria and scene.counts == "yes":
            message = "Levels count here before a coach has confirmed them, although the scenario is coached."
            hint = "Set “counts” to confirmed, unless a reading by rules alone has been shown to be good enough."
            yield Problem(message, hint, scene.id, path=subject.path(scene, ".counts"))


def find_worthless_questions(subject: Subject) -> Problems:
    """Yield each question that can earn nothing although it seems meant to."""
    for scene in subject.scenario.scenes:
        if not isinstance(scene, Question):
            continue
        path = subject.path(scene)
        if scene.points and not scene.competency:
            message = f"Its {scene.points:g} points belong to no competency and are not counted."
            yield Problem(message, "Name the competency.", scene.id, path=path)
        if best_credit(scene) == 0:
            yield Problem("No answer to this question earns anything.", "Mark what is right.", scene.id, path=path)
        yield from _unmet_answers(subject, scene)


def _unmet_answers(subject: Subject, scene: Question) -> Problems:
    for i, answer in enumerate(scene.answers):
        if scene.type in ("numeric", "short_text") and not can_be_given(scene, answer):
            has_content = bool(answer.any) if scene.type == "short_text" else answer.value is not None
            if has_content:
                shown = "“" + "”, “".join(answer.any) + "”" if answer.any else f"{answer.value:g}"
                message = f"Nothing that is typed is ever taken for the answer {shown}: one above it comes first."
                hint = "Move the narrower answer up, or narrow the wider one."
            else:
                message, hint = f"Accepted answer {i + 1} says nothing.", "Write what is accepted, or delete it."
            yield Problem(message, hint, scene.id, answer.id, subject.path(scene, f".answers[{i}]"))


def find_sent_rest(subject: Subject) -> Problems:
    """Yield a note when a grade is sent before a coach has read what is pending."""
    scenario = subject.scenario
    waits = any(isinstance(s, Reply | Roleplay | Question) and s.counts == "confirmed" for s in scenario.scenes)
    if scenario.scoring.while_pending == "send_rest" and waits:
        message = "A grade is sent before a coach has confirmed the levels; it may fall when they do."
        hint = "Choose “hold” to send nothing before."
        yield Problem(message, hint, path="$.scoring.while_pending")
