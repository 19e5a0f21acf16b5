"""Strongly connected components: the knots of a graph, so that the rest is a one-way street. Knows no scenario."""

from collections.abc import Sequence


def components(successors: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the strongly connected components of a graph, each after every one it leads to.

    Tarjan's algorithm without recursion: a story may be ten thousand scenes long.
    """
    count = len(successors)
    order = [-1] * count
    low = [0] * count
    on_stack = [False] * count
    stack: list[int] = []
    found: list[list[int]] = []
    number = 0
    for root in range(count):
        if order[root] >= 0:
            continue
        work = [(root, 0)]
        while work:
            at, position = work.pop()
            if position == 0:
                order[at] = low[at] = number
                number += 1
                stack.append(at)
                on_stack[at] = True
            descended = False
            following = successors[at]
            for index in range(position, len(following)):
                to = following[index]
                if order[to] < 0:
                    work += [(at, index + 1), (to, 0)]
                    descended = True
                    break
                if on_stack[to]:
                    low[at] = min(low[at], order[to])
            if descended:
                continue
            if low[at] == order[at]:
                found.append(_pop_component(stack, on_stack, at))
            if work:
                parent = work[-1][0]
                low[parent] = min(low[parent], low[at])
    return found


def _pop_component(stack: list[int], on_stack: list[bool], root: int) -> list[int]:
    component: list[int] = []
    while True:
        member = stack.pop()
        on_stack[member] = False
        component.append(member)
        if member == root:
            return component
