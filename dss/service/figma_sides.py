"""The three states of a token folder that a pull brings together: base, files, Figma, under the same names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from dss_tokens.merge import Place, Side
from dss_tokens.merge.clock import Stamp

from .. import files
from .figma_base import Base, digest
from .figma_changes import RESOLVER
from .figma_pruning import grafted, pruned
from .figma_sharing import shared, shared_text, text_of
from .reading import Reader, content


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

    def holds(self, type_: str | None, token: Mapping[str, Any]) -> bool:
        """Whether a variable can hold a token."""

    def rebound(self, base: Any, local: Any, remote: Any) -> dict[str, Any]:
        """The base with references as a side writes them that only renamed what they lead to."""

    def adopted_tokens(self, local: Any, modes: Any, remote: Any) -> dict[str, Any]:
        """Documents in which tokens get marks."""

    def adopted_resolver(self, local: Any, base: Any, remote: Any) -> Any:
        """A resolver document whose sets get marks."""


Stat = tuple[int, int, int] | None


def stat_of(path: Path) -> Stat:
    """What tells whether a file was written since; ``None`` where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


class LocalFiles:
    """The files of a token folder that a pull is concerned with: those of the last one and of this one, and all that
    the resolver document names. Other files are nobody's concern.
    """

    def __init__(self, folder: Path, names: Mapping[str, Any], base: Base | None) -> None:
        self._folder, self._base = folder, base
        self._reader = Reader()
        self._documents: dict[str, Any] = {}
        self.digests: dict[str, str] = {}
        self.stamps: dict[Path, Stat] = {}
        """When which files were read: see :func:`stat_of`."""

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
        self.stamps[path] = stat_of(path)
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
        if self._base is not None and self.is_untouched(name):
            return self._base.document(name)
        if name not in self._documents:
            found = self._decoded(name)
            self._documents[name] = found if self._base is None else _shared(found, self._base, name)
        return self._documents[name]

    def _decoded(self, name: str) -> Any:
        path = self.path(name)
        read = self._reader.decode_bytes(self.data(name), path.suffix.lower(), files.shown(path))
        return content(read, files.shown(path))

    def newest(self) -> int | None:
        """When the last of the files that were edited was changed, in ms."""
        edited = [self.path(name) for name in self.digests if not self.is_untouched(name)]
        return max((path.stat().st_mtime_ns // 1_000_000 for path in edited), default=None)


def _shared(document: Any, base: Base, name: str) -> Any:
    """A file's document in the objects of the base's."""
    text, before = text_of(document), base.text(name)
    like = base.document(name)
    found = shared_text(text, like, bytes(before)) if text is not None and before is not None else None
    return shared(document, like) if found is None else found


class Sides:
    """Base, files and Figma under the same names of files."""

    def __init__(self, base: Base | None, local: LocalFiles, remote: Mapping[str, Any], rules: FolderRules) -> None:
        self.rules, self.local_files, self._base = rules, local, base
        self.meanings: dict[str, str] = {}
        """File -> digest of what Figma says there; those that are known (:class:`.figma_base.NewBase`)."""

        self.texts: Mapping[str, bytes] = {}
        """File -> what Figma says there without layout; those that are known."""

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
        called = {base.called.get(name, name): mode for name, mode in modes["base"].items()} if base is not None else {}
        names = rules.settled_names(called, modes["local"], modes["remote"])
        self._changes = {side: rules.renamings(found, names) for side, found in modes.items()}
        self._modes = {
            side: {self._changes[side].get(name, name): mode for name, mode in found.items()}
            for side, found in modes.items()
        }
        self._resolver = own_resolver
        self.remote: dict[str, Any] = rules.renamed(remote, self._changes["remote"])
        self.called = {new: old for old, new in self._changes["remote"].items()}
        """File -> what Figma's side called it, of those that a person calls otherwise."""

    def name_now(self, name: str) -> str:
        """What a file of the token folder is called on all sides."""
        return self._changes["local"].get(name, name)

    def name_before(self, name: str) -> str:
        """What a file was called in the base."""
        return self._changes["base"].get(name, name)

    def documents(self, names: set[str] | None = None) -> tuple[dict[str, Any] | None, dict[str, Any], dict[str, Any]]:
        """Base, local and remote documents, all or those that *names* lists."""

        def wanted(found: Mapping[str, str]) -> dict[str, str]:
            return {new: old for old, new in found.items() if names is None or new in names}

        before = None
        if self._base is not None:
            here = wanted({name: self.name_before(name) for name in self._base.marks})
            found = {old: self._shared(self._base, old, new) for new, old in here.items()}
            before = self.rules.renamed(found, self._changes["base"])
        ours = wanted({name: self.name_now(name) for name in self.local_files.digests})
        local = {old: self.local_files.document(old) for old in ours.values()}
        if isinstance(self._resolver, dict) and (names is None or RESOLVER in names):
            local[RESOLVER] = self._resolver
        local = self.rules.renamed(local, self._changes["local"])
        remote = {name: document for name, document in self.remote.items() if names is None or name in names}
        return before, local, remote

    def _shared(self, base: Base, old: str, new: str) -> Any:
        """A document of the base, in the objects of Figma's where it says the same."""
        before, like, like_text = base.text(old), self.remote.get(new), self.texts.get(new)
        document = None
        if before is not None and like_text is not None:
            document = shared_text(bytes(before), like, like_text)
        if document is None:
            document = shared(base.document(old), like)
        base.remember(old, document)
        return document

    def sides(self, *, small: bool, stamps: tuple[Stamp, Stamp] | None = None) -> Three:
        """The same as a merge takes them.

        Args:
            small: Leave out what is the same on all sides (:meth:`Three.grafted` puts it back).
            stamps: When the files and when Figma were changed.
        """
        before, whole, remote = self.documents(self._concerned() if small else None)
        local = whole
        if small and before is not None:
            before, local, remote = _pruned(before, whole, remote)
        at = {mode: remote[name] for name, mode in reversed(list(self._modes["remote"].items())) if name in remote}
        local = local | self.rules.adopted_tokens(local, self._modes["local"], at)
        identities = self.rules.identities
        old = {} if before is None else identities(before, self._modes["base"])
        own = identities(local, self._modes["local"], {identity: seat for seat, identity in old.items()})
        others = identities(remote, self._modes["remote"])
        edited = {self.name_now(name) for name in self.local_files.digests if not self.local_files.is_untouched(name)}
        own_edited = {seat: identity for seat, identity in own.items() if seat[0] in edited}
        remote = self.rules.respelled(remote, others, local, own_edited)
        ours, theirs = stamps or (None, None)
        base = None
        if before is not None:
            before = self.rules.respelled(before, old, local, own_edited)
            base = _side(self.rules.rebound((before, old), (local, own), (remote, others)), old, None)
        return Three(base, _side(local, own, ours), _side(remote, others, theirs), whole)

    def _concerned(self) -> set[str]:
        """The files that somebody changed."""
        base = self._base
        if base is None:
            return {*map(self.name_now, self.local_files.digests), *self.remote}
        now = {self.name_now(name): name for name in self.local_files.digests}
        before = {self.name_before(name): name for name in base.marks}
        found = set()
        for name in {**before, **now, **self.remote}:
            mark, ours = base.marks.get(before.get(name, "")), now.get(name)
            same = mark is not None and self.meanings.get(name) == mark.meaning
            if not (same and ours is not None and ours == before.get(name) and self.local_files.is_untouched(ours)):
                found.add(name)
        return found


class Three(NamedTuple):
    """What a merge takes."""

    base: Side | None
    local: Side
    remote: Side
    whole: Mapping[str, Any]
    """The local documents with what was left out."""

    def grafted(self, name: str, document: Any) -> Any:
        """A merged document with what was left out."""
        part, whole = self.local.documents.get(name), self.whole.get(name)
        if type(part) is not dict or type(whole) is not dict or type(document) is not dict:
            return document
        return grafted(document, part, whole)


def _pruned(
    before: dict[str, Any], local: dict[str, Any], remote: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    found: tuple[dict[str, Any], ...] = (dict(before), dict(local), dict(remote))
    for name in before.keys() & local.keys() & remote.keys():
        sides = (before[name], local[name], remote[name])
        if name != RESOLVER and all(type(document) is dict for document in sides):
            for side, document in zip(found, pruned(*sides), strict=True):
                side[name] = document
    return found[0], found[1], found[2]


def _side(documents: dict[str, Any], seats: Mapping[tuple[str, str], str], stamp: Stamp | None) -> Side:
    return Side(documents=documents, ids={Place(*seat): identity for seat, identity in seats.items()}, stamp=stamp)
