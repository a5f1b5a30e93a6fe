"""Which file holds which mode, and files that are called otherwise on one side: by a person, or for a renamed mode."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..variables.layout import RESOLVER
from .spaces import Space, Unit, is_foreign, known_space, mode_at, origin_of, space_among, spaces_of, units_in

Json = dict[str, Any]

ModeKey = tuple[str, str]
"""A collection's id, after the name of its library where it has one, and the id of one of its modes."""

STYLES: ModeKey = ("styles", "")

Content = Callable[[str], Any]
"""Gives the decoded content of a file by its name; asked only where the resolver document does not tell enough."""


def spaces_in(resolver: object) -> dict[str, Space]:
    """Id -> collection of everything that a resolver document names."""
    units = units_in(resolver) if isinstance(resolver, dict) else ()
    return {space.id: space for unit in units for space in spaces_of(unit, {})}


def modes_of_files(resolver: object, content: Content, like: Mapping[str, Space] | None = None) -> dict[str, ModeKey]:
    """File -> the mode it holds, in resolution order; of several files of one mode, the one that a pull writes first.

    Args:
        resolver: The resolver document.
        content: Gives the files.
        like: The collections of Figma (:func:`spaces_in`), for sets and contexts that bear no marks of it yet.
    """
    found: dict[str, ModeKey] = {}
    if not isinstance(resolver, dict):
        return found
    for unit in sorted(units_in(resolver), key=lambda unit: unit.is_overlay):
        spaces = spaces_of(unit, like or {}) + list(_foreign(unit))
        for context, sources in unit.contexts.items():
            for file in map(plain, sources):
                if file not in found:
                    tokens = tokens_in(content(file)) if len(spaces) > 1 else ()
                    space = space_among(tokens, spaces)
                    mode = mode_at(space, unit, context) if space is not None else None
                    if space is not None and mode is not None:
                        found[file] = (f"{space.group}/{space.id}" if space.group else space.id, mode)
    for file in _styles(resolver):
        found[file] = STYLES
    return found


def _foreign(unit: Unit) -> Iterator[Space]:
    """The collections of other libraries; their group is the library."""
    for origin in unit.origins:
        if is_foreign(origin):
            yield replace(known_space(origin, unit, {}), group=str(origin["library"]))


def _styles(resolver: Json) -> Iterator[str]:
    sets = resolver.get("sets")
    for entry in sets.values() if isinstance(sets, dict) else ():
        if isinstance(entry, dict) and "styles" in origin_of(entry):
            for source in entry.get("sources") or ():
                if isinstance(source, dict) and isinstance(source.get("$ref"), str):
                    yield plain(source["$ref"])


def plain(reference: str) -> str:
    """A reference to a file as its name below the token folder."""
    while reference.startswith("./"):
        reference = reference[2:]
    return reference


def tokens_in(group: object) -> Iterator[Json]:
    """Every token of a document."""
    for _, token in walk(group):
        yield token


def walk(group: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Json]]:
    """Every token of a document with its path."""
    for name, below in group.items() if isinstance(group, dict) else ():
        if isinstance(below, dict) and (name[:1] != "$" or name == "$root"):
            here = (*path, name)
            if "$value" in below or "$ref" in below:
                yield here, below
            else:
                yield from walk(below, here)


def settled_names(
    called: Mapping[str, ModeKey], local: Mapping[str, ModeKey], remote: Mapping[str, ModeKey]
) -> dict[ModeKey, str]:
    """Mode -> the name its file shall have: what a person called it stays; else it is called as the pull calls it.

    Args:
        called: What the last pull called the files.
        local: What they are called now.
        remote: What this pull calls them.
    """
    before, ours = _first(called), _first(local)
    names: dict[ModeKey, str] = {}
    taken = {file for file, mode in local.items() if mode not in remote.values()}
    for mode, file in _first(remote).items():
        mine = ours.get(mode)
        kept = mine is not None and mine != before.get(mode)
        name = str(mine) if kept else file
        number = 2
        while name in taken:
            stem = file.removesuffix(".tokens.json")
            name, number = f"{stem}-{number}.tokens.json", number + 1
        names[mode] = name
        taken.add(name)
    return names


def _first(files: Mapping[str, ModeKey]) -> dict[ModeKey, str]:
    return {mode: file for file, mode in reversed(list(files.items()))}


def renamings(files: Mapping[str, ModeKey], names: Mapping[ModeKey, str]) -> dict[str, str]:
    """Old name -> new name of those of *files* that shall be called otherwise."""
    return {file: names[mode] for mode, file in _first(files).items() if names.get(mode, file) != file}


def renamed(documents: Mapping[str, Any], changes: Mapping[str, str]) -> dict[str, Any]:
    """*documents* under their new names, which the resolver document then refers to."""
    found = {changes.get(name, name): document for name, document in documents.items()}
    if changes and RESOLVER in found:
        found[RESOLVER] = referring(found[RESOLVER], changes)
    return found


def referring(document: Any, changes: Mapping[str, str]) -> Any:
    """A resolver document with other names of files."""
    if isinstance(document, dict):
        reference = document.get("$ref")
        if isinstance(reference, str) and plain(reference) in changes:
            return {**document, "$ref": changes[plain(reference)]}
        return {name: referring(value, changes) for name, value in document.items()}
    return [referring(value, changes) for value in document] if isinstance(document, list) else document
