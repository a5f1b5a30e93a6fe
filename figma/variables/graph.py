"""Which variable aliases which, in any mode: the order to work in, and who could ever stand in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..records import Payload, Raw, alias_target

Edges = Mapping[str, Sequence[str]]
"""Variable id -> ids it aliases, in any mode or override; only variables that the source holds."""


def edges_of(payload: Payload) -> dict[str, list[str]]:
    """The aliases of every variable that has any. Parts of composed colours count."""
    known = payload.variables
    found: dict[str, dict[str, None]] = {}
    for variable in known.values():
        for value in variable.values.values():
            if type(value) is dict and "r" not in value:
                _note(found, variable.id, value, known)
    for collection in payload.collections.values():
        for identity, overrides in collection.overrides.items():
            for value in overrides.values():
                _note(found, identity, value, known)
    return {identity: list(targets) for identity, targets in found.items()}


def _note(found: dict[str, dict[str, None]], source: str, value: Raw, known: Mapping[str, object]) -> None:
    for target in aliases_in(value):
        if target in known:
            found.setdefault(source, {})[target] = None


def aliases_in(value: Raw) -> Iterator[str]:
    """The ids that *value* or a part of it aliases."""
    identity = alias_target(value)
    if identity is not None:
        yield identity
    elif type(value) is dict and "r" not in value:
        for part in value.values():
            if (identity := alias_target(part)) is not None:
                yield identity


def targets_first(nodes: Iterable[str], edges: Edges) -> list[str]:
    """*nodes* so that what is aliased comes before what aliases it; members of a circle in any order."""
    order: list[str] = []
    seen: set[str] = set()
    nothing: tuple[str, ...] = ()
    for start in nodes:
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(edges.get(start, nothing)))]
        while stack:
            node, rest = stack[-1]
            for target in rest:
                if target not in seen:
                    seen.add(target)
                    stack.append((target, iter(edges.get(target, nothing))))
                    break
            else:
                order.append(node)
                stack.pop()
    return order


def entangled(edges: Edges) -> frozenset[str]:
    """The variables that a circle of aliases could go through in some choice of modes; usually none."""
    forward = {source: set(targets) for source, targets in edges.items()}
    while True:
        trimmed = _between(forward)
        if sum(map(len, trimmed.values())) == sum(map(len, forward.values())):
            return frozenset(trimmed)
        forward = trimmed


def _between(edges: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """*edges* without those whose target aliases nothing, or whose source nobody aliases."""
    aliased = {target for targets in edges.values() for target in targets}
    kept = {source: {t for t in targets if t in edges} for source, targets in edges.items() if source in aliased}
    return {source: targets for source, targets in kept.items() if targets}
