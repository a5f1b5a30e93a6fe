"""``dss verify``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .archive import (
    archive_argument,
    identity_option,
    limit_option,
    limits_of,
    show,
    summary,
    trust_of,
    trust_option,
    unlock_of,
)
from .options import json_option

if TYPE_CHECKING:
    from ..export_import.locations import Location
    from ..export_import.report import Report


@click.command("verify")
@archive_argument
@click.option("--structure-only", is_flag=True, help="Check the ZIP container alone; any ZIP may pass.")
@trust_option
@identity_option
@limit_option
@json_option
def command(
    archive: Location, structure_only: bool, trust: tuple[str, ...], required: bool, identities: tuple[Path, ...],
    ask: bool, limits: dict[str, int], as_json: bool,
) -> None:  # fmt: skip
    """Check an archive as an import would; writes nothing. A refusal is status 4.

    \b
    Example:
      dss verify updates.dss --trust team.pub
    """
    from ..export_import.verify import verify, verify_structure
    from ..project import find_project

    def check() -> Report:
        project = find_project()
        bounds = limits_of(project, limits)
        if structure_only:
            return verify_structure(archive, bounds)
        keys = trust_of(project, trust, required=required)
        return verify(archive, bounds, keys, unlock_of(identities, ask=ask))

    show(check, archive, as_json=as_json, text=summary)
