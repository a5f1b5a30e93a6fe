"""What the token documents of a conversion are called: a name each, fit for a path."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from dss_tokens.model import Source, TokenSet

from .reading import Reading

_SUFFIXES = (".tokens.json", ".json5", ".jsonc", ".json", ".tokens", ".yaml", ".yml")


class Names:
    """The name of each document: its file's, or what the resolver document calls it."""

    def __init__(self, materials: Any, reading: Reading) -> None:
        """Args:
        materials: :mod:`translators.materials`.
        reading: Where the documents come from.
        """
        self.materials = materials
        self.reading = reading
        self.known: dict[int, str] = {}
        self.taken: set[str] = set()
        self.base, self.is_named = _base(reading)

    def of(self, document: TokenSet) -> str:
        """A document's name; the same for the same document."""
        if id(document) not in self.known:
            wanted = self._wanted(document)
            name, number = wanted, 2
            while name.casefold() in self.taken:
                name, number = f"{wanted}-{number}", number + 1
            self.taken.add(name.casefold())
            self.known[id(document)] = name
        return self.known[id(document)]

    def _wanted(self, document: TokenSet) -> str:
        source = document.groups[""].source if "" in document.groups else Source("tokens")
        if source.prefix:
            return "/".join(map(self.materials.fit, self._label(source)))
        written = self.reading.originals.get(source.file)
        mode = self.materials.mode_of(written)
        if mode is not None and not self.is_named:
            collection = self.materials.collection_of(source.file, mode)
            return f"{self.materials.fit(collection)}/{self.materials.fit(mode)}"
        return _stem(_relative(PurePosixPath(source.file), self.base))

    def _label(self, source: Source) -> tuple[str, ...]:
        """What the document at a place in a resolver document is called there."""
        place = [str(part) for part in source.prefix]
        if place[0] in ("$defs", "sets") and len(place) > 1:
            return (place[1],)
        if place[0] == "modifiers" and len(place) > 3:
            return place[1], place[3]
        if place[0] == "resolutionOrder" and isinstance(self.reading.document, dict):
            item = self.reading.document["resolutionOrder"][source.prefix[1]]
            name = str(item.get("name", "tokens")) if isinstance(item, dict) else "tokens"
            return (name, place[3]) if len(place) > 3 and place[2] == "contexts" else (name,)
        return (_stem(PurePosixPath(source.file).name), *place)


def _base(reading: Reading) -> tuple[PurePosixPath, bool]:
    """The folder that names are relative to, and whether a resolver document stands in it."""
    if reading.resolver is not None:
        file = PurePosixPath(reading.resolver.file)
        is_named = reading.resolver.file in reading.originals
        return (file.parent, True) if is_named else (file, False)
    parents = [PurePosixPath(source.file).parent.parts for source in reading.sources]
    shared = 0
    while parents and all(len(p) > shared and p[shared] == parents[0][shared] for p in parents):
        shared += 1
    return PurePosixPath(*(parents[0][:shared] if parents else ())), False


def _relative(path: PurePosixPath, base: PurePosixPath) -> str:
    inside = path.relative_to(base) if path.is_relative_to(base) else path
    return PurePosixPath(*(part for part in inside.parts if part not in ("..", "/"))).as_posix()


def _stem(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.endswith(suffix):
            return name[: -len(suffix)]
    return name
