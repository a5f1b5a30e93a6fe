"""References that read alike and mean different tokens: one path, held by one token here and by another there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..mentions import mentions
from .sides import Side, default_id
from .trees import Tree

Json = Any


def bind(sides: Sequence[Side | None], trees: Sequence[Tree]) -> None:
    """Notes at every token that mentions such a path whom it means, so that comparisons see the difference.

    Args:
        sides: Base, local, remote.
        trees: Theirs; their entities are replaced.
    """
    pairs = [(side, tree) for side, tree in zip(sides, trees, strict=True) if side is not None]
    if not any(side.ids for side, _ in pairs):
        return  # everybody is called after the place
    paths = {path for one in pairs for other in pairs if one is not other for path in _held_by_others(one, other)}
    if paths:
        for side, tree in pairs:
            _bind(side, tree, paths)


def _held_by_others(one: tuple[Side, Tree], other: tuple[Side, Tree]) -> list[str]:
    """Paths of *one* that somebody else has in *other*."""
    (side, _), (there, tree) = one, other
    found = []
    for place, id in side.ids.items():
        known = there.ids.get(place)
        if known is None:
            default = default_id(place)
            known = default if default in tree.entities else None
        if known is not None and known != id:
            found.append(place.path)
    return found


def _bind(side: Side, tree: Tree, paths: set[str]) -> None:
    holders: dict[str, list[str]] = {path: [] for path in paths}
    names = {path.rpartition(".")[2] for path in paths}
    for id, entity in tree.entities.items():
        if entity.is_token and entity.name in names:
            place = tree.place(id)
            if place.path in holders:
                holders[place.path].append(id)
    for id, entity in list(tree.entities.items()):
        if not entity.is_token or not _may_mention(entity.node):
            continue
        meant = tuple(
            f"{path}={','.join(sorted(holders[path]))}"
            for path in mentions(entity.node.get("$value", entity.node.get("value", {"$ref": entity.node.get("$ref")})))
            if path in holders
        )
        if meant:
            tree.entities[id] = entity._replace(bound=meant)


def _may_mention(node: Mapping[str, Json]) -> bool:
    value = node.get("$value", node.get("value"))
    return type(value) is not str or "{" in value or value[:1] == "$"
