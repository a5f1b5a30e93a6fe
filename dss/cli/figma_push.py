"""``dss figma push``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .figma_options import base_url_option, figma_project, file_argument, folder_option, library_option, payload_option
from .options import dry_run_option, json_option
from .output import conclude, emit_text, note


@click.command("push")
@file_argument
@payload_option
@library_option
@folder_option
@base_url_option
@click.option("--delete", is_flag=True, help="Delete variables whose tokens were removed since the last pull.")
@click.option("--overwrite", is_flag=True, help="Let the files win where both sides changed.")
@dry_run_option
@json_option
def command(
    file: str | None, payloads: tuple[Path, ...], libraries: dict[str, Path], output: Path | None,
    base_url: str | None, delete: bool, overwrite: bool, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Make Figma's variables say what the token files say: only what differs, in as few requests as its limits allow.

    \b
    Example:
      dss figma push --dry-run
    """
    from .. import journal

    goal = figma_project(file, output, base_url, payloads, libraries)
    if payloads and not dry_run:
        raise click.UsageError("--from-file plans against a saved answer; it needs --dry-run")
    journal.recover(goal.home)
    if payloads:
        plan = goal.plan_push(None, delete=delete, overwrite=overwrite)
        _report(plan, goal.adapter.push.requests_of(plan), dry_run=True, as_json=as_json)
        return
    with goal.connect() as client:
        plan = goal.plan_push(client, delete=delete, overwrite=overwrite)
        bodies = goal.adapter.push.requests_of(plan)
        if not dry_run and (plan.conflicts or _is_refused(plan)):
            bodies = []
        if bodies and not dry_run:
            goal.push(client, plan)
    _report(plan, bodies, dry_run=dry_run, as_json=as_json)


_LEFT_OUT = ("DSS457", "DSS458", "DSS460")
"""Errors about tokens that are left out while the rest is posted."""


def _is_refused(plan: Any) -> bool:
    """Whether Figma would refuse the whole: names that clash, more modes or variables than it holds."""
    return any(found.severity == "error" and found.code not in _LEFT_OUT for found in plan.diagnostics)


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
        from .conflicts import counted

        done = "would be posted" if dry_run else "posted"
        note(f"{counted(len(bodies), 'request')} {done}" if bodies else "nothing to push")
