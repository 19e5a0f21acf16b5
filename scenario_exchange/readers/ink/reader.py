"""Reading compiled ink: the releases, the variables at the beginning, and the refusal that lists what is lacking."""

from typing import Any

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Imported, ImportRefused, Report, shortened
from scenario_exchange.readers.ink.containers import Container, Pointer, build
from scenario_exchange.readers.ink.landmarks import shortened_ways
from scenario_exchange.readers.ink.vocabulary import change_of
from scenario_exchange.readers.ink.walk import Walk
from scenario_exchange.readers.ink.walking import passages_from
from scenario_exchange.readers.stories.assemble import assemble
from scenario_exchange.readers.stories.expressions import Expression, Literal
from scenario_exchange.readers.stories.pieces import Change, Story

_RELEASES = range(18, 22)


def fits(peek: Peek) -> bool:
    """Return whether a JSON text is a compiled story of ink."""
    return peek.looks_like_json and isinstance(peek.json, dict) and "inkVersion" in peek.json


def read(peek: Peek) -> Imported:
    """Return the story. Raises ImportRefused, listing every command that has no counterpart."""
    data = peek.json
    release = data.get("inkVersion")
    if release not in _RELEASES:
        raise ImportRefused(
            "import.other-release",
            f"The story is in release {shortened(str(release), 20)} of ink's format; 18 to 21 are read.",
            "Compile it again with a current ink.",
        )
    if not isinstance(data.get("root"), list):
        raise ImportRefused("import.structure", "The story has no root.", "Compile it again.", "root")
    root = build(data["root"])
    report = Report()
    walk = Walk(root, peek, report)
    passages = passages_from(walk, Pointer(root, 0))
    if data.get("listDefs"):
        walk.lacking["lists"] = None
    if walk.lacking:
        named = ", ".join(sorted(walk.lacking)[:30])
        raise ImportRefused(
            "import.not-convertible",
            f"The story uses what a scenario does not have: {named}.",
            "Only text, choices, diverts, plain variables and conditions are converted. Simplify it; compile again.",
        )
    title = peek.name.partition(".")[0]
    passages = shortened_ways(passages, Pointer(root, 0).name)
    story = Story(title=title, passages=passages, start=Pointer(root, 0).name, before=_declared(root), key=title)
    report.changed(
        title, "Each choice and each divert begins a scene of its own.", "Join scenes where it reads better."
    )
    built = assemble(story, report, peek)
    return Imported(format="ink", documents=[built.document], media=built.media, report=report)


def _declared(root: Container) -> list[Change]:
    """Return what variables are before the story begins."""
    container = root.named.get("global decl")
    found: list[Change] = []
    stack: list[Expression] = []
    for item in container.content if container is not None else []:
        value = _literal(item)
        if value is not None:
            stack.append(value)
        elif isinstance(item, dict) and "VAR=" in item and stack:
            found.append(change_of(str(item["VAR="])[:200], stack.pop()))
    return found


def _literal(item: Any) -> Expression | None:
    if isinstance(item, bool):
        return Literal(item)
    if isinstance(item, int | float):
        return Literal(float(item))
    return Literal(item[1:]) if isinstance(item, str) and item.startswith("^") else None


INK = Reader(name="ink", title="ink (compiled JSON)", extensions=(".json",), fits=fits, read=read)
