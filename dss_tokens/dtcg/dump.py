"""A :class:`TokenSet` -> a DTCG document, in the order read, nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..model import Group, Source, TokenSet, ancestors


def dump(tokens: TokenSet) -> dict[str, Any]:
    """The nested document: groups with their properties, tokens with their objects as authored.

    Members of a group come in the order in which it was read, others after them: groups before tokens.
    """
    groups = dict(tokens.groups)
    for token in tokens.tokens.values():
        for path in (token.parent, *ancestors(token.parent)):
            if path in groups:
                break
            groups[path] = Group(path, {}, token.source)
    groups.setdefault("", Group("", {}, Source("")))
    nodes: dict[str, dict[str, Any]] = {path: {} for path in groups}
    members: dict[str, dict[str, Any]] = {path: dict(group.properties) for path, group in groups.items()}
    for path, node in nodes.items():
        if path:
            parent, _, name = path.rpartition(".")
            members[parent][name] = node
    for token in tokens.tokens.values():
        members[token.parent][token.name] = dict(token.node)
    for path, node in nodes.items():
        node.update(_ordered(members[path], groups[path].node))
    return nodes[""]


def _ordered(members: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """*members* in the order of *before*, new ones last."""
    return {name: members[name] for name in before if name in members} | members
