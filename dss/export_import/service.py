"""``DSSProjectService``: export, import and merge of projects. A door onto the modules of this package."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from dss_tokens.errors import InputError

from ..project import Project, find_project
from .encryption import LOCKED, Unlock, encrypt, encrypt_with_passphrase
from .faults import fault
from .limits import DEFAULTS, Limits
from .locations import Location, location
from .locking import DatabaseLockingStrategy
from .manifest import Manifest, Query
from .metrics import Listener
from .reader import Archive
from .session import Now, Session, open_session, wall_clock
from .summaries import ExportSummary, ImportSummary, MergeSummary, Summary
from .telling import Teller, error_text
from .trust import NO_KEYS, SecretKey, Trust

if TYPE_CHECKING:
    from dss_tokens.merge import MergeStrategy, Resolution

    from .plan import Plan

__all__ = ("DSSProjectService", "ExportSummary", "ImportSummary", "MergeSummary")

ProjectName = Project | Path | str
ImportStrategy = Literal["replace", "merge"]
Found = TypeVar("Found", bound=Summary)
_NOTHING = {"tokens": 0, "components": 0, "themes": 0, "assets": 0}


class DSSProjectService:
    """Exchanges projects as archives. Expected failures are told by the summaries; only defects raise."""

    def __init__(
        self,
        busy_timeout_ms: int = 5000,
        *,
        store: str | None = None,
        root: Path | str | None = None,
        limits: Limits = DEFAULTS,
        trust: Trust = NO_KEYS,
        unlock: Unlock = LOCKED,
        listener: Listener | None = None,
        now: Now = wall_clock,
    ) -> None:
        """Args:
        busy_timeout_ms: How long to wait for another program that writes.
        store: URL of the store; by default what ``DSS_STORE`` says, else ``sqlite:///.dss/store.db`` in the project.
        root: The project's folder for calls that name no other.
        trust: Whose signatures count.
        unlock: What opens encrypted archives.
        listener: Told what is counted and timed (:mod:`.metrics`).
        now: Milliseconds since 1970.
        """
        self._locking = DatabaseLockingStrategy(busy_timeout_ms, listener)
        self._store, self._root = store, Path(root) if root is not None else None
        self._limits, self._trust, self._unlock = limits, trust, unlock
        self._teller, self._now = Teller(listener), now

    def export_project(
        self,
        project: ProjectName | None,
        path: Location | str,
        *,
        query: Query | None = None,
        closure: bool = True,
        assets: Path | None = None,
        sign: SecretKey | None = None,
        recipients: Sequence[str] = (),
        passphrase: str | None = None,
        overwrite: bool | None = None,
        guess_renames: bool = True,
    ) -> ExportSummary:
        """Write *project* to the archive *path*, a file or an object in the cloud (``s3://``, ``gs://``, ``az://``).

        Args:
            query: Export a part; *closure* adds what its tokens refer to.
            assets: A folder of fonts and images to go along; by default those of the last export.
            sign: Sign the archive.
            recipients: Encrypt it to these; or with *passphrase*.
            overwrite: Replace an archive that is there; by default files are, objects are not.
            guess_renames: Take a token that came with the type and value of one that went for a rename by hand.
        """

        def run() -> ExportSummary:
            from .assets import read_folder
            from .cloud import delivered
            from .exporting import export_archive

            target = location(path)
            with delivered(target, overwrite=overwrite) as (file, replaces), self._session(project) as session:
                files = read_folder(assets, session.limits) if assets is not None else None
                is_secret = bool(recipients or passphrase is not None)
                with self._teller.stage("write"), _plain_target(file, session, is_secret=is_secret) as plain:
                    exported = export_archive(
                        session,
                        plain,
                        query=query,
                        closure=closure,
                        assets=files,
                        signer=sign,
                        overwrite=replaces,
                        guess_renames=guess_renames,
                    )
                    if recipients:
                        encrypt(plain, file, recipients, overwrite=replaces)
                    elif passphrase is not None:
                        encrypt_with_passphrase(plain, file, passphrase, overwrite=replaces)
                manifest = exported.manifest
                self._teller.tell("dss_archive_size_bytes", exported.size, operation="export")
                for kind, count in _counts(manifest).items():
                    self._teller.tell("dss_entities_total", count, operation="export", kind=kind, change="exported")
                return ExportSummary(
                    success=True, archive_path=target, file_size_bytes=file.stat().st_size,
                    item_counts=_counts(manifest), project_name=manifest.project_name, snapshot=manifest.snapshot,
                    sequence=manifest.sequence, digest=exported.digest, diagnostics=tuple(exported.renamed),
                )  # fmt: skip

        empty = ExportSummary(success=False, archive_path=_shown_location(path), item_counts=_NOTHING)
        return self._teller.summary("export", run, empty)

    def import_project(
        self,
        path: Location | str,
        strategy: ImportStrategy = "replace",
        *,
        project: ProjectName | None = None,
        dry_run: bool = False,
        background: bool = False,
        as_new: bool = False,
        accept_skew: bool = False,
        guess_renames: bool = True,
    ) -> ImportSummary:
        """Take the archive *path* into a project, by default the one around the working folder.

        Args:
            strategy: ``replace``: the project becomes what the archive is. ``merge``: as :meth:`merge_project`, and
                conflicts are left.
            dry_run: Only plan.
            background: Do the work, however large it is.
            as_new: Take the archive of another project.
            accept_skew: Take stamps from the future.
            guess_renames: As :meth:`export_project` does.
        """
        if strategy == "merge":
            return self.merge_project(
                project, path, "manual", dry_run=dry_run, background=background, as_new=as_new, accept_skew=accept_skew,
                guess_renames=guess_renames,
            )  # fmt: skip
        empty = ImportSummary(
            success=False, archive_path=_shown_location(path), item_counts=_NOTHING, strategy=strategy, dry_run=dry_run
        )

        def run() -> ImportSummary:
            from .replacing import plan_replace

            if strategy != "replace":
                raise InputError(fault("JSON_SHAPE", f"there is no strategy {strategy!a}; there are replace and merge"))

            def plan(session: Session, archive: Archive, spool: Any) -> Plan:
                return plan_replace(
                    session, archive, spool, as_new=as_new, accept_skew=accept_skew, guess_renames=guess_renames
                )

            return self._taken_in(location(path), project, empty, plan, dry_run=dry_run, background=background)

        return self._teller.summary("import", run, empty)

    def analyze_merge(self, project: ProjectName | None, path: Location | str, **options: Any) -> MergeSummary:
        """What :meth:`merge_project` would do: the same plan, nothing written. Conflicts are no failure of it."""
        return self.merge_project(project, path, "manual", dry_run=True, **options)

    def merge_project(
        self,
        project: ProjectName | None,
        path: Location | str,
        conflict_strategy: str | MergeStrategy = "manual",
        *,
        resolutions: Mapping[tuple[str, str], Resolution] | None = None,
        dry_run: bool = False,
        background: bool = False,
        as_new: bool = False,
        accept_skew: bool = False,
        guess_renames: bool = True,
        partial: bool = False,
    ) -> MergeSummary:
        """Merge the archive *path* into *project*.

        Args:
            conflict_strategy: ``keep_local``, ``keep_remote``, ``keep_newest`` or ``manual``, which leaves them; or one
                that decides in its own way, e.g. by asking.
            resolutions: Decisions made before; they go first.
            guess_renames: As :meth:`export_project` does.
            partial: Merge what is clear although conflicts are left: they stay as they are here, and come up again.
        """
        name = conflict_strategy if isinstance(conflict_strategy, str) else "manual"
        empty = MergeSummary(
            success=False, archive_path=_shown_location(path), item_counts=_NOTHING, strategy=name, dry_run=dry_run
        )

        def run() -> MergeSummary:
            from dss_tokens.merge import strategies

            from .merging import plan_merge

            strategy = strategies.get(conflict_strategy) if isinstance(conflict_strategy, str) else conflict_strategy

            def plan(session: Session, archive: Archive, spool: Any) -> Plan:
                return plan_merge(
                    session, archive, spool, strategy, name, resolutions=resolutions, as_new=as_new,
                    accept_skew=accept_skew, guess_renames=guess_renames, partial=partial,
                )  # fmt: skip

            return self._taken_in(location(path), project, empty, plan, dry_run=dry_run, background=background)

        return self._teller.summary("merge" if not dry_run else "analyze", run, empty)

    # --- how it is done ---------------------------------------------------------------------------------------------

    def _taken_in(
        self, source: Location, project: ProjectName | None, empty: Found,
        plan: Callable[[Session, Archive, Any], Plan], *, dry_run: bool, background: bool,
    ) -> Found:  # fmt: skip
        from .spool import Spool

        with self._session(project) as session, self._archive(source, session) as archive:
            operation = "merge" if isinstance(empty, MergeSummary) else "import"
            self._teller.archive(archive, operation, self._now())
            if not background and not dry_run and self._is_large(archive.manifest):
                return replace(empty, requires_background_job=True, project_name=archive.manifest.project_name)
            self._refuse_during_job(session)
            with self._teller.stage("plan"):
                found = plan(session, archive, session.keep(Spool(session.work_folder)))
            return self._applied(session, archive, found, empty, dry_run=dry_run)

    def _applied(self, session: Session, archive: Archive, plan: Plan, empty: Found, *, dry_run: bool) -> Found:
        from .apply import apply_plan

        done = replace(
            empty, success=True, file_size_bytes=archive.container.size, item_counts=_counts(plan.archive),
            project_name=plan.archive.project_name, diagnostics=plan.diagnostics, plan=plan,
            unchanged=plan.is_empty, snapshot=plan.manifest.snapshot, exit_status=5 if plan.open_conflicts else 0,
        )  # type: ignore[call-arg]  # fmt: skip
        for conflict in plan.conflicts:
            strategy = plan.strategy
            self._teller.tell("dss_merge_conflicts_total", kind=conflict.kind, strategy=strategy)
        is_left_open = bool(plan.open_conflicts) and not dry_run
        if is_left_open and not plan.is_partial:
            return _with_conflicts(done, plan, session)
        if not dry_run:
            with self._teller.stage("apply"):
                apply_plan(plan, session, lambda: self._refuse_during_job(session))
            for change, count in plan.counts.items():
                kind = {"removed": "deleted"}.get(change, change)
                self._teller.tell("dss_entities_total", count, operation=plan.operation, kind="tokens", change=kind)
        return _with_conflicts(done, plan, session) if is_left_open else done

    @contextmanager
    def _session(self, project: ProjectName | None) -> Iterator[Session]:
        from .. import wiring

        found = self._project(project)
        limits = self._limits
        if limits is DEFAULTS and found.config is not None:
            limits = DEFAULTS.changed(found.config.limits)
        dialect = found.config.project.dialect if found.config is not None else None
        with open_session(
            found, wiring.reader(dialect=dialect), self._locking, store=self._store, limits=limits, now=self._now
        ) as session:  # fmt: skip
            yield session

    def _project(self, project: ProjectName | None) -> Project:
        if isinstance(project, Project):
            return project
        if project is None:
            return find_project(self._root) if self._root is not None else find_project()
        path = Path(project)
        if path.is_dir():
            return find_project(path)
        if isinstance(project, Path):
            raise InputError(fault("IO_ERROR", "there is no such folder", file=str(project)))
        around = find_project(self._root) if self._root is not None else find_project()
        with open_session(around, _no_decoder(), self._locking, store=self._store) as session:
            if project in (session.known_id, session.name):
                return around
        raise InputError(fault("PROJECT_MISMATCH", f"there is no project {project[:80]!a} here"))

    @contextmanager
    def _archive(self, source: Location, session: Session) -> Iterator[Archive]:
        from .atomic import private_folder
        from .upgrade import write_upgraded

        with self._teller.stage("open"):
            found = Archive.open(source, session.limits, self._trust, self._unlock)
        with found as archive:
            if not archive.is_legacy:
                yield archive
                return
            self._teller.tell("dss_migrations_performed_total")
            with private_folder(session.work_folder) as folder:
                write_upgraded(archive, folder / "upgraded.dss")
                with Archive.open(folder / "upgraded.dss", session.limits) as present:
                    yield present

    def _is_large(self, manifest: Manifest) -> bool:
        records = sum(entry.records for entry in manifest.entries)
        size = sum(entry.size for entry in manifest.entries) + sum(asset.size for asset in manifest.assets)
        return records > self._limits.background_records or size > self._limits.background_size

    def _refuse_during_job(self, session: Session) -> None:
        known = session.known_id
        job = (
            self._locking.active_job(session.store.connection, known, self._now() / 1000) if known is not None else None
        )
        if job is not None:
            since = f"{datetime.fromtimestamp(job.started, UTC):%Y-%m-%d %H:%M:%S} UTC"
            message = f"a background job works on the project: {job.purpose[:80]!a} by {job.owner[:80]!a} since {since}"
            raise InputError(fault("JOB_ACTIVE", message, hint="'dss jobs' shows it"))


def _counts(manifest: Manifest) -> dict[str, int]:
    counts = manifest.counts
    return {
        "tokens": counts.tokens, "components": counts.components, "themes": counts.themes, "assets": counts.assets,
    }  # fmt: skip


def _with_conflicts(done: Found, plan: Plan, session: Session) -> Found:
    from dss_tokens.merge.conflicts import diagnostic

    from .plan import in_few_words

    hint = "decide with --strategy keep_local, keep_remote or keep_newest"
    found = tuple(diagnostic(conflict, hint, show=in_few_words) for conflict in plan.open_conflicts)
    return replace(
        done, success=False, error=error_text(found), diagnostics=(*done.diagnostics, *found), exit_status=5,
        snapshot=session.store.meta("head"),
    )  # fmt: skip


@contextmanager
def _plain_target(target: Path, session: Session, *, is_secret: bool) -> Iterator[Path]:
    """Where the archive is written before it is encrypted: a private folder of the project, or *target* itself."""
    from .atomic import private_folder

    if not is_secret:
        yield target
        return
    with private_folder(session.work_folder) as folder:
        yield folder / "plain.dss"


def _shown_location(path: Location | str) -> Location | None:
    """The place as a summary names it; ``None`` for text that names none, which may hold a password."""
    try:
        return location(path)
    except InputError:
        return None


def _no_decoder() -> Any:
    from .. import wiring

    return wiring.reader()
