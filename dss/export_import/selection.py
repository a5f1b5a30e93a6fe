"""A part of a project: the tokens that were asked for, and those they cannot do without. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from dss_tokens.model import ROOT

from .closure import references
from .manifest import Query
from .token_sets import is_token

Json = Any


@dataclass(frozen=True, slots=True)
class Selected:
    """What a query takes of the documents."""

    documents: dict[str, dict[str, Json]]
    """Set to its part, with the groups around its tokens; sets without any are left out."""

    external: tuple[str, ...]
    """Paths that the part refers to and does not hold, sorted."""


@dataclass(frozen=True, slots=True)
class _Node:
    path: str
    node: Mapping[str, Json]
    is_token: bool


def select(documents: Mapping[str, Mapping[str, Json]], query: Query, *, closure: bool = True) -> Selected:
    """The part of *documents* (set to DTCG document) that *query* asks for.

    Args:
        closure: Add what the selected tokens refer to, and what that refers to, from whichever sets define it; else
            such paths are only listed.
    """
    nodes = {name: list(_nodes(document)) for name, document in documents.items()}
    chosen = {name: {node.path for node in found if _asked(name, node, query)} for name, found in nodes.items()}
    missing = _missing(nodes, chosen, closure=closure)
    parts = {name: _part(document, chosen[name]) for name, document in documents.items() if chosen[name]}
    return Selected(parts, tuple(sorted(missing)))


def _nodes(document: Mapping[str, Json]) -> Iterable[_Node]:
    waiting: list[tuple[str, Mapping[str, Json]]] = [("", document)]
    while waiting:
        prefix, group = waiting.pop()
        for name, child in group.items():
            if name[:1] == "$" and name != ROOT:
                continue
            path = prefix + name
            if is_token(name, child):
                yield _Node(path, child, True)
            else:
                yield _Node(path, {key: part for key, part in child.items() if key[:1] == "$" and key != ROOT}, False)
                waiting.append((path + ".", child))


def _asked(set_name: str, node: _Node, query: Query) -> bool:
    if not node.is_token or (query.sets and not any(_names_set(wanted, set_name) for wanted in query.sets)):
        return False
    folders = [folder.strip("/.").replace("/", ".") for folder in query.folders]
    if folders and not any(node.path == folder or node.path.startswith(folder + ".") for folder in folders):
        return False
    return not query.tags or not tags_of(node.node).isdisjoint(query.tags)


def _names_set(wanted: str, name: str) -> bool:
    """A set is named by its file, with or without the suffix."""
    return wanted in (name, name.removesuffix(".json"))


def tags_of(node: Mapping[str, Json]) -> set[str]:
    """The tags in ``$extensions["dss"]``."""
    extensions = node.get("$extensions")
    ours = extensions.get("dss") if isinstance(extensions, dict) else None
    tags = ours.get("tags") if isinstance(ours, dict) else None
    return {tag for tag in tags if isinstance(tag, str)} if isinstance(tags, list) else set()


def _missing(nodes: Mapping[str, list[_Node]], chosen: Mapping[str, set[str]], *, closure: bool) -> set[str]:
    """Follow the references of what is *chosen*, which grows with *closure*; gives what stays outside."""
    defined: dict[str, list[tuple[str, _Node]]] = {}
    inside: dict[str, list[tuple[str, _Node]]] = {}
    for name, found in nodes.items():
        for node in found:
            defined.setdefault(node.path, []).append((name, node))
            for above in _ancestors(node.path):
                if node.is_token:
                    inside.setdefault(above, []).append((name, node))
    waiting = deque((name, node) for name, found in nodes.items() for node in found if node.path in chosen[name])
    groups_seen: set[tuple[str, str]] = set()
    outside: set[str] = set()
    while waiting:
        name, node = waiting.popleft()
        for above in _ancestors(node.path):  # a group around it may extend another one
            if (name, above) not in groups_seen:
                groups_seen.add((name, above))
                waiting.extend((name, group) for at, group in defined.get(above, ()) if at == name)
        for target in references(orjson.dumps(node.node), is_token=node.is_token)[0]:
            holders = [*defined.get(target, ())] if node.is_token else inside.get(target, [])
            if not closure and not any(holder.path in chosen[at] for at, holder in holders):
                outside.add(target)
            elif closure:
                for at, holder in holders:
                    if holder.is_token and holder.path not in chosen[at]:
                        chosen[at].add(holder.path)
                        waiting.append((at, holder))
    return outside


def _ancestors(path: str) -> Iterable[str]:
    while "." in path:
        path = path.rpartition(".")[0]
        yield path


def _part(group: Mapping[str, Json], chosen: set[str], prefix: str = "") -> dict[str, Json]:
    part: dict[str, Json] = {}
    for name, child in group.items():
        path = prefix + name
        if name[:1] == "$" and name != ROOT:
            part[name] = child
        elif is_token(name, child):
            if path in chosen:
                part[name] = child
        else:
            inner = _part(child, chosen, path + ".")
            if any(key[:1] != "$" or key == ROOT for key in inner):
                part[name] = inner
    return part
