"""Plain token files, merged three ways: files or folders in, texts out. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError
from dss_tokens.json_equality import same
from dss_tokens.merge import Conflict, Merged, MergeStrategy, Side, merge
from dss_tokens.merge.clock import Stamp
from dss_tokens.merge.conflicts import Resolutions
from dss_tokens.merge.identity import identified, probably_renamed, token_tree
from dss_tokens.model import names

from .. import files
from ..editing import comments_lost, rewritten, written
from .reading import Reader

Json = Any


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A file of one side."""

    path: Path
    data: bytes
    document: Json

    @property
    def suffix(self) -> str:
        """With its dot."""
        return self.path.suffix


@dataclass(frozen=True, slots=True)
class PlainSide:
    """The files of one side by name: relative paths, or one name for all sides where files are compared."""

    files: Mapping[str, PlainFile]
    changed_ms: int | None = None
    """When the newest of them was changed."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def side(self) -> Side:
        """As the engine takes it."""
        stamp = None if self.changed_ms is None else Stamp(self.changed_ms, 0, 0)
        return Side(documents={name: file.document for name, file in self.files.items()}, stamp=stamp)


@dataclass(frozen=True, slots=True)
class PlainMerge:
    """What a merge of plain files gives."""

    merged: Merged
    contents: Mapping[str, bytes]
    """Name -> content of every file there is afterwards."""

    removed: tuple[str, ...]
    """Files of ours that are gone."""

    diagnostics: list[Diagnostic]


def read_file(path: Path, name: str, reader: Reader, *, may_be_empty: bool = False) -> PlainSide:
    """One file as a side.

    Args:
        path: The file.
        name: What it is called on every side.
        reader: Reads it.
        may_be_empty: Git hands an empty file over for one that did not exist.

    Raises:
        InputError: It cannot be read or decoded.
    """
    data = files.read(path)
    if may_be_empty and not data.strip():
        return PlainSide({})
    return PlainSide({name: _decoded(path, data, reader)}, _changed(path))


def read_folder(folder: Path, reader: Reader) -> PlainSide:
    """A folder as a side; it may hold nothing.

    Raises:
        InputError: A file cannot be read or decoded.
    """
    found: dict[str, PlainFile] = {}
    faults: list[Diagnostic] = []
    newest = None
    folder = folder.resolve()
    for path in _token_files(folder):
        try:
            found[path.relative_to(folder).as_posix()] = _decoded(path, files.read(path), reader)
        except InputError as error:
            faults += error.diagnostics
        newest = max(newest or 0, _changed(path))
    if faults:
        raise InputError(*faults)
    return PlainSide(found, newest)


def _token_files(folder: Path) -> list[Path]:
    try:
        return files.find_sources((str(folder),), folder)
    except InputError:
        return []


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns // 1_000_000


def _decoded(path: Path, data: bytes, reader: Reader) -> PlainFile:
    read = reader.decode_bytes(data, path.suffix.lower() or ".json", files.shown(path))
    errors = [found for found in read.diagnostics if found.severity == "error"]
    if errors:
        raise InputError(*errors)
    return PlainFile(path, data, read.value)


def merge_plain_files(
    base: PlainSide | None, ours: PlainSide, theirs: PlainSide, *, strategy: MergeStrategy,
    resolutions: Resolutions | None = None, guess_renames: bool = True, composite_fields: bool = False,
) -> PlainMerge:  # fmt: skip
    """Brings the changes of both sides together.

    Args:
        base: The common ancestor, ``None`` without one.
        ours: The local side.
        theirs: The remote one.
        strategy: Decides conflicts.
        resolutions: Decisions made before.
        guess_renames: Take an equal value and type under a new path for a rename.
        composite_fields: Merge composite values part by part.

    Raises:
        RevisionMovedError: A decision was made for other values.
    """
    found: list[Diagnostic] = []
    local, remote = ours.side(), theirs.side()
    before = None if base is None else base.side()
    trees = None
    if before is None:
        message = "no common ancestor is named: what differs is a conflict, and nothing is taken for deleted"
        found.append(Diagnostic(code="DSS693", severity="warning", message=message, hint="name one with --base"))
    else:
        tree = token_tree(before)
        mine, others = (identified(before, side, before=tree, guess=guess_renames) for side in (local, remote))
        renamed = dict.fromkeys((*mine.renamed, *others.renamed))
        found += [probably_renamed(one) for one in renamed if one.by == "value"]
        local, remote, trees = mine.side, others.side, (tree, mine.tree, others.tree)
    merged = merge(
        before, local, remote, strategy=strategy, resolutions=resolutions, composite_fields=composite_fields,
        trees=trees,
    )  # fmt: skip
    contents = {}
    for name, document in merged.documents.items():
        contents[name] = _content(name, document, ours, theirs, found)
    removed = tuple(name for name in ours.files if name not in merged.documents)
    return PlainMerge(merged, contents, removed, found)


def _content(name: str, document: Json, ours: PlainSide, theirs: PlainSide, found: list[Diagnostic]) -> bytes:
    mine, other = ours.files.get(name), theirs.files.get(name)
    if mine is not None:
        if document is mine.document:
            return mine.data
        if (lost := comments_lost(mine.data, mine.suffix, files.shown(mine.path))) is not None:
            found.append(lost)
        return rewritten(mine.data, mine.suffix, mine.document, document)
    if other is not None:
        if same(other.document, document):
            return other.data
        return rewritten(other.data, other.suffix, other.document, document)
    return written(Path(name).suffix, document)


def broken_by_merge(merged: Merged, ours: PlainSide, theirs: PlainSide) -> list[Diagnostic]:
    """Faults that neither side has: two clean halves can make a broken whole."""
    faults = _faults(merged.documents)
    if faults:
        known = {*_faults(ours.side().documents), *_faults(theirs.side().documents)}
        faults = {key: fault for key, fault in faults.items() if key not in known}
    return [
        replace(fault, code="DSS691", message=f"together, not on either side: {fault.message}")
        for fault in faults.values()
    ]


def _faults(documents: Mapping[str, Json]) -> dict[tuple[str, str | None, str], Diagnostic]:
    """The errors of documents as one set, by code, path and message."""
    from dss_tokens.dtcg.parse import parse
    from dss_tokens.merge.plain import is_plain
    from dss_tokens.model import Source
    from dss_tokens.resolve.flatten import flatten
    from dss_tokens.resolve.permutations import resolve_one

    parsed = [parse(document, Source(name)) for name, document in documents.items() if not is_plain(document)]
    flat = flatten((one.tokens for one in parsed), report_replaced=False)
    found = [*(d for one in parsed for d in one.diagnostics), *flat.diagnostics, *resolve_one(flat.tokens).diagnostics]
    return {(d.code, d.path, d.message): d for d in found if d.severity == "error"}


def conflict_places(
    conflicts: tuple[Conflict, ...], ours: PlainSide
) -> Iterator[tuple[Conflict, str, tuple[str, ...]]]:
    """Each conflict with the file of ours it stands in and where in it."""
    for conflict in conflicts:
        file = ours.files.get(conflict.set)
        place = names(conflict.path)
        if conflict.field and conflict.field not in ("name", "parent"):
            place = (*place, conflict.field)
        yield conflict, files.shown(file.path) if file else conflict.set, place
