"""Rules about what is defined and never used: variables, facts, criteria, cast members, competencies, words."""

import re
from collections.abc import Iterable

from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.document import Variable

_LINK = re.compile(r"\[\[([A-Za-z][A-Za-z0-9_\-]{0,63})")
_SLOT = re.compile(r"\{\s*([A-Za-z_][A-Za-z0-9_.]*)")


def find_unread_variables(subject: Subject) -> Problems:
    """Yield each variable that is changed, but that nothing asks about and nobody sees."""
    for name, variable in subject.scenario.variables.items():
        if name in subject.written and name not in subject.read and not _is_shown(subject, name, variable):
            hint = "Ask about it in a condition, show it to the learner, or delete it."
            yield Problem(
                f"“{name}” is changed, but nothing depends on it.", hint, part=name, path=_at("variables", name)
            )


def find_unwritten_variables(subject: Subject) -> Problems:
    """Yield each variable that conditions ask about, but that nothing ever changes."""
    for name in subject.scenario.variables:
        if name in subject.read and name not in subject.written:
            hint = "Let a choice or rule change it, or take the conditions out."
            yield Problem(
                f"“{name}” is asked about, but nothing changes it.", hint, part=name, path=_at("variables", name)
            )


def find_unused_variables(subject: Subject) -> Problems:
    """Yield each variable that is only defined."""
    for name, variable in subject.scenario.variables.items():
        if name not in subject.read and name not in subject.written and not _is_shown(subject, name, variable):
            yield Problem(f"“{name}” is defined and never used.", "Delete it.", part=name, path=_at("variables", name))


def _is_shown(subject: Subject, name: str, variable: Variable) -> bool:
    return variable.show != "hidden" or any(name in _SLOT.findall(text) for _, text in subject.texts if "{" in text)


def find_unlearned_facts(subject: Subject) -> Problems:
    """Yield each fact that no choice, rule or role-play teaches."""
    for name in subject.scenario.facts:
        if name not in subject.learned:
            hint = "Let a choice, a rule or a role-play teach it, or delete it."
            yield Problem(f"The fact “{name}” is never learned.", hint, part=name, path=_at("facts", name))


def find_unused_facts(subject: Subject) -> Problems:
    """Yield each fact that is learned, but changes nothing afterwards."""
    asked = {mention.name for _, mention in subject.mentions["fact"] if mention.operation != "learn"}
    for name in subject.scenario.facts:
        if name in subject.learned and name not in asked:
            message = f"The fact “{name}” is written into the notebook, but nothing ever depends on it."
            hint = "Let a choice, a beat or a cue depend on it, so that asking was worth while, or leave it as colour."
            yield Problem(message, hint, part=name, path=_at("facts", name))


def find_unused_criteria(subject: Subject) -> Problems:
    """Yield each criterion that no reply and no role-play uses."""
    yield from _unused(subject, "criterion", "criteria", subject.scenario.criteria, "Use it in a reply, or delete it.")


def find_unused_cast(subject: Subject) -> Problems:
    """Yield each cast member who never speaks and is never there. The learner (`you`) need not speak."""
    silent = [name for name in subject.scenario.cast if name != "you"]
    yield from _unused(subject, "cast member", "cast", silent, "Let them speak, or delete them.")


def find_unused_competencies(subject: Subject) -> Problems:
    """Yield each competency that nothing gives points on."""
    if not subject.earns:
        return  # a lesson: nothing is earned in it at all
    earning = {
        m.name for _, m in subject.mentions["competency"] if not m.path.startswith(("$.scoring", "$.objectives"))
    }
    for name in subject.scenario.competencies:
        if name not in earning:
            hint = "Give points on it, or delete it."
            yield Problem(
                f"Nothing is earned on the competency “{name}”.", hint, part=name, path=_at("competencies", name)
            )


def find_unused_words(subject: Subject) -> Problems:
    """Yield each word of the glossary that no text links to."""
    if not subject.scenario.glossary:
        return
    linked = {name for _, text in subject.texts if "[[" in text for name in _LINK.findall(text)}
    for name in subject.scenario.glossary:
        if name not in linked:
            hint = f"Write [[{name}]] where it is used, or delete it."
            yield Problem(f"No text links to the word “{name}”.", hint, part=name, path=_at("glossary", name))


def _unused(subject: Subject, kind: str, field: str, names: Iterable[str], hint: str) -> Problems:
    used = {mention.name for _, mention in subject.mentions[kind]}  # type: ignore[index]
    for name in names:
        if name not in used:
            yield Problem(f"The {kind} “{name}” is never used.", hint, part=name, path=_at(field, name))


def _at(field: str, name: str) -> str:
    return f"$.{field}.{name}"
