"""DTCG 2025.10 itself: one resolved file, a resolver document with every context, or a listing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import dumps
from typing import Any

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..format_options import Known
from ..losses import Losses
from ..modes import modes
from ..registry import formats
from ..rendering import Rendering, all_tokens

OPTIONS: Known = {}

VERSION = "2025.10"


@formats.register("dtcg/resolved", "dtcg")
def resolved(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``dtcg/resolved``: the default contexts as one token file; with ``references = false`` no aliases are left."""
    losses = Losses()
    losses.contexts(rendering.permutations)
    rendering.diagnostics += losses.diagnostics(rendering.platform)
    yield OutputFile(rendering.platform.out, _text(_document(rendering, rendering.tokens.values(), base=True)))


@formats.register("dtcg/resolver")
def resolver(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``dtcg/resolver``: a resolver document that holds everything: the defaults as a set, each modifier's contexts."""
    from ..overlays import overlays

    base, held = overlays(rendering, lambda token: _content(rendering, token))
    modifiers: dict[str, Any] = {}
    for name, known in rendering.permutations.modifiers.items():
        contexts: dict[str, list[Any]] = {context: [] if context == known[0] else [{}] for context in known}
        contexts |= {
            context: [_document(rendering, held[name, context])] for context in known if (name, context) in held
        }
        modifiers[name] = {"contexts": contexts, "default": known[0]}
    document = {
        "version": VERSION,
        "sets": {"base": {"sources": [_document(rendering, base, base=True)]}},
        **({"modifiers": modifiers} if modifiers else {}),
        "resolutionOrder": [
            {"$ref": "#/sets/base"},
            *({"$ref": f"#/modifiers/{_pointer(name)}"} for name in modifiers),
        ],
    }
    yield OutputFile(rendering.platform.out, _text(document))


@formats.register("dtcg/listing")
def listing(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``dtcg/listing``: a flat list for other tools: every token with its path, names, alias and values by context."""
    permutations = rendering.permutations
    losses = Losses()
    losses.groups(permutations)
    rendering.diagnostics += losses.diagnostics(rendering.platform)
    others = [mode for mode in modes(permutations) if mode.permutation.inputs]
    data = []
    for path, token in all_tokens(permutations).items():
        entry: dict[str, Any] = {"$name": path, "$type": token.type, "$value": token.value}
        if token.description:
            entry["$description"] = token.description
        if token.deprecated is not None:
            entry["$deprecated"] = token.deprecated
        ours: dict[str, Any] = {"names": {"css": f"--{rendering.names[path]}", "scss": f"${rendering.names[path]}"}}
        if token.alias is not None:
            ours["alias"] = token.alias
        contexts = [
            {"inputs": dict(mode.permutation.inputs), "$value": mode.permutation.tokens[path].value}
            for mode in others
            if path in mode.permutation.differing
        ]
        if contexts:
            ours["contexts"] = contexts
        entry["$extensions"] = {**token.token.extensions, "dss": {**token.token.extensions.get("dss", {}), **ours}}
        data.append(entry)
    yield OutputFile(rendering.platform.out, _text({"meta": {"version": VERSION, "tool": "dss"}, "data": data}))


def _document(rendering: Rendering, tokens: Iterable[ResolvedToken], *, base: bool = False) -> dict[str, Any]:
    """Tokens as a nested document; references are kept where the platform wants them.

    With *base*, groups have their descriptions.
    """
    described = rendering.permutations.base.groups if base else {}
    groups: dict[str, dict[str, Any]] = {}

    def group(path: str) -> dict[str, Any]:
        if path not in groups:
            parent, _, name = path.rpartition(".")
            said = described[path].properties.get("$description") if path in described else None
            groups[path] = {} if said is None else {"$description": said}
            if path:
                group(parent)[name] = groups[path]
        return groups[path]

    for token in tokens:
        group(token.token.parent)[token.token.name] = _content(rendering, token)
    return group("")


def _content(rendering: Rendering, token: ResolvedToken) -> dict[str, Any]:
    """A token as it is written."""
    value = token.written if rendering.platform.references else token.value
    entry: dict[str, Any] = {"$type": token.type}
    is_pointer_token = isinstance(value, dict) and "$ref" in value and "$value" not in token.token.node
    entry |= value if is_pointer_token else {"$value": value}
    if token.description is not None:
        entry["$description"] = token.description
    if token.deprecated is not None:
        entry["$deprecated"] = token.deprecated
    if token.token.extensions:
        entry["$extensions"] = token.token.extensions
    return entry


def _pointer(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _text(document: dict[str, Any]) -> str:
    return dumps(document, indent=2, ensure_ascii=False) + "\n"
