"""What every dialect does while it reads a passage: gather words, links and changes, and name what is lost."""

import re
from collections.abc import Callable, Iterator

import msgspec

from scenario_exchange.imported import Report, shortened
from scenario_exchange.readers.stories.branches import Branches
from scenario_exchange.readers.stories.expressions import (
    Binary,
    Expression,
    Literal,
    Opaque,
    mentioned,
    parse,
)
from scenario_exchange.readers.stories.markup import placeholder, to_markdown
from scenario_exchange.readers.stories.pieces import (
    PLACEHOLDER,
    Asks,
    Chance,
    Change,
    Include,
    Jump,
    Link,
    Piece,
    Words,
)
from scenario_exchange.readers.stories.styles import Style
from scenario_exchange.readers.stories.whole_lines import Lines
from scenario_exchange.readers.twine.links import parse_link
from scenario_exchange.readers.twine.running_text import WAY, without_ways
from scenario_exchange.readers.twine.sources import parse_change, split_outside
from scenario_exchange.readers.wording import tidy

MAX_NESTED = 40


_OWN_SIGNS = dict.fromkeys(map(ord, (PLACEHOLDER, WAY)))


class Tongue(msgspec.Struct, frozen=True, kw_only=True):
    """What a dialect's words look like: its marks, its variables in running text, and which names are variables."""

    style: Style
    # A variable that shows its value where it stands; the first group is its expression.
    shown: re.Pattern[str] | None = None
    is_variable: Callable[[str], bool] = bool


