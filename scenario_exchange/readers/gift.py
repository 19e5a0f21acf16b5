"""Questions in GIFT, the plain-text format of Moodle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Imported, ImportRefused, Report, shortened
from scenario_exchange.readers.building import Draft
from scenario_exchange.readers.html_text import from_html
from scenario_exchange.readers.quiz.build import QuizBuilder, add_or_tell
from scenario_exchange.readers.quiz.items import QuizAnswer, QuizItem, QuizOption
from scenario_exchange.readers.quiz.numbers import number_in
from scenario_exchange.readers.wording import as_line, as_text

_ESCAPED = re.compile(r"\\([~=#{}:\\n])")
# Stand-ins for what is escaped, so that it means nothing while the rest is taken apart.
_STAND_INS = {char: chr(0xFDD8 + index) for index, char in enumerate("~=#{}:\\n")}
_BACK = {ord(mark): "\n" if char == "n" else char for char, mark in _STAND_INS.items()}
_TITLE = re.compile(r"^\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]\s*", re.IGNORECASE)
_ANSWER = re.compile(r"([~=])((?:(?![~=]).)*)", re.DOTALL)
_WEIGHT = re.compile(r"^\s*%(-?\d{1,3}(?:\.\d{1,6})?)%")
_TRUE = {"T": True, "TRUE": True, "F": False, "FALSE": False}


def fits(peek: Peek) -> bool:
    """Return whether a text holds answers between braces as GIFT writes them."""
    head = peek.head
    if not head or head[0] in "<[" or head.startswith(":: ") or peek.looks_like_json:
        return False
    named = peek.extension in (".gift", ".txt", "")
    return named and not head.startswith("---") and _holds_answers(head)


def _holds_answers(head: str) -> bool:
    at = head.find("{")
    while at >= 0:
        end = head.find("}", at)
        inside = head[at + 1 : end].strip()
        if end > 0 and (inside[:1] in ("=", "~", "#", "%") or inside.partition("#")[0].strip().upper() in _TRUE):
            return True
        at = head.find("{", at + 1)
    return bool(re.search(r"^::[^:\n]+::.*\{\}", head, re.MULTILINE))


def read(peek: Peek) -> Imported:
    """Return the quiz. Raises ImportRefused."""
    report = Report()
    reader = _Gift(Draft(PurePosixPath(peek.name).stem, report, peek), peek)
    for number, (line, block) in enumerate(_blocks(peek.text), 1):
        peek.check_time()
        reader.block(block, number, line)
    document = reader.builder.finish()
    if document is None:
        raise ImportRefused("import.empty", "There are no questions in this file.", "Export it again.", peek.name)
    return Imported(format="gift", documents=[document], report=report)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, block): questions stand apart by empty lines, comments by two slashes."""
    lines: list[str] = []
    first = 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.lstrip().startswith("//"):
            continue
        if line.strip():
            first = first or number
            lines.append(line)
        elif lines and not _is_open("\n".join(lines)):
            yield first, "\n".join(lines)
            lines, first = [], 0
    if lines:
        yield first, "\n".join(lines)


def _is_open(block: str) -> bool:
    plain = _ESCAPED.sub("", block)
    return plain.count("{") > plain.count("}") and plain.count("\n") < 200


