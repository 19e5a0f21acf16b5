"""Yarn dialogue (releases 1 to 3): nodes of lines, options, and commands between << and >>."""

import re

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Imported, ImportRefused, Report, shortened
from scenario_exchange.readers.stories.assemble import assemble
from scenario_exchange.readers.stories.expressions import Expression, parse
from scenario_exchange.readers.stories.flow import Arm, Flow, Fork, Menu, Option, Statement, Stop
from scenario_exchange.readers.stories.pieces import Jump, Passage, Story
from scenario_exchange.readers.twine.html_file import position
from scenario_exchange.readers.twine.weaving import MAX_NESTED, parse_change
from scenario_exchange.readers.wording import as_text
from scenario_exchange.readers.yarn_lines import conditions, without_tags, words_of

_TITLE = re.compile(r"^title:[ \t]*(\S.*)$", re.MULTILINE)
_COMMAND = re.compile(r"^<<\s*(\w+)\s*(.*?)\s*>>\s*$")
_OLD_LINK = re.compile(r"^\[\[([^\[\]|]{1,1000})(?:\|([^\[\]|]{1,300}))?\]\]$")


def fits(peek: Peek) -> bool:
    """Return whether a text holds nodes of Yarn."""
    if peek.is_package or not _TITLE.search(peek.head):
        return False
    return peek.extension in (".yarn", ".txt", "") and "\n---" in peek.text and "\n===" in peek.text


def read(peek: Peek) -> Imported:
    """Return the dialogue as one scenario. Raises ImportRefused."""
    report = Report()
    nodes = _nodes(peek.text, peek)
    if not nodes:
        raise ImportRefused("import.structure", "There is no node with a title.", "Check the headers.", peek.name)
    title = peek.name.rpartition(".")[0] or nodes[0].name
    names = [node.name for node in nodes]
    start = "Start" if "Start" in names else names[0]
    story = Story(title=title, passages=[], start=start, key=title)
    for node in nodes:
        peek.check_time()
        story.passages += _read_node(node, story, report)
    built = assemble(story, report, peek)
    layouts = {built.document["id"]: built.layout} if built.layout else {}
    return Imported(format="yarn", documents=[built.document], media=built.media, report=report, layouts=layouts)


class _Node:
    def __init__(self, headers: dict[str, str], body: str) -> None:
        self.name = headers.get("title", "").strip()
        self.at = position(headers.get("position", ""))
        self.headers = headers
        self.lines = [line for line in body.split("\n") if line.strip() and not line.lstrip().startswith("//")]


def _nodes(text: str, peek: Peek) -> list[_Node]:
    found: list[_Node] = []
    for block in re.split(r"^===[ \t]*$", text, flags=re.MULTILINE):
        head, separator, body = block.partition("\n---")
        if not separator:
            continue
        headers = {}
        for line in head.strip().split("\n"):
            name, colon, value = line.partition(":")
            if colon:
                headers[name.strip().lower()] = value.strip()
        if headers.get("title"):
            found.append(_Node(headers, body.partition("\n")[2]))
        if len(found) > peek.limits.scenes:
            raise ImportRefused("import.too-large", f"More than {peek.limits.scenes:,} nodes.", "Split the file.")
    return found


def _read_node(node: _Node, story: Story, report: Report) -> list[Passage]:
    reading = _Reading(node, story, report)
    statements = reading.block(-1, 0)
    passages = Flow(node.name).compile(statements)
    passages[0].at = node.at
    known = {"title", "tags", "position", "colorid", "color", "group"}
    for name in set(node.headers) - known:
        report.dropped(node.name, f"The header “{shortened(name, 40)}”.")
    return passages


def _indent(line: str) -> int:
    blank = len(line) - len(line.lstrip())
    return len(line[:blank].expandtabs(4)) if "\t" in line[:blank] else blank


