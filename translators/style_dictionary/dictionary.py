"""The tokens a format is given: as a list, by key, and as a tree."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from .ecmascript.values import ordered
from .transform import Token

Tree = dict[str, Any]


class Dictionary:
    """Transformed tokens. The tree is only built for formats that print it."""

    def __init__(
        self,
        tokens: list[Token],
        uses_dtcg: bool,
        *,
        partial: Collection[str] = (),
        unfiltered: Dictionary | None = None,
    ) -> None:
        self.tokens = tokens
        self.uses_dtcg = uses_dtcg
        self.value_key = "$value" if uses_dtcg else "value"
        self.type_key = "$type" if uses_dtcg else "type"
        self.partial = partial
        """Keys of tokens for whose references no variable can stand."""
        self.unfiltered = unfiltered or self
        """All tokens of the platform, those that the file's filter leaves out too."""
        self._tree: Tree | None = None
        self._by_key: dict[str, Token] | None = None

    @property
    def tree(self) -> Tree:
        """The tokens in groups, by the names of their paths."""
        if self._tree is None:
            if self.unfiltered is self:
                self._tree = tree_of(self.tokens, self.value_key)
            else:
                kept = {id(token) for token in self.tokens}
                self._tree = _pruned(self.unfiltered.tree, self.value_key, lambda token: id(token) in kept)
        return self._tree

    @property
    def by_key(self) -> dict[str, Token]:
        """The tokens by key, e.g. ``{color.base.red}``."""
        if self._by_key is None:
            self._by_key = {token["key"]: token for token in self.tokens}
        return self._by_key

    def has_group(self, names: Sequence[str]) -> bool:
        """Whether the tree has anything at *names*."""
        node: Any = self.tree
        for name in names:
            if not isinstance(node, dict) or name not in node:
                return False
            node = node[name]
        return True

    def filtered(self, keep: Callable[[Token], bool]) -> Dictionary:
        """Only the tokens that *keep* accepts."""
        tokens = [token for token in self.tokens if keep(token)]
        return Dictionary(tokens, self.uses_dtcg, partial=self.partial, unfiltered=self)


def is_token(node: Tree, value_key: str) -> bool:
    """Whether *node* of a tree is a token; a group may hold a token that is called like the value key."""
    if value_key not in node:
        return False
    value = node[value_key]
    return not (isinstance(value, dict) and "original" in value and "path" in value)


def tree_of(tokens: Iterable[Token], value_key: str) -> Tree:
    """*tokens* in groups. A token below a token becomes one of its members, and is lost if it comes first."""
    tree: Tree = {}
    groups: dict[str, Tree] = {"": tree}
    unsorted: dict[int, Tree] = {}
    for token in tokens:
        group_key, _, name = token["key"][1:-1].rpartition(".")
        group = groups.get(group_key)
        if group is None:
            group = groups[group_key] = _group(tree, group_key.split("."), unsorted)
        if name in group:
            groups = {"": tree}  # what was below the replaced group is no longer in the tree
        group[name] = token
        if name[:1].isdigit():
            unsorted[id(group)] = group
    for group in unsorted.values():
        _sort(group)
    return tree


def _group(tree: Tree, names: list[str], unsorted: dict[int, Tree]) -> Tree:
    for name in names:
        below = tree.get(name)
        if below is None:
            below = tree[name] = {}
            if name[:1].isdigit():
                unsorted[id(tree)] = tree
        if not isinstance(below, dict):
            return {}  # below a member of a token that is no object
        tree = below
    return tree


def _sort(group: Tree) -> None:
    in_order = ordered(group)
    if in_order is not group:
        items = list(in_order.items())
        group.clear()
        group.update(items)


def _pruned(tree: Tree, value_key: str, keep: Callable[[Token], bool]) -> Tree:
    kept: Tree = {}
    for name, node in tree.items():
        if not isinstance(node, dict):
            continue
        if is_token(node, value_key):
            if keep(node):
                kept[name] = node
        elif below := _pruned(node, value_key, keep):
            kept[name] = below
    return kept