class Weaver:
    """Gathers the pieces of one passage. Dialects call it; `when` is the condition of the place they are in."""

    def __init__(self, place: str, tongue: Tongue, report: Report) -> None:
        self.place = place
        self.tongue = tongue
        self.report = report
        self.pieces: list[Piece] = []
        self._words: list[str] = []
        self._shown: list[Expression] = []
        self._lines = Lines()
        self._when: Expression | None = None

    def words(self, text: str, when: Expression | None) -> None:
        """Add a stretch of the passage's own text."""
        if when is not self._when:
            self._flush()
            self._when = when
        self._words.append(_foreign(text))

    def value(self, expression: Expression, when: Expression | None) -> None:
        """Add the value of an expression to the text."""
        self.words("", when)
        self._words.append(placeholder(len(self._shown)))
        self._shown.append(expression)

    def printed(self, expression: Expression, when: Expression | None) -> None:
        """Add the value of an expression; words joined with it by + are words."""
        if isinstance(expression, Literal) and isinstance(expression.value, str):
            self.words(expression.value, when)
        elif isinstance(expression, Binary) and expression.operator == "+" and _joins_words(expression):
            self.printed(expression.left, when)
            self.printed(expression.right, when)
        else:
            self.value(expression, when)

    def verbatim(self, text: str, when: Expression | None) -> None:
        """Add words in which no mark means anything."""
        if text.strip():
            self.value(Literal(_foreign(text)), when)

    def branches(self) -> Branches:
        """Return the branches of an if that stands here."""
        self.pieces.append(Asks(key=(found := Branches()).key))
        return found

    def running(self, text: str, when: Expression | None) -> None:
        """Add a stretch of the passage's own text in which variables show their values."""
        for part in self._parts(text):
            if isinstance(part, str):
                self.words(part, when)
            else:
                self.value(part, when)

    def claim(self, source: str) -> Expression:
        """Return an expression of the story; one that speaks of what is no variable of it stays a quotation."""
        found = parse(source)
        names = mentioned(found)
        return found if all(self.tongue.is_variable(name) for name in names) else Opaque(source.strip())

    def _parts(self, text: str) -> Iterator[str | Expression]:
        at = 0
        for match in self.tongue.shown.finditer(text) if self.tongue.shown else ():
            yield text[at : match.start()]
            yield self.claim(match[1])
            at = match.end()
        yield text[at:]

    def link(self, inside: str, when: Expression | None, changes: list[Change] | None = None) -> None:
        """Add a link written in double brackets."""
        found = parse_link(inside)
        if found.is_address:
            self.words(f"{found.text} ({found.target})" if found.text != found.target else found.target, when)
            self.report.changed(self.place, f"A link to {shortened(found.target)} became words.")
            return
        setters = [*(changes or []), *self.changes_of(found.setter)]
        self.way(found.text, found.target, when, setters)

    def way(
        self,
        text: str,
        target: str,
        when: Expression | None,
        changes: list[Change] | None = None,
        *,
        once: bool = False,
    ) -> None:
        """Add a way on. Its words stay in the text as well, where they are part of a sentence."""
        self.words("", when)
        text = _foreign(text)
        shown: list[Expression] = []
        said = text
        if self.tongue.shown and self.tongue.shown.search(text):
            self._words.append(WAY)
            self.running(text, when)
            self._words.append(WAY)
            said = ""
            for part in self._parts(text):
                if not isinstance(part, str):
                    shown.append(part)
                said += part if isinstance(part, str) else placeholder(len(shown) - 1)
        else:
            self._words.append(f"{WAY}{text}{WAY}")
        marked = to_markdown(said, self.tongue.style, hard_breaks=False)
        link = Link(text=marked.text, target=target, when=when, changes=changes or [], once=once, shown=shown)
        self.pieces.append(link)

    def jump(self, target: str, when: Expression | None) -> None:
        """Add a way that the story takes by itself."""
        self._flush()
        self.pieces.append(Jump(target=target, when=when))

    def draw(self, targets: list[str], when: Expression | None) -> None:
        """Add a way that the story takes by itself, to one of several passages."""
        self._flush()
        self.pieces.append(Chance(targets=targets, when=when))

    def include(self, target: str, when: Expression | None) -> None:
        """Add the text of another passage."""
        self._flush()
        self.pieces.append(Include(target=target, when=when))

    def change(self, source: str, when: Expression | None) -> None:
        """Add a change of variables that is made on the way in."""
        self._flush()
        for each in self.changes_of(source):
            each.when = when
            self.pieces.append(each)

    def changes_of(self, source: str) -> list[Change]:
        """Return the changes that a setter makes; what is no plain change is named."""
        found = []
        for part in split_outside(source, ",;"):
            change = parse_change(part)
            if change is not None and self.tongue.is_variable(change.name):
                found.append(change)
            elif part.strip():
                self.lost(f"“{shortened(part, 80)}”")
        return found

    def lost(self, what: str, hint: str = "") -> None:
        """Name something that is not converted."""
        self.report.dropped(self.place, f"Not converted: {what}.", hint)

    def loosened(self, what: str, hint: str = "") -> None:
        """Name something that arrived in another form."""
        self.report.changed(self.place, what, hint)

    def finish(self) -> list[Piece]:
        """Return all pieces."""
        self._flush()
        return self.pieces

    def _flush(self) -> None:
        raw = without_ways("".join(self._words))
        text = raw.strip()
        self._words = []
        words: Words | None = None
        if text:
            marked = to_markdown(text, self.tongue.style)
            for name in dict.fromkeys(marked.lost):
                self.lost(name)
            if tidy(marked.text):
                words = Words(text=marked.text, when=self._when, shown=self._shown)
                self.pieces.append(words)
            for picture in marked.pictures:
                self.pieces.append(Words(text="", when=self._when, picture=picture))
        self._lines.place(raw, words)
        self._shown = []


def _joins_words(expression: Expression) -> bool:
    if isinstance(expression, Binary) and expression.operator == "+":
        return _joins_words(expression.left) or _joins_words(expression.right)
    return isinstance(expression, Literal) and isinstance(expression.value, str)


def _foreign(text: str) -> str:
    """Return text of a file without the signs that we keep for ourselves."""
    return text.translate(_OWN_SIGNS) if PLACEHOLDER in text or WAY in text else text
