"""``dss project create``."""

from __future__ import annotations

from pathlib import Path

import click

from .options import FOLDER, json_option
from .output import emit_json, emit_text


@click.command("create")
@click.argument("name")
@click.option("--folder", type=FOLDER, metavar="DIR", help="A folder of tokens; its content is the first revision.")
@json_option
def command(name: str, folder: Path | None, as_json: bool) -> None:
    """Make the project NAME in the store.

    \b
    Example:
      dss project create acme --folder .
    """
    from .. import wiring
    from ..project import find_project
    from ..service.projects import create_project, project_store

    if folder is not None and not folder.is_dir():
        raise click.BadParameter(f"there is no folder {folder}", param_hint="'--folder'")
    source = find_project(folder) if folder is not None else None
    with project_store(find_project().root) as store:
        made = create_project(store, name, source, wiring.reader())
    if as_json:
        document = {"id": made.id, "name": made.name, "root": made.root, "revision": made.revision}
        emit_json({**document, "diagnostics": []})
    else:
        emit_text(f"{made.name}  {made.id}  revision {made.revision}")
