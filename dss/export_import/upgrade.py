"""An archive of an older format version -> a new file in the present one. The old file stays as it is."""

from __future__ import annotations

from pathlib import Path

from .cloud import delivered
from .content import Sink, check_content
from .encryption import LOCKED, Unlock
from .limits import DEFAULTS, Limits
from .locations import Location
from .manifest import KINDS, Entry, Kind
from .package import Package, Packed, RecordMember, write_archive
from .reader import Archive
from .records import Record
from .trust import NO_KEYS, SecretKey, Trust

_COMPONENTS = "components/00000000-0000-5000-8000-000000000000.jsonl"
"""The member of components that came in one document."""


class _Collected(Sink):
    """All records by the member they belong to in the present version."""

    def __init__(self) -> None:
        self.members: dict[str, tuple[Kind, list[Record]]] = {}
        self._set = ""

    def record(self, entry: Entry, record: Record) -> None:
        kind = record["kind"]
        if kind == "set":
            self._set = record["id"]
        if kind in ("set", "group", "token"):
            self._into(f"tokens/{self._set}.jsonl", "tokens", record)
        elif kind == "component":
            self._into(_COMPONENTS, "components", record)
        elif kind == "theme":
            self._into("themes.jsonl", "themes", record)
        else:
            self._into("history.jsonl", "history", record)

    def _into(self, name: str, kind: Kind, record: Record) -> None:
        self.members.setdefault(name, (kind, []))[1].append(record)

    def sorted_members(self) -> list[RecordMember]:
        """In the order of an archive, records by id."""
        order = sorted(self.members.items(), key=lambda item: (KINDS.index(item[1][0]), item[0]))
        return [
            RecordMember(name, kind, sorted(records, key=lambda record: str(record["id"])))
            for name, (kind, records) in order
        ]


def upgrade_archive(
    source: Location,
    target: Location,
    *,
    limits: Limits = DEFAULTS,
    trust: Trust = NO_KEYS,
    unlock: Unlock = LOCKED,
    signer: SecretKey | None = None,
    overwrite: bool = False,
) -> Packed:
    """Write the content of *source*, of any readable version, to *target* in the present version.

    A signature does not survive, because the manifest changes; *signer* signs the new one.

    Raises:
        ArchiveError: *source* is refused.
        InputError: *source* cannot be opened, or *target* exists and *overwrite* is false.
    """
    with (
        delivered(target, overwrite=overwrite) as (file, replaces),
        Archive.open(source, limits, trust, unlock) as archive,
    ):
        return write_upgraded(archive, file, signer=signer, overwrite=replaces)


def write_upgraded(
    archive: Archive, target: Path, *, signer: SecretKey | None = None, overwrite: bool = False
) -> Packed:  # fmt: skip
    """Write the content of *archive*, of any readable version, to *target* in the present version.

    Raises:
        ArchiveError: *archive* is refused.
        InputError: *target* exists and *overwrite* is false.
    """
    archive.check_bytes()
    if not archive.is_legacy:
        return _copied(archive, target, signer, overwrite=overwrite)
    collected = _Collected()
    manifest = check_content(archive, collected).manifest
    package = Package(
        project_id=manifest.project_id,
        project_name=manifest.project_name,
        sequence=manifest.sequence,
        members=collected.sorted_members(),
    )
    return write_archive(package, target, signer=signer, limits=archive.limits, overwrite=overwrite)


def _copied(archive: Archive, target: Path, signer: SecretKey | None, *, overwrite: bool) -> Packed:
    manifest = archive.manifest
    package = Package(
        project_id=manifest.project_id,
        project_name=manifest.project_name,
        parents=manifest.parents,
        sequence=manifest.sequence,
        scope=manifest.scope,
        members=(RecordMember(entry.name, entry.kind, archive.records(entry)) for entry in manifest.entries),
        assets=[(asset, lambda asset=asset: archive.asset_chunks(asset)) for asset in manifest.assets],  # type: ignore[misc]
    )
    return write_archive(package, target, signer=signer, limits=archive.limits, overwrite=overwrite)
