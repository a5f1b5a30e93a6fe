"""Token sets of Tokens Studio as DTCG documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dss_tokens.dtcg.legacy import restored
from dss_tokens.types import TYPES, SimpleType

from ..outline import ours

Json = Any

KINDS = {
    "color": "color", "dimension": "dimension", "fontFamily": "fontFamilies", "fontWeight": "fontWeights",
    "number": "number", "shadow": "boxShadow", "typography": "typography", "border": "border", "string": "text",
    "boolean": "boolean",
}  # fmt: skip
"""DTCG's types by the names of Tokens Studio."""

_READ = {
    **{theirs: ours for ours, theirs in KINDS.items()}, "spacing": "dimension", "sizing": "dimension",
    "borderRadius": "dimension", "borderWidth": "dimension", "fontSizes": "dimension", "fontSize": "dimension",
    "letterSpacing": "dimension", "lineHeights": "number", "lineHeight": "number", "paragraphSpacing": "dimension",
    "paragraphIndent": "dimension", "opacity": "number", "other": "string", "asset": "string", "textCase": "string",
    "textDecoration": "string",
}  # fmt: skip
_EXPRESSION = re.compile(r"[+*/^(]")
_STYLE = re.compile(r"\b(?:italic|oblique)\Z", re.IGNORECASE)
_MEMBERS = {"value": "$value", "type": "$type", "description": "$description", "comment": "$description",
            "extensions": "$extensions", "deprecated": "$deprecated"}  # fmt: skip


def set_names(sets: Iterable[str], metadata: Json) -> list[str]:
    """Sets in the order in which later ones win; those that are not listed come last."""
    known = list(sets)
    listed = metadata.get("tokenSetOrder") if isinstance(metadata, dict) else None
    first = [name for name in listed if name in known] if isinstance(listed, list) else []
    return list(dict.fromkeys([*first, *known]))


def is_token(node: Json) -> bool:
    """Whether an object is a token and no group with a token called "value"."""
    if not isinstance(node, dict):
        return False
    is_value = "value" in node and (isinstance(node.get("type"), str) or not isinstance(node["value"], dict))
    return is_value or "$value" in node


def paths_in(group: Mapping[str, Json]) -> frozenset[str]:
    """The paths of all tokens in a set."""
    return frozenset(_paths(group, ""))


def _paths(group: Mapping[str, Json], prefix: str) -> Iterator[str]:
    for name, part in group.items():
        if is_token(part):
            yield prefix + name
        elif isinstance(part, dict) and name[:1] != "$":
            yield from _paths(part, f"{prefix}{name}.")


def read_set(group: Mapping[str, Json]) -> dict[str, Json]:
    """A token set, or a group of it, as DTCG."""
    found: dict[str, Json] = {}
    extra: dict[str, Json] = {}
    for key, part in group.items():
        if is_token(part):
            found[key] = _token(part)
        elif isinstance(part, dict) and key[:1] != "$":
            found[key] = read_set(part)
        elif key[:1] == "$":
            found[key] = _READ.get(part, part) if key == "$type" and isinstance(part, str) else part
        elif key in ("type", "description", "comment") and isinstance(part, str):
            found[_MEMBERS[key]] = _READ.get(part, part) if key == "type" else part
        else:
            extra[key] = part
    return _with_members(found, extra)


def _with_members(node: dict[str, Json], extra: Mapping[str, Json]) -> dict[str, Json]:
    """*node* with members that DTCG does not know where they do no harm."""
    if not extra:
        return node
    extensions = dict(node.get("$extensions") or {})
    extensions["dss"] = {**(extensions.get("dss") or {}), "members": dict(extra)}
    return {**node, "$extensions": extensions}


def _token(node: Mapping[str, Json]) -> dict[str, Json]:
    renamed: dict[str, Json] = {}
    extra: dict[str, Json] = {}
    for key, part in node.items():
        if key[:1] == "$" or key in _MEMBERS:
            renamed.setdefault(_MEMBERS.get(key, key), part)
        else:
            extra[key] = part
    back = restored(_with_members(renamed, extra))
    kind, was = back.get("$type"), ours(renamed, "was")
    is_restored = isinstance(was, dict) and was.get("as") == renamed.get("$value")
    if is_restored or not isinstance(kind, str):
        return back
    known = _READ.get(kind, kind)
    value = as_dtcg(known, back["$value"])
    return {**back, "$type": known if may_be(known, value) else "string", "$value": value}


def may_be(kind: str, value: Json) -> bool:
    """Whether a value may turn out as one of a type: references and expressions are looked at later."""
    found = TYPES.get(kind)
    if not isinstance(found, SimpleType) or not isinstance(value, str) or "{" in value or _EXPRESSION.search(value):
        return True
    return found.fits(value) or found.upgrade(value) is not None


def as_dtcg(kind: str, value: Json) -> Json:
    """A value in DTCG's form where the types' own older forms do not know it."""
    if kind == "fontFamily":
        return _families(value)
    if kind == "boolean" and value in ("true", "false"):
        return value == "true"
    if kind == "string" and not isinstance(value, str | dict | list):
        return str(value).lower() if isinstance(value, bool) else str(value)
    if kind == "typography" and isinstance(value, dict) and "fontFamily" in value:
        return {**value, "fontFamily": _families(value["fontFamily"])}
    return value


def _families(value: Json) -> Json:
    """Names between commas: a single name is a text, several are a list."""
    if not isinstance(value, str) or "," not in value or "{" in value or '"' in value or "'" in value:
        return value
    return [name.strip() for name in value.split(",") if name.strip()]


def font_style(value: Json, kind: Json) -> str | None:
    """The style in a font weight such as ``Bold Italic``, also in typography; ``None`` without."""
    if kind == "typography" and isinstance(value, dict):
        return font_style(value.get("fontWeight"), "fontWeights")
    if kind not in ("fontWeights", "fontWeight") or not isinstance(value, str):
        return None
    found = _STYLE.search(value)
    return None if found is None else f"the font style {found[0]}"
