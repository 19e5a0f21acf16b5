"""What the machine of ink says by a word, and how it reads: operators, silent commands, texts, places."""

from scenario_exchange.readers.ink.containers import Container, Pointer
from scenario_exchange.readers.stories.expressions import Binary, Expression, Literal, Variable
from scenario_exchange.readers.stories.pieces import PLACEHOLDER, Change
from scenario_exchange.readers.wording import as_text

BINARY = {"==": "is", "!=": "isnot", ">": ">", "<": "<", ">=": ">=", "<=": "<=", "&&": "and", "||": "or",
           "+": "+", "-": "-", "*": "*", "/": "/", "%": "%"}  # fmt: skip
UNARY = {"!": "not", "_": "-"}
SILENT = frozenset({"nop", "<>", "pop", "/str", "ev", "/ev", "\n"})
# What the machine of ink calls by a word, as its authors call it.
LACKING = {
    "visit": "alternatives of a kind of their own", "du": "alternatives of a kind of their own",
    "seq": "alternatives of a kind of their own", "MIN": "MIN", "->t->": "tunnels (-> knot ->)",
    "->->": "tunnels (-> knot ->)", "f()": "functions", "x()": "functions of a game (EXTERNAL)", "~ret": "functions",
    "void": "functions", "thread": "threads (<- knot)", "rnd": "chance (RANDOM)", "srnd": "chance (SEED_RANDOM)",
    "lrnd": "lists", "range": "lists", "list": "lists", "listInt": "lists", "lrange": "lists", "turn": "turns counted",
    "turns": "turns counted (TURNS_SINCE)", "readc": "visits of a knot in a variable (READ_COUNT)",
    "choiceCnt": "choices counted (CHOICE_COUNT)", "^var": "variables passed by name (ref)",
}  # fmt: skip
# Joins what stands before it with what follows, over the end of a line.
GLUE = "\ue002"


def as_words(text: str) -> str:
    """Return a text of ink as authored text, with the blanks around it."""
    plain = text.replace(PLACEHOLDER, "").replace(GLUE, "")
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


def said_of(value: Expression) -> str:
    if not isinstance(value, Literal):
        return "…"
    return f"{value.value:g}" if isinstance(value.value, float) else str(value.value)


def behind(container: Container) -> Pointer | None:
    """Return the place behind a container, or None when nothing follows."""
    if container.parent is None or container.at < 0:
        return None
    return Pointer(container.parent, container.at + 1)


def settled(pointer: Pointer) -> Pointer:
    """Return a place that has content: behind its container, where it stands at the end."""
    while pointer.at >= len(pointer.container.content):
        after = behind(pointer.container)
        if after is None:
            return pointer
        pointer = after
    return pointer