class _Reading:
    def __init__(self, node: _Node, story: Story, report: Report) -> None:
        self.place = node.name
        self.lines = node.lines
        self.story = story
        self.report = report
        self.at = 0

    def block(self, indent: int, depth: int, until: tuple[str, ...] = ()) -> list[Statement]:
        """Read statements that stand deeper than `indent`, up to a command named in `until`."""
        found: list[Statement] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if _indent(line) <= indent:
                break
            plain = without_tags(line.strip())
            command = _COMMAND.match(plain)
            if command and command[1] in until:
                break
            self.at += 1
            if plain.startswith(("->", "=>")):
                self.at -= 1
                found.append(self._menu(_indent(line), depth))
            elif command:
                found += self._command(command[1], command[2], depth)
            elif _OLD_LINK.match(plain):
                self._old_link(plain, found)
            else:
                found.append(words_of(plain, self.place, self.report))
        return found

    def _menu(self, indent: int, depth: int) -> Menu:
        options: list[Option] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            plain = without_tags(line.strip())
            if _indent(line) != indent or not plain.startswith(("->", "=>")):
                break
            self.at += 1
            if plain.startswith("=>"):
                self.report.changed(self.place, "A line that is drawn by luck became a choice.", "Use a random route.")
            text, when, once = conditions(plain[2:].strip())
            body = self.block(indent, depth + 1) if depth < MAX_NESTED else []
            words = words_of(text, self.place, self.report)
            shown_text = f"{as_text(words.who)}: {words.text}" if words.who else words.text
            options.append(Option(text=shown_text, body=body, when=when, once=once, shown=words.shown))
        return Menu(options=options)

    def _command(self, name: str, rest: str, depth: int) -> list[Statement]:
        if name == "if":
            return [self._fork(rest, depth)]
        if name in ("set", "declare"):
            return self._change(name, rest)
        if name in ("jump", "detour") and rest:
            if name == "detour":
                self.report.changed(self.place, f"The detour to “{shortened(rest)}” does not come back.", "Draw it.")
            return [Jump(target=rest.strip("{} "))]
        if name == "once":
            body = self.block(-1, depth + 1, ("endonce",)) if depth < MAX_NESTED else []
            self.at += 1
            self.report.changed(self.place, "What is said once is said each time.", "Give it a condition on visits.")
            return body
        if name == "stop":
            return [Stop()]
        if name not in ("endif", "endonce", "return"):
            self.report.dropped(self.place, f"Not converted: <<{shortened(f'{name} {rest}', 60)}>>.")
        return []

    def _change(self, name: str, rest: str) -> list[Statement]:
        change = parse_change(rest.partition(" as ")[0] if name == "declare" else rest)
        if change is None:
            self.report.dropped(self.place, f"Not converted: <<{name} {shortened(rest, 60)}>>.")
            return []
        if name == "declare":
            self.story.before.append(change)
            return []
        return [change]

    def _fork(self, claim: str, depth: int) -> Fork:
        arms: list[Arm] = []
        waiting: Expression | None = parse(claim)
        while True:
            body = self.block(-1, depth + 1, ("elseif", "else", "endif")) if depth < MAX_NESTED else []
            arms.append(Arm(claim=waiting, body=body))
            command = _COMMAND.match(without_tags(self.lines[self.at].strip())) if self.at < len(self.lines) else None
            self.at += 1
            if command is None or command[1] not in ("elseif", "else"):
                return Fork(arms=arms)
            waiting = parse(command[2]) if command[1] == "elseif" else None

    def _old_link(self, plain: str, found: list[Statement]) -> None:
        match = _OLD_LINK.match(plain)
        if match is None:
            return
        if match[2] is None:
            found.append(Jump(target=match[1].strip()))
            return
        option = Option(text=as_text(match[1].strip()), body=[Jump(target=match[2].strip())])
        last = found[-1] if found else None
        if isinstance(last, Menu):
            last.options.append(option)
        else:
            found.append(Menu(options=[option]))


YARN = Reader(name="yarn", title="Yarn dialogue", extensions=(".yarn",), fits=fits, read=read)
