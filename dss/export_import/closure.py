"""Do the tokens of an archive hang together: every alias leads somewhere, none in a circle, none without bound?

Works over all sets at once, whichever of them a resolver document joins: what no choice of contexts could mend is
refused. Paths are kept as 64-bit hashes in flat arrays, 24 bytes for a token with one alias.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import orjson

from dss_tokens.resolve.references import (
    Malformed,
    brace_target,
    is_brace_reference,
    path_of,
    percent_decoded,
    pointer_parts,
)

from .limits import DEFAULTS, Limits

_PLAIN_ALIAS = re.compile(
    rb'\{(?:"[^"\\]*":"(?:[^"\\]|\\.)*",)*"\$value":"\{([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)\}"[,}]'
)
"""A token whose whole value is one reference, as most aliases are, behind no members but texts."""


class Problem(NamedTuple):
    """A fault of the whole; the hashes are those of :func:`key`."""

    symbol: str
    source: int
    target: int


def key(path: str) -> int:
    """The hash of a path. Python's own: keyed anew in each process, so that nobody can prepare collisions."""
    return hash(path)


def references(node: bytes, *, is_token: bool) -> tuple[list[str], int]:
    """The paths that an encoded node refers to, and how many nodes its value has besides (not counted without any)."""
    if b'"{' not in node and b'"$ref"' not in node and b'"#/' not in node:
        return [], 0
    if is_token and (plain := _PLAIN_ALIAS.match(node)):
        return [plain[1].decode()], 0
    decoded = orjson.loads(node)
    found: list[str] = []
    count = 0
    waiting: list[Any]
    if is_token:
        waiting = [decoded["$value"] if "$value" in decoded else {"$ref": decoded.get("$ref")}]
    else:
        extends = decoded.get("$extends", decoded.get("$ref"))
        waiting = [{"$ref": extends} if isinstance(extends, str) and extends[:1] == "#" else extends]
    while waiting:
        value = waiting.pop()
        count += 1
        if type(value) is dict:
            if "$ref" in value:
                found += _pointed(value["$ref"])
            else:
                waiting += value.values()
        elif type(value) is list:
            waiting += value
        elif is_brace_reference(value):
            target = brace_target(value)
            if isinstance(target, str):
                found.append(target)
    return found, count - len(found)


def _pointed(reference: Any) -> list[str]:
    pointer = pointer_parts(reference)
    if isinstance(pointer, Malformed):
        return []
    return [path_of(percent_decoded(pointer) or pointer)]


class Closure:
    """Takes in all tokens and groups, then judges."""

    def __init__(self) -> None:
        self._tokens = _Hashes()
        self._groups = _Hashes()
        self._edges = _Pairs()
        self._weights = _Pairs()
        """Token to the nodes of its value that are no references."""

    def add(self, path: str, node: bytes, *, is_token: bool) -> None:
        """Take in one token or group with its encoded node."""
        own = key(path)
        (self._tokens if is_token else self._groups).add(own)
        targets, weight = references(node, is_token=is_token)
        for target in targets:
            self._edges.add(own, key(target))
        if weight:
            self._weights.add(own, weight)

    def problems(self, external: Iterable[str] = (), limits: Limits = DEFAULTS) -> list[Problem]:
        """What is wrong, at most as many as findings are listed.

        Args:
            external: Paths that may be missing, because the archive is a part of a project.
        """
        tokens, groups = self._tokens.ordered(), self._groups.ordered()
        outside = set(map(key, external))
        missing: list[Problem] = []
        for source, target in self._edges.all():
            if _holds(tokens, target) or _holds(groups, target) or target in outside:
                continue
            if len(missing) <= limits.max_findings:
                missing.append(Problem("ALIAS_MISSING", source, target))
        return missing or list(self._knots(tokens, limits))

    def _knots(self, tokens: array[int], limits: Limits) -> Iterator[Problem]:
        """Circles and values that resolve to too much, in one walk without recursion.

        A path that several sets define is left out of circles: which definition holds depends on the contexts.
        """
        graph = _Graph(self._edges)
        weights = graph.numbers(self._weights)
        budget = limits.max_resolved_nodes(len(tokens))
        sizes = array("q", bytes(8 * len(graph.nodes)))  # 0: not seen yet
        total = 0
        for start in range(len(graph.nodes)):
            if sizes[start]:
                continue
            sizes[start] = _WALKED
            stack = [[start, graph.starts[start], weights[start]]]
            while stack:
                node, edge, size = stack[-1]
                if edge == graph.starts[node + 1]:
                    stack.pop()
                    sizes[node] = max(size, 1)
                    total += size
                    if stack:
                        stack[-1][2] = min(stack[-1][2] + size, budget + 1)
                    continue
                stack[-1][1] += 1
                target = graph.index(graph.targets[edge])
                if target is None:  # a literal
                    stack[-1][2] += 1
                elif sizes[target] > 0:
                    stack[-1][2] = min(size + sizes[target], budget + 1)
                elif sizes[target] == 0:
                    sizes[target] = _WALKED
                    stack.append([target, graph.starts[target], weights[target]])
                elif not (_is_repeated(tokens, graph.nodes[target]) or _is_repeated(tokens, graph.nodes[node])):
                    yield Problem("ALIAS_CYCLE", graph.nodes[node], graph.nodes[target])
                    return
            if total > budget:
                yield Problem("LIMIT_RESOLVED_SIZE", graph.nodes[start], graph.nodes[start])
                return


