"""In which order things that need each other can be done, and which can never be: they need each other in a ring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

Needs = Callable[[str], Iterable[str]]
"""What must be done before one thing."""


def components(nodes: Iterable[str], needs: Needs) -> Iterator[list[str]]:
    """Groups of nodes, each after those it needs; a group of several is one where each needs each, directly or not.

    Source: R. Tarjan, "Depth-first search and linear graph algorithms" (1972), without recursion.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    waiting: dict[str, None] = {}
    for start in nodes:
        if start in index:
            continue
        index[start] = low[start] = len(index)
        waiting[start] = None
        stack = [(start, iter(needs(start)))]
        while stack:
            node, inner = stack[-1]
            for other in inner:
                if other not in index:
                    index[other] = low[other] = len(index)
                    waiting[other] = None
                    stack.append((other, iter(needs(other))))
                    break
                if other in waiting:
                    low[node] = min(low[node], index[other])
            else:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    low[above] = min(low[above], low[node])
                if low[node] == index[node]:
                    found: list[str] = []
                    while not found or found[-1] != node:
                        found.append(waiting.popitem()[0])
                    yield found[::-1]


def ring(members: Iterable[str], needs: Needs) -> list[str]:
    """A shortest way from the first of *members* back to it, within them; empty where there is none."""
    inside = dict.fromkeys(members)
    first = next(iter(inside))
    came_from: dict[str, str] = {}
    waiting = [first]
    for node in waiting:  # grows while it is read: breadth first
        for other in needs(node):
            if other == first:
                way = [node]
                while way[-1] != first:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if other in inside and other not in came_from:
                came_from[other] = node
                waiting.append(other)
    return []
