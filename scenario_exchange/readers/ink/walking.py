"""Walking over compiled ink as its machine would, but gathering passages: every choice and divert begins a new one."""

from typing import Any

from scenario_exchange.detect import Peek
from scenario_exchange.imported import ImportRefused, Report, shortened
from scenario_exchange.readers.ink.arms import Alternatives, alternatives, end_of_plain, other_arms
from scenario_exchange.readers.ink.containers import Container, Pointer, resolve
from scenario_exchange.readers.ink.landmarks import landmarks
from scenario_exchange.readers.stories.branches import Branches
from scenario_exchange.readers.stories.expressions import (
    Binary,
    Call,
    Expression,
    Literal,
    Unary,
    Variable,
    both,
    show,
)
from scenario_exchange.readers.stories.markup import placeholder
from scenario_exchange.readers.stories.pieces import PLACEHOLDER, Asks, Chance, Change, Jump, Link, Passage, Words
from scenario_exchange.readers.wording import as_text

_BINARY = {"==": "is", "!=": "isnot", ">": ">", "<": "<", ">=": ">=", "<=": "<=", "&&": "and", "||": "or",
           "+": "+", "-": "-", "*": "*", "/": "/", "%": "%"}  # fmt: skip
_UNARY = {"!": "not", "_": "-"}
_SILENT = frozenset({"nop", "<>", "pop", "/str", "ev", "/ev", "\n"})
# What the machine of ink calls by a word, as its authors call it.
_LACKING = {
    "visit": "alternatives of a kind of their own", "du": "alternatives of a kind of their own",
    "seq": "alternatives of a kind of their own", "MIN": "MIN", "->t->": "tunnels (-> knot ->)",
    "->->": "tunnels (-> knot ->)", "f()": "functions", "x()": "functions of a game (EXTERNAL)", "~ret": "functions",
    "void": "functions", "thread": "threads (<- knot)", "rnd": "chance (RANDOM)", "srnd": "chance (SEED_RANDOM)",
    "lrnd": "lists", "range": "lists", "list": "lists", "listInt": "lists", "lrange": "lists", "turn": "turns counted",
    "turns": "turns counted (TURNS_SINCE)", "readc": "visits of a knot in a variable (READ_COUNT)",
    "choiceCnt": "choices counted (CHOICE_COUNT)", "^var": "variables passed by name (ref)", "temp=": "variables of a knot",
}  # fmt: skip
# Joins what stands before it with what follows, over the end of a line.
_GLUE = "\ue002"
MAX_STEPS = 300_000
MAX_EXPRESSION = 60


