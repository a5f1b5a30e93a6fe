"""What an import and a merge do alike: check an archive against the project, and follow where states came from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import replace
from functools import cache

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.merge.clock import Stamp, StampError, future_stamp, parse_stamp, skew_warning

from ..project import Project
from .content import Content, Sink, check_content
from .faults import ArchiveError, fault, printable
from .identity_lock import IdentityLock, Seat
from .manifest import MAX_PARENTS, Entry, Manifest
from .reader import Archive
from .records import Record
from .rows import Row
from .scan import HISTORY, Scan, read_project_lock
from .session import Session
from .state_store import KnownState
from .states import ancestors, history_records
from .token_sets import TokenSetContent
from .writer import ArchiveWriter

SKEW_LIMIT = 24 * 60 * 60 * 1000


class OwnLines(Sink):
    """Knows what the project has, and takes nothing in."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._names = {entry.name for entry in scan.manifest.entries}

    def known(self, entry: Entry) -> Set[bytes]:
        """The lines of this member as the project has them."""
        return frozenset(self._scan.writer.lines(entry.name)) if entry.name in self._names else frozenset()

    def row(self, entry: Entry, row: Row) -> None:
        """Not taken in."""


class Incoming(Sink):
    """Takes an archive in; keeps what both uses need. A :class:`~.content.Sink` around another one."""

    def __init__(self, inner: Sink | None) -> None:
        self._inner = inner
        self.heard_of: list[KnownState] = []

    def record(self, entry: Entry, record: Record) -> None:
        """Take in one checked record."""
        if record["kind"] == "state" and "deleted" not in record:
            self.heard_of.append(
                KnownState(record["snapshot"], record["sequence"], record["hlc"], tuple(record["parents"]), False)
            )
        if self._inner is not None:
            self._inner.record(entry, record)

    def known(self, entry: Entry) -> Set[bytes]:
        """Lines that the project has itself."""
        return self._inner.known(entry) if self._inner is not None else frozenset()

    def row(self, entry: Entry, row: Row) -> None:
        """Take in one that was taken apart only."""
        if self._inner is not None:
            self._inner.row(entry, row)

    def token_set(self, content: TokenSetContent) -> None:
        """Take in one whole set."""
        if self._inner is not None:
            self._inner.token_set(content)


def take_in(archive: Archive, sink: Sink | None = None) -> tuple[Content, tuple[KnownState, ...]]:
    """Steps 10 and 11: all of *archive* goes through *sink*; what it holds, and the earlier states it names.

    Raises:
        ArchiveError: It is refused; what *sink* took in is not to be used.
    """
    incoming = Incoming(sink)
    archive.check_bytes()
    content = check_content(archive, incoming)
    return content, tuple(incoming.heard_of)


def check_project(session: Session, manifest: Manifest, *, as_new: bool) -> None:
    """Whether the archive belongs to the project.

    Raises:
        ArchiveError: ``DSS683``.
    """
    known = session.known_id
    if known is not None and known != manifest.project_id and not as_new:
        message = f"the archive belongs to another project: {printable(manifest.project_name)} ({manifest.project_id})"
        raise ArchiveError(fault("PROJECT_MISMATCH", message, hint="--as-new takes it all the same"))


def check_clock(session: Session, manifest: Manifest, *, accept_skew: bool) -> list[Diagnostic]:
    """Go on from the archive's clock; a warning where it stands more than an hour from ours.

    Raises:
        ArchiveError: ``DSS692``: it stands more than a day ahead, and would drag every later stamp along.
    """
    remote = parse_stamp(manifest.stamp)
    now = session.clock.now()
    if remote.ms - now > SKEW_LIMIT and not accept_skew:
        raise ArchiveError(replace(future_stamp(remote, now), rule="CLOCK_SKEW"))
    if remote > Stamp(0, 0, 0):
        try:
            session.clock.receive(remote, accept_skew=True)
        except StampError as error:
            raise ArchiveError(fault("CLOCK_OVERFLOW", error.diagnostics[0].message)) from error
    warning = skew_warning(remote.ms - now) if remote.ms > now else None
    if warning is None:
        return []
    return [Diagnostic(code="DSS692", rule="CLOCK_SKEW", severity="warning", message=warning)]


Known = Callable[[str], KnownState | None]


def known_with(session: Session, states: Iterable[KnownState]) -> Known:
    """What the store knows, and *states* besides."""
    more = {state.snapshot: state for state in states}

    @cache  # each is asked for again and again on the way from each common state to the first one
    def known(snapshot: str) -> KnownState | None:
        stored, heard = session.store.known(snapshot), more.get(snapshot)
        if stored is None or heard is None:
            return stored or heard
        parents = tuple(sorted({*stored.parents, *heard.parents}))
        return replace(stored, parents=parents, has_content=stored.has_content or heard.has_content)

    return known


def state_of(manifest: Manifest, *, has_content: bool) -> KnownState:
    """*manifest* as a known state."""
    return KnownState(manifest.snapshot, manifest.sequence, manifest.stamp, manifest.parents, has_content)


def joined_parents(result: str, candidates: Iterable[str], known: Known) -> tuple[str, ...]:
    """The states that *result* comes from: *candidates* without those that another one comes from."""
    wanted = {name for name in candidates if name != result}
    older: set[str] = set()
    for newer in wanted:
        state = known(newer)
        older |= ancestors(state.parents if state is not None else (), known).keys() - {newer}
    return tuple(sorted(wanted - older or wanted)[:MAX_PARENTS])


def with_history(
    writer: ArchiveWriter, manifest: Manifest, known: Known, passing: Callable[[Iterable[Record]], Iterator[Record]]
) -> Manifest:
    """*manifest* with the member of the states it comes from, which *writer* takes in; by its own parents."""
    records = history_records(manifest.parents, manifest.project_id, known)
    others = tuple(entry for entry in manifest.entries if entry.kind != "history")
    if not records:
        return replace(manifest, entries=others)
    return replace(manifest, entries=(*others, writer.add_records(HISTORY, "history", passing(records))))


def lock_change(project: Project, seats: dict[Seat, str]) -> tuple[str | None, str]:
    """The new text of ``dss.lock``, ``None`` where it stays, and its digest."""
    before, digest = read_project_lock(project)
    text = IdentityLock(seats).to_text()
    return (None, digest) if before.to_text() == text else (text, hashlib.sha256(text.encode()).hexdigest())
