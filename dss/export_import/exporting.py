"""The project's state -> an archive: the whole of it, or the part that was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from dss_tokens.diagnostics import Diagnostic

from .assets import AssetFile
from .atomic import replacing
from .content import check_content, check_ids, check_references
from .faults import ArchiveError, fault
from .incoming import known_with, state_of
from .manifest import Entry, Manifest, Query, Scope
from .reader import Archive
from .records import Record, RecordError, StateDigest
from .scan import HISTORY, Scan, members_of
from .scanning import scan_project
from .selection import select
from .session import Session
from .states import history_records
from .tally import CheckedTally, Tally
from .token_sets import TokenSetContent
from .trust import SecretKey
from .writer import LEVEL, ArchiveWriter


@dataclass(frozen=True, slots=True)
class Exported:
    """An archive that was written."""

    manifest: Manifest
    size: int
    digest: str
    renamed: Sequence[Diagnostic] = ()
    """Who was probably renamed by hand."""


def export_archive(
    session: Session,
    target: Path,
    *,
    query: Query | None = None,
    closure: bool = True,
    assets: Sequence[AssetFile] | None = None,
    signer: SecretKey | None = None,
    overwrite: bool = True,
    guess_renames: bool = True,
) -> Exported:
    """Write the state of the project's files to *target*, and keep it as the known state.

    Args:
        query: Which part; ``None`` for all.
        closure: Add to a part what its tokens refer to.
        guess_renames: Take an equal value and type under a new path for a rename by hand.

    Raises:
        InputError: The project's files have errors, or there are none.
        ArchiveError: The archive would be refused by its readers, e.g. for an alias that leads nowhere.
        OSError: *target* cannot be written; what was there is as it was.
    """
    tally = partial(CheckedTally, session.limits) if query is None else Tally
    try:
        scan = session.keep(
            scan_project(
                session.project, session.store, session.decoder, session.clock, project_id=session.made_id(),
                project_name=session.name, assets=assets, work_folder=session.work_folder, level=LEVEL, tally=tally,
                guess_renames=guess_renames,
            )
        )  # fmt: skip
    except RecordError as error:
        raise _own(ArchiveError(fault(error.symbol, str(error))), target) from error
    if query is None:
        return _written(session, scan, scan.manifest, scan.writer, target, signer, overwrite=overwrite)
    writer = session.keep(ArchiveWriter(session.work_folder))
    manifest = _part(session, scan, writer, query, closure=closure)
    return _written(session, scan, manifest, writer, target, signer, overwrite=overwrite)


def _written(
    session: Session, scan: Scan, manifest: Manifest, writer: ArchiveWriter, target: Path, signer: SecretKey | None, *,
    overwrite: bool,
) -> Exported:  # fmt: skip
    content = manifest.to_bytes()
    with replacing(target, overwrite=overwrite) as (file, temporary):
        writer.finish(content, signer.sign(content) if signer is not None else None, file)
        file.flush()
        exported = _verified(session, scan, manifest, temporary, target)
        scan.keep_lock(session.root)
        # the state is kept before the archive appears: nobody can merge a state that its maker does not know
        with session.store.writing() as store:
            scan.commit(store)
            for name, sha256 in members_of(manifest) if writer.was_hardened else ():
                store.keep_object(writer.packed(name, sha256))
            store.set_meta("name", scan.manifest.project_name)
            store.mark_seen(scan.manifest.snapshot)
            store.set_meta("verified", scan.manifest.snapshot)
    return replace(exported, renamed=scan.renamed)


def _is_known_good(session: Session, scan: Scan, manifest: Manifest) -> bool:
    """Whether this very state was checked as a whole before."""
    return manifest is scan.manifest and session.store.meta("verified") == manifest.snapshot and not scan.is_new


def _verified(session: Session, scan: Scan, manifest: Manifest, temporary: Path, target: Path) -> Exported:
    try:
        with Archive.open(temporary, session.limits) as archive:
            if _is_known_good(session, scan, manifest):
                archive.check_bytes()
            elif manifest is scan.manifest and scan.checked is not None:
                archive.check_bytes()  # they are what was checked before it was written
                check_ids(scan.checked.state, archive.container.file)
                scan.checked.state = StateDigest()  # 40 bytes a record that the next check has a use for
                check_references(scan.checked.closure, archive)
            else:  # what we wrote ourselves may be parsed while its bytes are checked
                archive.check_assets()
                check_content(archive)
            return Exported(archive.manifest, archive.container.size, archive.manifest_digest)
    except ArchiveError as error:
        raise _own(error, target) from error


def _own(error: ArchiveError, target: Path) -> ArchiveError:
    """*error* for whoever wrote the tokens that readers would refuse."""
    hint = "the tokens of the project are wrong: 'dss validate' says where"
    found = (replace(one, hint=hint) if "DSS660" <= one.code <= "DSS665" else one for one in error.diagnostics)
    return ArchiveError(*found).of_file(str(target))


def _part(session: Session, scan: Scan, writer: ArchiveWriter, query: Query, *, closure: bool) -> Manifest:
    """The members of a part of *scan*, which *writer* takes in, and its manifest."""
    contents = {entry.name: _content(scan, entry) for entry in scan.manifest.entries if entry.kind == "tokens"}
    live = {member: found for member, found in contents.items() if not found.is_deleted}
    documents = {found.name: found.document() for found in live.values()}
    selected = select(documents, query, closure=closure)
    if not selected.documents:
        raise ArchiveError(
            fault("ARC_EMPTY", "no token matches what was asked for", hint="look at --tag, --folder and --set")
        )
    tally = Tally()
    entries: list[Entry] = []
    for member in sorted(live):
        part = selected.documents.get(live[member].name)
        if part is not None:
            wanted = set(_ids_of(live[member], part))
            records = (record for record in _records(scan, member) if record["id"] in wanted)
            entries.append(writer.add_records(member, "tokens", tally.passing(records)))
    parents = (scan.manifest.snapshot,)
    known = known_with(session, [state_of(scan.manifest, has_content=True)])  # the store has it only when it is written
    history = history_records(parents, scan.manifest.project_id, known)
    if history:
        entries.append(writer.add_records(HISTORY, "history", tally.passing(history)))
    return replace(
        scan.manifest,
        snapshot=tally.state.name(),
        parents=parents,
        scope=Scope(complete=False, query=query, external=selected.external),
        stamp=tally.stamp,
        counts=tally.counts(0),
        entries=tuple(entries),
        assets=(),
    )


def _records(scan: Scan, member: str) -> Iterator[Record]:
    return map(orjson.loads, scan.writer.lines(member))


def _content(scan: Scan, entry: Entry) -> TokenSetContent:
    content = TokenSetContent()
    for record in _records(scan, entry.name):
        content.add(record)
    return content


def _ids_of(content: TokenSetContent, part: Mapping[str, Any]) -> Iterator[str]:
    """Those in *content* who are in *part*, the set itself included."""
    yield content.id
    groups: dict[str, Mapping[str, Any] | None] = {"": part}
    for path, identifier, is_token, _ in content.walk():
        parent, _, name = path.rpartition(".")
        around = groups.get(parent)
        if around is None or name not in around:
            continue
        if not is_token:
            groups[path] = around[name]
        yield identifier
