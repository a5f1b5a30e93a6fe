"""``dss inspect``."""

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


@click.command("inspect")
@archive_argument
@trust_option
@identity_option
@limit_option
@json_option
def command(
    archive: Location, trust: tuple[str, ...], required: bool, identities: tuple[Path, ...], ask: bool,
    limits: dict[str, int], as_json: bool,
) -> None:  # fmt: skip
    """Show what is in an archive, after verifying it.

    \b
    Example:
      dss inspect updates.dss
    """
    from ..export_import.verify import verify
    from ..project import find_project

    def check() -> Report:
        project = find_project()
        keys = trust_of(project, trust, required=required)
        return verify(archive, limits_of(project, limits), keys, unlock_of(identities, ask=ask))

    show(check, archive, as_json=as_json, text=_text)


def _text(report: Report) -> str:
    from .rendering import escaped

    assert report.content is not None
    manifest = report.content.manifest
    scope = "the whole project" if manifest.scope.complete else "a part of the project"
    rows = [
        ("project", f"{manifest.project_name} ({manifest.project_id})"),
        ("state", f"{manifest.snapshot}, number {manifest.sequence}"),
        ("scope", scope),
        ("written by", f"{manifest.tool}, format version {manifest.source_version}"),
        ("last change", manifest.stamp),
    ]
    lines = [summary(report), "", *(f"{name:<12} {escaped(value)}" for name, value in rows), ""]
    width = max((len(found.name) for found in report.content.sets), default=0)
    sets = sorted(report.content.sets, key=lambda found: found.name)
    lines += [f"{escaped(found.name):<{width}}  {found.tokens:>9,} tokens" for found in sets]
    lines += [f"{escaped(asset.path)}  {asset.media_type}, {asset.size:,} bytes" for asset in manifest.assets]
    return "\n".join(lines)
