"""``dss project delete``."""

from __future__ import annotations

import click

from .options import json_option
from .output import emit_json, note


@click.command("delete")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def command(name: str, yes: bool, as_json: bool) -> None:
    """Delete the project NAME from the store, with all its revisions. Files in folders stay."""
    from ..project import find_project
    from ..service.projects import project_store

    with project_store(find_project().root) as store:
        known = store.project(name)
        if not yes:
            click.confirm(f"delete {known.name} with {known.revision} revisions?", abort=True, err=True)
        store.delete_project(known.id, expected=known.revision)
        store.sweep()
    if as_json:
        emit_json({"id": known.id, "name": known.name, "diagnostics": []})
    else:
        note(f"{known.name} is deleted")
