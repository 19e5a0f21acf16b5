"""Walking over compiled ink as its machine would, but gathering passages: every choice and divert begins a new one."""

from typing import Any

from scenario_exchange.detect import Peek
from scenario_exchange.imported import ImportRefused
from scenario_exchange.readers.ink.containers import Container, Pointer, resolve
from scenario_exchange.readers.stories.expressions import (
    Binary,
    Call,
    Expression,
    Literal,
    Unary,
    Variable,
)
from scenario_exchange.readers.stories.markup import placeholder
from scenario_exchange.readers.stories.pieces import PLACEHOLDER, Change, Jump, Link, Passage, Words
from scenario_exchange.readers.wording import as_text

_BINARY = {"==": "is", "!=": "isnot", ">": ">", "<": "<", ">=": ">=", "<=": "<=", "&&": "and", "||": "or",
           "+": "+", "-": "-", "*": "*", "/": "/", "%": "%"}  # fmt: skip
_UNARY = {"!": "not", "_": "-"}
_SILENT = frozenset({"nop", "<>", "pop", "/str", "ev", "/ev", "\n"})
MAX_STEPS = 300_000
MAX_EXPRESSION = 60


class Walk:
    """Turns containers into passages; `lacking` names every command that scenarios have no answer to."""

    def __init__(self, root: Container, peek: Peek) -> None:
        self.root = root
        self.peek = peek
        self.passages: dict[str, Passage] = {}
        self.lacking: dict[str, None] = {}
        self.waiting: list[Pointer] = []
        self.steps = 0

    def passage_at(self, pointer: Pointer) -> str:
        """Return the name of the passage that begins at `pointer`, to be walked later."""
        if pointer.name not in self.passages:
            if len(self.passages) >= self.peek.limits.scenes:
                raise ImportRefused("import.too-large", "The story has too many passages.", "Split it.")
            self.passages[pointer.name] = Passage(name=pointer.name)
            self.waiting.append(pointer)
        return pointer.name

    def run(self, start: Pointer) -> list[Passage]:
        """Return every passage that can be reached from `start`."""
        self.passage_at(start)
        while self.waiting:
            pointer = self.waiting.pop()
            self.peek.check_time()
            _Reading(self, self.passages[pointer.name]).read(pointer)
        return list(self.passages.values())

    def step(self) -> None:
        """Count a step; a story that never ends is refused."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise ImportRefused("import.too-large", "The story takes too many steps to read.", "Split it.")


class _Reading:
    def __init__(self, walk: Walk, passage: Passage) -> None:
        self.walk = walk
        self.passage = passage
        self.stack: list[Expression] = []
        self.text: list[str] = []
        self.shown: list[Expression] = []
        self.strings: list[int] = []
        self.in_expression = False
        self.in_tag = False
        self.returns: dict[str, str] = {}

    def read(self, pointer: Pointer | None) -> None:
        """Read on from a place until the passage ends."""
        while pointer is not None:
            self.walk.step()
            container, index = pointer
            if index >= len(container.content):
                pointer = _behind(container)
                continue
            item = container.content[index]
            if isinstance(item, Container):
                pointer = Pointer(item, 0)
                continue
            pointer = self._item(item, Pointer(container, index))
        self._flush()

    def _item(self, item: Any, here: Pointer) -> Pointer | None:
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
            if not self.in_tag:
                self.text.append(as_words(item[1:]))
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
            self._show(self._pop())
        elif item in ("#", "/#"):
            self.in_tag = item == "#"
        else:
            self._operator(item)
        return True

    def _operator(self, item: str) -> None:
        if item == "\n" and not self.strings:
            self.text.append("\n")
        if item in ("ev", "/ev"):
            self.in_expression = item == "ev"
        if item in _BINARY:
            right, left = self._pop(), self._pop()
            self._push(Binary(_BINARY[item], left, right))
        elif item in _UNARY:
            self._push(Unary(_UNARY[item], self._pop()))
        elif item not in _SILENT:
            self.walk.lacking[item[:40]] = None

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
        elif "#" not in item:
            self.walk.lacking[next(iter(item), "{}")[:40]] = None
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
        if item.get("c"):
            self._decide(self._pop(), found, onward)
            return None
        if self.returns:
            return found
        self._flush()
        self.passage.pieces.append(Jump(target=self.walk.passage_at(found)))
        return None

    def _decide(self, claim: Expression, found: Pointer, onward: Pointer) -> None:
        """Go one way or the other: a passage of its own decides, so that what was said before is heard first."""
        self._flush()
        jumps = [
            Jump(target=self.walk.passage_at(found), when=claim),
            Jump(target=self.walk.passage_at(_settled(onward))),
        ]
        if not self.passage.pieces:
            self.passage.pieces.extend(jumps)
            return
        name = f"{_settled(onward).name} decides"
        self.walk.passages[name] = Passage(name=name, pieces=list(jumps))
        self.passage.pieces.append(Jump(target=name))

    def _choice(self, path: str, flags: Any, here: Pointer) -> None:
        bits = flags if isinstance(flags, int) else 0
        claim = self._pop() if bits & 1 else None
        only = self._pop() if bits & 4 else None
        start = self._pop() if bits & 2 else None
        found = resolve(path, self.walk.root, here)
        if found is None:
            self.walk.lacking[f"choice to {path[:40]}"] = None
            return
        said = "".join(_said(part) for part in (start, only) if part is not None).strip()
        if bits & 8:
            self.walk.lacking["a choice that takes itself when no other is left"] = None
            return
        self._flush()
        target = self.walk.passage_at(found)
        self.passage.pieces.append(Link(text=said or "…", target=target, when=claim, once=bool(bits & 16)))

    def _assign(self, item: dict[str, Any]) -> None:
        name = str(item.get("VAR=") or item.get("temp="))[:200]
        value = self._pop()
        if name.startswith("$r"):
            self.returns[name] = str(value.value) if isinstance(value, Literal) else ""
        elif "temp=" in item:
            self.walk.lacking["temp="] = None
        else:
            self._flush()
            self.passage.pieces.append(change_of(name, value))

    def _push(self, expression: Expression) -> None:
        if len(self.stack) >= MAX_EXPRESSION:
            self.walk.lacking["a very long expression"] = None
            self.stack.clear()
        self.stack.append(expression)

    def _pop(self) -> Expression:
        return self.stack.pop() if self.stack else Literal("")

    def _show(self, value: Expression) -> None:
        if isinstance(value, Literal):
            self.text.append(_said(value))
        else:
            self.text.append(placeholder(len(self.shown)))
            self.shown.append(value)

    def _flush(self) -> None:
        if self.strings:
            return
        text = "".join(self.text)
        lines = [" ".join(line.split(" ")).strip() for line in text.split("\n")]
        self.text = []
        kept = "\n\n".join(line for line in lines if line)
        if kept:
            self.passage.pieces.append(Words(text=kept, shown=self.shown))
        self.shown = []


def as_words(text: str) -> str:
    """Return a text of ink as authored text, with the blanks around it."""
    plain = text.replace(PLACEHOLDER, "")
    before = " " if plain[:1] == " " else ""
    after = " " if plain[-1:] == " " and plain.strip() else ""
    return f"{before}{as_text(plain)}{after}"


def change_of(name: str, value: Expression) -> Change:
    """Return an assignment; one that adds to the variable itself grows it."""
    source = f"{name} = …"
    if isinstance(value, Binary) and value.operator in ("+", "-") and value.left == Variable(name):
        grown = value.right
        if value.operator == "-" and isinstance(grown, Literal) and isinstance(grown.value, float):
            grown = Literal(-grown.value)
        if isinstance(grown, Literal):
            return Change(name=name, operation="add", value=grown, source=source)
    return Change(name=name, operation="set", value=value, source=source)


def _said(value: Expression) -> str:
    if not isinstance(value, Literal):
        return "…"
    return f"{value.value:g}" if isinstance(value.value, float) else str(value.value)


def _behind(container: Container) -> Pointer | None:
    """Return the place behind a container, or None when nothing follows."""
    if container.parent is None or container.at < 0:
        return None
    return Pointer(container.parent, container.at + 1)


def _settled(pointer: Pointer) -> Pointer:
    """Return a place that has content: behind its container, where it stands at the end."""
    while pointer.at >= len(pointer.container.content):
        behind = _behind(pointer.container)
        if behind is None:
            return pointer
        pointer = behind
    return pointer
