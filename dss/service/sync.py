"""Figma and the token files: each pull is a three-way merge over what the last one left (contract, "figma").

base = the files as the last pull or push left them (:mod:`.figma_base`), theirs = Figma, ours = the files. Local edits
survive; what both sides changed differently is a conflict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError
from dss_tokens.merge import Change, Conflict, Side, merge, strategies
from dss_tokens.merge.clock import Stamp

from .. import files, journal
from ..json_text import json_bytes
from .figma_base import Base, NewBase, base_file, digest, home_of, read_base
from .figma_changes import RESOLVER, changes, left_behind, resolver_changes, types_in
from .figma_sides import FolderRules, LocalFiles, Sides, Stat, stat_of

if TYPE_CHECKING:
    from ..config import FigmaTable

WHOLE = 8_000_000
"""Bytes of the base up to which everything takes part in a merge; beyond it only what changed on some side."""

Strategy = Callable[[Conflict], Any]


class Seen(NamedTuple):
    """How new what was read of Figma is."""

    versions: Mapping[str, str] = {}
    """Key of a file -> version."""

    made_by: str = ""
    """A digest of the options it was read with."""

    touched: int | None = None
    """When Figma was changed last, in ms."""


NOTHING_KNOWN = Seen()


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncPlan:
    """What a pull would do; nothing is written yet."""

    folder: Path
    paths: tuple[Path, ...]
    """Every file that there is afterwards, of those that a pull is concerned with."""

    contents: Mapping[Path, bytes]
    """Those that change."""

    removed: tuple[Path, ...]
    changes: tuple[Change, ...]
    """Tokens and groups that are not as they were in the files; none for a first pull."""

    conflicts: tuple[Conflict, ...]
    """Left to decide: with any, nothing is written."""

    decided: tuple[Conflict, ...]
    base: Mapping[Path, bytes]
    diagnostics: list[Diagnostic]
    summary: Any
    read: Mapping[Path, Stat]
    """The files that were read, each as it was then."""

    components: Any = None
    """The components of the file; ``None`` where they were not asked for."""

    @property
    def is_empty(self) -> bool:
        """Whether the files are as they should be already."""
        return not self.contents and not self.removed


def plan_pull(
    pulled: Any, folder: Path, root: Path, rules: FolderRules, *, strategy: Strategy | None = None,
    overwrite: bool = False, seen: Seen = NOTHING_KNOWN,
) -> SyncPlan:  # fmt: skip
    """What a pull changes.

    Args:
        pulled: What the Figma reader made (``files``, ``diagnostics``, ``summary``).
        folder: The token folder.
        root: The project's folder.
        rules: Who is who in a token folder.
        strategy: Decides conflicts; without one they are left.
        overwrite: Take Figma's side everywhere.
        seen: How new *pulled* is.

    Raises:
        InputError: A file is no token file.
    """
    home = home_of(root, folder)
    path = base_file(home, folder)
    read: dict[Path, Stat] = {path: stat_of(path)}
    base = read_base(home, folder)
    local = LocalFiles(folder, dict.fromkeys((*(base.marks if base is not None else ()), *pulled.files)), base)
    if overwrite or not local.digests or _is_untouched(base, local):
        found = _taken(pulled.files, base, local, rules)
    else:
        found = _merged(pulled.files, base, local, rules, strategy or strategies.get("manual"), seen.touched)
    conflicts = found.conflicts
    return SyncPlan(
        folder=folder, paths=tuple(local.path(name) for name in found.names),
        contents={local.path(name): data for name, data in found.contents.items()},
        removed=tuple(local.path(name) for name in local.digests if name not in found.names),
        changes=found.changes, conflicts=tuple(c for c in conflicts if c.answer is None),
        decided=tuple(c for c in conflicts if c.answer is not None),
        base=found.base.files(path, base, seen.versions, seen.made_by), read=read | local.stamps,
        diagnostics=[*pulled.diagnostics, *found.told], summary=pulled.summary,
    )  # fmt: skip


class _Found(NamedTuple):
    names: Collection[str]
    """Every file afterwards."""

    contents: Mapping[str, bytes]
    base: NewBase
    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    told: Sequence[Diagnostic] = ()


def _is_untouched(base: Base | None, local: LocalFiles) -> bool:
    return base is not None and all(map(local.is_untouched, {**base.marks, **local.digests}))


def _taken(remote: Mapping[str, Any], base: Base | None, local: LocalFiles, rules: FolderRules) -> _Found:
    """Figma's side. Files are called as a person called them, and the sets that a person added stay."""
    untouched = _is_untouched(base, local)
    sides = None
    if local.digests and not (untouched and base is not None and not base.called):
        sides = Sides(base, local, remote, rules)
        remote = sides.remote
    new = NewBase(remote, base, sides.called if sides is not None else None)
    contents = {name: new.text(name) for name in remote if local.digests.get(name) != new.digest(name)}
    names = set(remote)
    if sides is not None and not untouched:
        own = rules.with_own(remote, sides.documents()[1])
        contents |= _text_of_resolver(own[RESOLVER], local)
        names |= own.keys()
    found: tuple[Change, ...] = ()
    if local.digests and (contents or local.digests.keys() - names):
        sides = sides or Sides(base, local, remote, rules)
        sides.meanings, sides.texts = new.meanings, new.compact
        found = changes(*sides.sides(small=True)[1:3])
    return _Found(names, contents, new, found)


def _text_of_resolver(document: Any, local: LocalFiles) -> dict[str, bytes]:
    text = json_bytes(document)
    return {RESOLVER: text} if local.digests.get(RESOLVER) != digest(text) else {}


