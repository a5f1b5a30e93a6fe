"""``dss export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .archive import LOCATION, finish, limit_option, limits_of
from .options import FILE, FOLDER, json_option, renames_option

if TYPE_CHECKING:
    from ..export_import.locations import Location


@click.command("export")
@click.argument("project", required=False)
@click.option("-o", "--output", type=LOCATION, required=True, metavar="FILE.dss",
              help="The archive: a file, or s3://, gs:// or az:// and BUCKET/KEY.")  # fmt: skip
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only tokens with this tag; repeatable.")
@click.option("--folder", "folders", multiple=True, metavar="GROUP", help="Only tokens below this group; repeatable.")
@click.option("--set", "sets", multiple=True, metavar="SET", help="Only tokens of this set; repeatable.")
@click.option("--closure/--no-closure", default=True, help="Add what the chosen tokens refer to.  [default: closure]")
@click.option("--assets", type=FOLDER, metavar="DIR", help="Fonts and images to go along.")
@click.option("--sign", type=FILE, metavar="KEY", help="Sign with a secret key (dss keys new).")
@click.option("--recipient", "recipients", multiple=True, metavar="R", help="Encrypt: age1…, ssh-…, or a file of them.")
@click.option("--passphrase", "ask", is_flag=True, help="Encrypt with a passphrase that is asked for.")
@click.option("--overwrite/--no-overwrite", default=None,
              help="Replace an archive that exists.  [default: files yes, objects in the cloud no]")  # fmt: skip
@renames_option
@limit_option
@json_option
def command(
    project: str | None, output: Location, tags: tuple[str, ...], folders: tuple[str, ...], sets: tuple[str, ...],
    closure: bool, assets: Path | None, sign: Path | None, recipients: tuple[str, ...], ask: bool,
    overwrite: bool | None, no_renames: bool, limits: dict[str, int], as_json: bool,
) -> None:  # fmt: skip
    """Write a project, or a part of it, as an archive for another team.

    Equal states give equal archives. A part is never taken for a whole: what it lacks is no deletion.

    \b
    Examples:
      dss export -o acme.dss
      dss export -o brand.dss --tag brand --sign team.key
      dss export -o s3://tokens/acme/1.4.dss
    """
    from ..export_import import DSSProjectService
    from ..export_import.manifest import Query
    from ..export_import.trust import read_secret_key
    from ..project import find_project
    from .output import note

    query = Query(tags=tags, folders=folders, sets=sets) if tags or folders or sets else None
    passphrase = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True, err=True) if ask else None
    service = DSSProjectService(limits=limits_of(find_project(), limits))
    done = service.export_project(
        project, output, query=query, closure=closure, assets=assets,
        sign=read_secret_key(sign) if sign is not None else None, recipients=recipients, passphrase=passphrase,
        overwrite=overwrite, guess_renames=not no_renames,
    )  # fmt: skip
    finish(done, as_json=as_json)
    if not as_json:
        note(f"{output}: {done.item_counts['tokens']:,} tokens, {done.file_size_bytes:,} bytes")
