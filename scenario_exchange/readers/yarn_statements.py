"""The lines of a Yarn node as statements: what is said, menus, forks, and commands."""

import re

from scenario_exchange.imported import Report, shortened
from scenario_exchange.readers.stories.expressions import Expression, both, unquoted
from scenario_exchange.readers.stories.flow import Arm, Fork, Luck, Menu, Option, Statement, Stop
from scenario_exchange.readers.stories.pieces import Include, Jump, Link, Words
from scenario_exchange.readers.twine.weaving import MAX_NESTED
from scenario_exchange.readers.wording import as_text
from scenario_exchange.readers.yarn_asking import Asking
from scenario_exchange.readers.yarn_lines import behind, shown, without_tags, words_of
from scenario_exchange.readers.yarn_nodes import Node

_COMMAND = re.compile(r"^<<\s*(\w+)\s*(.*?)\s*>>\s*$")
_OLD_LINK = re.compile(r"^\[\[([^\[\]|]{1,1000})(?:\|([^\[\]|]{1,300}))?\]\]$")


class Reading:
    """Reads the lines of one node from first to last."""

    def __init__(self, node: Node, asking: Asking, report: Report) -> None:
        self.node = node
        self.place = node.name
        self.lines = node.lines
        self.asking = asking
        self.report = report
        self.at = 0
        for name in node.others:
            report.dropped(node.name, f"The header “{shortened(name, 40)}”.")

    def block(self, indent: int, depth: int, until: tuple[str, ...] = ()) -> list[Statement]:
        """Read statements that stand deeper than `indent`, up to a command named in `until`."""
        found: list[Statement] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if _indent(line) <= indent:
                break
            plain = without_tags(line, self._tag)
            command = _COMMAND.match(plain)
            if command and command[1] in until:
                break
            self.at += 1
            if plain.startswith(("->", "=>")):
                self.at -= 1
                found.append(self._menu(plain[:2], _indent(line), depth))
            elif command:
                found += self._command(command[1], command[2], depth)
            elif _OLD_LINK.match(plain):
                found.append(self._old_link(plain))
            else:
                found.append(self._line(plain))
        return found

    def _tag(self, tag: str) -> None:
        self.report.dropped(self.place, f"Not converted: {shown(tag)}.")

    def _claim(self, source: str) -> Expression:
        return self.asking.claim(source, self.node)

    def _line(self, plain: str) -> Words:
        said = behind(plain)
        words = words_of(said.text, self.place, self.report, self._claim)
        words.when = self._when(said.when, once=said.once)
        return words

    def _when(self, source: str, *, once: bool) -> Expression | None:
        when = self._claim(source) if source else None
        if not once:
            return when
        self.report.changed(self.place, "What is said once is said on the first visit.", "Play it twice.")
        return both(self.asking.first_visit(self.node), when)

    def _menu(self, mark: str, indent: int, depth: int) -> Menu | Luck:
        options: list[Option] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            plain = without_tags(line, self._tag)
            if _indent(line) != indent or not plain.startswith(mark):
                break
            self.at += 1
            said = behind(plain[2:].strip())
            words = words_of(said.text, self.place, self.report, self._claim)
            body = self.block(indent, depth + 1) if depth < MAX_NESTED else []
            if mark == "->":
                text = f"{as_text(words.who)}: {words.text}" if words.who else words.text
                when = self._claim(said.when) if said.when else None
                options.append(Option(text=text, body=body, when=when, once=said.once, shown=words.shown))
            else:
                options.append(Option(text="", body=[words, *body], when=self._when(said.when, once=said.once)))
        if mark == "->":
            return Menu(options=options)
        what = "One of several lines is drawn by luck; one whose condition holds comes before those without."
        self.report.changed(self.place, what, "Look at the route.")
        return Luck(options=options)

    def _command(self, name: str, rest: str, depth: int) -> list[Statement]:
        if name == "if":
            return [self._fork(self._claim(rest), ("elseif", "else", "endif"), depth)]
        if name == "once":
            claim = self._when(rest.removeprefix("if "), once=True)
            return [self._fork(claim, ("else", "endonce"), depth)]
        if name == "set":
            change = self.asking.change(rest)
            if change is not None:
                return [change]
        if name in ("jump", "detour") and rest:
            target = rest.strip("{} ")
            target = unquoted(target) if target[:1] in "\"'" and target[-1:] == target[:1] else target
            return [Include(target=target) if name == "detour" else Jump(target=target)]
        if name in ("stop", "return"):
            return [Stop()]
        if name not in ("endif", "endonce", "declare"):
            self.report.dropped(self.place, f"Not converted: <<{shortened(shown(f'{name} {rest}'), 60)}>>.")
        return []

    def _fork(self, waiting: Expression | None, until: tuple[str, ...], depth: int) -> Fork:
        arms: list[Arm] = []
        while True:
            body = self.block(-1, depth + 1, until) if depth < MAX_NESTED else []
            arms.append(Arm(claim=waiting, body=body))
            command = _COMMAND.match(without_tags(self.lines[self.at])) if self.at < len(self.lines) else None
            self.at += 1
            if command is None or command[1] not in ("elseif", "else"):
                return Fork(arms=arms)
            waiting = self._claim(command[2]) if command[1] == "elseif" else None

    def _old_link(self, plain: str) -> Statement:
        """Read a link of release 1: links wait for the end of the node, and are offered together."""
        match = _OLD_LINK.match(plain)
        text, target = (match[1].strip(), (match[2] or "").strip()) if match else (plain, "")
        if not target:
            return Jump(target=shown(text))
        words = words_of(text, self.place, self.report, self._claim)
        text = f"{as_text(words.who)}: {words.text}" if words.who else words.text
        return Link(text=text, target=shown(target), shown=words.shown)


def _indent(line: str) -> int:
    blank = len(line) - len(line.lstrip())
    return len(line[:blank].expandtabs(4)) if "\t" in line[:blank] else blank
