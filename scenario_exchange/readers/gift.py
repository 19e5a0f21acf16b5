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
from scenario_exchange.readers.quiz.numbers import number_in, range_answer
from scenario_exchange.readers.quiz.texts import from_markdown, named_medium, shown_address
from scenario_exchange.readers.wording import as_line, as_text, in_one_line

# Stand-ins for what is escaped, so that it means nothing while the rest is taken apart. The backslash comes first.
_STAND_INS = {char: chr(0xFDD8 + index) for index, char in enumerate("\\~=#{}:n")}
_BACK = {ord(mark): "\n" if char == "n" else char for char, mark in _STAND_INS.items()}
_TITLE = re.compile(r"^\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]\s*", re.IGNORECASE)
_ANSWER = re.compile(r"([~=])([^~=]*+)")
_WEIGHT = re.compile(r"^\s*%(-?\d{1,3}(?:\.\d{1,6})?)%")
# An open brace keeps a question together over empty lines, but not for ever.
_MAX_LINES = 200
_MAX_ANSWERS = 60_000
_TAG = re.compile(r"<[a-z/][^<>]*+>", re.IGNORECASE)
_TRUE = {"T": True, "TRUE": True, "F": False, "FALSE": False}


def fits(peek: Peek) -> bool:
    """Return whether a text holds answers between braces as GIFT writes them."""
    head = peek.head
    if not head or head[0] == "<" or head.startswith(":: ") or peek.looks_like_json:
        return False
    if head[0] == "[" and not _FORMAT.match(head):
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
    first = opened = 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.lstrip().startswith("//"):
            continue
        if line.strip():
            first = first or number
            lines.append(line)
            plain = _hidden(line) if "{" in line or "}" in line else ""
            opened += plain.count("{") - plain.count("}")
        elif lines and (opened <= 0 or len(lines) > _MAX_LINES):
            yield first, "\n".join(lines)
            lines, first, opened = [], 0, 0
    if lines:
        yield first, "\n".join(lines)


def _hidden(text: str) -> str:
    """Return a text with a stand-in for each escaped sign."""
    if "\\" in text:
        for char, stand_in in _STAND_INS.items():
            text = text.replace(f"\\{char}", stand_in)
    return text


class _Gift:
    def __init__(self, draft: Draft, peek: Peek) -> None:
        self.draft = draft
        self.peek = peek
        self.builder = QuizBuilder(draft)
        self.category = ""
        self.answers = 0

    def block(self, block: str, number: int, line: int) -> None:
        block = block.strip()
        if block.upper().startswith("$CATEGORY:"):
            first, _, rest = block.partition("\n")
            self.category = first.partition(":")[2].strip().rpartition("/")[2]
            block = rest.strip()
            if not block:
                return
        block = _hidden(block)
        title, body = "", block
        if match := _TITLE.match(block):
            title, body = match[1].strip().translate(_BACK), block[match.end() :]
        self.format = "moodle"
        if match := _FORMAT.match(body):
            self.format, body = match[1].lower(), body[match.end() :]
        before, brace, rest = body.partition("{")
        inside, closed, after = rest.rpartition("}")
        name = title or " ".join(before.split()).translate(_BACK)[:60]
        self.place = f"{number}. {name}" if name else f"line {line}"
        if brace and not closed:
            self.draft.report.dropped(
                self.place, f"A question without its closing brace: “{shortened(before)}”.", "Close it."
            )
            return
        gap = "_____" if before[-1:].isspace() or not before else " _____"
        asked = f"{before}{gap}{after}" if after.strip() else before
        item = QuizItem(name=as_line(name) or f"Question {number}", kind="page", prompt="", place=self.place)
        item.prompt = self._words(asked, item)
        item.category = self.category
        if brace:
            self._count(inside)
            inside, _, general = inside.partition("####")
            item.feedback = self._words(general)
            self._answers(inside.strip(), item)
        add_or_tell(self.builder, item)

    def _count(self, inside: str) -> None:
        self.answers += inside.count("=") + inside.count("~")
        if self.answers > _MAX_ANSWERS:
            told = f"The file holds more than {_MAX_ANSWERS:,} answers."
            raise ImportRefused("import.too-large", told, "Split it.", self.place)

    def _words(self, text: str, item: QuizItem | None = None) -> str:
        """Return a text of the source as authored text; pictures inside it come along where `item` is given."""
        form = self.format
        if match := _FORMAT.match(text):
            form, text = match[1].lower(), text[match.end() :]
        plain = text.translate(_BACK).strip()
        if form == "markdown":
            return from_markdown(plain)
        if form != "html" and (form != "moodle" or not _TAG.search(plain)):
            return as_text(plain)
        words = from_html(plain, self.peek.limits, self.place)
        for lost in words.lost:
            self.draft.report.dropped(self.place, f"{shortened(lost)} in its text.")
        for tag, address, alt in words.media:
            if item is not None and (key := self.draft.bring_inline(address, self.place)):
                item.media.append((key, alt))
            else:
                what = f"The {named_medium(tag)} {shown_address(address)} is not inside the file."
                self.draft.report.dropped(self.place, what, "Upload it.")
        return words.text

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
        first = re.split(r"[~=]", inside, maxsplit=1)[0].strip()
        for mark, text in [*([("=", first)] if first else []), *_ANSWER.findall(inside)]:
            share, text = self._weight(text, 1.0)
            said, _, told = text.partition("#")
            if mark == "~" or said.strip() == "*":
                item.no_match = self._words(told)
                item.no_match_share = share if mark == "=" else 0.0
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
                right = in_one_line(self._words(right.partition("#")[0]))
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
                if words == "*":
                    item.no_match, item.no_match_share = self._words(told), share
                elif words:
                    item.answers.append(QuizAnswer(words=[words], share=share, feedback=self._words(told)))
        else:
            self._options(found, item)

    def _options(self, found: list[tuple[str, str]], item: QuizItem) -> None:
        item.kind = "single" if any(mark == "=" for mark, _ in found) else "multiple"
        for mark, text in found:
            share, text = self._weight(text, 1.0 if mark == "=" else 0.0)
            said, _, told = text.partition("#")
            item.options.append(QuizOption(text=self._words(said, item), share=share, feedback=self._words(told)))

    def _weight(self, text: str, otherwise: float) -> tuple[float, str]:
        match = _WEIGHT.match(text)
        return (float(match[1]) / 100, text[match.end() :]) if match else (otherwise, text)


def _range(said: str) -> QuizAnswer | None:
    said = said.translate(_BACK).strip()
    if ".." in said:
        low, _, high = said.partition("..")
        return range_answer(number_in(low, None), number_in(high, None))
    value_text, _, tolerance_text = said.partition(":")
    value = number_in(value_text, None)
    return QuizAnswer(value=value, tolerance=number_in(tolerance_text or "0", 0)) if value is not None else None


GIFT = Reader(name="gift", title="GIFT questions", extensions=(".gift", ".txt"), fits=fits, read=read)
