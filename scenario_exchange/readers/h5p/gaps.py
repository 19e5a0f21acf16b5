"""H5P's texts with gaps and with words to mark, and its essays, as questions and replies."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from scenario_exchange.imported import Report
from scenario_exchange.readers.h5p.values import Raw, items, obj, words
from scenario_exchange.readers.html_text import plain_from_html
from scenario_exchange.readers.quiz.gaps import MAX_GAPS, Gap, gap_items, mark, without_signs
from scenario_exchange.readers.quiz.items import QuizAnswer, QuizItem, QuizOption
from scenario_exchange.readers.wording import MAX_TEXT, as_line, as_text, cut

Text = Callable[[str, str], str]  # HTML of the source, the place to name: authored text

# `*right/also right:tip\+told when right\-told when wrong*`; two stars stand for one.
_GAP = re.compile(r"\*([^*\n]{1,1000}+)\*")
_TOLD = re.compile(r"\\([+-])")
_STAR = "&#42;"
_WORD = re.compile(r"[^\s]+")
_EDGES = ".,;:!?\"'()[]«»„“”‚‘’…"
_MAX_WORDS = 50


def blanks(params: Raw, place: str, text: Text, report: Report) -> list[Raw]:
    """Return the gaps of a fill-in text, asked one after the other."""
    made: list[Raw] = []
    task = text(words(params, "text"), place)
    blocks = [each for each in items(params, "questions") if isinstance(each, str)]
    for number, block in enumerate(blocks, 1):
        where = f"{place}, text {number}" if len(blocks) > 1 else place
        marked, found = _split(block, lambda inside: _typed(inside))
        made += _questions(task, text(marked, where), found, where, report)
    behaviour = obj(params, "behaviour")
    if made and behaviour.get("caseSensitive") is not False:
        report.changed(place, "Capitals no longer matter in its gaps.")
    if made and behaviour.get("acceptSpellingErrors") is True:
        report.dropped(place, "Small spelling errors are no longer let pass.", "List the wordings to accept.")
    return made


def drag_text(params: Raw, place: str, text: Text, report: Report) -> list[Raw]:
    """Return the gaps of a text to drag words into: each is picked from all the words."""
    offered: list[str] = []

    def gap(inside: str) -> Gap:
        rest, right_told, wrong_told = _told(inside)
        word, _, tip = rest.partition(":")
        offered.append(_plain(word))
        option = QuizOption(text=_plain(word), share=1, feedback=right_told)
        return Gap(
            kind="single", options=[option], hints=[as_text(_plain(tip))] if tip.strip() else [], no_match=wrong_told
        )

    marked, gaps = _split(html.escape(words(params, "textField"), quote=False).replace("\n", "<br>"), gap)
    distractors = [_plain(each.partition(":")[0]) for each in _GAP.findall(words(params, "distractors"))]
    every = list(dict.fromkeys(each for each in [*offered, *distractors] if each))[:_MAX_WORDS]
    for each in gaps[: MAX_GAPS + 1]:
        right = each.options[0]
        each.options = [
            QuizOption(
                text=as_text(word),
                share=float(word == right.text),
                feedback=as_text(right.feedback if word == right.text else each.no_match),
            )
            for word in every
        ]
        each.no_match = ""
    return _questions(text(words(params, "taskDescription"), place), text(marked, place), gaps, place, report)


def mark_the_words(params: Raw, place: str, text: Text, report: Report) -> list[Raw]:
    """Return a question to pick the right words of a text from a list of its words."""
    source = words(params, "textField").replace("**", _STAR)
    right = {_trimmed(_plain(each)) for each in _GAP.findall(source)}
    shown = _GAP.sub(lambda match: match[1], source)
    listed = dict.fromkeys(word for each in _WORD.findall(plain_from_html(shown)) if (word := _trimmed(each)))
    for several in right:
        if " " in several:
            listed |= {several: None}
    if not right - {""} or not 2 <= len(listed) <= _MAX_WORDS:
        return []
    options = [{"text": as_text(word), "right": word in right} for word in listed]
    report.changed(place, "The words to mark are picked from a list of all words of the text.", "Play it once.")
    prompt = "\n\n".join(each for each in (text(words(params, "taskDescription"), place), text(shown, place)) if each)
    points = sum(option["right"] is True for option in options)
    prompt = cut(prompt, MAX_TEXT)
    return [{"kind": "question", "type": "multiple", "prompt": prompt, "points": points, "options": options}]


def essay(params: Raw, place: str, text: Text, report: Report) -> list[Raw]:
    """Return a reply without criteria; the keywords that gave points become a note."""
    keywords = [words(each, "keyword") for each in items(params, "keywords")]
    sample = text(words(params, "solution", "sample"), place)
    note = [f"Keywords: {as_line(', '.join(each for each in keywords if each))}." if any(keywords) else "", sample]
    report.changed(
        place, "The essay became a reply without criteria: nothing is scored.", "Add criteria in the editor."
    )
    prompt = text(words(params, "taskDescription"), place)
    made: Raw = {"kind": "reply", "prompt": prompt, "counts": "practice"}
    return [made | ({"note": told} if (told := "\n\n".join(each for each in note if each)) else {})] if prompt else []


def _split(source: str, gap: Callable[[str], Gap]) -> tuple[str, list[Gap]]:
    """Return a text with its gaps marked, and the gaps."""
    gaps: list[Gap] = []

    def found(match: re.Match[str]) -> str:
        gaps.append(gap(match[1]) if len(gaps) <= MAX_GAPS else gaps[0])
        return mark(len(gaps) - 1)

    return _GAP.sub(found, without_signs(source).replace("**", _STAR)), gaps


def _typed(inside: str) -> Gap:
    answers, _, tip = inside.partition(":")
    accepted = [word for each in answers.split("/") if (word := _plain(each))]
    hints = [as_text(_plain(tip))] if tip.strip() else []
    return Gap(kind="short_text", answers=[QuizAnswer(words=accepted)] if accepted else [], hints=hints)


def _told(inside: str) -> tuple[str, str, str]:
    """Return (the rest, what is told when right, what is told when wrong)."""
    rest, *told = _TOLD.split(inside)
    by_sign = dict(zip(told[::2], told[1::2], strict=False))
    return rest, _plain(by_sign.get("+", "")), _plain(by_sign.get("-", ""))


def _questions(task: str, prompt: str, gaps: list[Gap], place: str, report: Report) -> list[Raw]:
    item = QuizItem(name="", kind="page", prompt=prompt, place=place, points=min(len(gaps), MAX_GAPS))
    made = []
    for each in gap_items(item, gaps, report):
        shown = cut("\n\n".join(part for part in (task, each.prompt) if part), MAX_TEXT)
        if each.kind == "page":
            made.append({"kind": "page", "text": shown})
            continue
        scene: Raw = {"kind": "question", "type": each.kind, "prompt": shown, "points": each.points}
        scene |= {"hints": [{"text": hint} for hint in each.hints]} if each.hints else {}
        if each.kind == "single":
            scene["options"] = [_option(option) for option in each.options]
        else:
            scene["answers"] = [{"any": answer.words, "credit": answer.share} for answer in each.answers]
        made.append(scene)
    return made


def _option(option: QuizOption) -> Raw:
    made: Raw = {"text": option.text, "credit": option.share}
    return made | ({"feedback": option.feedback} if option.feedback else {})


def _plain(source: str) -> str:
    return " ".join(html.unescape(plain_from_html(source)).split())


def _trimmed(word: str) -> str:
    return word.strip(_EDGES)
