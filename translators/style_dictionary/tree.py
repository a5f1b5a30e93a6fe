"""Trees of tokens as formats print them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .dictionary import Tree, is_token
from .ecmascript.values import truthy
from .format import Output

_META = ("attributes", "filePath", "name", "path", "comment")


def values_only(node: Any, value_key: str) -> Any:
    """*node* with each token replaced by its value."""
    if not isinstance(node, dict):
        return node
    if is_token(node, value_key):
        return node[value_key]
    return {name: values_only(below, value_key) for name, below in node.items()}


def meta_stripped(output: Output) -> Tree:
    """The tokens in groups, without what the option ``stripMeta`` takes away."""
    option = output.options.get("stripMeta")
    tree = output.dictionary.tree
    if not truthy(option):
        return tree
    strip: Any = _META
    keep: Any = None
    if isinstance(option, Mapping):
        strip, keep = option.get("strip"), option.get("keep")
    return _stripped(tree, output.dictionary.value_key, strip, keep)


def _stripped(node: Tree, value_key: str, strip: Any, keep: Any) -> Tree:
    token = value_key in node
    left: Tree = {}
    for name, value in node.items():
        if token and ((truthy(strip) and name in strip) or (truthy(keep) and name not in keep)):
            # Without its value an object is no token any more, and keeps the rest.
            token = name != value_key
        else:
            left[name] = _stripped(value, value_key, strip, keep) if isinstance(value, dict) else value
    return left
