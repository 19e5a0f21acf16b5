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
    # Feedbacks beside the first, of which old releases drew one.
    others: int = 0


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
    # Parts of the content that are no text, and answers that came after so many tries.
    parts: int = 0
    fallbacks: int = 0
    content_id: str = ""
    # Texts in other languages, by content and language: {translation, needs_update, …}.
    translations: dict[str, dict[str, Raw]] = {}


def states_of(exploration: Raw) -> list[State]:
    """Return the states in the order of the file."""
    found = exploration.get("states")
    if isinstance(found, dict):
        return [_state(str(name), value) for name, value in found.items() if isinstance(value, dict)]
    if isinstance(found, list):
        return [_state(words(value, "name"), value) for value in found if isinstance(value, dict)]
    return []


def _state(name: str, raw: Raw) -> State:
    widget = obj(raw, "widget")
    interaction = widget or obj(raw, "interaction")
    arguments = obj(interaction, "customization_args") or obj(interaction, "params")
    default = interaction.get("default_outcome")
    html, parts = _content(raw.get("content"))
    state = State(
        name=name,
        html=html,
        parts=parts,
        interaction=words(interaction, "widget_id") or words(interaction, "id"),
        arguments={key: _value(value) for key, value in arguments.items()},
        default=_rule({}, default) if isinstance(default, dict) else None,
        hints=[words(hint, "hint_content", "html") or words(hint, "hint_text") for hint in items(interaction, "hints")],
        solution=words(obj(interaction, "solution"), "explanation", "html"),
        changes=len(items(raw, "param_changes")),
        fallbacks=len(items(interaction, "fallbacks")),
        voiced=any(obj(raw, "recorded_voiceovers", "voiceovers_mapping").values()),
        content_id=words(raw, "content", "content_id"),
        translations=_translations(raw),
    )
    state.rules = [
        _rule(rule, obj(group, "outcome"))
        for group in items(interaction, "answer_groups")
        for rule in items(group, "rule_specs")
    ]
    for handler in items(interaction, "handlers"):
        for spec in items(handler, "rule_specs"):
            rule = _old_rule(spec)
            if words(spec, "definition", "rule_type") == "default":
                state.default = rule
            else:
                state.rules.append(rule)
    return state


def _content(source: Any) -> tuple[str, int]:
    """Return the text of a content and how many parts of it are none; old releases have a list of parts."""
    if not isinstance(source, list):
        return words(obj({"c": source}, "c"), "html") or words(obj({"c": source}, "c"), "_html"), 0
    texts = [words(part, "value") for part in source if words(part, "type") in ("text", "")]
    return "\n".join(texts), len(source) - len(texts)


def _told(outcome: Raw) -> tuple[str, int]:
    """Return the feedback of an outcome, and how many more there are to draw from."""
    feedback = outcome.get("feedback")
    if isinstance(feedback, list):
        listed = [each for each in feedback if isinstance(each, str) and each.strip()]
        return (listed[0] if listed else ""), max(0, len(listed) - 1)
    return words(obj(outcome, "feedback"), "html") or words(obj(outcome, "feedback"), "_html"), 0


def _translations(raw: Raw) -> dict[str, dict[str, Raw]]:
    found: dict[str, dict[str, Raw]] = {}
    for content, by_language in obj(raw, "written_translations", "translations_mapping").items():
        for language in obj(by_language):
            found.setdefault(str(content), {})[str(language)[:40]] = obj(by_language, language)
    return found


def _rule(rule: Any, outcome: Raw) -> Rule:
    inputs = obj(rule, "inputs")
    feedback, others = _told(outcome)
    return Rule(
        kind=words(rule, "rule_type"),
        inputs=inputs,
        goto=words(outcome, "dest"),
        feedback=feedback,
        feedback_id=words(outcome, "feedback", "content_id"),
        correct=outcome.get("labelled_as_correct") is True,
        changes=len(items(outcome, "param_changes")),
        others=others,
    )


def _old_rule(spec: Any) -> Rule:
    feedback, others = _told(obj({"spec": spec}, "spec"))
    return Rule(
        kind=words(spec, "definition", "name"),
        inputs=obj(spec, "definition", "inputs"),
        goto=words(spec, "dest"),
        feedback=feedback,
        changes=len(items(spec, "param_changes")),
        others=others,
    )


def _value(value: Any) -> Any:
    return value.get("value") if isinstance(value, dict) and "value" in value else value
