"""Gaps as Moodle writes them into texts: `{1:SHORTANSWER:=cat~…}`, `[[1]]` with a list of words, `[cat|dog]`."""

from __future__ import annotations

import re
from collections.abc import Callable

from scenario_exchange.readers.html_text import plain_from_html
from scenario_exchange.readers.quiz.gaps import MAX_GAPS, Gap, mark, without_signs
from scenario_exchange.readers.quiz.items import QuizAnswer, QuizOption
from scenario_exchange.readers.quiz.numbers import number_in
from scenario_exchange.readers.wording import as_text

# One gap holds at most this many characters; nothing honest comes near.
_GAP = re.compile(r"\{\s{0,5}(\d{0,4})\s{0,5}:\s{0,5}([A-Z_]{1,30})\s{0,5}:((?:\\[\s\S]|[^{}\\]){1,8000}+)\}")
_ANSWER = re.compile(r"(?:^|~)((?:\\[\s\S]|[^~\\])*+)")
_WEIGHT = re.compile(r"\s{0,9}(?:=|%(-?\d{1,3}(?:\.\d{1,6})?)%)")
_ESCAPED = re.compile(r"\\([\\~#{}}\"/=])")
MAX_CHOICES = 200
_NUMBERED = re.compile(r"\[\[(\d{1,4})\]\]")
_TYPED = ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC")


def cloze_gaps(source: str, plain: Callable[[str], str]) -> tuple[str, list[Gap], list[str]]:
    """Return a text with its gaps marked, the gaps, and what the report says of them."""
    gaps: list[Gap] = []
    told: list[str] = []

    def found(match: re.Match[str]) -> str:
        if len(gaps) >= MAX_GAPS:  # those after are counted only
            gaps.append(gaps[0])
        else:
            gaps.append(_gap(match[2], match[3], plain, told))
            gaps[-1].weight = float(match[1] or 1)
        return mark(len(gaps) - 1)

    return _GAP.sub(found, without_signs(source)), gaps, list(dict.fromkeys(told))


def _gap(name: str, inside: str, plain: Callable[[str], str], told: list[str]) -> Gap:
    short = name.removeprefix("MULTICHOICE_").removeprefix("MULTIRESPONSE_")
    if name.startswith(("MULTIRESPONSE", "MR")):
        gap = Gap(kind="multiple", shuffle=short.endswith("S"))
    elif name.startswith(("MULTICHOICE", "MC")):
        gap = Gap(kind="single", shuffle=short.endswith("S"))
    elif name in ("NUMERICAL", "NM"):
        gap = Gap(kind="numeric")
    elif name in _TYPED:
        gap = Gap(kind="short_text")
        if name.endswith("C"):
            told.append("Capitals no longer matter in its gaps.")
    else:
        told.append(f"Gaps of the kind {name} cannot be asked here.")
        return Gap(kind="short_text")
    for match in _ANSWER.finditer(inside):
        _add(gap, match[1], plain, told)
    return gap


def _add(gap: Gap, source: str, plain: Callable[[str], str], told: list[str]) -> None:
    weight = _WEIGHT.match(source)
    share = 0.0 if weight is None else float(weight[1]) / 100 if weight[1] else 1.0
    rest = source[weight.end() :] if weight else source
    said, _, feedback = rest.replace("\\#", "\ue0f2").partition("#")
    words, feedback = (_ESCAPED.sub(r"\1", plain(each.replace("\ue0f2", "#"))) for each in (said, feedback))
    feedback = as_text(feedback)
    if not words:
        return
    if gap.kind in ("single", "multiple"):
        gap.options.append(QuizOption(text=as_text(words), share=share, feedback=feedback))
    elif words == "*":
        gap.no_match, gap.no_match_share = feedback, share
    elif gap.kind == "short_text":
        if "*" in words:
            told.append("A star stands for any words where it comes from; in its gaps it is a star.")
        gap.answers.append(QuizAnswer(words=[words], share=share, feedback=feedback))
    else:
        value, _, tolerance = words.partition(":")
        number = number_in(value, None)
        if number is None:
            told.append(f"“{words}” is no number, and no answer of its gap any more.")
        else:
            gap.answers.append(
                QuizAnswer(value=number, tolerance=number_in(tolerance, 0), share=share, feedback=feedback)
            )


def listed_gaps(source: str, choices: list[tuple[str, str]]) -> tuple[str, list[Gap]]:
    """Return a text with `[[n]]` marked, and its gaps: `choices` are (words, group), and the nth is right."""
    gaps: list[Gap] = []
    choices = choices[:MAX_CHOICES]

    def found(match: re.Match[str]) -> str:
        number = int(match[1]) - 1
        if len(gaps) >= MAX_GAPS:
            gaps.append(gaps[0])
        elif not 0 <= number < len(choices):
            gaps.append(Gap(kind="single"))
        else:
            words, group = choices[number]
            offered = dict.fromkeys(each for each, other in choices if other == group)
            options = [QuizOption(text=as_text(each), share=float(each == words)) for each in offered]
            gaps.append(Gap(kind="single", options=options))
        return mark(len(gaps) - 1)

    return _NUMBERED.sub(found, without_signs(source)), gaps


def delimited_gaps(source: str, signs: str) -> tuple[str, list[Gap]]:
    """Return a text with what stands between two signs marked, and its gaps: `cat|dog` accepts both."""
    first, last = (re.escape(sign) for sign in (signs if len(signs) == 2 else "[]"))
    gaps: list[Gap] = []

    def found(match: re.Match[str]) -> str:
        if len(gaps) >= MAX_GAPS:
            gaps.append(gaps[0])
            return mark(len(gaps) - 1)
        words = [" ".join(plain_from_html(each).split()) for each in match[1].split("|")]
        gaps.append(Gap(kind="short_text", answers=[QuizAnswer(words=[each for each in words if each])]))
        return mark(len(gaps) - 1)

    return re.sub(f"{first}([^{first}{last}<>]{{1,500}}+){last}", found, without_signs(source)), gaps
