"""Where the tokens go: one DTCG file per collection and mode, and the resolver document that joins them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..records import Collection, Mode, Variable
from ..values.names import numbered, slug
from .units import Unit, context_names

Json = dict[str, Any]

RESOLVER = "tokens.resolver.json"
"""The resolver document, at the root of the token folder."""

VERSION = "2025.10"

EMPTY_SET: Json = {"sources": [{}]}
"""Called ``figma``: stands in where there is nothing else, since a resolver document needs something to resolve."""


class FileNames:
    """File names below the token folder: ``theme.dark.tokens.json``; unique on every file system."""

    __slots__ = ("_stems", "_taken")

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._stems: dict[str, str] = {}

    def of(self, collection: Collection, mode: Mode) -> str:
        """The file of *collection* in *mode*; a collection with one mode has no mode in its file's name."""
        if collection.id not in self._stems:
            name = slug(collection.name, "collection")
            self._stems[collection.id] = f"{slug(collection.library, 'library')}.{name}" if collection.library else name
        stem = self._stems[collection.id]
        if len(collection.modes) > 1 or collection.parent:
            stem = f"{stem}.{slug(mode.name, 'mode')}"
        return numbered(stem, self._taken) + ".tokens.json"


def resolver_document(units: Sequence[Unit], overlays: Sequence[Overlay], files: Mapping[tuple[str, str], str]) -> Json:
    """The resolver document: a set for a collection with one mode, a modifier for several.

    Args:
        units: In the order of the source.
        overlays: Extended collections; each follows the unit it extends.
        files: (collection id, mode id) -> file; those without tokens have none.

    Source: DTCG Resolver 2025.10.
    """
    sets: Json = {}
    modifiers: Json = {}
    order: list[Json] = []
    for unit in units:
        if unit.is_modifier:
            modifiers[unit.name] = _modifier(unit, files)
            order.append(_pointer("modifiers", unit.name))
        else:
            collection = unit.collections[0]
            sources = [_file(files, collection, mode.id) for mode in collection.modes]
            sets[unit.name] = {"sources": [s for s in sources if s], "$extensions": _origin(unit.collections)}
            order.append(_pointer("sets", unit.name))
        for overlay in overlays:
            if overlay.unit is unit:
                modifiers[overlay.name] = overlay.modifier(files)
                order.append(_pointer("modifiers", overlay.name))
    if not order:
        sets["figma"] = EMPTY_SET
        order.append(_pointer("sets", "figma"))
    document: Json = {"version": VERSION}
    if sets:
        document["sets"] = sets
    if modifiers:
        document["modifiers"] = modifiers
    document["resolutionOrder"] = order
    return document


class Overlay:
    """An extended collection: a modifier with its parent's contexts, and one in which nothing is overridden.

    A context lists the parent's file of that mode before the overrides, so that it holds whatever the parent's own
    modifier says.
    """

    __slots__ = ("collection", "lineage", "name", "unit")

    def __init__(self, name: str, unit: Unit, lineage: tuple[Collection, ...]) -> None:
        """
        Args:
            name: A free modifier name.
            unit: The unit of the collection at the root.
            lineage: The root's extension first, this collection last.
        """
        self.name, self.unit, self.lineage = name, unit, lineage
        self.collection = lineage[-1]

    @property
    def root(self) -> Collection:
        """The collection that all of :attr:`lineage` extend."""
        return next(c for c in self.unit.collections if c.id == self.lineage[0].parent)

    def inherits(self, variable: Variable, mode: Mode) -> tuple[str, str]:
        """The parent of *mode*, and the mode whose value *variable* inherits there: an override's, else the root's."""
        overridden = {m for extension in self.lineage for m in extension.overrides.get(variable.id, {})}
        _, *above = self._ancestry(mode)
        if not above:
            return mode.id, mode.id
        return above[0], next((identity for identity in above if identity in overridden), above[-1])

    def _ancestry(self, mode: Mode) -> list[str]:
        """*mode* and the modes it inherits from, the root's last."""
        ids = [mode.id]
        parents = {m.id: m.parent for extension in self.lineage for m in extension.modes}
        while (parent := parents.get(ids[-1])) is not None and parent not in ids:
            ids.append(parent)
        return ids

    def modifier(self, files: Mapping[tuple[str, str], str]) -> Json:
        """Its entry in the resolver document."""
        contexts: Json = {self._neutral(): []}
        names = context_names(self.collection)
        for mode in self.collection.modes:
            contexts[names[mode.id]] = self._sources(mode, files)
        return {
            "description": f"{self.collection.name} extends {self.unit.name}: what it overrides.",
            "contexts": contexts,
            "default": self._neutral(),
            "$extensions": _origin((self.collection,)),
        }

    def _neutral(self) -> str:
        name = "inherit"
        while name in self.collection.mode_of:
            name += "-"
        return name

    def _sources(self, mode: Mode, files: Mapping[tuple[str, str], str]) -> list[Json]:
        ids = self._ancestry(mode)
        root_mode = ids[-1]
        root = next((c for c in self.unit.collections if root_mode in c.name_of), None)
        sources: list[Json | None] = []
        if root is not None:
            name = root.name_of[root_mode]
            sources += [_file(files, member, member.like(name)) for member in self.unit.collections]
        for extension, identity in zip(self.lineage, reversed(ids[:-1]), strict=False):
            sources.append(_file(files, extension, identity))
        return [source for source in sources if source]


def _modifier(unit: Unit, files: Mapping[tuple[str, str], str]) -> Json:
    leading = next(c for c in unit.collections if tuple(context_names(c).values()) == unit.contexts)
    contexts: Json = {}
    for identity, context in context_names(leading).items():
        modes = [
            (member, identity if member is leading else member.like(leading.name_of[identity]))
            for member in unit.collections
        ]
        contexts[context] = [source for member, mode in modes if (source := _file(files, member, mode))]
    return {"contexts": contexts, "default": unit.default, "$extensions": _origin(unit.collections)}


def _origin(collections: Sequence[Collection]) -> Json:
    """What the next pull and a push need to know about the collections of a set or modifier."""
    return {"com.figma": {"collections": [_described(collection) for collection in collections]}}


def _described(collection: Collection) -> Json:
    entry: Json = {}
    if collection.figma_id:
        entry["id"] = collection.figma_id
    if collection.key:
        entry["key"] = collection.key
    entry["name"] = collection.name
    entry["modes"] = [_mode(collection, mode) for mode in collection.modes]
    if collection.figma_id:
        entry["defaultModeId"] = collection.default
    if collection.parent:
        entry["parentVariableCollectionId"] = collection.parent
    if collection.library:
        entry["library"] = collection.library
    if collection.hidden:
        entry["hiddenFromPublishing"] = True
    return entry


def _mode(collection: Collection, mode: Mode) -> Json:
    entry = {"modeId": mode.id, "name": mode.name} if collection.figma_id else {"name": mode.name}
    return entry | {"parentModeId": mode.parent} if mode.parent else entry


def _file(files: Mapping[tuple[str, str], str], collection: Collection, mode: str) -> Json | None:
    file = files.get((collection.id, mode))
    return {"$ref": file} if file else None


def _pointer(kind: str, name: str) -> Json:
    return {"$ref": f"#/{kind}/{name.replace('~', '~0').replace('/', '~1')}"}
