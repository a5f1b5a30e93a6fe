"""``dss figma pull``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .figma_options import (
    Target,
    base_url_option,
    file_argument,
    folder_option,
    payload_option,
    strategy_option,
    target,
    tell_wait,
)
from .options import dry_run_option, json_option
from .output import conclude, emit_text, note, progress

if TYPE_CHECKING:
    from ..service.sync import SyncPlan


@click.command("pull")
@file_argument
@payload_option
@folder_option
@base_url_option
@strategy_option
@click.option("--overwrite", is_flag=True, help="Take Figma's side everywhere.")
@dry_run_option
@json_option
def command(
    file: str | None,
    payload: Path | None,
    output: Path | None,
    base_url: str | None,
    strategy: str,
    overwrite: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring Figma's variables into token files: one per collection and mode, and a resolver document.

    A pull is a three-way merge: edits of the files survive, conflicts are listed (status 5) unless --strategy
    decides them.

    \b
    Examples:
      dss figma pull https://www.figma.com/design/KEY/Name
      dss figma pull --from-file variables.json -o tokens
    """
    from .. import journal
    from ..service import sync

    goal = target(file, output, base_url, payload)
    journal.recover(sync.home_of(goal.project.root, goal.folder))
    with progress() as step:
        step("reading from Figma")
        plan = planned(goal, payload, strategy, overwrite)
    if plan is None:
        if as_json:
            conclude([], {"files": [], "changes": [], "conflicts": [], "summary": None}, as_json=True)
        note("nothing new in Figma since the last pull")
        return
    if not dry_run and not plan.conflicts:
        sync.apply_pull(plan, goal.project.root)
    _report(plan, dry_run=dry_run, as_json=as_json)


def planned(goal: Target, payload: Path | None, strategy: str, overwrite: bool) -> SyncPlan | None:
    """The plan of a pull; ``None`` when one cheap request told that nothing is new."""
    from .. import wiring
    from ..service import figma_file, pulling, sync

    base = sync.read_base(sync.home_of(goal.project.root, goal.folder), goal.folder)
    version = figma_file.Version(None, None)
    if payload is not None:
        documents = pulling.payload_documents(payload)
        version = figma_file.Version(None, int(payload.stat().st_mtime * 1000))
    else:
        assert goal.key is not None
        with wiring.figma_client(goal.project.root, base_url=goal.base_url, on_wait=tell_wait) as client:
            version = figma_file.version_of(client, goal.key)
            if not overwrite and figma_file.is_unchanged(base, goal.key, version):
                return None
            documents = {f"{goal.key}.json": client.local_variables(goal.key)}
    pulled = wiring.read_figma(documents, goal.options)
    return sync.plan_pull(
        pulled, goal.folder, goal.project.root, strategy=strategy, overwrite=overwrite, version=version.version,
        file_key=goal.key, times=_times(goal.folder, version.touched),
    )  # fmt: skip


def _times(folder: Path, touched: int | None) -> tuple[int, int] | None:
    """When the files and when Figma were changed last, in ms."""
    if touched is None or not folder.is_dir():
        return None
    newest = max((path.stat().st_mtime for path in folder.rglob("*.json")), default=0.0)
    return int(newest * 1000), touched


def _report(plan: SyncPlan, *, dry_run: bool, as_json: bool) -> None:
    from .. import files
    from .conflicts import print_conflicts

    changed = set(plan.changed)
    document = {
        "summary": plan.summary.to_json(),
        "files": [{"path": files.shown(path), "changed": path in changed} for path in plan.contents],
        "removed": [files.shown(path) for path in plan.removed],
        "changes": [change.to_json() for change in plan.changes],
        "conflicts": [conflict.to_json() for conflict in plan.conflicts],
    }
    if not as_json:
        emit_text(table_text(plan.summary.collections))
    if plan.conflicts:
        print_conflicts(plan.conflicts, plan.diagnostics, document, as_json=as_json)
        return
    conclude(plan.diagnostics, document, as_json=as_json)
    if not as_json:
        verb = "would be written" if dry_run else "written"
        gone = f", {len(plan.removed)} removed" if plan.removed else ""
        kept = f"; {len(plan.decided)} conflicts decided" if plan.decided else ""
        note(f"{len(plan.contents)} files below {files.shown(plan.folder)}, {len(changed)} {verb}{gone}{kept}")


_COLUMNS = ("collection", "modes", "kind", "variables", "written", "references", "inlined", "left out")


def table_text(rows: Sequence[Any]) -> str:
    """The summary as a table: a row a collection."""
    from .rendering import escaped

    cells: list[tuple[str, ...]] = [_COLUMNS]
    for row in rows:
        left_out = row.remote + row.deleted + row.unknown
        modes = ", ".join(row.modes[:3]) + (f" +{len(row.modes) - 3}" if len(row.modes) > 3 else "")
        counts = (row.variables, row.written, row.references, row.inlined, left_out)
        cells.append((escaped(row.name), escaped(modes), row.kind, *map(str, counts)))
    widths = [max(len(row[place]) for row in cells) for place in range(len(_COLUMNS))]
    lines = []
    for row in cells:
        texts = [
            cell.ljust(width) if place < 3 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(texts).rstrip())
    return "\n".join(lines) + "\n"
