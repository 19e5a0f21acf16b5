"""Lines that an if stands in the middle of: each arm becomes the whole line, so that no sentence falls apart."""

from collections.abc import Iterator
from itertools import product
from math import prod

import msgspec

from scenario_exchange.readers.stories.expressions import Asked, Binary, Expression, Unary, both, leaves_of, negated
from scenario_exchange.readers.stories.markup import placeholder
from scenario_exchange.readers.stories.pieces import PLACEHOLDER, Words

# Of one line that holds several ifs.
MAX_LINES = 8


class Lines:
    """Knows, while text is gathered, whether the line goes on from one stretch to the next."""

    def __init__(self, *, is_fresh: bool = True, gap: bool = False) -> None:
        self.is_fresh = is_fresh
        self.gap = gap

    def place(self, raw: str, words: Words | None) -> None:
        """Note how a stretch of text stands to the one before it, in `words` where there are any."""
        if words is not None:
            words.joins = not self.is_fresh and "\n" not in raw[: len(raw) - len(raw.lstrip())]
            words.before = self.gap or raw[:1].isspace()
        if raw:
            end = raw[len(raw.rstrip()) :]
            self.is_fresh = "\n" in end or (self.is_fresh and not raw.strip())
            self.gap = bool(end)
        if words is not None:
            words.after = self.gap

    def copy(self) -> "Lines":
        """Return another that stands at the same place."""
        return Lines(is_fresh=self.is_fresh, gap=self.gap)


def whole_lines(words: list[Words]) -> list[Words]:
    """Return the texts of a passage, with each line that holds one plain if made whole for each of its arms."""
    if not any(each.joins for each in words):
        return words
    runs: list[list[Words]] = []
    for each in _by_lines(words):
        if each.joins and runs and not each.picture and not each.who:
            runs[-1].append(each)
        else:
            runs.append([each])
    return [each for run in _told_again(runs) for each in run]


def _by_lines(words: list[Words]) -> Iterator[Words]:
    """Yield texts; where text without a condition goes on in the line before or after, that line is on its own."""
    for each, following in zip(words, [*words[1:], None], strict=True):
        goes_on = following is not None and following.joins
        if each.when is not None or "\n" not in each.text or not (each.joins or goes_on):
            yield each
            continue
        first, _, rest = each.text.partition("\n")
        middle, _, last = rest.rpartition("\n")
        if any(line.count("*") % 2 for line in (first, last)):  # a mark goes over several lines
            yield each
            continue
        if not each.joins:
            first, middle = "", f"{first}\n{middle}" if middle or rest != last else first
        if not goes_on:
            middle, last = rest, ""
        if first:
            yield msgspec.structs.replace(each, text=first.rstrip("\\"), after=False)
        middle = middle.strip("\n")
        middle = middle[:-1] if middle.endswith("\\") else middle
        if middle:
            yield msgspec.structs.replace(each, text=middle, joins=False)
        if last:
            yield msgspec.structs.replace(each, text=last, joins=False)


def _told_again(runs: list[list[Words]]) -> Iterator[list[Words]]:
    """Yield the runs, whole lines made of those that hold an if; text without conditions stays together."""
    plain: list[Words] = []
    for run in runs:
        whole = _whole(run)
        if whole is None and len(run) == 1 and run[0].when is None and not run[0].picture and not run[0].who:
            plain += run
            continue
        if plain:
            yield [_together(plain)]
            plain = []
        yield whole or run
    if plain:
        yield [_together(plain)]


def _together(parts: list[Words]) -> Words:
    text = ""
    shown: list[Expression] = []
    for part in parts:
        text += ("\n\n" if text else "") + _renumbered(part.text, len(shown))
        shown = [*shown, *part.shown]
    return msgspec.structs.replace(parts[0], text=text, shown=shown)


def _whole(run: list[Words]) -> list[Words] | None:
    if len(run) < 2 or all(each.when is None for each in run):
        return None
    if any("\n" in each.text or each.picture or each.who for each in run):
        return None
    ways: list[list[tuple[Words | None, Expression | None]]] = []
    last_key = -1
    for each in run:
        if each.when is None:
            ways.append([(each, None)])
            last_key = -1
            continue
        # Another claim than that of an if: no arm stands on it.
        keys = {leaf.key if isinstance(leaf, Asked) else -1 for leaf in leaves_of(each.when)}
        if len(keys) != 1 or keys == {-1}:
            return None
        key = keys.pop()
        if key == last_key:
            ways[-1].append((each, each.when))
        else:
            ways.append([(each, each.when)])
        last_key = key
    for way in ways:
        if way[0][1] is not None and not _is_else(way[-1][1]):
            way.append((None, _none_of([when for _, when in way if when is not None])))
    if prod(len(way) for way in ways) > MAX_LINES:
        return None
    found = []
    for each_way in product(*ways):
        when: Expression | None = None
        for _, claim in each_way:
            when = both(when, claim)
        found.append(_line([part for part, _ in each_way], when))
    return [each for each in found if each.text]


def _none_of(claims: list[Expression]) -> Expression | None:
    none: Expression | None = None
    for claim in claims:
        none = both(none, negated(claim))
    return none


def _line(parts: list[Words | None], when: Expression | None) -> Words:
    text, gap = "", False
    shown: list[Expression] = []
    for part in parts:
        if part is None:
            continue
        blank = " " if text and (gap or part.before) and not text.endswith(" ") else ""
        text += blank + _renumbered(part.text, len(shown))
        shown += part.shown
        gap = part.after
    return Words(text=text, when=when, shown=shown)


def _renumbered(text: str, first: int) -> str:
    if not first or PLACEHOLDER not in text:
        return text
    parts = text.split(PLACEHOLDER)
    parts[1::2] = [placeholder(int(number) + first) for number in parts[1::2]]
    return "".join(parts)


def _is_else(when: Expression | None) -> bool:
    """Return whether a condition is that of a last resort: no earlier arm holds."""
    if isinstance(when, Binary) and when.operator == "and":
        return _is_else(when.left) and _is_else(when.right)
    return isinstance(when, Unary) and when.operator == "not" and isinstance(when.inner, Asked)
