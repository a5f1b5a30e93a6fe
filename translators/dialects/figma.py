"""Figma's own export of modes: one file per collection and mode; colours in sRGB, numbers, strings, booleans.

Source: reference "figma", section 10. What variables cannot hold is kept in the root's ``$extensions``.
"""

from __future__ import annotations

from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.dtcg.legacy import restored
from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.types import WEIGHTS

from ..conversion import (
    Conversion,
    ConvertedSource,
    Json,
    Material,
    dialects,
    nested,
    node_of,
    not_held,
    text_of,
    with_original,
)
from ..measures import families, milliseconds, pixels, rgba

_MODE = "com.figma.modeName"
_TYPE = "com.figma.type"
_BASE_FONT_SIZE = 16.0


@dialects.register("figma")
class Figma:
    """Files of Figma's "Export modes"."""

    @staticmethod
    def recognises(document: Json) -> bool:
        """The mode's name at the root."""
        extensions = document.get("$extensions") if isinstance(document, dict) else None
        return isinstance(extensions, dict) and _MODE in extensions

    @staticmethod
    def read(document: Json) -> Json:
        """As DTCG, with what :meth:`write` kept put back."""
        kept = document["$extensions"].get("dss.kept") or {}
        rest = {key: part for key, part in document.items() if key != "$extensions"}
        found = {key: _restored(part) for key, part in rest.items()}
        for path, node in kept.items():
            group = found
            *groups, name = path.split(".")
            for part in groups:
                group = group.setdefault(part, {})
            group[name] = node
        return found

    @staticmethod
    def write(material: Material) -> Conversion:
        """``<collection>/<mode>.tokens.json``; a set has the one mode ``Value``."""
        found: list[Diagnostic] = []
        by_name = {source.name: source for source in material.sources}
        files = []
        for name in material.base:
            files.append(OutputFile(f"{name}/Value.tokens.json", _text([by_name[name]], "Value", found)))
        for modifier, contexts in material.modifiers.items():
            for context, names in contexts.items():
                sources = [by_name[name] for name in names]
                files.append(
                    OutputFile(f"{_slug(modifier)}/{_slug(context)}.tokens.json", _text(sources, context, found))
                )
        return Conversion(files, found)


def _slug(name: str) -> str:
    return "".join(c if c.isalnum() or c in " -_()" else "-" for c in name).strip() or "mode"


def _restored(node: Json) -> Json:
    if not isinstance(node, dict):
        return node
    if "$value" in node:
        found = restored(node)
        extensions = found.get("$extensions", {})
        if found is not node and extensions.keys() == {_TYPE}:  # nothing but our own marker is left
            return {key: part for key, part in found.items() if key != "$extensions"}
        if found is not node and _TYPE in extensions:
            found["$extensions"] = {key: part for key, part in extensions.items() if key != _TYPE}
        return found
    return {key: _restored(part) for key, part in node.items()}


def _text(sources: list[ConvertedSource], mode: str, found: list[Diagnostic]) -> str:
    kept: dict[str, Json] = {}
    document: dict[str, Any] = {}
    for source in sources:
        document |= nested(source, lambda token: _node(token, kept, found))
    document["$extensions"] = {_MODE: mode, **({"dss.kept": kept} if kept else {})}
    return text_of(document)


def _node(token: ResolvedToken, kept: dict[str, Json], found: list[Diagnostic]) -> dict[str, Json] | None:
    kind, value, more = _variable(token)
    if kind is None:
        kept[token.path] = {**node_of(token), "$type": token.type}
        found.append(not_held(token, "Figma", f"a {token.type}", kept=True))
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
    if kind != token.type or value != token.written:
        node = with_original(node, "$value", "$extensions", token.written)
        node["$extensions"]["dss"]["was"]["type"] = token.type
    return node


def _variable(token: ResolvedToken) -> tuple[str | None, Json, dict[str, Json]]:
    """The variable's type, value and further extensions; no type where no variable can hold it."""
    kind, value = token.type, token.value
    kinds = {"color": "color", "string": "string", "boolean": "number", "fontFamily": "string"}
    target = kinds.get(kind, "number" if kind in ("dimension", "duration", "number", "fontWeight") else None)
    if target is None or (isinstance(value, str) and kind not in ("string", "fontFamily", "fontWeight")):
        return None, None, {}
    more = {_TYPE: "boolean"} if kind == "boolean" else {_TYPE: "string"} if target == "string" else {}
    if isinstance(token.written, str) and token.alias is not None and token.written[:1] == "{":
        return target, token.written, more
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
        return pixels(value, _BASE_FONT_SIZE)
    if kind == "duration":
        return milliseconds(value)
    if kind == "fontWeight":
        return WEIGHTS.get(value, 400) if isinstance(value, str) else value
    if kind == "fontFamily":
        return ", ".join(f'"{name}"' if "," in name else name for name in families(value))
    return int(value) if isinstance(value, bool) else value
