"""Tokens Studio's types, composite properties and font styles brought to those of DTCG and CSS."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..style_dictionary.ecmascript.values import normalized
from ..style_dictionary.merging import inherit_types
from .references import resolved_text

Tree = dict[str, Any]

EXTENSION = "studio.tokens"
TYPES: Mapping[str, str] = {
    "fontFamilies": "fontFamily",
    "fontWeights": "fontWeight",
    "fontSizes": "fontSize",
    "lineHeights": "lineHeight",
    "boxShadow": "shadow",
    "spacing": "dimension",
    "sizing": "dimension",
    "borderRadius": "dimension",
    "borderWidth": "dimension",
    "letterSpacing": "dimension",
    "paragraphSpacing": "dimension",
    "paragraphIndent": "dimension",
    "text": "content",
}
"""Tokens Studio's own names of types."""

_SHADOW_PARTS = {"x": "offsetX", "y": "offsetY"}
FONT_STYLES = ("italic", "oblique", "normal")
WEIGHT_STYLE = re.compile(r"(?P<weight>.+?)\s?(?P<style>italic|oblique|normal)?\Z", re.IGNORECASE)


class Options(NamedTuple):
    """What sd-transforms is told when it is registered."""

    exclude_parent_keys: bool = False
    """Whether the first level of keys names token sets, as in a single-file export."""

    always_add_font_style: bool = False
    """Whether typography without a style gets ``normal``."""


def preprocess(tree: Tree, options: Options | None = None) -> Tree:
    """*tree*, changed in place: types aligned, shadow offsets renamed, and font weights split from font styles."""
    options = options or Options()
    if options.exclude_parent_keys:
        tree = without_set_names(tree)
    inherit_types(tree)
    align_types(tree)
    add_font_styles(tree, options.always_add_font_style)
    return tree


def without_set_names(tree: Tree) -> Tree:
    """The tokens of all sets, which are the first level of *tree*, laid over each other."""
    merged: Tree = {}
    for tokens in tree.values():
        if isinstance(tokens, dict):
            for name, group in tokens.items():
                merged[name] = _merged(merged[name], group) if merged.get(name) else group
    return merged


def _merged(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        merged = {**one}
        for key, value in other.items():
            merged[key] = _merged(one[key], value) if key in one else value
        return merged
    if isinstance(one, list) and isinstance(other, list):
        return [*one, *other]
    return other


def _is_token(node: Any) -> bool:
    return isinstance(node, dict) and (("$type" in node and "$value" in node) or ("type" in node and "value" in node))


def align_types(node: Any) -> None:
    """Rename types and shadow properties of all tokens in *node*, in place; the old type is noted."""
    if not _is_token(node):
        for item in node.values() if isinstance(node, dict) else node:
            if isinstance(item, dict | list):
                align_types(item)
        return
    dollar = "$" if "$value" in node else ""
    old = node.get(f"{dollar}type")
    new = TYPES.get(old, old) if isinstance(old, str) else old
    if new != old:
        node[f"{dollar}type"] = new
        extensions = node.get("$extensions") or {}
        noted = {**(extensions.get(EXTENSION) or {}), "originalType": old}
        node["$extensions"] = {**extensions, EXTENSION: noted}
    if new == "shadow":
        value = node[f"{dollar}value"]
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                for name, wanted in _SHADOW_PARTS.items():
                    if name in part:
                        part[wanted] = part.pop(name)


def add_font_styles(tree: Tree, always: bool = False) -> None:
    """Split ``Bold Italic`` into weight and style, in place: in typography, and font weights into two tokens."""
    found = list(_with_weights(tree))
    if found:
        source = normalized(tree)
        for parent, key in found:
            parent[key] = _styled(parent[key], source, always)


def _with_weights(node: Any) -> Iterator[tuple[Any, Any]]:
    """What holds a token that may have a font weight, and its name there."""
    for key, item in node.items() if isinstance(node, dict) else enumerate(node):
        if _is_token(item):
            if item.get("$type" if "$value" in item else "type") in ("typography", "fontWeight"):
                yield node, key
        elif isinstance(item, dict | list):
            yield from _with_weights(item)


def _styled(token: Tree, source: Tree, always: bool) -> Tree:
    dollar = "$" if "$value" in token else ""
    kind, value = token.get(f"{dollar}type"), token[f"{dollar}value"]
    if kind == "typography" and isinstance(value, dict) and "fontWeight" in value:
        weight, style = split_weight(resolved_text(value["fontWeight"], source, f"{dollar}value"))
        style = style or ("normal" if always else None)
        if style:
            value["fontWeight"] = weight
            value["fontStyle"] = style
    elif kind == "fontWeight":
        weight, style = split_weight(resolved_text(value, source, f"{dollar}value"))
        if style:
            return {
                name: {**token, f"{dollar}type": type_, f"{dollar}value": part}
                for name, type_, part in (("weight", "fontWeight", weight), ("style", "fontStyle", style))
            }
    return token


def split_weight(written: str) -> tuple[str, str | None]:
    """Weight and style: ``("Bold", "italic")`` for ``Bold Italic``, ``("Regular", "italic")`` for ``Italic``."""
    if written.lower() in FONT_STYLES:
        return "Regular", written.lower()
    found = WEIGHT_STYLE.search(written)
    if found and found["style"]:
        return found["weight"], found["style"].lower()
    return written, None
