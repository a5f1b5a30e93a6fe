"""``dss mv``: rename a token or group, all its references, its identity."""

from __future__ import annotations

import click

from .options import dry_run_option, json_option
from .output import conclude, emit_text


@click.command("mv")
@click.argument("old")
@click.argument("new")
@dry_run_option
@json_option
def command(old: str, new: str, dry_run: bool, as_json: bool) -> None:
    """Rename the token or group OLD to the path NEW in every file of the project.

    References follow in every syntax, those of resolver documents too. dss.lock remembers who it was, so that merges
    with other teams and archives see a rename, not a removal.

    \b
    Examples:
      dss mv color.brand color.accent
      dss mv colour color --dry-run
    """
    from .. import files, journal, wiring
    from ..project import find_project
    from ..service.moving import known_project_id, plan_move

    project = find_project()
    wiring.finish_interrupted(project)
    identity = known_project_id(project)
    plan = plan_move(project, old, new, project_id=identity, reader=wiring.reader())
    changed = sorted(files.shown(path) for path in plan.contents)
    if not dry_run:
        journal.write_all(project.root, plan.contents)
    document = {
        "from": old, "to": new, "kind": "group" if plan.is_group else "token", "sets": list(plan.sets),
        "tokens": plan.tokens, "references": plan.references, "files": changed,
    }  # fmt: skip
    if not as_json:
        verb = "would be called" if dry_run else "is called"
        what = f"{plan.tokens} tokens" if plan.is_group else "1 token" if plan.tokens == 1 else f"{plan.tokens} tokens"
        emit_text(f"{old} {verb} {new}: {what}, {plan.references} references, {len(changed)} files")
    conclude(plan.diagnostics, document, as_json=as_json)
