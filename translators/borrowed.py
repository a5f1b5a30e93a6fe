"""Formats of the Style Dictionary engine for canonical tokens: ``--to scss/map-deep`` without a configuration.

The tokens go in with their types and aliases; the engine's transform group for the format's language prints them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from .platform import Platform

_GROUPS = {
    "android": "android",
    "compose": "compose",
    "css": "css",
    "flutter": "flutter",
    "ios": "ios",
    "ios-swift": "ios-swift",
    "javascript": "js",
    "json": "web",
    "less": "less",
    "scss": "scss",
    "typescript": "js",
}
"""The transform group for a format, by what its name begins with; ``web`` for the others."""

_FILES = {
    "android": "{name}.xml",
    "compose": "Tokens.kt",
    "css": "{name}.css",
    "flutter": "tokens.dart",
    "ios": "tokens.{name}",
    "ios-swift": "Tokens.swift",
    "javascript": "{name}.js",
    "json": "{name}.json",
    "less": "{name}.less",
    "scss": "_{name}.scss",
    "typescript": "{name}.d.ts",
}


# The engine takes braces in any text for a reference; those of plain text are hidden from it meanwhile.
_HIDDEN = str.maketrans("{}", "\ue000\ue001")
_SHOWN = str.maketrans("\ue000\ue001", "{}")


def is_borrowed(name: str) -> bool:
    """Whether the Style Dictionary engine has a format of this name."""
    from .style_dictionary.format import formats

    return formats.get(name) is not None


def default_file(name: str) -> str:
    """Where a borrowed format writes by default, e.g. ``_map-deep.scss``."""
    language, _, rest = name.partition("/")
    return _FILES.get(language, "{name}").replace("{name}", rest.replace("/", "-") or language)


def write(tokens: Mapping[str, ResolvedToken], platform: Platform) -> list[OutputFile]:
    """The files of a borrowed format.

    Raises:
        DssError: What the engine refuses, e.g. two tokens of one name.
    """
    from .style_dictionary import build, load_config

    language = platform.format.partition("/")[0]
    options = {"outputReferences": platform.references, **platform.options}
    group = options.pop("transformGroup", _GROUPS.get(language, "web"))
    config = load_config(
        {
            "usesDtcg": True,
            "tokens": _document(tokens),
            "platforms": {
                platform.name: {
                    "transformGroup": group,
                    **({"prefix": platform.prefix} if platform.prefix else {}),
                    "files": [{"destination": platform.out, "format": platform.format, "options": options}],
                }
            },
        },
        file=platform.name,
    )
    return [OutputFile(file.path, file.text.translate(_SHOWN)) for file in build(config, []).files]


def _document(tokens: Mapping[str, ResolvedToken]) -> dict[str, Any]:
    """Tokens as the engine reads them: nested, types explicit, aliases of whole tokens kept."""
    root: dict[str, Any] = {}
    for token in tokens.values():
        node = root
        for name in token.token.parent.split(".") if token.token.parent else ():
            node = node.setdefault(name, {})
        entry: dict[str, Any] = {"$type": token.type, "$value": _value(token, tokens)}
        if token.description is not None:
            entry["$description"] = token.description.translate(_HIDDEN)
        if token.deprecated:
            entry["$deprecated"] = _hidden(token.deprecated)
        if token.token.extensions:
            entry["$extensions"] = _hidden(dict(token.token.extensions))
        node[token.token.name] = entry
    return root


def _value(token: ResolvedToken, tokens: Mapping[str, ResolvedToken]) -> Any:
    written = token.written
    if isinstance(written, str):
        return f"{{{token.alias}}}" if token.alias in tokens else _hidden(token.value)
    return _hidden(token.value) if _has_pointer(written) else _hidden(written, keep=tokens)


def _hidden(value: Any, keep: Mapping[str, ResolvedToken] | None = None) -> Any:
    """*value* with the braces of its texts hidden, but for references to the tokens of *keep*."""
    if isinstance(value, str):
        return value if keep is not None and value[1:-1] in keep else value.translate(_HIDDEN)
    if isinstance(value, dict):
        return {key: _hidden(part, keep) for key, part in value.items()}
    return [_hidden(part, keep) for part in value] if isinstance(value, list) else value


def _has_pointer(value: Any) -> bool:
    if isinstance(value, dict):
        return "$ref" in value or any(map(_has_pointer, value.values()))
    return isinstance(value, list) and any(map(_has_pointer, value))
