"""What can be reached, what an ending can be reached from, and the knots: 10,000 scenes, against networkx."""

from functools import cache
from time import process_time

from benchmarks.row import Row, Skipped
from benchmarks.stories import chain, web
from scenario_engine.checks import check_to_publish
from scenario_engine.checks.rule import Subject
from scenario_engine.checks.structure import find_dead_ends, find_unreachable

SCENES = 10_000


@cache
def _subject() -> Subject:
    subject = Subject(web(SCENES), bound=1)
    _ = subject.graph, subject.ways
    return subject


def _ours() -> float:
    """Return the time of the rules about reach and dead ends, and of their walk, from the graph of scene ids on."""
    known = _subject()
    fresh = Subject(known.scenario, bound=1)
    fresh.__dict__.update(graph=known.graph, ways=known.ways)
    begun = process_time()
    lost = len(list(find_unreachable(fresh))) + len(list(find_dead_ends(fresh)))
    reached, ending, knots = len(fresh.reachable), len(fresh.ending), len(fresh.walk.knots)
    taken = process_time() - begun
    if (reached, ending, lost) != (SCENES, SCENES, 0) or not knots:
        raise AssertionError("The story is meant to be sound.")
    return taken


def _networkx() -> float:
    """Return the time that networkx takes for the same questions, from the same graph of scene ids on."""
    try:
        import networkx as nx
    except ImportError as error:
        raise Skipped("networkx is missing: it is in the dependency group bench.") from error
    graph = _subject().graph
    begun = process_time()
    found = nx.DiGraph((scene, to) for scene, targets in graph.items() for to in targets)
    reached = nx.descendants(found, "s0")
    ending = nx.ancestors(found, f"s{SCENES - 1}")
    knots = sum(1 for _ in nx.strongly_connected_components(found))
    taken = process_time() - begun
    if (len(reached), len(ending)) != (SCENES - 1, SCENES - 1) or not knots:
        raise AssertionError("The story is meant to be sound.")
    return taken


def _note() -> str:
    shown = []
    for name, story in (("one way", chain(SCENES)), ("with loops", web(SCENES))):
        begun = process_time()
        check_to_publish(story)
        shown.append(f"{name} {process_time() - begun:.2f} s")
    return f"the whole check of {SCENES:,} scenes and {3 * (SCENES - 1):,} choices: {', '.join(shown)}"


ROW = Row("reach, co-reach, knots, 10,000 scenes: networkx", _ours, _networkx, 0.35, _note)
