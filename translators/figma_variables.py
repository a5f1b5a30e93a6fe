"""Tokens as Figma's variables in an export of a mode: colours in sRGB, numbers, strings, booleans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dss_tokens.dtcg.legacy import restored
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.types import WEIGHTS

from .keeping import with_original
from .measures import families, milliseconds, pixels, rgba
from .outline import ours, without_ours

Json = Any

_TYPE, _ALIAS = "com.figma.type", "com.figma.aliasData"
_BASE_FONT_SIZE = 16.0


def filled(token: ResolvedToken, elsewhere: Mapping[str, str]) -> dict[str, Json] | None:
    """A variable that has the same value in this mode as always; it goes when it is read, unless it was edited."""
    node = variable(token, elsewhere)
    if node is None:
        return None
    extensions = {key: part for key, part in node.get("$extensions", {}).items() if key != "dss"}
    return {**node, "$extensions": {**extensions, "dss": {"filled": node["$value"]}}}


def restored_group(node: Json) -> Json:
    """A group or token with what conversions changed put back."""
    if not isinstance(node, dict):
        return node
    if "$value" in node:
        was = ours(node, "was")
        if isinstance(was, dict) and isinstance(was.get("marked"), list):
            rest = {key: part for key, part in node["$extensions"].items() if key not in was["marked"]}
            node = {**node, "$extensions": rest}
        return restored(without_ours(node, "filled"))
    return {
        key: part if key == "$extensions" else restored_group(part) for key, part in node.items() if not is_filled(part)
    }


def is_filled(node: Json) -> bool:
    """Whether a variable is in a mode only because a collection needs a value there."""
    filled = ours(node, "filled") if isinstance(node, dict) else None
    return filled is not None and "$value" in node and node["$value"] == filled


def variable(token: ResolvedToken, elsewhere: Mapping[str, str]) -> dict[str, Json] | None:
    """A token's object; *elsewhere* gives the collections of paths that the file lacks: no alias leads to them."""
    kind, value, more = _variable(token, elsewhere)
    if kind is None:
        return None
    own = token.token.node
    extensions = {**(own.get("$extensions") or {}), **more}
    node: dict[str, Json] = {"$type": kind, "$value": value}
    if own.get("$description") is not None:
        node["$description"] = own["$description"]
    if extensions:
        node["$extensions"] = extensions
    if own.get("$deprecated") is not None:
        node["$deprecated"] = own["$deprecated"]
    marked = [key for key, mark in more.items() if (own.get("$extensions") or {}).get(key) != mark]
    if kind != token.type or value != token.written or marked:
        node = with_original(node, "$value", "$extensions", token.written)
        node["$extensions"]["dss"]["was"] |= {"type": token.type, **({"marked": marked} if marked else {})}
    return node


def _variable(token: ResolvedToken, elsewhere: Mapping[str, str]) -> tuple[str | None, Json, dict[str, Json]]:
    """The variable's type, value and further extensions; no type where no variable can hold it."""
    kind, value = token.type, token.value
    kinds = {"color": "color", "string": "string", "boolean": "number", "fontFamily": "string"}
    target = kinds.get(kind, "number" if kind in ("dimension", "duration", "number", "fontWeight") else None)
    if target is None or (isinstance(value, str) and kind not in ("string", "fontFamily", "fontWeight")):
        return None, None, {}
    mark = "boolean" if kind == "boolean" else "string" if target == "string" else None
    more: dict[str, Json] = {} if mark is None else {_TYPE: mark}
    alias = token.alias
    if alias is not None and alias in elsewhere:
        more[_ALIAS] = {"targetVariableName": alias.replace(".", "/"), "targetVariableSetName": elsewhere[alias]}
    elif alias is not None:
        return target, f"{{{alias}}}", more
    return target, _plain(kind, value), more


def _plain(kind: str, value: Any) -> Json:
    if kind == "color":
        if value["colorSpace"] == "srgb" and "none" not in value["components"]:
            return value
        found = rgba(value)
        assert found is not None
        digits = found.argb.lower()[2:]
        shown = {"colorSpace": "srgb", "components": [found.red, found.green, found.blue], "hex": f"#{digits}"}
        return shown if found.alpha == 1 else {**shown, "alpha": found.alpha}
    if kind == "dimension":
        return _short(pixels(value, _BASE_FONT_SIZE))
    if kind == "duration":
        return _short(milliseconds(value))
    if kind == "fontWeight":
        return WEIGHTS.get(value, 400) if isinstance(value, str) else value
    if kind == "fontFamily":
        return ", ".join(f'"{name}"' if "," in name else name for name in families(value))
    return int(value) if isinstance(value, bool) else value


def _short(number: float | None) -> int | float | None:
    return int(number) if number is not None and number == int(number) else number