class _Gift:
    def __init__(self, draft: Draft, peek: Peek) -> None:
        self.draft = draft
        self.peek = peek
        self.builder = QuizBuilder(draft)
        self.category = ""

    def block(self, block: str, number: int, line: int) -> None:
        block = block.strip()
        if block.upper().startswith("$CATEGORY:"):
            first, _, rest = block.partition("\n")
            self.category = first.partition(":")[2].strip().rpartition("/")[2]
            block = rest.strip()
            if not block:
                return
        block = _ESCAPED.sub(lambda match: _STAND_INS[match[1]], block)
        title, body = "", block
        if match := _TITLE.match(block):
            title, body = match[1].strip().translate(_BACK), block[match.end() :]
        self.format = "moodle"
        if match := _FORMAT.match(body):
            self.format, body = match[1].lower(), body[match.end() :]
        before, brace, rest = body.partition("{")
        inside, closed, after = rest.rpartition("}")
        self.place = f"{number}. {title}" if title else f"line {line}"
        if brace and not closed:
            self.draft.report.dropped(
                self.place, f"A question without its closing brace: “{shortened(before)}”.", "Close it."
            )
            return
        asked = f"{before.rstrip()} _____ {after.lstrip()}" if after.strip() else before
        name = title or " ".join(before.split()).translate(_BACK)[:60]
        item = QuizItem(
            name=as_line(name) or f"Question {number}", kind="page", prompt=self._words(asked), place=self.place
        )
        item.category = self.category
        if brace:
            inside, _, general = inside.partition("####")
            item.feedback = self._words(general)
            self._answers(inside.strip(), item)
        add_or_tell(self.builder, item)

    def _words(self, text: str) -> str:
        plain = text.translate(_BACK).strip()
        if self.format == "html" or (self.format == "moodle" and re.search(r"<[a-z/][^>]*>", plain, re.IGNORECASE)):
            words = from_html(plain, self.peek.limits, self.place)
            for lost in [*words.lost, *(f"{tag} {address}" for tag, address, _ in words.media)]:
                self.draft.report.dropped(self.place, f"{shortened(lost)} in its text.")
            return words.text
        return as_text(plain)

    def _answers(self, inside: str, item: QuizItem) -> None:
        head = inside.partition("#")[0].strip().upper()
        if not inside:
            item.kind = "essay"
        elif head in _TRUE:
            self._true_or_false(inside, _TRUE[head], item)
        elif inside.startswith("#"):
            self._numeric(inside[1:], item)
        else:
            self._listed(inside, item)

    def _true_or_false(self, inside: str, right: bool, item: QuizItem) -> None:
        item.kind = "single"
        told = [self._words(each) for each in inside.split("#")[1:]]
        wrong_told, right_told = (told[0] if told else ""), (told[1] if len(told) > 1 else "")
        for words, is_this in (("True", right), ("False", not right)):
            feedback = right_told if is_this else wrong_told
            item.options.append(QuizOption(text=words, share=float(is_this), feedback=feedback))

    def _numeric(self, inside: str, item: QuizItem) -> None:
        item.kind = "numeric"
        listed = _ANSWER.findall(inside) or [("=", inside)]
        for mark, text in listed:
            share, text = self._weight(text, 1.0)
            said, _, told = text.partition("#")
            if mark == "~":
                item.no_match = self._words(told)
                continue
            answer = _range(said)
            if answer is None:
                self.draft.report.dropped(self.place, f"The answer “{shortened(said)}” is no number.")
            else:
                answer.share, answer.feedback = share, self._words(told)
                item.answers.append(answer)

    def _listed(self, inside: str, item: QuizItem) -> None:
        found = _ANSWER.findall(inside)
        if lost := inside[: len(inside) - len(inside.lstrip())] + re.split(r"[~=]", inside, maxsplit=1)[0].strip():
            self.draft.report.dropped(self.place, f"“{shortened(lost.translate(_BACK))}” before the first answer.")
        if found and all(mark == "=" and "->" in text for mark, text in found):
            item.kind = "matching"
            for _, text in found:
                left, _, right = text.partition("->")
                right = as_line(right.partition("#")[0].translate(_BACK))
                if left.strip() and right:
                    item.pairs.append((self._words(left), right))
                elif right:
                    item.extra_right.append(right)
        elif found and all(mark == "=" for mark, _ in found):
            item.kind = "short_text"
            for _, text in found:
                share, text = self._weight(text, 1.0)
                said, _, told = text.partition("#")
                words = " ".join(said.translate(_BACK).split())
                if words:
                    item.answers.append(QuizAnswer(words=[words], share=share, feedback=self._words(told)))
        else:
            self._options(found, item)

    def _options(self, found: list[tuple[str, str]], item: QuizItem) -> None:
        item.kind = "single" if any(mark == "=" for mark, _ in found) else "multiple"
        for mark, text in found:
            share, text = self._weight(text, 1.0 if mark == "=" else 0.0)
            said, _, told = text.partition("#")
            item.options.append(QuizOption(text=self._words(said), share=share, feedback=self._words(told)))

    def _weight(self, text: str, otherwise: float) -> tuple[float, str]:
        match = _WEIGHT.match(text)
        return (float(match[1]) / 100, text[match.end() :]) if match else (otherwise, text)


def _range(said: str) -> QuizAnswer | None:
    said = said.translate(_BACK).strip()
    if ".." in said:
        low, _, high = (
            number_in(part, None) if index != 1 else None for index, part in enumerate(said.partition(".."))
        )
        if low is None or high is None:
            return None
        return QuizAnswer(value=(low + high) / 2, tolerance=abs(high - low) / 2)
    value_text, _, tolerance_text = said.partition(":")
    value = number_in(value_text, None)
    return QuizAnswer(value=value, tolerance=number_in(tolerance_text or "0", 0)) if value is not None else None


GIFT = Reader(name="gift", title="GIFT questions", extensions=(".gift", ".txt"), fits=fits, read=read)
