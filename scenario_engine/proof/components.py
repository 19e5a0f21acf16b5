"""One walk through a graph: what is reached, from where an end is reached, and its knots. Knows no scenario."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple


class Walk(NamedTuple):
    """What a walk found, by the number of each place.

    `reached`: the starts lead there. `ends`: an end can be reached from there. `knots`: the strongly connected
    components, each after every one it leads to: apart from them the graph is a one-way street.
    """

    reached: bytearray
    ends: bytearray
    knots: list[list[int]]


def components(successors: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the strongly connected components of a graph, each after every one it leads to."""
    return walk(successors).knots


def walk(successors: Sequence[Sequence[int]], starts: Sequence[int] = (), ends: Iterable[int] = ()) -> Walk:
    """Walk through the whole graph, from `starts` first.

    Tarjan's algorithm as Pearce tightened it, without recursion: a story may be ten thousand scenes long. Places are
    numbered as they are met; `low` has the smallest number that a place leads back to and, once its knot is complete,
    one that is larger than all. On the way back a place hands on to the one before whether it can come to an end.
    """
    found = Walk(bytearray(len(successors)), bytearray(len(successors)), [])
    low, can_end = [0] * len(successors), found.ends
    for place in ends:
        can_end[place] = 1
    path: list[tuple[int, int, Iterator[int]]] = []
    waiting: list[int] = []  # left, but their knot is not complete
    number = 0
    for turn, root in enumerate(chain(starts, range(len(successors)))):
        if turn == len(starts):
            found.reached[:] = bytes(map(bool, low))
        if low[root]:
            continue
        number += 1
        low[root] = number
        at, own, ways = root, number, iter(successors[root])
        while True:
            for to in ways:
                behind = low[to]
                if not behind:
                    path.append((at, own, ways))
                    number += 1
                    low[to] = number
                    at, own, ways = to, number, iter(successors[to])
                    break
                if behind < low[at]:
                    low[at] = behind
                if can_end[to]:
                    can_end[at] = 1
            else:
                left = at
                if low[left] < own:
                    waiting.append(left)
                else:
                    _complete(found, left, own, low, waiting)
                if not path:
                    break
                at, own, ways = path.pop()
                if low[left] < low[at]:
                    low[at] = low[left]
                if can_end[left]:
                    can_end[at] = 1
    return found


def _complete(found: Walk, first: int, own: int, low: list[int], waiting: list[int]) -> None:
    """Note the knot of `first`: all that wait since it was met. Where one of them comes to an end, all do."""
    complete = len(low) + 1
    low[first] = complete
    knot = [first]
    while waiting and low[waiting[-1]] >= own:
        knot.append(waiting.pop())
        low[knot[-1]] = complete
    found.knots.append(knot)
    if len(knot) > 1 and any(map(found.ends.__getitem__, knot)):
        for place in knot:
            found.ends[place] = 1
