"""The three states of a token folder that a pull brings together: base, files, Figma, under the same names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from dss_tokens.merge import Place, Side
from dss_tokens.merge.clock import Stamp

from .. import files
from .figma_base import Base, digest
from .reading import Reader, content

RESOLVER = "tokens.resolver.json"


class FolderRules(Protocol):
    """What the Figma adapter knows about a token folder (:mod:`figma.folder.rules`)."""

    def spaces_in(self, resolver: object) -> Any:
        """The collections that a resolver document names."""

    def modes_of_files(self, resolver: object, content: Any, like: Any = None) -> dict[str, Any]:
        """File -> mode."""

    def settled_names(self, base: Any, local: Any, remote: Any) -> dict[Any, str]:
        """Mode -> the name its file shall have."""

    def renamings(self, files: Any, names: Any) -> dict[str, str]:
        """Old name -> new name."""

    def with_own(self, documents: Mapping[str, Any], local: Mapping[str, Any]) -> dict[str, Any]:
        """Documents of Figma with the sets that a person added."""

    def renamed(self, documents: Mapping[str, Any], changes: Mapping[str, str]) -> dict[str, Any]:
        """Documents under new names."""

    def identities(self, documents: Any, modes: Any, like: Any = None) -> dict[tuple[str, str], str]:
        """Who stands where."""

    def respelled(self, other: Any, seats: Any, local: Any, own_seats: Any) -> dict[str, Any]:
        """Documents of another side with the spelling of the local one where both say the same."""

    def adopted_tokens(self, local: Any, modes: Any, remote: Any) -> dict[str, Any]:
        """Documents in which tokens get marks."""

    def adopted_resolver(self, local: Any, base: Any, remote: Any) -> Any:
        """A resolver document whose sets get marks."""


class LocalFiles:
    """The files of a token folder that a pull is concerned with: those of the last one and of this one, and all that
    the resolver document names. Other files are nobody's concern.
    """

    def __init__(self, folder: Path, names: Mapping[str, Any], base: Base | None) -> None:
        self._folder, self._base = folder, base
        self._reader = Reader()
        self._documents: dict[str, Any] = {}
        self.digests: dict[str, str] = {}
        for name in names:
            self.find(name)

    def path(self, name: str) -> Path:
        """Where a file is, or would be."""
        return files.contained(self._folder, name)

    def find(self, name: str) -> None:
        """Take a file into account, if it is there and below the folder: others belong to somebody else."""
        if name in self.digests or ".." in name.split("/") or name.startswith("/"):
            return
        path = self.path(name)
        if path.is_file():
            self.digests[name] = digest(files.read(path))

    def is_untouched(self, name: str) -> bool:
        """Whether a file is as the base has it, or neither is there."""
        mark = self._base.marks.get(name) if self._base is not None else None
        return self.digests.get(name) == (None if mark is None else mark.text)

    def data(self, name: str) -> bytes:
        """The bytes of a file."""
        return files.read(self.path(name))

    def document(self, name: str) -> Any:
        """A decoded file; ``None`` where there is none.

        Raises:
            InputError: It is no token file.
        """
        if name not in self.digests:
            return None
        if name not in self._documents:
            self._documents[name] = self._decoded(name)
        return self._documents[name]

    def _decoded(self, name: str) -> Any:
        if self._base is not None and self.is_untouched(name):
            return self._base.document(name)
        path = self.path(name)
        data = self.data(name)
        self._reader.read_bytes += len(data)
        read = self._reader.decode_bytes(data, path.suffix.lower(), files.shown(path))
        return content(read, files.shown(path))

    def newest(self) -> int | None:
        """When the last of the files that were edited was changed, in ms."""
        edited = [self.path(name) for name in self.digests if not self.is_untouched(name)]
        return max((path.stat().st_mtime_ns // 1_000_000 for path in edited), default=None)


class Sides:
    """Base, files and Figma under the same names of files."""

    def __init__(self, base: Base | None, local: LocalFiles, remote: Mapping[str, Any], rules: FolderRules) -> None:
        self.rules, self.local_files, self._base = rules, local, base
        base_resolver = base.document(RESOLVER) if base is not None else None
        own_resolver = local.document(RESOLVER)
        if not isinstance(own_resolver, dict):  # without it nobody knows which file is which
            own_resolver = base_resolver
        own_resolver = rules.adopted_resolver(own_resolver, base_resolver, remote[RESOLVER])
        like = rules.spaces_in(remote[RESOLVER])
        modes = {
            "base": rules.modes_of_files(base_resolver, base.document) if base is not None else {},
            "local": rules.modes_of_files(own_resolver, local.document, like),
            "remote": rules.modes_of_files(remote[RESOLVER], remote.get),
        }
        for name in modes["local"]:
            local.find(name)
        known = set(modes["local"].values())
        for name, mode in {**modes["remote"], **modes["base"]}.items():
            if name in local.digests and mode not in known:
                modes["local"].setdefault(name, mode)
        names = rules.settled_names(modes["base"], modes["local"], modes["remote"])
        self._changes = {side: rules.renamings(found, names) for side, found in modes.items()}
        self._modes = {
            side: {self._changes[side].get(name, name): mode for name, mode in found.items()}
            for side, found in modes.items()
        }
        self._resolver = own_resolver
        self.remote: dict[str, Any] = rules.renamed(remote, self._changes["remote"])

    def name_now(self, name: str) -> str:
        """What a file of the token folder is called on all sides."""
        return self._changes["local"].get(name, name)

    def name_before(self, name: str) -> str:
        """What a file was called in the base."""
        return self._changes["base"].get(name, name)

    def documents(self, names: set[str] | None) -> tuple[dict[str, Any] | None, dict[str, Any], dict[str, Any]]:
        """Base, local and remote documents, all or those that *names* lists."""

        def wanted(found: Mapping[str, str]) -> dict[str, str]:
            return {new: old for old, new in found.items() if names is None or new in names}

        before = None
        if self._base is not None:
            here = wanted({name: self.name_before(name) for name in self._base.marks})
            before = self.rules.renamed({old: self._base.document(old) for old in here.values()}, self._changes["base"])
        ours = wanted({name: self.name_now(name) for name in self.local_files.digests})
        local = {old: self.local_files.document(old) for old in ours.values()}
        if isinstance(self._resolver, dict) and (names is None or RESOLVER in names):
            local[RESOLVER] = self._resolver
        local = self.rules.renamed(local, self._changes["local"])
        remote = {name: document for name, document in self.remote.items() if names is None or name in names}
        at = {mode: remote[name] for name, mode in reversed(list(self._modes["remote"].items())) if name in remote}
        return before, local | self.rules.adopted_tokens(local, self._modes["local"], at), remote

    def sides(
        self, names: set[str] | None, stamps: tuple[Stamp, Stamp] | None = None
    ) -> tuple[Side | None, Side, Side]:
        """The same as a merge takes them."""
        before, local, remote = self.documents(names)
        identities = self.rules.identities
        old = {} if before is None else identities(before, self._modes["base"])
        own = identities(local, self._modes["local"], {identity: seat for seat, identity in old.items()})
        others = identities(remote, self._modes["remote"])
        edited = {self.name_now(name) for name in self.local_files.digests if not self.local_files.is_untouched(name)}
        own_edited = {seat: identity for seat, identity in own.items() if seat[0] in edited}
        remote = self.rules.respelled(remote, others, local, own_edited)
        ours, theirs = stamps or (None, None)
        base = None if before is None else _side(self.rules.respelled(before, old, local, own_edited), old, None)
        return base, _side(local, own, ours), _side(remote, others, theirs)


def _side(documents: dict[str, Any], seats: Mapping[tuple[str, str], str], stamp: Stamp | None) -> Side:
    return Side(documents=documents, ids={Place(*seat): identity for seat, identity in seats.items()}, stamp=stamp)
