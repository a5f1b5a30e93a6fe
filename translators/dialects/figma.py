"""Figma's own export of modes: one file per collection and mode; colours in sRGB, numbers, strings, booleans.

Source: reference "figma", section 10. What variables cannot hold is kept in the root's ``$extensions``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.dtcg.legacy import is_first_draft, restored
from dss_tokens.model import ROOT
from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.types import WEIGHTS

from ..conversion import (
    Conversion,
    ConvertedSource,
    Json,
    Material,
    Writer,
    dialects,
    not_held,
    resolver_file,
    text_of,
)  # fmt: skip
from ..figma_modes import MODE, collections, mode_of, outline_of
from ..keeping import DOLLAR, put_back, with_kept, with_original
from ..measures import families, milliseconds, pixels, rgba
from ..outline import Outline, contexts_of, fit, is_implied, member_at, ours, references, sources_of, stages
from ..packing import packed, with_sets

_TYPE = "com.figma.type"
_BASE_FONT_SIZE = 16.0


@dialects.register("figma")
class Figma:
    """Files of Figma's "Export modes"."""

    @staticmethod
    def recognises(document: Json) -> bool:
        """The mode's name at the root."""
        return mode_of(document) is not None and not is_first_draft(document)

    @staticmethod
    def read(document: Json) -> Json:
        """As DTCG, with what :meth:`write` kept put back."""
        found = {k: part if k[:1] == "$" and k != ROOT else _restored(part) for k, part in document.items()}
        if MODE in found:
            found["$extensions"] = {MODE: found.pop(MODE), **found.get("$extensions", {})}
        return put_back(found)

    @staticmethod
    def assembled(documents: Mapping[str, Json]) -> tuple[Json, Mapping[str, Json]] | None:
        """Files of which some are modes of one collection, as a resolver document."""
        groups = collections(documents)
        return None if groups is None else (outline_of(groups), {})

    @staticmethod
    def original(document: Json, place: tuple[str | int, ...], path: str) -> Mapping[str, Json] | None:
        """A token or group as it stands in a file that was read."""
        node = member_at(document, (*place, *(path.split(".") if path else ())))
        return node if isinstance(node, dict) else None

    @staticmethod
    def fresh(token: ResolvedToken, found: list[Diagnostic]) -> dict[str, Json] | None:
        """A token's object; ``None`` where no variable can hold it."""
        kind, value, more = _variable(token)
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
        is_marked = any((own.get("$extensions") or {}).get(key) != mark for key, mark in more.items())
        if kind != token.type or value != token.written or is_marked:
            node = with_original(node, "$value", "$extensions", token.written)
            node["$extensions"]["dss"]["was"] |= {"type": token.type, **({"marked": True} if is_marked else {})}
        return node

    @staticmethod
    def write(material: Material) -> Conversion:
        """``<collection>/<mode>.tokens.json``; a set has the one mode ``Value``."""
        export = _Export(material)
        whole = export.whole(material.outline)
        files = [OutputFile(name, text_of(document)) for name, document in export.documents.items()]
        groups = collections(dict(sorted(export.documents.items())))
        is_plain = is_implied(material.outline, material.names, lambda name: export.singles.get(name, name))
        if not is_plain and (groups is None or whole != outline_of(groups)):
            files.append(resolver_file(whole))
        return Conversion(files, export.diagnostics)


class _Export:
    """The files of a material: one for each source of a set, and for each context all its sources together."""

    def __init__(self, material: Material) -> None:
        self.by_name = {source.name: source for source in material.sources}
        self.documents: dict[str, dict[str, Json]] = {}
        self.singles: dict[str, str] = {}
        self.diagnostics: list[Diagnostic] = []

    def whole(self, made: Outline) -> Outline:
        """Makes every file; gives the outline with files for sources."""
        used = {name for contexts in contexts_of(made).values() for names in contexts.values() for name in names}
        in_order = {name for kind, name in stages(made) if kind == "sets"}
        only_named = {
            name: sources_of(found["sources"])
            for name, found in made["sets"].items()
            if name not in in_order and found["sources"] and used.issuperset(sources_of(found["sources"]))
        }
        sets = {
            name: {**found, "sources": references([self.single(source) for source in sources_of(found["sources"])])}
            for name, found in made["sets"].items()
            if name not in only_named
        }
        modifiers = {
            name: {**found, "contexts": {c: self.context(name, c, part) for c, part in found["contexts"].items()}}
            for name, found in made["modifiers"].items()
        }
        return with_sets({**made, "sets": sets, "modifiers": modifiers}, only_named)

    def single(self, name: str) -> str:
        """The file of a source that is a collection of its own."""
        if name not in self.singles:
            own = mode_of_source(self.by_name[name])
            self.singles[name] = self.file(name if own else f"{name}/Value", own or "Value", [name])
        return self.singles[name]

    def context(self, modifier: str, context: str, sources: list[Json]) -> list[Json]:
        """The file of a mode."""
        return references([self.file(f"{fit(modifier)}/{fit(context)}", context, sources_of(sources))])

    def file(self, path: str, mode: str, names: Sequence[str]) -> str:
        """One file, of the tokens of several sources."""
        found, number = f"{path}.tokens.json", 2
        while found in self.documents:
            found, number = f"{path}-{number}.tokens.json", number + 1
        sources = [self.by_name[name] for name in names]
        is_native = names == [path] and mode_of_source(sources[0]) == mode
        document: dict[str, Json] = {}
        kept: dict[str, Json] = {}
        replaced = _replaced(sources)
        for source in sources:
            writer = Writer("figma", DOLLAR, Figma.fresh)
            shown = source if is_native else source._replace(groups={})
            tokens = [token for token in source.tokens if (source.name, token.path) not in replaced]
            _lay_over(document, writer.document(shown._replace(tokens=tokens)))
            kept |= writer.kept(source)
            self.diagnostics += writer.diagnostics
        self.diagnostics += [
            not_held(token, "Figma", "a token that another one of the same mode replaces", kept=False)
            for source in sources for token in source.tokens if (source.name, token.path) in replaced
        ]  # fmt: skip
        extensions = dict(document.get("$extensions", {}))
        if not is_native:
            extensions |= {MODE: mode, "dss": {"sources": packed(sources)}}
        document["$extensions"] = extensions
        self.documents[found] = with_kept(document, kept)
        return found


def mode_of_source(source: ConvertedSource) -> str | None:
    """The name of the mode that a source is."""
    return mode_of(source.groups.get("", {}))


def _replaced(sources: Sequence[ConvertedSource]) -> set[tuple[str, str]]:
    """Source and path of each token that a later source has, too."""
    last = {token.path: source.name for source in sources for token in source.tokens}
    return {(s.name, token.path) for s in sources for token in s.tokens if last[token.path] != s.name}


def _lay_over(document: dict[str, Json], other: dict[str, Json]) -> None:
    """Adds what *other* holds: groups are joined."""
    for key, part in other.items():
        known = document.get(key)
        if isinstance(known, dict) and isinstance(part, dict) and "$value" not in part and "$value" not in known:
            _lay_over(known, part)
        else:
            document[key] = part


def _restored(node: Json) -> Json:
    if not isinstance(node, dict):
        return node
    if "$value" in node:
        was = ours(node, "was")
        if isinstance(was, dict) and was.get("marked") is True:
            rest = {key: part for key, part in node["$extensions"].items() if key != _TYPE}
            node = {**node, "$extensions": rest}
        return restored(node)
    return {key: part if key == "$extensions" else _restored(part) for key, part in node.items()}


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
