"""What a translation must share with its source: slots, plural forms of its language, links and glossary terms."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from babel import Locale, UnknownLocaleError

from scenario_engine.messages import Message, MessageError, Slot, parse
from scenario_engine.rich import rich, terms


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a translation; a grave one would break it in play."""

    message: str
    hint: str = ""
    is_grave: bool = False


def check_translation(source: str, text: str, locale: str, glossary: Collection[str] = ()) -> list[Problem]:
    """Return what is wrong with `text` as a translation of `source`."""
    try:
        wanted = parse(source)
    except MessageError:
        wanted = ()  # the author has been told; any translation is as good
    try:
        found = parse(text)
    except MessageError as error:
        return [
            Problem(message=f"The braces cannot be read: {error}", hint="Keep slots as in the source.", is_grave=True)
        ]
    problems = _slots(_by_name(wanted), _by_name(found)) if wanted or "{" not in source else []
    problems += _cases(_by_name(wanted), _by_name(found), locale)
    return problems + _form(source, text, glossary)


def _by_name(message: Message) -> dict[str, list[Slot]]:
    found: dict[str, list[Slot]] = {}
    todo: list[Any] = list(message)
    while todo:
        part = todo.pop()
        if isinstance(part, Slot):
            found.setdefault(part.name, []).append(part)
            todo.extend(inner for _, case in part.cases for inner in case)
    return found


def _slots(wanted: dict[str, list[Slot]], found: dict[str, list[Slot]]) -> list[Problem]:
    problems = []
    for name in found:
        if name not in wanted:
            hint = f"The source has {_listed(wanted)}."
            problems.append(Problem(message=f"The slot {{{name}}} is not in the source.", hint=hint, is_grave=True))
    for name in wanted:
        if name not in found:
            problems.append(
                Problem(message=f"The slot {{{name}}} is missing.", hint="Say it, if the sentence needs it.")
            )
    for name in found.keys() & wanted.keys():
        kinds = {slot.kind for slot in wanted[name]}
        odd = sorted({slot.kind or "plain" for slot in found[name] if slot.kind not in kinds and slot.kind})
        if odd:
            hint = "Keep the kind of the source."
            problems.append(
                Problem(
                    message=f"The slot {{{name}}} is used as {odd[0]}.",
                    hint=hint,
                    is_grave=odd[0] in ("plural", "date", "time"),
                )
            )
    return problems


def _listed(wanted: dict[str, list[Slot]]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "none"


def _cases(wanted: dict[str, list[Slot]], found: dict[str, list[Slot]], locale: str) -> list[Problem]:
    problems: list[Problem] = []
    categories = plural_categories(locale)
    for name, slots in found.items():
        known = {case for slot in wanted.get(name, []) if slot.kind == "select" for case, _ in slot.cases}
        for slot in slots:
            cases = [case for case, _ in slot.cases]
            if slot.kind == "plural":
                problems += _plural(name, cases, categories, locale)
            elif slot.kind == "select" and known:
                odd = [case for case in cases if case not in known]
                lost = [case for case in sorted(known) if case not in cases]
                if odd:
                    told = f"The case “{odd[0]}” of {{{name}}} is not in the source and is never used."
                    problems.append(Problem(message=told, hint=f"The source has {', '.join(sorted(known))}."))
                if lost:
                    told = f"The case “{lost[0]}” of {{{name}}} is missing: “other” is said instead."
                    problems.append(Problem(message=told))
    return problems


def _plural(name: str, cases: list[str], categories: frozenset[str], locale: str) -> list[Problem]:
    named = [case for case in cases if not case.startswith("=")]
    odd = [case for case in named if case not in categories]
    lost = [case for case in sorted(categories) if case not in named and case != "other"]
    problems = []
    if odd:
        told = f"“{odd[0]}” is no plural form of {locale}; it is never used in {{{name}}}."
        problems.append(Problem(message=told, hint=f"{locale} has {', '.join(sorted(categories))}."))
    if lost:
        told = f"The plural form “{lost[0]}” of {locale} is missing in {{{name}}}: “other” is said instead."
        problems.append(Problem(message=told, hint=f"{locale} has {', '.join(sorted(categories))}."))
    return problems


def plural_categories(locale: str) -> frozenset[str]:
    """Return the plural forms of a language; of one that is not known, `other` alone."""
    try:
        rules = Locale.parse(locale.replace("-", "_")).plural_form.rules
    except (UnknownLocaleError, ValueError):
        return frozenset({"other"})
    return frozenset({*rules, "other"})


def _form(source: str, text: str, glossary: Collection[str]) -> list[Problem]:
    problems: list[Problem] = []
    ours, theirs = rich(source), rich(text)
    unknown = sorted(terms(theirs) - set(glossary))
    if unknown and unknown[0] not in terms(ours):
        hint = "Keep the word before the bar of [[id|word]] as in the source."
        problems.append(Problem(message=f"The glossary has no term “{unknown[0]}”.", hint=hint, is_grave=True))
    links, wanted = _links(theirs), _links(ours)
    if new := sorted(links - wanted):
        problems.append(Problem(message=f"The link {new[0]} is not in the source.", hint="Check that it is meant."))
    if lost := sorted(wanted - links):
        problems.append(Problem(message=f"The link {lost[0]} is missing."))
    if "<" in text and _has_tag(text) and not _has_tag(source):
        problems.append(Problem(message="HTML is shown as it is typed.", hint="Use **bold**, *italic* and lists."))
    return problems


def _has_tag(text: str) -> bool:
    at = text.find("<")
    while at >= 0:
        follow = text[at + 1 : at + 3].lstrip("/")
        if follow[:1].isalpha() and ">" in text[at : at + 200]:
            return True
        at = text.find("<", at + 1)
    return False


def _links(tree: Any) -> set[str]:
    if isinstance(tree, dict):
        own = {str(tree["href"])} if tree.get("t") == "a" else set()
        return own | _links(tree.get("c", []))
    if isinstance(tree, list):
        return set().union(*(_links(each) for each in tree)) if tree else set()
    return set()