_WALKED = -1
"""The size of a token whose aliases are being followed."""

_BUCKETS = 16
"""Few, so that each is large enough for the system to let it grow without leaving holes."""


def _bucket(hashed: int) -> int:
    """By the highest bits, so that ordered buckets in a row are ordered."""
    return (hashed >> 60) + _BUCKETS // 2


class _Hashes:
    """Hashes, 8 bytes each. Sorted in parts: a list of a million numbers takes five times as much."""

    def __init__(self) -> None:
        self._parts = [array("q") for _ in range(_BUCKETS)]

    def add(self, hashed: int) -> None:
        self._parts[(hashed >> 60) + _BUCKETS // 2].append(hashed)

    def ordered(self) -> array[int]:
        """All of them, rising; one that was added twice stands twice."""
        found = array("q")
        for part in self._parts:
            found.extend(sorted(part))
        return found


class _Pairs:
    """Hashes with a number each, e.g. who refers to whom, 16 bytes a pair."""

    def __init__(self) -> None:
        self._parts = [(array("q"), array("q")) for _ in range(_BUCKETS)]

    def add(self, source: int, target: int) -> None:
        sources, targets = self._parts[_bucket(source)]
        sources.append(source)
        targets.append(target)

    def all(self) -> Iterator[tuple[int, int]]:
        """Source and target of each."""
        for sources, targets in self._parts:
            yield from zip(sources, targets, strict=True)

    def ordered(self) -> Iterator[tuple[int, int]]:
        """The same, by rising source."""
        for sources, targets in self._parts:
            for place in sorted(range(len(sources)), key=sources.__getitem__):
                yield sources[place], targets[place]


class _Graph:
    """The edges in flat arrays: those of ``nodes[i]`` are ``targets[starts[i]:starts[i + 1]]``."""

    def __init__(self, edges: _Pairs) -> None:
        self.nodes, self.starts, self.targets = array("q"), array("q"), array("q")
        for place, (source, target) in enumerate(edges.ordered()):
            if not self.nodes or self.nodes[-1] != source:
                self.nodes.append(source)
                self.starts.append(place)
            self.targets.append(target)
        self.starts.append(len(self.targets))

    def numbers(self, pairs: _Pairs) -> array[int]:
        """What *pairs* say of each node, 0 where they say nothing."""
        found = array("q", bytes(8 * len(self.nodes)))
        for node, number in pairs.all():
            if (at := self.index(node)) is not None:
                found[at] = number
        return found

    def index(self, node: int) -> int | None:
        """Where *node* stands in ``nodes``; ``None`` where it refers to nothing."""
        at = bisect_left(self.nodes, node)
        return at if at < len(self.nodes) and self.nodes[at] == node else None


def _holds(ordered: array[int], wanted: int) -> bool:
    at = bisect_left(ordered, wanted)
    return at < len(ordered) and ordered[at] == wanted


def _is_repeated(ordered: array[int], wanted: int) -> bool:
    at = bisect_left(ordered, wanted)
    return at + 1 < len(ordered) and ordered[at] == ordered[at + 1] == wanted
