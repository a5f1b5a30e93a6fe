"""``dss import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .archive import (
    archive_argument,
    finish,
    identity_option,
    limit_option,
    limits_of,
    show_plan,
    skew_option,
    trust_of,
    trust_option,
    unlock_of,
)
from .options import dry_run_option, json_option, renames_option

if TYPE_CHECKING:
    from ..export_import.locations import Location


@click.command("import")
@archive_argument
@click.option(
    "-s", "--strategy", type=click.Choice(["replace", "merge"]), default="replace", show_default=True,
    help="replace: the project becomes what the archive is; merge: both sides' changes stay.",
)  # fmt: skip
@dry_run_option
@click.option("--markdown", is_flag=True, help="Print the plan as Markdown.")
@click.option("--as-new", is_flag=True, help="Take the archive of another project.")
@renames_option
@skew_option
@trust_option
@identity_option
@limit_option
@json_option
def command(
    archive: Location, strategy: str, dry_run: bool, markdown: bool, as_new: bool, no_renames: bool,
    accept_skew: bool, trust: tuple[str, ...], required: bool, identities: tuple[Path, ...], ask: bool,
    limits: dict[str, int], as_json: bool,
) -> None:  # fmt: skip
    """Take an archive into the project, all or nothing.

    \b
    Examples:
      dss import acme.dss --dry-run
      dss import acme.dss --trust team.key.pub
      dss import s3://tokens/acme.dss
    """
    from ..export_import import DSSProjectService
    from ..project import find_project

    project = find_project()
    service = DSSProjectService(
        limits=limits_of(project, limits), trust=trust_of(project, trust, required=required),
        unlock=unlock_of(identities, ask=ask),
    )  # fmt: skip
    done = service.import_project(
        archive, strategy, project=project, dry_run=dry_run, background=True, as_new=as_new,  # type: ignore[arg-type]
        accept_skew=accept_skew, guess_renames=not no_renames,
    )  # fmt: skip
    finish(done, as_json=as_json)
    if not as_json:
        show_plan(done, markdown=markdown)