class Walk:
    """Turns containers into passages; `lacking` names every command that scenarios have no answer to."""

    def __init__(self, root: Container, peek: Peek, report: Report) -> None:
        self.root = root
        self.peek = peek
        self.report = report
        self.passages: dict[str, Passage] = {}
        self.lacking: dict[str, None] = {}
        self.waiting: list[Pointer] = []
        self.steps = 0
        self.landmarks = landmarks(root)

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

    def lacks(self, command: str) -> None:
        """Remember that a scenario has nothing like a command."""
        self.lacking[_LACKING.get(command, command[:40])] = None

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
            pointer = self._step(pointer)
        self._flush()

    def _step(self, pointer: Pointer) -> Pointer | None:
        """Read what stands at a place; return where to go on."""
        self.walk.step()
        container, index = pointer
        if index >= len(container.content):
            return _behind(container)
        item = container.content[index]
        if not isinstance(item, Container):
            return self._item(item, Pointer(container, index))
        if id(item) in self.walk.landmarks:
            # Others come here too, or ask how often anyone did: it has to be one place.
            self._flush()
            self.passage.pieces.append(Jump(target=self.walk.passage_at(Pointer(item, 0))))
            return None
        found = alternatives(item, self.walk.root)
        return Pointer(item, 0) if found is None else self._alternatives(found)

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
            self._show(self._pop())
        elif item in ("#", "/#"):
            self.in_tag = item == "#"
        else:
            self._operator(item)
        return True

    def _operator(self, item: str) -> None:
        if item == "\n" and not self.strings and self.text[-1:] != [_GLUE]:
            self.text.append("\n")
        if item == "<>" and not self.strings:
            while self.text and self.text[-1] in ("\n", _GLUE):
                self.text.pop()
            self.text.append(_GLUE)
        if item in ("ev", "/ev"):
            self.in_expression = item == "ev"
        if item in _BINARY:
            right, left = self._pop(), self._pop()
            if isinstance(left, Call) and isinstance(right, Literal) and right.value not in (0.0, False, True):
                what = f"How often “{show(left.arguments[0])}” was visited is counted also when it leads to itself."
                self.walk.report.changed(self.passage.name, what, "Play it several times.")
            self._push(Binary(_BINARY[item], left, right))
        elif item in _UNARY:
            self._push(Unary(_UNARY[item], self._pop()))
        elif item not in _SILENT:
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
            return self._arms(found, onward)
        if self.returns:
            return found
        self._flush()
        self.passage.pieces.append(Jump(target=self.walk.passage_at(found)))
        return None

    def _arms(self, first: Pointer, onward: Pointer) -> Pointer | None:
        """Read a condition: plain arms are text that shows while it holds; others are ways."""
        rejoins = end_of_plain(first, self.walk.root)
        others = other_arms(first, rejoins, self.walk.root) if rejoins is not None else None
        if rejoins is None or others is None:
            self._decide(self._pop(), first, onward)
            return None
        branches = self._branches()
        self._said_while(branches.arm(self._pop()), first)
        for other in others:
            *test, last = other.content
            for at, item in enumerate(test):
                self._item(item, Pointer(other, at))
            arm = resolve(str(last["->"]), self.walk.root, Pointer(other, len(test)))
            when = branches.arm(self._pop() if last.get("c") else None)
            if arm is not None:
                self._said_while(when, arm)
        return rejoins

    def _branches(self) -> Branches:
        self._flush()
        branches = Branches()
        self.passage.pieces.append(Asks(key=branches.key))
        return branches

    def _said_while(self, when: Expression | None, arm: Pointer) -> None:
        inner = _Reading(self.walk, Passage(name=self.passage.name))
        last = len(arm.container.content) - 1
        pointer: Pointer | None = arm
        while pointer is not None and not (pointer.container is arm.container and pointer.at >= last):
            pointer = inner._step(pointer)
        inner._flush()
        for piece in inner.passage.pieces:
            piece.when = both(when, piece.when)
            self.passage.pieces.append(piece)

    def _alternatives(self, found: Alternatives) -> Pointer | None:
        """Read {one|two}: which is said depends on how often its passage was visited, or on luck."""
        report, place = self.walk.report, self.passage.name
        if self.strings:
            self.walk.lacking["a choice whose words change"] = None
            return None
        if found.kind == "cycle":
            report.changed(place, "Alternatives that go round stay at the last one.", "Play it several times.")
        self._flush()
        if found.kind == "shuffle":
            report.changed(place, "Shuffled alternatives are drawn anew each time.")
            way: list[Jump | Chance] = [Chance(targets=[self.walk.passage_at(arm) for _, arm in found.arms])]
            self._ways(way, found.onward)
            return None
        plain = all(end_of_plain(arm, self.walk.root) == found.onward for _, arm in found.arms)
        visits = Call("visited", (Literal(place),))
        jumps: list[Jump | Chance] = []
        for index, arm in found.arms:
            last = index == found.number - 1
            claim = Binary(">=" if last else "is", visits, Literal(float(index + 1)))
            if plain:
                self._said_while(claim, arm)
            else:
                jumps.append(Jump(target=self.walk.passage_at(arm), when=claim))
        if plain:
            return found.onward
        self._ways([*jumps, Jump(target=self.walk.passage_at(_settled(found.onward)))], found.onward)
        return None

    def _ways(self, ways: list[Jump | Chance], onward: Pointer) -> None:
        """Go one of several ways, after what was said before."""
        if not any(isinstance(piece, Words | Link) for piece in self.passage.pieces):
            self.passage.pieces.extend(ways)
            return
        name = f"{_settled(onward).name} decides"
        self.walk.passages[name] = Passage(name=name, pieces=list(ways))
        self.passage.pieces.append(Jump(target=name))

    def _decide(self, claim: Expression, found: Pointer, onward: Pointer) -> None:
        """Go one way or the other: a passage of its own decides, so that what was said before is heard first."""
        self._flush()
        jumps: list[Jump | Chance] = [
            Jump(target=self.walk.passage_at(found), when=claim),
            Jump(target=self.walk.passage_at(_settled(onward))),
        ]
        self._ways(jumps, onward)

    def _choice(self, path: str, flags: Any, here: Pointer) -> None:
        bits = flags if isinstance(flags, int) else 0
        claim = self._pop() if bits & 1 else None
        only = self._pop() if bits & 4 else None
        start = self._pop() if bits & 2 else None
        found = resolve(path, self.walk.root, here)
        if found is None:
            self.walk.lacking[f"choice to {path[:40]}"] = None
            return
        said = as_text("".join(_said(part) for part in (start, only) if part is not None).strip())
        if bits & 8:
            what = "The way that is taken when no choice is left became a choice, “…”, that is always there."
            self.walk.report.changed(self.passage.name, what, "Give it a condition, or leave it out.")
        self._flush()
        target = self.walk.passage_at(found)
        self.passage.pieces.append(Link(text=said or "…", target=target, when=claim, once=bool(bits & 16)))

    def _assign(self, item: dict[str, Any]) -> None:
        name = str(item.get("VAR=") or item.get("temp="))[:200]
        given = bool(self.stack)
        value = self._pop()
        if name.startswith("$r"):
            self.returns[name] = str(value.value) if isinstance(value, Literal) else ""
        elif not given:
            self.walk.lacking["knots with parameters"] = None
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
            self.text.append(as_words(_said(value)))
        else:
            self.text.append(placeholder(len(self.shown)))
            self.shown.append(value)

    def _flush(self) -> None:
        if self.strings:
            return
        text = "".join(self.text).replace(_GLUE, "")
        lines = [" ".join(line.split(" ")).strip() for line in text.split("\n")]
        self.text = []
        kept = "\n\n".join(line for line in lines if line)
        if kept:
            self.passage.pieces.append(Words(text=kept, shown=self.shown))
        self.shown = []


def as_words(text: str) -> str:
    """Return a text of ink as authored text, with the blanks around it."""
    plain = text.replace(PLACEHOLDER, "").replace(_GLUE, "")
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
