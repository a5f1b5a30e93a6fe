"""Token documents become one tree: later ones are laid over earlier ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .ecmascript.values import ordered

Tree = dict[str, Any]
Collision = Callable[[list[str], Any, Any], None]
"""Told the path, the old and the new value when a plain value is replaced by another one."""


def mark(node: Any, value_key: str, file: str, is_source: bool) -> None:
    """Note in every token of *node* which file it is from (``filePath``, ``isSource``)."""
    if isinstance(node, dict):
        token = (
            value_key in node
            and not node.get("filePath")
            and (node[value_key] is not None or any(item is not None for item in node.values()))
        )
        for item in node.values():
            if type(item) is not str and isinstance(item, dict | list):
                mark(item, value_key, file, is_source)
        if token:
            node["filePath"] = file
            node["isSource"] = is_source
    else:
        for item in node:
            if isinstance(item, dict | list):
                mark(item, value_key, file, is_source)


def lay_over(base: Tree, tree: Tree, *, token_key: str | None = None, collision: Collision | None = None) -> Tree:
    """*base* with *tree* laid over it, changed in place.

    Objects are merged key by key, lists item by item.

    Args:
        token_key: Where this key meets a plain value, the object of *tree* replaces that of *base* whole: a
            token does not inherit from the one it overrides. Composite values are merged all the same.
        collision: Called for each plain value that is replaced by a different one.
    """
    return _merged(base, tree, [], token_key, collision)


def _merged(base: Tree, tree: Tree, path: list[str], token_key: str | None, collision: Collision | None) -> Tree:
    added = False
    for key, new in tree.items():
        old = base.get(key)
        added = added or key not in base
        if isinstance(new, dict):
            base[key] = _merged(old if isinstance(old, dict) else {}, new, [*path, key], token_key, collision)
        elif isinstance(new, list):
            base[key] = _merged_list(old if isinstance(old, list) else [], new, [*path, key], token_key, collision)
        else:
            if old is not None:
                if collision is not None and not _same(old, new):
                    collision([*path, key], old, new)
                if key == token_key:
                    return tree
            base[key] = new
    if added:
        _sort(base)
    return base


def _sort(tree: Tree) -> None:
    """Put keys that are whole numbers first, as JavaScript has them."""
    in_order = ordered(tree)
    if in_order is not tree:
        tree.clear()
        tree.update(in_order)


def override(base: Tree, tree: Tree, token_key: str) -> Tree:
    """*base* with the tokens of *tree* in it, changed in place: a token replaces what was there, whole."""
    for key, new in tree.items():
        old = base.get(key)
        if isinstance(old, dict) and isinstance(new, dict) and token_key not in old and token_key not in new:
            override(old, new, token_key)
        else:
            base[key] = new
    _sort(base)
    return base


def _merged_list(
    base: list[Any], new: list[Any], path: list[str], token_key: str | None, collision: Collision | None
) -> list[Any]:
    merged = _merged(_indexed(base), _indexed(new), path, token_key, collision)
    return list(merged.values())


def _indexed(items: Iterable[Any]) -> Tree:
    return {str(index): item for index, item in enumerate(items)}


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, dict | list):
        return False
    return bool(old == new and isinstance(old, bool) == isinstance(new, bool))


def inherit_types(node: Tree, inherited: Any = None) -> None:
    """Give DTCG tokens the ``$type`` of their groups, and take it from the groups."""
    if "$value" in node and inherited and "$type" not in node:
        node["$type"] = inherited
    own = node.get("$type")
    if own and not isinstance(own, dict):  # an object would be a group or token of that name
        inherited = own
        if "$value" not in node:
            del node["$type"]
    for item in node.values():
        if isinstance(item, dict):
            inherit_types(item, inherited)


def is_dtcg(node: Any) -> bool:
    """Whether any object in *node* has a key ``$value`` or ``$type``; lists are not looked into."""
    return "$value" in node or "$type" in node or any(is_dtcg(item) for item in node.values() if isinstance(item, dict))
