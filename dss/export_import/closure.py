"""Do the tokens of an archive hang together: every alias leads somewhere, none in a circle, none without bound?

Works over all sets at once, whichever of them a resolver document joins: what no choice of contexts could mend is
refused. Paths are kept as 64-bit hashes in flat arrays, 24 bytes for a token with one alias.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import orjson

from dss_tokens.model import ROOT
from dss_tokens.resolve.references import (
    Malformed,
    brace_target,
    is_brace_reference,
    percent_decoded,
    pointer_parts,
)

from .limits import DEFAULTS, Limits


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
    return [_token_path(percent_decoded(pointer) or pointer)]


def _token_path(pointer: Iterable[str]) -> str:
    """The token that a pointer into a document leads to or into."""
    names = []
    for part in pointer:
        if part[:1] == "$" and part != ROOT:
            break
        names.append(part)
    return ".".join(names)


class Closure:
    """Takes in all tokens and groups, then judges."""

    def __init__(self) -> None:
        self._tokens = array("q")
        self._groups = array("q")
        self._sources = array("q")
        self._targets = array("q")
        self._weights: dict[int, int] = {}

    def add(self, path: str, node: bytes, *, is_token: bool) -> None:
        """Take in one token or group with its encoded node."""
        own = key(path)
        (self._tokens if is_token else self._groups).append(own)
        targets, weight = references(node, is_token=is_token)
        for target in targets:
            self._sources.append(own)
            self._targets.append(key(target))
        if weight:
            self._weights[own] = weight

    def problems(self, external: Iterable[str] = (), limits: Limits = DEFAULTS) -> list[Problem]:
        """What is wrong, at most as many as findings are listed.

        Args:
            external: Paths that may be missing, because the archive is a part of a project.
        """
        known = array("q", self._tokens + self._groups)
        known.extend(map(key, external))
        known = array("q", sorted(known))
        missing: list[Problem] = []
        for source, target in zip(self._sources, self._targets, strict=True):
            if not _holds(known, target) and len(missing) <= limits.max_findings:
                missing.append(Problem("ALIAS_MISSING", source, target))
        return missing or list(self._knots(limits))

    def _knots(self, limits: Limits) -> Iterator[Problem]:
        """Circles and values that resolve to too much, in one walk without recursion.

        A path that several sets define is left out of circles: which definition holds depends on the contexts.
        """
        graph = _Graph(self._sources, self._targets)
        repeated = _repeated(sorted(self._tokens))
        budget = limits.max_resolved_nodes(len(self._tokens))
        sizes = array("q", bytes(8 * len(graph.nodes)))  # 0: not seen yet
        total = 0
        for start in range(len(graph.nodes)):
            if sizes[start]:
                continue
            sizes[start] = _WALKED
            stack = [[start, graph.starts[start], self._weights.get(graph.nodes[start], 0)]]
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
                    weight = self._weights.get(graph.nodes[target], 0)
                    stack.append([target, graph.starts[target], weight])
                elif not {graph.nodes[target], graph.nodes[node]} & repeated:
                    yield Problem("ALIAS_CYCLE", graph.nodes[node], graph.nodes[target])
                    return
            if total > budget:
                yield Problem("LIMIT_RESOLVED_SIZE", graph.nodes[start], graph.nodes[start])
                return


_WALKED = -1
"""The size of a token whose aliases are being followed."""


class _Graph:
    """Who refers to whom, in flat arrays: the edges of ``nodes[i]`` are ``targets[starts[i]:starts[i + 1]]``."""

    def __init__(self, sources: array[int], targets: array[int]) -> None:
        order = sorted(range(len(sources)), key=sources.__getitem__)
        self.targets = array("q", (targets[index] for index in order))
        self.nodes, self.starts = array("q"), array("q")
        for edge, index in enumerate(order):
            if not self.nodes or self.nodes[-1] != sources[index]:
                self.nodes.append(sources[index])
                self.starts.append(edge)
        self.starts.append(len(order))

    def index(self, node: int) -> int | None:
        """Where *node* stands in ``nodes``; ``None`` where it refers to nothing."""
        at = bisect_left(self.nodes, node)
        return at if at < len(self.nodes) and self.nodes[at] == node else None


def _holds(ordered: array[int], wanted: int) -> bool:
    at = bisect_left(ordered, wanted)
    return at < len(ordered) and ordered[at] == wanted


def _repeated(ordered: list[int]) -> set[int]:
    return {one for one, other in pairwise(ordered) if one == other}
