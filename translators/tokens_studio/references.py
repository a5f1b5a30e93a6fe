"""References in a tree that is not flattened yet."""

from __future__ import annotations

from typing import Any

from ..style_dictionary.ecmascript.values import replaced_once, text
from ..style_dictionary.references import REFERENCE

_DEEPEST = 100


def resolved_text(value: Any, tree: dict[str, Any], value_key: str) -> str:
    """*value* as text, its references replaced by what they resolve to in *tree*; broken ones stay."""
    return text(_resolved(value, tree, value_key, 0))


def _resolved(value: Any, tree: dict[str, Any], value_key: str, depth: int) -> Any:
    if not isinstance(value, str) or "{" not in value or depth > _DEEPEST:
        return value
    result: Any = value
    for match in REFERENCE.findall(value):
        found = _value_at(tree, match[1:-1].strip().split("."), value_key)
        if found is None:
            continue
        found = _resolved(found, tree, value_key, depth + 1)
        result = found if result == match else replaced_once(text(result), match, text(found))
    return result


def _value_at(tree: dict[str, Any], names: list[str], value_key: str) -> Any:
    node: Any = tree
    while names:
        # A name may hold dots: the longest one that exists is taken.
        for count in range(len(names), 0, -1):
            name = ".".join(names[:count])
            if isinstance(node, dict) and name in node:
                node, names = node[name], names[count:]
                break
        else:
            return None
    return node.get(value_key) if isinstance(node, dict) else None
