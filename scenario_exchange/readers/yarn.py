"""Yarn dialogue (releases 1 to 3): nodes of lines, options, and commands between << and >>."""

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Imported, ImportRefused, Report
from scenario_exchange.readers.stories.assemble import assemble
from scenario_exchange.readers.stories.flow import Flow, drawn
from scenario_exchange.readers.stories.pieces import Passage, Story
from scenario_exchange.readers.yarn_asking import Asking
from scenario_exchange.readers.yarn_detours import settle_detours
from scenario_exchange.readers.yarn_nodes import Node, has_nodes, is_listed, nodes_of
from scenario_exchange.readers.yarn_statements import Reading


def fits(peek: Peek) -> bool:
    """Return whether a text holds nodes of Yarn, or a list of them as JSON."""
    if peek.is_package:
        return False
    if peek.looks_like_json:
        return is_listed(peek.json)
    return peek.extension in (".yarn", ".txt", "") and has_nodes(peek.head, peek.text)


def read(peek: Peek) -> Imported:
    """Return the dialogue as one scenario. Raises ImportRefused."""
    report = Report()
    nodes = _named_apart(nodes_of(peek), report)
    if not nodes:
        raise ImportRefused("import.structure", "There is no node with a title.", "Check the headers.", peek.name)
    title = peek.name.rpartition(".")[0] or nodes[0].title
    story = Story(title=title, passages=[], key=title)
    asking = Asking(nodes, story, report)
    statements = {}
    for node in nodes:
        peek.check_time()
        statements[node.name] = Reading(node, asking, report).block(-1, 0)
        node.lines.clear()
    settle_detours(statements, report)
    for node in nodes:
        if node.declares and not statements[node.name] and len(nodes) > 1 and peek.text.count(node.title) == 1:
            report.kept(node.name, "It only declares variables; they are those of the scenario.")
            continue
        passages = Flow(node.name).compile(statements.pop(node.name))
        passages[0].at = node.at
        story.passages += passages
        if len(story.passages) > peek.limits.scenes:
            raise ImportRefused("import.too-large", f"More than {peek.limits.scenes:,} scenes.", "Split the file.")
    story.passages += _groups(nodes, asking)
    if not story.passages:
        raise ImportRefused(
            "import.empty", "Its nodes only declare variables.", "Add a node in which somebody speaks.", peek.name
        )
    names = [passage.name for passage in story.passages]
    story.start = "Start" if "Start" in names else names[0]
    built = assemble(story, report, peek)
    layouts = {built.document["id"]: built.layout} if built.layout else {}
    return Imported(format="yarn", documents=[built.document], media=built.media, report=report, layouts=layouts)


def _named_apart(nodes: list[Node], report: Report) -> list[Node]:
    """Return the nodes with names of their own: nodes of one title are a group, if their headers say when."""
    by_title: dict[str, list[Node]] = {}
    for node in nodes:
        by_title.setdefault(node.title, []).append(node)
    found: list[Node] = []
    taken = set(by_title)
    for title, each in by_title.items():
        if not any(node.whens for node in each):
            found.append(each[0])
            if len(each) > 1:
                report.dropped(title, "A second node with this title is left out.", "Rename it, and import again.")
            continue
        what = "It is a group: the node whose conditions hold comes first, of those without any one is drawn by luck."
        report.changed(title, what, "Look at the route.")
        for number, node in enumerate(each, 1):
            node.name = f"{title} – {number}"
            while node.name in taken:
                node.name += "'"
            taken.add(node.name)
            found.append(node)
    order = {id(node): index for index, node in enumerate(nodes)}
    return sorted(found, key=lambda node: order[id(node)])


def _groups(nodes: list[Node], asking: Asking) -> list[Passage]:
    """Return a passage for each group, which leads to one of its nodes."""
    members: dict[str, list[Node]] = {}
    for node in nodes:
        if node.name != node.title:
            members.setdefault(node.title, []).append(node)
    return [
        Passage(name=title, pieces=drawn([(node.name, asking.when_of(node)) for node in each]), at=each[0].at)
        for title, each in members.items()
    ]


YARN = Reader(name="yarn", title="Yarn dialogue", extensions=(".yarn",), fits=fits, read=read)
