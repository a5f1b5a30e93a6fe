"""A project's state -> an archive on disk: written beside its place, verified by our own reader, then put there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..version import PROGRAM
from .atomic import replacing
from .content import Content, check_content
from .faults import ArchiveError
from .limits import DEFAULTS, Limits
from .manifest import Asset, Entry, Kind, Manifest, Scope
from .reader import Archive
from .records import Record
from .tally import Tally
from .trust import SecretKey
from .writer import ArchiveWriter

Chunks = Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class RecordMember:
    """One member of records, which are sorted by id."""

    name: str
    kind: Kind
    records: Iterable[Record]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What goes into an archive."""

    project_id: str
    project_name: str
    parents: tuple[str, ...] = ()
    sequence: int = 0
    scope: Scope = field(default_factory=Scope)
    members: Iterable[RecordMember] = ()
    """In the order of the archive: tokens by name, components, themes, history. Read once."""

    assets: Sequence[tuple[Asset, Chunks]] = ()
    """Sorted by path."""


@dataclass(frozen=True, slots=True)
class Packed:
    """An archive that was written."""

    content: Content
    size: int
    """Bytes."""

    digest: str
    """SHA-256 of its manifest."""


def write_archive(
    package: Package,
    target: Path,
    *,
    signer: SecretKey | None = None,
    overwrite: bool = True,
    limits: Limits = DEFAULTS,
    tool: str | None = None,
) -> Packed:
    """Write *package* to *target*, which appears whole or stays as it was.

    Raises:
        ArchiveError: The archive would be refused by its readers, e.g. by a limit.
        InputError: ``DSS682``: *target* exists and *overwrite* is false, or an asset changed meanwhile.
        OSError: The disk is full, the folder is missing, …
    """
    with replacing(target, overwrite=overwrite) as (file, temporary):
        with ArchiveWriter(target.parent) as writer:
            manifest = _written(package, writer, tool or PROGRAM)
            content = manifest.to_bytes()
            writer.finish(content, signer.sign(content) if signer else None, file)
        file.flush()
        os.fsync(file.fileno())
        return _verified(temporary, target, limits)


def _written(package: Package, writer: ArchiveWriter, tool: str) -> Manifest:
    tally = Tally()
    entries: list[Entry] = []
    for member in package.members:
        entries.append(writer.add_records(member.name, member.kind, tally.passing(member.records)))
    for asset, chunks in sorted(package.assets, key=lambda pair: pair[0].member):
        writer.add_asset(asset, chunks())
        tally.state.add_asset(asset.sha256, asset.path)
    return Manifest(
        project_id=package.project_id,
        project_name=package.project_name,
        snapshot=tally.state.name(),
        parents=package.parents,
        sequence=package.sequence,
        scope=package.scope,
        stamp=tally.stamp,
        tool=tool,
        counts=tally.counts(len(package.assets)),
        entries=tuple(entries),
        assets=tuple(asset for asset, _ in package.assets),
    )


def _verified(temporary: Path, target: Path, limits: Limits) -> Packed:
    try:
        with Archive.open(temporary, limits) as archive:
            archive.check_assets()
            return Packed(check_content(archive), archive.container.size, archive.manifest_digest)
    except ArchiveError as error:
        raise error.of_file(str(target)) from error
