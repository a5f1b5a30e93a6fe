"""``dss figma push``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .figma_options import base_url_option, file_argument, folder_option, payload_option, target, tell_wait
from .options import dry_run_option, json_option
from .output import conclude, emit_text, note


@click.command("push")
@file_argument
@payload_option
@folder_option
@base_url_option
@click.option("--delete", is_flag=True, help="Delete variables whose tokens were removed since the last pull.")
@click.option("--overwrite", is_flag=True, help="Let the files win where both sides changed.")
@dry_run_option
@json_option
def command(
    file: str | None,
    payload: Path | None,
    output: Path | None,
    base_url: str | None,
    delete: bool,
    overwrite: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make Figma's variables say what the token files say: only what differs, in as few requests as its limits allow.

    \b
    Example:
      dss figma push --dry-run
    """
    from .. import wiring
    from ..service import figma_file, pulling, sync

    goal = target(file, output, base_url, payload)
    if payload is not None and not dry_run:
        raise click.UsageError("--from-file plans against a saved answer; it needs --dry-run")
    home = sync.home_of(goal.project.root, goal.folder)
    base = sync.read_base(home, goal.folder)
    push = wiring.figma_push()
    options = push.PushOptions(pull=wiring.figma_pull_options(goal.options), delete=delete, overwrite=overwrite)
    local = sync.folder_documents(goal.folder)
    before = base.documents if base is not None else None
    if payload is not None:
        fresh: Any = next(iter(pulling.payload_documents(payload).values()))
        plan = push.plan_push(local, fresh, before, options)
        _report(plan, push.requests_of(plan), dry_run=True, as_json=as_json)
        return
    assert goal.key is not None
    with wiring.figma_client(goal.project.root, base_url=goal.base_url, on_wait=tell_wait) as client:
        plan = push.plan_push(local, client.local_variables(goal.key), before, options)
        bodies = push.requests_of(plan)
        if not dry_run and not plan.conflicts and bodies:
            figma_file.push(client, goal.key, bodies, push.real_ids_in, home)
            fresh = client.local_variables(goal.key)
            pulled = wiring.read_figma({f"{goal.key}.json": fresh}, goal.options)
            version = figma_file.version_of(client, goal.key)
            after = sync.plan_pull(
                pulled, goal.folder, goal.project.root, strategy="keep_remote", version=version.version,
                file_key=goal.key,
            )  # fmt: skip
            sync.apply_pull(after, goal.project.root)
    _report(plan, bodies, dry_run=dry_run, as_json=as_json)


def _report(plan: Any, bodies: list[Any], *, dry_run: bool, as_json: bool) -> None:
    from .rendering import escaped

    document = {
        "changes": [change._asdict() for change in plan.changes],
        "conflicts": [change._asdict() for change in plan.conflicts],
        "requests": bodies if dry_run else len(bodies),
    }
    if not as_json:
        for change in plan.changes:
            emit_text(f"{change.kind} {escaped(change.name)}  {escaped(change.detail)}".rstrip() + "\n")
        if dry_run:
            import json

            emit_text("".join(json.dumps(body, indent=2, ensure_ascii=False) + "\n" for body in bodies))
        for change in plan.conflicts:
            note(f"conflict: {escaped(change.name)}  {escaped(change.detail)}")
    if plan.conflicts:
        conclude(plan.diagnostics, document, as_json=as_json)
        note(f"{len(plan.conflicts)} changed on both sides: pull first, or push with --overwrite; nothing was posted")
        click.get_current_context().exit(5)
    conclude(plan.diagnostics, document, as_json=as_json)
    if not as_json:
        note("nothing to push" if not bodies else f"{len(bodies)} requests {'would be ' if dry_run else ''}posted")
