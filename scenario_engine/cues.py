"""Cues: wording that an author watches for, found by plain patterns in any language (docs/cues.md).

A pattern stands for a list of phrases: `|` separates alternatives, `(…)` groups them, `(…)?` may be left out, `*` at
either end of a word stands for any letters. Never a regular expression of the author's. What a negation or irony makes
of the wording is for a judge to say.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from scenario_engine.document import Roleplay
from scenario_engine.document.replies import ConditionalCue
from scenario_engine.folding import fold
from scenario_engine.rules import World, holds
from scenario_engine.story import Story

MAX_PHRASES = 200
Patterns = list[str] | ConditionalCue
# Scripts that are written without spaces between words: there a word has no edge to look for.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


class PatternError(ValueError):
    """A pattern whose groups do not close, or that stands for too many phrases."""


def phrases_of(pattern: str) -> tuple[str, ...]:
    """Return the phrases that a pattern stands for. Raises PatternError."""
    phrases, end = _alternatives(pattern, 0)
    if end != len(pattern):
        raise PatternError("A closing bracket has no opening one.")
    return tuple(dict.fromkeys(" ".join(phrase.split()) for phrase in phrases if phrase.strip(" *")))


def is_found(patterns: Iterable[str], words: str) -> bool:
    """Return whether any of the patterns is in `words`."""
    folded = fold(words)
    return any(_compiled(pattern).search(folded) is not None for pattern in patterns)


def families(story: Story, scene: Roleplay) -> Mapping[str, Patterns]:
    """Return the cue families that a role-play knows: its own before the scenario's; without patterns, for models."""
    known: dict[str, Patterns] = {**story.scenario.cues, **scene.cues}
    return {name: known.get(name, []) for name in _asked(scene)}


def cues_in(story: Story, scene: Roleplay, words: str, world: World) -> list[str]:
    """Return the families of a role-play that are found in what the learner said."""
    return [name for name, patterns in families(story, scene).items() if _is_seen(patterns, words, world)]


def _is_seen(patterns: Patterns, words: str, world: World) -> bool:
    if isinstance(patterns, ConditionalCue):
        return holds(patterns.when, world) and is_found(patterns.any, words)
    return is_found(patterns, words)


def _asked(scene: Roleplay) -> Iterator[str]:
    """Yield each family that something in the scene depends on, once."""
    found = [goal.met_by.cue for goal in scene.goals if goal.met_by.cue]
    found += [release.on.cue for release in scene.releases]
    found += [move.on.cue for move in scene.moods.moves] if scene.moods else []
    yield from dict.fromkeys(found)


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        phrases = phrases_of(pattern)
    except PatternError:  # checks have told the author; in play it is looked for as it was typed
        phrases = (pattern,)
    return re.compile("|".join(_phrase(each) for each in phrases) or r"(?!)")


def _phrase(phrase: str) -> str:
    """Return an expression for one phrase: words escaped, edges where the script has them, nothing can run away."""
    words: list[str] = []
    starts_open = ends_open = False
    for raw in phrase.split():
        core = fold(raw.strip("*")).split() if raw.strip("*") else []
        if not core:
            continue
        if not words:
            starts_open = raw.startswith("*")
        ends_open = raw.endswith("*")
        words += [re.escape(part) for part in core[:-1]]
        words.append(re.escape(core[-1]) + (r"\w*" if ends_open else ""))
    if not words:
        return r"(?!)"
    plain = fold(phrase.replace("*", " "))
    before = "" if starts_open or _UNSPACED.match(plain[0]) else r"(?<!\w)"
    after = "" if ends_open or _UNSPACED.match(plain[-1]) else r"(?!\w)"
    return before + " ".join(words) + after


def _alternatives(pattern: str, at: int) -> tuple[list[str], int]:
    """Return the phrases from `at` to the closing bracket or the end, and where that is."""
    found: list[str] = []
    current = [""]
    while at < len(pattern) and pattern[at] != ")":
        sign = pattern[at]
        if sign == "|":
            found, current = found + current, [""]
        elif sign == "(":
            inner, end = _alternatives(pattern, at + 1)
            if end >= len(pattern):
                raise PatternError("An opening bracket is not closed.")
            at = end
            if pattern[at + 1 : at + 2] == "?":
                inner, at = [*inner, ""], at + 1
            current = [start + rest for start in current for rest in inner]
        else:
            current = [start + sign for start in current]
        if len(found) + len(current) > MAX_PHRASES:
            raise PatternError(f"It stands for more than {MAX_PHRASES} phrases.")
        at += 1
    return found + current, at
