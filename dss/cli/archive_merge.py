"""``dss merge FILE.dss``: an archive into the project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .archive import finish, limits_of, show_plan, trust_of, unlock_of

if TYPE_CHECKING:
    from ..export_import.locations import Location


def merge_archive(
    archive: Location, *, strategy: Any, resolutions: Any, partial: bool, guess_renames: bool, dry_run: bool,
    as_json: bool, as_new: bool, accept_skew: bool, trust: tuple[str, ...], required: bool,
    identities: tuple[Path, ...], ask: bool, limits: dict[str, int],
) -> None:  # fmt: skip
    """Merge *archive* into the project around the working folder, and leave with the status of what came of it.

    Args:
        strategy: The name of one, or one itself.
        resolutions: Decisions made before.
        partial: Merge what is clear, whatever is left open.
    """
    from ..export_import import DSSProjectService
    from ..project import find_project

    project = find_project()
    service = DSSProjectService(
        limits=limits_of(project, limits), trust=trust_of(project, trust, required=required),
        unlock=unlock_of(identities, ask=ask),
    )  # fmt: skip
    done = service.merge_project(
        project, archive, strategy, resolutions=resolutions, dry_run=dry_run, background=True, as_new=as_new,
        accept_skew=accept_skew, guess_renames=guess_renames, partial=partial,
    )  # fmt: skip
    finish(done, as_json=as_json)
    if not as_json:
        show_plan(done, markdown=False)
