"""The states of an exploration in one shape, whatever release wrote them."""

from typing import Any

import msgspec

from scenario_exchange.readers.h5p.values import Raw, items, obj, words

OLD_END = "END"


class Rule(msgspec.Struct, kw_only=True):
    """What an answer must be, and where it leads."""

    kind: str = ""
    inputs: Raw = {}
    goto: str = ""
    feedback: str = ""
    feedback_id: str = ""
    correct: bool = False
    changes: int = 0


class State(msgspec.Struct, kw_only=True):
    """A state: what it shows, what it asks, and what follows."""

    name: str
    html: str
    interaction: str
    arguments: Raw = {}
    rules: list[Rule] = []
    default: Rule | None = None
    hints: list[str] = []
    solution: str = ""
    changes: int = 0
    voiced: bool = False
    content_id: str = ""
    # Texts in other languages, by content and language: {translation, needs_update, …}.
    translations: dict[str, dict[str, Raw]] = {}


def states_of(exploration: Raw) -> list[State]:
    """Return the states in the order of the file."""
    found = exploration.get("states")
    if isinstance(found, dict):
        return [_state(str(name), value) for name, value in found.items() if isinstance(value, dict)]
    if isinstance(found, list):
        return [_old_state(value) for value in found if isinstance(value, dict)]
    return []


def _state(name: str, raw: Raw) -> State:
    interaction = obj(raw, "interaction")
    default = interaction.get("default_outcome")
    rules = [
        _rule(rule, obj(group, "outcome"))
        for group in items(interaction, "answer_groups")
        for rule in items(group, "rule_specs")
    ]
    return State(
        name=name,
        html=words(raw, "content", "html") or words(raw, "content", "_html"),
        interaction=words(interaction, "id"),
        arguments={key: obj(value).get("value") for key, value in obj(interaction, "customization_args").items()},
        rules=rules,
        default=_rule({}, default) if isinstance(default, dict) else None,
        hints=[words(hint, "hint_content", "html") for hint in items(interaction, "hints")],
        solution=words(obj(interaction, "solution"), "explanation", "html"),
        changes=len(items(raw, "param_changes")),
        voiced=any(obj(raw, "recorded_voiceovers", "voiceovers_mapping").values()),
        content_id=words(raw, "content", "content_id"),
        translations=_translations(raw),
    )


def _translations(raw: Raw) -> dict[str, dict[str, Raw]]:
    found: dict[str, dict[str, Raw]] = {}
    for content, by_language in obj(raw, "written_translations", "translations_mapping").items():
        for language in obj(by_language):
            found.setdefault(str(content), {})[str(language)[:40]] = obj(by_language, language)
    return found


def _rule(rule: Any, outcome: Raw) -> Rule:
    inputs = obj(rule, "inputs")
    return Rule(
        kind=words(rule, "rule_type"),
        inputs=inputs,
        goto=words(outcome, "dest"),
        feedback=words(outcome, "feedback", "html"),
        feedback_id=words(outcome, "feedback", "content_id"),
        correct=outcome.get("labelled_as_correct") is True,
        changes=len(items(outcome, "param_changes")),
    )


def _old_state(raw: Raw) -> State:
    widget = obj(raw, "widget")
    content = [words(part, "value") for part in items(raw, "content") if words(part, "type") in ("text", "")]
    arguments = obj(widget, "customization_args") or obj(widget, "params")
    state = State(
        name=words(raw, "name"),
        html="\n".join(content),
        interaction=words(widget, "widget_id"),
        arguments={key: _value(value) for key, value in arguments.items()},
        changes=len(items(raw, "param_changes")),
    )
    for handler in items(widget, "handlers"):
        for spec in items(handler, "rule_specs"):
            rule = _old_rule(spec)
            if words(spec, "definition", "rule_type") == "default":
                state.default = rule
            else:
                state.rules.append(rule)
    return state


def _old_rule(spec: Any) -> Rule:
    feedback = [each for each in items(spec, "feedback") if isinstance(each, str)]
    return Rule(
        kind=words(spec, "definition", "name"),
        inputs=obj(spec, "definition", "inputs"),
        goto=words(spec, "dest"),
        feedback="\n".join(feedback[:1]),
        changes=len(items(spec, "param_changes")),
    )


def _value(value: Any) -> Any:
    return value.get("value") if isinstance(value, dict) and "value" in value else value
