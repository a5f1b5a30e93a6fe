"""Does a plan: all or nothing, whenever the program is killed. The store's commit is the only point of truth.

Staged files -> one transaction -> the files follow. Before the commit nothing is visible, after it everything: what is
missing then is made up for by whoever comes next (:mod:`.file_journal`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dss_tokens.errors import InputError

from . import file_journal
from .faults import fault
from .identity_lock import NAME
from .plan import Plan
from .project_files import read_files
from .scan import keep_members
from .session import Session
from .state_store import JournalEntry, StateStore

Change = tuple[str, Callable[[], bytes] | None]


def apply_plan(plan: Plan, session: Session, allow: Callable[[], None] = lambda: None) -> None:
    """Bring the project into the planned state.

    Args:
        allow: Asked once nobody else can write; raises where the project must not be changed now.

    Raises:
        ConflictError: Conflicts are left to decide.
        InputError: ``DSS683``: the project changed since the plan was made.
        RemoteError: ``DSS680`` or ``DSS682``: the store is locked or full; nothing was changed.
        OSError: The disk is full; nothing was changed.
    """
    store, root = session.store, session.root
    with file_journal.exclusive(root, timeout=store.busy_timeout):
        _check_files(plan, session)
        changes = list(_changes(plan))
        transaction = file_journal.stage(root, changes) if changes else None
        try:
            with store.writing():
                allow()
                plan.scan.commit(store)
                _commit(plan, store, transaction)
        except BaseException:
            if transaction is not None and not _was_committed(store, transaction):
                file_journal.drop(root, transaction)
            raise
        if transaction is not None:
            file_journal.finish(root, transaction)


def _was_committed(store: StateStore, transaction: str) -> bool:
    """Asked after a failure: a commit may have been made although its answer did not arrive."""
    try:
        return store.has_transaction(transaction)
    except Exception:  # noqa: BLE001 -- unknown: whoever comes next finds out
        return True


def _changes(plan: Plan) -> Iterator[Change]:
    for change in plan.files:
        yield change.path, None if change.content is None else change.content.read
    if plan.lock_text is not None:
        text = plan.lock_text
        yield NAME, (lambda: text.encode()) if text else None


def _check_files(plan: Plan, session: Session) -> None:
    """The files are still those that were scanned."""
    now = {(file.name, file.sha256) for file in read_files(session.project, session.decoder)}
    if now != {(file.name, file.sha256) for file in plan.scan.files}:
        hint = "somebody edited a token file; run it again"
        raise InputError(fault("REVISION_MOVED", "the project's files changed meanwhile", hint=hint))


def _commit(plan: Plan, store: StateStore, transaction: str | None) -> None:
    manifest, archive = plan.manifest, plan.archive
    keep_members(plan.members, manifest, store)
    store.keep_state(manifest)
    if plan.archive_members is not None and archive.snapshot != manifest.snapshot:
        keep_members(plan.archive_members, archive, store)
        store.keep_state(archive)
    for state in plan.heard_of:
        store.hear_of(state)
    store.mark_seen(archive.snapshot)
    store.set_meta("head", manifest.snapshot)
    store.set_meta("project", manifest.project_id)
    store.set_meta("name", manifest.project_name)
    store.set_meta("clock", max(manifest.stamp, store.meta("clock") or ""))
    if plan.lock_digest is not None:
        store.set_meta("lock", plan.lock_digest)
    store.keep_source_marks(plan.marks)
    store.keep_journal(
        JournalEntry(
            operation=plan.operation, digest=plan.digest, strategy=plan.strategy, before=plan.scan.manifest.snapshot,
            after=manifest.snapshot, stamp=manifest.stamp, transaction=transaction,
        )
    )  # fmt: skip
    store.sweep()
