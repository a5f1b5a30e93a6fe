"""Resolver documents and the sets they name: one side deleted or renamed a set that the other one's document needs."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import dirname, join, normpath, relpath
from typing import TYPE_CHECKING, Any

from ..json_equality import ABSENT
from ..model import is_resolver
from ..renaming import edited_resolver
from .conflicts import Conflict, SideName
from .state import OTHER

if TYPE_CHECKING:
    from .targets import References

Json = Any


def settle_sources(references: References, documents: Mapping[str, Json]) -> dict[str, Json]:
    """The merged *documents* without references to sets that are no more, or with those sets brought back.

    Args:
        documents: Name to document, those that hold no tokens.
    """
    return {
        name: _Sources(references, name).settled(document) if is_resolver(document) else document
        for name, document in documents.items()
    }


class _Sources:
    def __init__(self, references: References, name: str) -> None:
        self.references, self.state, self.name = references, references.state, name
        self.roots = {
            side: {entity.name: id for id, entity in self.state.trees[side].entities.items() if not entity.parent}
            for side in OTHER
        }

    def settled(self, document: Json) -> Json:
        dropped: set[str] = set()

        def refer(reference: str) -> str:
            file, mark, pointer = reference.partition("#")
            if file and (new := self.file(file)) != file:
                if new is None:
                    dropped.add(reference)
                else:
                    return f"{new}{mark}{pointer}"
            return reference

        changed = edited_resolver(document, lambda inline: inline, refer)
        return _without(changed, dropped) if dropped else changed

    def file(self, file: str) -> str | None:
        """What *file*, as the document writes it, is called now; ``None`` where it is to be left out."""
        wanted = self.named(file)
        there = {side: self.roots[side][wanted] for side in OTHER if wanted in self.roots[side]}
        now = [self.state.result[id].name for id in there.values() if id in self.state.result]
        if not there or wanted in now:
            return file
        if now:
            return self.written(file, now[0])
        side: SideName = "local" if "local" in there else "remote"
        if wanted in self.named_by(OTHER[side]):
            return file  # the deleting side has the broken reference itself
        return file if self.is_kept(there[side], wanted, side) else None

    def named(self, file: str) -> str:
        """The set that *file* means."""
        return normpath(join(dirname(self.name), file))

    def named_by(self, side: SideName) -> set[str]:
        """The sets that the document names on a side."""
        found: set[str] = set()

        def refer(reference: str) -> str:
            found.add(self.named(reference.partition("#")[0]))
            return reference

        edited_resolver(self.state.sides[side].documents.get(self.name), lambda inline: inline, refer)
        return found

    def written(self, file: str, name: str) -> str:
        """The set *name* as this document writes it."""
        start = "./" if file.startswith("./") else ""
        return start + relpath(name, dirname(self.name) or ".")

    def is_kept(self, root: str, name: str, side: SideName) -> bool:
        """Whether a set comes back that the other side deleted."""
        deleter = OTHER[side]
        states: dict[SideName, Json] = {side: name, deleter: ABSENT}
        stamps: dict[SideName, Any] = {
            side: self.state.sides[side].stamp, deleter: self.state.sides[deleter].deletion_stamp(root),
        }  # fmt: skip
        answer = self.state.decisions.decide(
            Conflict(
                kind="alias_target_deleted", entity="document", id=f"{self.name}#/{name}", set=self.name, path="",
                field="", local=states["local"], remote=states["remote"], target=name,
                stamps=(stamps["local"], stamps["remote"]),
            )
        )  # fmt: skip
        if answer is not None and answer.choose == deleter:
            return False
        restored = self.references.restore([root], side)
        if answer is None:
            self.state.unsettled.update(restored)
        return True


def _without(value: Json, dropped: set[str]) -> Json:
    """A document without the sources that are *dropped*."""
    if type(value) is list:
        return [_without(part, dropped) for part in value if not (type(part) is dict and part.get("$ref") in dropped)]
    if type(value) is dict:
        return {key: _without(part, dropped) for key, part in value.items()}
    return value