def _merged(
    remote: Mapping[str, Any], base: Base | None, local: LocalFiles, rules: FolderRules, strategy: Strategy,
    touched: int | None,
) -> _Found:  # fmt: skip
    sides = Sides(base, local, remote, rules)
    new = NewBase(sides.remote, base, sides.called)
    sides.meanings, sides.texts = new.meanings, new.compact
    newest = local.newest()
    stamps = (Stamp(newest, 0, 0), Stamp(touched, 0, 0)) if newest is not None and touched is not None else None
    three = sides.sides(small=_is_large(base), stamps=stamps)
    merged = merge(three.base, three.local, three.remote, strategy=strategy)
    origins = {sides.name_now(name): name for name in local.digests}
    contents = {}
    for name, document in merged.documents.items():
        data = _content(name, three.grafted(name, document), sides, origins.get(name), new)
        if data is not None:
            contents[name] = data
    left_alone = origins.keys() - three.whole.keys()
    found = (*merged.changes, *resolver_changes(three.local.documents, merged.documents))
    told = left_behind(three.local.documents, merged.documents, local.path(""))
    return _Found({*left_alone, *merged.documents}, contents, new, found, merged.conflicts, told)


def _is_large(base: Base | None) -> bool:
    return base is not None and sum(mark.size for mark in base.marks.values()) > WHOLE


def _content(name: str, document: Any, sides: Sides, origin: str | None, new: NewBase) -> bytes | None:
    """The text of a merged file, ``None`` where it stands there already. What did not change keeps its layout."""
    from ..editing import rewritten

    local = sides.local_files
    if origin is not None and not local.is_untouched(origin):
        old = local.document(origin)
        if document == old:
            return None if origin == name else local.data(origin)
        return rewritten(local.data(origin), local.path(origin).suffix, old, document)
    if document == sides.remote.get(name):
        return None if origin == name and local.digests[origin] == new.digest(name) else new.text(name)
    text = json_bytes(document)
    return None if origin == name and local.digests[origin] == digest(text) else text


class Compared(NamedTuple):
    """What changed since the last pull."""

    local: tuple[Change, ...] = ()
    remote: tuple[Change, ...] = ()
    was_pulled: bool = True
    unheld: Mapping[str, int] = {}
    """DTCG type -> how many tokens of it changed in the files, of those that no variable of Figma can hold."""

    diagnostics: tuple[Diagnostic, ...] = ()


def compare(pulled: Any, folder: Path, root: Path, rules: FolderRules) -> Compared:
    """What changed on either side."""
    base = read_base(home_of(root, folder), folder)
    local = LocalFiles(folder, dict.fromkeys((*(base.marks if base is not None else ()), *pulled.files)), base)
    sides = Sides(base, local, pulled.files, rules)
    new = NewBase(sides.remote, base)
    sides.meanings, sides.texts = new.meanings, new.compact
    three = sides.sides(small=_is_large(base))
    before = three.base or Side(documents={})
    local_changes = changes(before, three.local)
    unheld = _unheld(local_changes, before, three.local, rules)
    return Compared(local_changes, changes(before, three.remote), base is not None, unheld)


def compare_files(folder: Path, root: Path, rules: FolderRules) -> Compared:
    """What changed in the files, where nothing did in Figma."""
    base = read_base(home_of(root, folder), folder)
    if base is None:
        return Compared()
    local = LocalFiles(folder, base.marks, base)
    if _is_untouched(base, local):
        return Compared()
    sides = Sides(base, local, base.documents, rules)
    sides.meanings = {name: mark.meaning for name, mark in base.marks.items()}
    three = sides.sides(small=_is_large(base))
    before = three.base or Side(documents={})
    found = changes(before, three.local)
    return Compared(found, unheld=_unheld(found, before, three.local, rules))


def _unheld(found: tuple[Change, ...], before: Side, after: Side, rules: FolderRules) -> dict[str, int]:
    tokens = types_in(found, after.documents, before.documents).values()
    return dict(Counter(str(type_) for type_, token in tokens if not rules.holds(type_, token)))


def apply_pull(plan: SyncPlan, root: Path) -> None:
    """Writes the files and the new base, all or nothing. With open conflicts there is nothing to write.

    Raises:
        InputError: ``DSS481``: somebody wrote one of the files since they were read.
        RemoteError: ``DSS680``: another program works on the same files.
    """
    concerned = (*plan.contents, *plan.base, *plan.removed)

    def check() -> None:
        changed = [path for path in concerned if path in plan.read and stat_of(path) != plan.read[path]]
        if changed:
            raise InputError(*map(_changed, changed))

    journal.replace_all(home_of(root, plan.folder), {**plan.contents, **plan.base}, plan.removed, check)


def _changed(path: Path) -> Diagnostic:
    message = "the file was written while Figma was asked; nothing was changed"
    return Diagnostic(code="DSS481", message=message, file=files.shown(path), hint="run the command again")


def folder_documents(folder: Path) -> dict[str, Any]:
    """Every token file and resolver document of a token folder, decoded.

    Raises:
        InputError: The folder holds none, or one cannot be read.
    """
    from .reading import Reader, content

    found = {}
    reader = Reader()
    for path in files.find_sources((str(folder.resolve()),), folder):
        read = reader.decode(path)
        found[path.relative_to(folder.resolve()).as_posix()] = content(read, files.shown(path))
    return found


def options_of(table: FigmaTable | None) -> dict[str, Any]:
    """The reader's options as dss.toml sets them."""
    if table is None:
        return {}
    return {
        "group_by_collection": table.group_by_collection,
        "color_profile": table.color_profile,
        "type_rules": tuple(table.types.items()),
    }
