"""A text with several gaps: asked one gap after the other, those before it filled in, for the same points together."""

from __future__ import annotations

import re

import msgspec

from scenario_exchange.imported import Report
from scenario_exchange.readers.quiz.items import ItemKind, QuizAnswer, QuizItem, QuizOption
from scenario_exchange.readers.wording import MAX_SHORT, as_text, cut

MAX_GAPS = 50
# A longer text shows whole on a page before, and with each gap only the paragraph around it.
MAX_SHOWN = 1_500
BLANK = as_text("_____")
_LATER = "(…)"
# Signs for private use stand for a gap while the text around it is converted.
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
_MARK = re.compile(f"{_OPEN}(\\d{{1,6}}){_CLOSE}")
_SIGNS = re.compile(f"[{_OPEN}{_CLOSE}]")


class Gap(msgspec.Struct, kw_only=True):
    """What is asked in one gap: options to pick from, or answers to type."""

    kind: ItemKind
    options: list[QuizOption] = []
    answers: list[QuizAnswer] = []
    no_match: str = ""
    no_match_share: float = 0
    hints: list[str] = []
    # How much of the points of the whole this gap has, compared with the others.
    weight: float = 1
    shuffle: bool = False

    def right(self) -> str:
        """Return what stands in the gap once it was asked, as authored text."""
        if self.kind == "multiple":
            return ", ".join(each.text for each in self.options if each.share > 0) or BLANK
        best = max(self.options, key=lambda each: each.share, default=None)
        if best is not None:
            return best.text
        answer = max(self.answers, key=lambda each: each.share, default=None)
        if answer is None:
            return BLANK
        return as_text(answer.words[0]) if answer.words else f"{answer.value or 0:g}"

    def can_be_asked(self) -> bool:
        """Return whether there is something to pick or to compare with."""
        return bool(self.options if self.kind in ("single", "multiple") else self.answers)


def without_signs(source: str) -> str:
    """Return a text of the source without the signs that stand for gaps here."""
    return _SIGNS.sub("", source)


def mark(number: int) -> str:
    """Return what stands in a text for its gap with this number, counted from 0."""
    return f"{_OPEN}{number}{_CLOSE}"


def gap_items(item: QuizItem, gaps: list[Gap], report: Report) -> list[QuizItem]:
    """Return the questions that a text with gaps becomes. `item.prompt` holds the marks."""
    marked = dict.fromkeys(int(number) for number in _MARK.findall(item.prompt))
    asked = [number for number in marked if number < len(gaps) and gaps[number].can_be_asked()]
    if lost := len(marked) - len(asked):
        report.dropped(item.place, f"Gaps without answers are left out: {lost}.", "Complete them where they come from.")
    if len(asked) > MAX_GAPS:
        report.dropped(item.place, f"{len(asked) - MAX_GAPS} gaps after the first {MAX_GAPS}.", "Split it.")
        asked = asked[:MAX_GAPS]
    if not asked:
        return []
    filled = {number: cut(gaps[number].right(), MAX_SHORT) for number in asked}
    made = [] if len(item.prompt) <= MAX_SHOWN else [_page(item)]
    total = sum(max(0.0, gaps[number].weight) for number in asked)
    for place, number in enumerate(asked):
        gap = gaps[number]
        share = max(0.0, gap.weight) / total if total > 0 else 1 / len(asked)
        made.append(_question(item, gap, _shown(item.prompt, number, asked[:place], filled), share))
    made[-1].feedback = item.feedback
    if len(asked) > 1:
        names = [f"{item.name} ({place})" for place in range(1, len(asked) + 1)]
        for question, name in zip(made[-len(asked) :], names, strict=True):
            question.name = name
        told = f"Its {len(asked)} gaps are asked one after the other, and share the points; those before are filled in."
        report.changed(item.place, told, "Play it once.")
    return made


def _page(item: QuizItem) -> QuizItem:
    text = _MARK.sub(lambda _: BLANK, item.prompt)
    return QuizItem(name=item.name, kind="page", prompt=text, place=item.place, media=item.media, note=item.note)


def _question(item: QuizItem, gap: Gap, prompt: str, share: float) -> QuizItem:
    return msgspec.structs.replace(
        item,
        kind=gap.kind,
        prompt=prompt,
        points=round(item.points * share, 6),
        options=gap.options,
        answers=gap.answers,
        no_match=gap.no_match,
        no_match_share=gap.no_match_share,
        hints=[*item.hints, *gap.hints],
        shuffle=gap.shuffle or item.shuffle,
        media=list(item.media),
        feedback="",
    )


def _shown(text: str, number: int, before: list[int], filled: dict[int, str]) -> str:
    """Return the text with one gap open, those before it filled in, and those after it closed."""
    if len(text) > MAX_SHOWN:
        at = text.index(mark(number))
        start, end = text.rfind("\n\n", 0, at), text.find("\n\n", at)
        start, end = max(0, start, at - MAX_SHOWN), end if 0 <= end < at + MAX_SHOWN else at + MAX_SHOWN
        text = text[start:end].strip()

    def words(match: re.Match[str]) -> str:
        own = int(match[1])
        return BLANK if own == number else filled[own] if own in before else _LATER

    return _SIGNS.sub("", _MARK.sub(words, text))


def pairs_apart(item: QuizItem, report: Report) -> list[QuizItem]:
    """Return a matching item whose right sides belong to several left sides as one question for each left side."""
    if len(item.pairs) > MAX_GAPS:
        report.dropped(item.place, f"{len(item.pairs) - MAX_GAPS} pairs after the first {MAX_GAPS}.", "Split it.")
        item.pairs = item.pairs[:MAX_GAPS]
    rights = list(dict.fromkeys([*(right for _, right in item.pairs), *item.extra_right]))
    made = []
    for number, (left, right) in enumerate(item.pairs, 1):
        options = [QuizOption(text=each, share=float(each == right)) for each in rights]
        question = msgspec.structs.replace(
            item,
            name=f"{item.name} ({number})",
            kind="single",
            prompt="\n\n".join(part for part in (item.prompt, left) if part),
            points=round(item.points / len(item.pairs), 6),
            options=options,
            pairs=[],
            extra_right=[],
            media=list(item.media),
            feedback="",
        )
        made.append(question)
    made[-1].feedback = item.feedback
    told = f"A right side belongs to several left sides: each of the {len(made)} is asked by itself."
    report.changed(item.place, told, "Play it once.")
    return made
