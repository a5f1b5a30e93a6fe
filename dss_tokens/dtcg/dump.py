"""A :class:`TokenSet` -> a DTCG document, in the order read, nothing lost."""

from __future__ import annotations

from typing import Any

from ..model import TokenSet, names


def dump(tokens: TokenSet) -> dict[str, Any]:
    """The nested document: groups with their properties, tokens with their objects as authored.

    ``parse`` of the result gives the same tokens and groups in the same order of groups and of tokens within
    each group.
    """
    root: dict[str, Any] = {}
    nodes: dict[str, dict[str, Any]] = {"": root}

    def node(path: str) -> dict[str, Any]:
        found = nodes.get(path)
        if found is None:
            parent, _, name = path.rpartition(".")
            found = nodes[path] = node(parent).setdefault(name, {})
        return found

    for group in tokens.groups.values():
        for key, part in group.properties.items():
            node(group.path)[key] = part
        node(group.path)
    for token in tokens.tokens.values():
        node(token.parent)[names(token.path)[-1]] = dict(token.node)
    return root
