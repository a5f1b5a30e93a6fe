"""Tokens Studio's single file: sets, themes that choose among them, types and values of its own.

Source: reference "figma", section 11; Tokens Studio documentation, "Token types".
"""

from __future__ import annotations

from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.dtcg.legacy import restored
from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..conversion import Conversion, Json, Material, dialects, nested, text_of, with_original
from ..css_parts import reads_back, text_value

_TYPES = {
    "color": "color", "dimension": "dimension", "fontFamily": "fontFamilies", "fontWeight": "fontWeights",
    "number": "number", "shadow": "boxShadow", "typography": "typography", "border": "border", "string": "text",
    "boolean": "boolean",
}  # fmt: skip
_READ = {
    "color": "color", "dimension": "dimension", "fontFamilies": "fontFamily", "fontWeights": "fontWeight",
    "number": "number", "boxShadow": "shadow", "typography": "typography", "border": "border", "text": "string",
    "boolean": "boolean", "spacing": "dimension", "sizing": "dimension", "borderRadius": "dimension",
    "borderWidth": "dimension", "fontSizes": "dimension", "letterSpacing": "dimension", "lineHeights": "number",
    "paragraphSpacing": "dimension", "opacity": "number", "other": "string", "asset": "string",
}  # fmt: skip
_SHADOW = {"offsetX": "x", "offsetY": "y", "blur": "blur", "spread": "spread", "color": "color"}


@dialects.register("tokens-studio")
class TokensStudio:
    """The plugin's export as one file."""

    @staticmethod
    def recognises(document: Json) -> bool:
        """``$themes`` or the order of the sets at the root."""
        if not isinstance(document, dict):
            return False
        metadata = document.get("$metadata")
        return isinstance(document.get("$themes"), list) or (isinstance(metadata, dict) and "tokenSetOrder" in metadata)

    @staticmethod
    def read(document: Json) -> Json:
        """As a resolver document: themes of one group are the contexts of a modifier."""
        sets = {name: part for name, part in document.items() if name[:1] != "$" and isinstance(part, dict)}
        order = [name for name in (document.get("$metadata") or {}).get("tokenSetOrder", ()) if name in sets]
        order += [name for name in sets if name not in order]
        documents = {name: _read_group(sets[name]) for name in order}
        themes = [theme for theme in document.get("$themes") or () if isinstance(theme, dict)]
        groups: dict[str, dict[str, list[str]]] = {}
        for theme in themes:
            chosen = theme.get("selectedTokenSets") or {}
            names = [name for name in order if chosen.get(name) in ("enabled", "source")]
            groups.setdefault(str(theme.get("group") or "theme"), {})[str(theme.get("name") or "theme")] = names
        return _resolver(documents, {name: contexts for name, contexts in groups.items() if len(contexts) > 1}, groups)

    @staticmethod
    def write(material: Material) -> Conversion:
        """Sources become sets, modifiers groups of themes."""
        found: list[Diagnostic] = []
        document: dict[str, Any] = {source.name: nested(source, _node) for source in material.sources}
        themes = [
            {
                "id": f"{modifier}/{context}", "name": context, "group": modifier,
                "selectedTokenSets": {
                    **dict.fromkeys(material.base, "source"), **dict.fromkeys(names, "enabled"),
                },
            }
            for modifier, contexts in material.modifiers.items()
            for context, names in contexts.items()
        ]  # fmt: skip
        document["$themes"] = themes
        document["$metadata"] = {"tokenSetOrder": [source.name for source in material.sources]}
        return Conversion([OutputFile("tokens.json", text_of(document))], found)


def _node(token: ResolvedToken) -> dict[str, Json]:
    written = token.written
    if isinstance(written, dict) and "$ref" in written and token.alias is not None:
        written = f"{{{token.alias}}}"
    value = text_value(token.type, written)
    if token.type == "shadow" and not isinstance(value, str):
        value = [_shadow(item) for item in value] if isinstance(value, list) else _shadow(value)
    node: dict[str, Json] = {"$value": value, "$type": _TYPES.get(token.type, "other")}
    for key in ("$description", "$deprecated", "$extensions"):
        if token.token.node.get(key) is not None:
            node[key] = token.token.node[key]
    if token.type not in _TYPES or token.type == "shadow" or not reads_back(token, value):
        node = with_original(node, "$value", "$extensions", token.written)
        node["$extensions"]["dss"]["was"]["type"] = token.type
    return node


def _shadow(value: Json) -> Json:
    if not isinstance(value, dict):
        return value
    kind = "innerShadow" if value.get("inset") is True else "dropShadow"
    return {**{_SHADOW.get(name, name): part for name, part in value.items() if name != "inset"}, "type": kind}


def _read_group(node: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, part in node.items():
        if not isinstance(part, dict) or key[:1] == "$":
            found[key] = part
        elif "$value" in part or "value" in part:
            found[key] = _read_token(part)
        else:
            found[key] = _read_group(part)
    return found


def _read_token(node: dict[str, Any]) -> dict[str, Any]:
    renamed = {key if key[:1] == "$" else f"${key}": part for key, part in node.items()}
    back = restored(renamed)
    if back.get("$type") == renamed.get("$type") and isinstance(back.get("$type"), str):
        back = {**back, "$type": _READ.get(back["$type"], back["$type"])}
    return back


def _resolver(
    documents: dict[str, Any], modifiers: dict[str, dict[str, list[str]]], groups: dict[str, dict[str, list[str]]]
) -> dict[str, Any]:
    """Sets that no theme chooses, or that all themes of a group share, always hold; the others are contexts."""
    chosen = {name for contexts in groups.values() for names in contexts.values() for name in names}
    varying = {
        name
        for contexts in modifiers.values()
        for name in {name for names in contexts.values() for name in names}
        if not all(name in names for names in contexts.values())
    }
    base = [name for name in documents if name not in varying and (name in chosen or not chosen)]
    return {
        "version": "2025.10",
        "sets": {name: {"sources": [documents[name]]} for name in base},
        "modifiers": {
            modifier: {
                "contexts": {
                    context: [documents[name] for name in names if name in varying]
                    for context, names in contexts.items()
                },
                "default": next(iter(contexts)),
            }
            for modifier, contexts in modifiers.items()
        },
        "resolutionOrder": [
            *({"$ref": f"#/sets/{_pointer(name)}"} for name in base),
            *({"$ref": f"#/modifiers/{_pointer(name)}"} for name in modifiers),
        ],
    }


def _pointer(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
