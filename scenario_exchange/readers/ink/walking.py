"""Walking over compiled ink as its machine would, but gathering passages: every choice and divert begins a new one."""

from typing import Any

from scenario_exchange.imported import shortened
from scenario_exchange.readers.ink.arms import alternatives
from scenario_exchange.readers.ink.branching import Branching
from scenario_exchange.readers.ink.containers import Container, Pointer, resolve
from scenario_exchange.readers.ink.vocabulary import (
    BINARY,
    GLUE,
    SILENT,
    UNARY,
    as_words,
    behind,
    change_of,
    said_of,
)
from scenario_exchange.readers.ink.walk import Walk
from scenario_exchange.readers.stories.expressions import (
    Binary,
    Call,
    Expression,
    Literal,
    Unary,
    Variable,
    show,
)
from scenario_exchange.readers.stories.markup import placeholder
from scenario_exchange.readers.stories.pieces import Jump, Link, Passage, Words
from scenario_exchange.readers.wording import as_text

MAX_EXPRESSION = 60


class _Reading(Branching):
    def __init__(self, walk: Walk, passage: Passage) -> None:
        super().__init__(walk, passage)
        self.text: list[str] = []
        self.shown: list[Expression] = []
        self.in_expression = False
        self.in_tag = False
        self.returns: dict[str, str] = {}

    def read(self, pointer: Pointer | None) -> None:
        """Read on from a place until the passage ends."""
        while pointer is not None:
            pointer = self.step(pointer)
        self.flush()

    def step(self, pointer: Pointer) -> Pointer | None:
        """Read what stands at a place; return where to go on."""
        self.walk.step()
        container, index = pointer
        if index >= len(container.content):
            return behind(container)
        item = container.content[index]
        if not isinstance(item, Container):
            return self.item(item, Pointer(container, index))
        if id(item) in self.walk.landmarks:
            # Others come here too, or ask how often anyone did: it has to be one place.
            self.flush()
            self.passage.pieces.append(Jump(target=self.walk.passage_at(Pointer(item, 0))))
            return None
        found = alternatives(item, self.walk.root)
        return Pointer(item, 0) if found is None else self.alternatives(found)

    def item(self, item: Any, here: Pointer) -> Pointer | None:
        """Read one instruction; return where to go on, or None at the end of the passage."""
        onward = Pointer(here.container, here.at + 1)
        if isinstance(item, str):
            return onward if self._word(item) else None
        if isinstance(item, bool | int | float):
            self._push(Literal(item if isinstance(item, bool) else float(item)))
        elif isinstance(item, dict):
            return self._command(item, here, onward)
        return onward

    def _word(self, item: str) -> bool:
        """Read a text or a command without arguments; return whether the passage goes on."""
        if item.startswith("^"):
            if self.in_tag:
                self._tag(item[1:])
            else:
                self.text.append(item[1:] if self.strings else as_words(item[1:]))
        elif item in ("done", "end"):
            return False
        elif item == "str":
            self.strings.append(len(self.text))
        elif item == "/str" and self.strings:
            start = self.strings.pop()
            said = "".join(self.text[start:])
            del self.text[start:]
            self._push(Literal(said))
        elif item == "out":
            self._show(self.pop())
        elif item in ("#", "/#"):
            self.in_tag = item == "#"
        else:
            self._operator(item)
        return True

    def _operator(self, item: str) -> None:
        if item == "\n" and not self.strings and self.text[-1:] != [GLUE]:
            self.text.append("\n")
        if item == "<>" and not self.strings:
            while self.text and self.text[-1] in ("\n", GLUE):
                self.text.pop()
            self.text.append(GLUE)
        if item in ("ev", "/ev"):
            self.in_expression = item == "ev"
        if item in BINARY:
            right, left = self.pop(), self.pop()
            if isinstance(left, Call) and isinstance(right, Literal) and right.value not in (0.0, False, True):
                what = f"How often “{show(left.arguments[0])}” was visited is counted also when it leads to itself."
                self.walk.report.changed(self.passage.name, what, "Play it several times.")
            self._push(Binary(BINARY[item], left, right))
        elif item in UNARY:
            self._push(Unary(UNARY[item], self.pop()))
        elif item not in SILENT:
            self.walk.lacks(item)

    def _tag(self, text: str) -> None:
        if text.strip():
            self.walk.report.dropped(self.passage.name, f"The tag “#{shortened(text, 60)}”.")

    def _command(self, item: dict[str, Any], here: Pointer, onward: Pointer) -> Pointer | None:
        if "->" in item:
            return self._divert(item, here, onward)
        if "*" in item:
            self._choice(str(item["*"]), item.get("flg"), here)
        elif "^->" in item:
            self._push(Literal(str(item["^->"])))
        elif "temp=" in item or "VAR=" in item:
            self._assign(item)
        elif "VAR?" in item:
            self._push(Variable(str(item["VAR?"])[:200]))
        elif "CNT?" in item:
            found = resolve(str(item["CNT?"]), self.walk.root, here)
            self._push(Call("visited", (Literal(found.name if found else str(item["CNT?"])),)))
        elif "#" in item:
            self._tag(str(item["#"]))
        else:
            self.walk.lacks(next(iter(item), "{}"))
        return onward

    def _divert(self, item: dict[str, Any], here: Pointer, onward: Pointer) -> Pointer | None:
        path = str(item["->"])
        if item.get("var"):
            path = self.returns.pop(path, "")
            if not path:
                self.walk.lacking["divert to a variable"] = None
                return None
            return resolve(path, self.walk.root, here)
        found = resolve(path, self.walk.root, here)
        if found is None:
            self.walk.lacking[f"divert to {path[:40]}"] = None
            return None
        if item.get("c") and self.strings:
            self.walk.lacking["a choice whose words depend on a condition"] = None
            return None
        if item.get("c"):
            return self.arms(found, onward)
        if self.returns:
            return found
        self.flush()
        self.passage.pieces.append(Jump(target=self.walk.passage_at(found)))
        return None

    def _choice(self, path: str, flags: Any, here: Pointer) -> None:
        bits = flags if isinstance(flags, int) else 0
        claim = self.pop() if bits & 1 else None
        only = self.pop() if bits & 4 else None
        start = self.pop() if bits & 2 else None
        found = resolve(path, self.walk.root, here)
        if found is None:
            self.walk.lacking[f"choice to {path[:40]}"] = None
            return
        said = as_text("".join(said_of(part) for part in (start, only) if part is not None).strip())
        if bits & 8:
            what = "The way that is taken when no choice is left became a choice, “…”, that is always there."
            self.walk.report.changed(self.passage.name, what, "Give it a condition, or leave it out.")
        self.flush()
        target = self.walk.passage_at(found)
        self.passage.pieces.append(Link(text=said or "…", target=target, when=claim, once=bool(bits & 16)))

    def _assign(self, item: dict[str, Any]) -> None:
        name = str(item.get("VAR=") or item.get("temp="))[:200]
        given = bool(self.stack)
        value = self.pop()
        if name.startswith("$r"):
            self.returns[name] = str(value.value) if isinstance(value, Literal) else ""
        elif not given:
            self.walk.lacking["knots with parameters"] = None
        else:
            self.flush()
            self.passage.pieces.append(change_of(name, value))

    def _push(self, expression: Expression) -> None:
        if len(self.stack) >= MAX_EXPRESSION:
            self.walk.lacking["a very long expression"] = None
            self.stack.clear()
        self.stack.append(expression)

    def pop(self) -> Expression:
        return self.stack.pop() if self.stack else Literal("")

    def _show(self, value: Expression) -> None:
        if isinstance(value, Literal):
            self.text.append(as_words(said_of(value)))
        else:
            self.text.append(placeholder(len(self.shown)))
            self.shown.append(value)

    def flush(self) -> None:
        if self.strings:
            return
        raw = "".join(self.text)
        text = raw.replace(GLUE, "")
        lines = [" ".join(line.split(" ")).strip() for line in text.split("\n")]
        self.text = []
        kept = "\n\n".join(line for line in lines if line)
        words = Words(text=kept, shown=self.shown) if kept else None
        if words is not None:
            self.passage.pieces.append(words)
        self.lines.place(text, words)
        self.shown = []


def passages_from(walk: Walk, start: Pointer) -> list[Passage]:
    """Return every passage that can be reached from `start`."""
    walk.passage_at(start)
    while walk.waiting:
        pointer = walk.waiting.pop()
        walk.peek.check_time()
        _Reading(walk, walk.passages[pointer.name]).read(pointer)
    return list(walk.passages.values())
