"""``dss upgrade``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .archive import LOCATION, archive_argument, identity_option, limit_option, limits_of, unlock_of
from .options import FILE, json_option

if TYPE_CHECKING:
    from ..export_import.locations import Location


@click.command("upgrade")
@archive_argument
@click.option("-o", "--output", type=LOCATION, required=True, metavar="NEW.dss", help="The new file.")
@click.option("--sign", type=FILE, metavar="KEY", help="Sign the new file with a secret key.")
@click.option("--force", is_flag=True, help="Replace an existing file.")
@identity_option
@limit_option
@json_option
def command(
    archive: Location, output: Location, sign: Path | None, force: bool, identities: tuple[Path, ...], ask: bool,
    limits: dict[str, int], as_json: bool,
) -> None:  # fmt: skip
    """Write an archive of an old format version as a new file in the present one.

    \b
    Example:
      dss upgrade old.dss -o new.dss
    """
    from ..export_import.trust import read_secret_key
    from ..export_import.upgrade import upgrade_archive
    from ..project import find_project
    from .output import conclude, note

    signer = read_secret_key(sign) if sign is not None else None
    bounds, unlock = limits_of(find_project(), limits), unlock_of(identities, ask=ask)
    written = upgrade_archive(archive, output, limits=bounds, unlock=unlock, signer=signer, overwrite=force)
    counts = written.content.manifest.counts
    conclude([], {"ok": True, "path": str(output), "tokens": counts.tokens, "size": written.size}, as_json=as_json)
    if not as_json:
        note(f"{output}: {counts.tokens:,} tokens, {written.size:,} bytes")
