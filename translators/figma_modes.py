"""Files of Figma's "Export modes": which belong to one collection, and what a collection is as an outline.

A file does not name its collection: the file's name or its folder does. Source: reference "figma", section 10.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from dss_tokens.model import is_resolver

from .outline import Outline, outline, references

Json = Any
MODE = "com.figma.modeName"
_ID = "com.figma.variableId"
_USUAL_DEFAULTS = ("default", "light", "value", "mode 1", "base", "baseline", "desktop")


class ModeFile(NamedTuple):
    """One mode of one collection."""

    file: str
    collection: str
    mode: str
    ids: frozenset[str]


def mode_of(document: Json) -> str | None:
    """The name of the mode a file holds; ``None`` for other files."""
    if not isinstance(document, dict):
        return None
    extensions = document.get("$extensions")
    named = extensions.get(MODE) if isinstance(extensions, dict) else None
    named = document.get(MODE) if named is None else named
    return named if isinstance(named, str) else None


def collection_of(file: str, mode: str) -> str:
    """What a file's name says beside the mode, else its folder."""
    where = PurePosixPath(file)
    stem = where.name
    for ending in (".json", ".tokens"):
        stem = stem.removesuffix(ending)
    rest = stem[: len(stem) - len(mode)].rstrip(" ._-") if stem.casefold().endswith(mode.casefold()) else stem
    return rest or where.parent.name or "Variables"


def _ids(node: Json) -> frozenset[str]:
    found: set[str] = set()
    stack = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            if isinstance(part.get(_ID), str):
                found.add(part[_ID])
            stack.extend(part.values())
    return frozenset(found)


def collections(documents: Mapping[str, Json]) -> dict[str, list[ModeFile]] | None:
    """Collection -> its files, where some collection has several modes; ``None`` where every file stands for itself.

    Args:
        documents: File, its folder included -> what it holds. Files that are no modes stand alone.
    """
    if any(map(is_resolver, documents.values())):
        return None
    groups: dict[str, list[ModeFile]] = {}
    for found in (_mode_file(file, document) for file, document in documents.items()):
        name = found.collection
        if any(other.ids and found.ids and not other.ids & found.ids for other in groups.get(name, ())):
            name = f"{name} {found.mode}"  # other variables: another collection in the same folder
        groups.setdefault(name, []).append(found)
    if any(len({found.mode for found in group}) < len(group) for group in groups.values()):
        return None
    return groups if any(len(group) > 1 for group in groups.values()) else None


def _mode_file(file: str, document: Json) -> ModeFile:
    mode = mode_of(document)
    if mode is None:
        return ModeFile(file, file, "", frozenset())
    return ModeFile(file, collection_of(file, mode), mode, _ids(document))


def outline_of(groups: Mapping[str, list[ModeFile]]) -> Outline:
    """A set for each collection with one mode, a modifier for each other; sources are files."""
    sets = {name: [group[0].file] for name, group in groups.items() if len(group) == 1}
    modifiers = {
        name: {
            "contexts": {found.mode: references([found.file]) for found in group},
            "default": _default([found.mode for found in group]),
        }
        for name, group in groups.items()
        if len(group) > 1
    }
    return outline(sets, modifiers, [("sets", name) for name in sets] + [("modifiers", name) for name in modifiers])


def _default(modes: list[str]) -> str:
    usual = [mode for name in _USUAL_DEFAULTS for mode in modes if mode.casefold() == name]
    return usual[0] if usual else modes[0]
