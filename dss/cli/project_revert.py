"""``dss project revert``."""

from __future__ import annotations

from typing import Any

import click

from .options import dry_run_option, json_option
from .output import emit_json, emit_text


@click.command("revert")
@click.argument("state", required=False)
@click.option("--project", "name", metavar="NAME", help="A project of the store instead of the working folder's.")
@dry_run_option
@json_option
def command(state: str | None, name: str | None, dry_run: bool, as_json: bool) -> None:
    """Bring a project back to STATE: a number or the beginning of a name that 'dss project history' shows.

    Without STATE the last import, merge or revert is undone. The way back is a new state: nothing is lost by it.

    \b
    Examples:
      dss project revert
      dss project revert 3 --dry-run
    """
    document = _stored(name, state, dry_run=dry_run) if name is not None else _here(state, dry_run=dry_run)
    if as_json:
        emit_json({**document, "diagnostics": []})
    elif not document["files"] and name is None:
        emit_text("the files say so already")
    else:
        verb = "would come" if dry_run else "came"
        files = "".join(f"\n  {file}" for file in document["files"])
        emit_text(f"the project {verb} back to {document['number']}{files}")


def _here(state: str | None, *, dry_run: bool) -> dict[str, Any]:
    from .. import files, wiring
    from ..project import find_project
    from ..service.project_states import apply_revert, named_state, open_states, plan_revert

    with open_states(find_project(), wiring.reader()) as session:
        target = named_state(session, state)
        plan = plan_revert(session, target)
        changed = sorted(files.shown(path) for path in (*plan.contents, *plan.removed))
        after = apply_revert(session, plan) if changed and not dry_run else None
    return {"number": target.sequence, "snapshot": target.snapshot, "after": after, "files": changed}


def _stored(name: str, state: str | None, *, dry_run: bool) -> dict[str, Any]:
    from ..project import find_project
    from ..service.projects import project_store, revert_project

    with project_store(find_project().root) as store:
        known = store.project(name)
        if state is not None and not state.isdigit():
            raise click.BadParameter("a revision is a number", param_hint="'[STATE]'")
        number = int(state) if state is not None else known.revision - 1
        target = store.revision(known.id, number)
        made = None if dry_run else revert_project(store, known, number)
    return {"number": target.number, "state": target.state, "revision": made.number if made else None, "files": []}
