"""``dss project list``."""

from __future__ import annotations

import click

from .options import json_option
from .output import emit_json, emit_text
from .tables import table


@click.command("list")
@json_option
def command(as_json: bool) -> None:
    """List the projects of the store (DSS_STORE)."""
    from ..project import find_project
    from ..service.projects import project_store

    with project_store(find_project().root) as store:
        known = list(store.projects(limit=10_000))
    if as_json:
        rows = [
            {"id": one.id, "name": one.name, "root": one.root, "revision": one.revision,
             "updated": one.updated.isoformat()}
            for one in known
        ]  # fmt: skip
        emit_json({"projects": rows, "diagnostics": []})
    elif known:
        cells = [(one.name, str(one.revision), one.root or "", one.id) for one in known]
        emit_text(table(("name", "revision", "folder", "id"), cells))
    else:
        emit_text("the store has no projects; 'dss project create NAME' makes one")
