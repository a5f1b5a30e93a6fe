"""Several sources in one file, told apart by what the file's root keeps: Figma has one file for each mode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .conversion import ConvertedSource, Material
from .extending import extending_group, is_inherited, unmarked
from .figma_modes import MODE
from .outline import Outline, ours, references, renamed, without_ours

Json = Any


def packed(sources: Sequence[ConvertedSource]) -> dict[str, Json]:
    """What tells the sources of one file apart: name -> its tokens and the properties of its groups."""
    return {
        source.name: {
            **({"tokens": [token.path for token in source.tokens]} if len(sources) > 1 else {}),
            **({"groups": {path: dict(found) for path, found in source.groups.items()}} if source.groups else {}),
        }
        for source in sources
    }


def with_sets(outline: Outline, names: Mapping[str, Sequence[str]]) -> Outline:
    """*outline* with a note of sets that nothing but contexts use: their tokens have no file of their own."""
    if not names:
        return outline
    extensions = outline.get("$extensions", {})
    noted = {**extensions, "dss": {**extensions.get("dss", {}), "sets": {name: list(n) for name, n in names.items()}}}
    return {**outline, "$extensions": noted}


def _with_noted_sets(outline: Outline, known: Mapping[str, ConvertedSource]) -> Outline:
    noted = ours(outline, "sets")
    if not isinstance(noted, dict):
        return outline
    sets = {
        name: {"sources": references([each for each in names if isinstance(each, str) and each in known])}
        for name, names in noted.items()
        if isinstance(names, list)
    }
    return without_ours({**outline, "sets": {**outline["sets"], **sets}}, "sets")


def unpacked(material: Material) -> Material:
    """The material with every source that a file was packed of, each once."""
    parts = {source.name: [_extending(part) for part in _parts(source)] for source in material.sources}
    found: dict[str, ConvertedSource] = {}
    for source in (part for own in parts.values() for part in own):
        found.setdefault(source.name, source)
    if all(names == [part.name for part in own] for names, own in (([n], p) for n, p in parts.items())):
        return Material(list(found.values()), material.outline)
    outline = renamed(material.outline, lambda name: [part.name for part in parts[name]])
    return Material(list(found.values()), _with_noted_sets(outline, found))


def _parts(source: ConvertedSource) -> list[ConvertedSource]:
    root = source.groups.get("", {})
    told = ours(root, "sources")
    if not isinstance(told, dict):
        return [source]
    groups = dict(source.groups)
    groups[""] = _without_mode(without_ours(root, "sources"))
    groups = {path: part for path, part in groups.items() if part}
    rest = source._replace(groups=groups)
    parts = [_part(rest, name, part) for name, part in told.items() if isinstance(part, dict)]
    own = {token.path for part in parts for token in part.tokens}
    added = [token for token in rest.tokens if token.path not in own]
    return [*parts, rest._replace(tokens=added)] if added else parts


def _part(source: ConvertedSource, name: str, told: Mapping[str, Json]) -> ConvertedSource:
    tokens = source.tokens
    if isinstance(told.get("tokens"), list):
        wanted = {path for path in told["tokens"] if isinstance(path, str)}
        tokens = [token for token in tokens if token.path in wanted]
    groups = told.get("groups")
    known = {path: part for path, part in groups.items() if isinstance(part, dict)} if isinstance(groups, dict) else {}
    return source._replace(name=name, tokens=tokens, groups=known or source.groups)


def _extending(source: ConvertedSource) -> ConvertedSource:
    """A source whose groups extend others again, where their tokens had been written out."""
    marked = {token.path for token in source.tokens if is_inherited(token)}
    tokens = [token for token in source.tokens if token.path not in marked]
    inherited = [*source.inherited, *(unmarked(token) for token in source.tokens if token.path in marked)]
    groups = {path: extending_group(properties) for path, properties in source.groups.items()}
    return source._replace(tokens=tokens, inherited=inherited, groups=groups)


def _without_mode(root: Mapping[str, Json]) -> dict[str, Json]:
    extensions = {key: part for key, part in (root.get("$extensions") or {}).items() if key != MODE}
    rest = {key: part for key, part in root.items() if key != "$extensions"}
    return rest | ({"$extensions": extensions} if extensions else {})
