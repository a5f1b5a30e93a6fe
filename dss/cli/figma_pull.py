"""``dss figma pull``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .figma_options import (
    base_url_option,
    extent_options,
    figma_project,
    file_argument,
    folder_option,
    library_option,
    payload_option,
    strategy_option,
)
from .options import dry_run_option, json_option
from .output import conclude, emit_text, note, progress

if TYPE_CHECKING:
    from dss_tokens.diagnostics import Diagnostic

    from ..service.sync import SyncPlan


@click.command("pull")
@file_argument
@payload_option
@library_option
@folder_option
@base_url_option
@extent_options
@strategy_option
@click.option("-i/-I", "--interactive/--no-interactive", default=None, help="Ask about each conflict.  "
              "[default: on a terminal]")  # fmt: skip
@click.option("--overwrite", is_flag=True, help="Take Figma's side everywhere.")
@dry_run_option
@json_option
def command(
    file: str | None, payloads: tuple[Path, ...], libraries: dict[str, Path], output: Path | None,
    base_url: str | None, styles: bool | None, components: bool | None, strategy: str, interactive: bool | None,
    overwrite: bool, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Bring Figma's variables into token files: one per collection and mode, and a resolver document.

    A pull is a three-way merge: edits of the files survive, conflicts are listed (status 5) unless --strategy or
    your answers decide them.

    \b
    Examples:
      dss figma pull https://www.figma.com/design/KEY/Name
      dss figma pull KEY --styles
      dss figma pull --from-file variables.json -o tokens
    """
    from .. import journal

    goal = figma_project(file, output, base_url, payloads, libraries, styles, components)
    journal.recover(goal.home)
    decide = decider(strategy, interactive, as_json=as_json)
    with progress() as step:
        step("reading from Figma")
        plan = goal.plan_pull(strategy=decide, overwrite=overwrite)
    if plan is None:
        if as_json:
            conclude([], {"files": [], "changes": [], "conflicts": [], "summary": None}, as_json=True)
        note("nothing new in Figma since the last pull")
        return
    if not dry_run and not plan.conflicts:
        goal.apply(plan)
    report(plan, dry_run=dry_run, as_json=as_json)


def decider(strategy: str, interactive: bool | None, *, as_json: bool) -> Any:
    """What decides conflicts: a strategy, or the person at the terminal; never somebody behind a pipe."""
    import sys

    from dss_tokens.merge import strategies

    on_terminal = sys.stdin.isatty() and sys.stderr.isatty()
    if interactive and not on_terminal:
        raise click.UsageError("--interactive needs a terminal; use --strategy")
    asks = interactive if interactive is not None else on_terminal and strategy == "manual" and not as_json
    if not asks:
        return strategies.get(strategy)
    from .deciding import Interview

    return Interview(names=("files", "Figma"))


def report(plan: SyncPlan, *, dry_run: bool, as_json: bool) -> None:
    """Says what a pull did or would do; status 5 with conflicts."""
    from .. import files
    from .conflicts import change_line, print_conflicts

    document = {
        "summary": plan.summary.to_json(),
        "files": [{"path": files.shown(path), "changed": path in plan.contents} for path in plan.paths],
        "removed": [files.shown(path) for path in plan.removed],
        "changes": [change.to_json() for change in plan.changes],
        "conflicts": [conflict.to_json() for conflict in (*plan.conflicts, *plan.decided)],
    }
    if plan.components is not None:
        document["components"] = [component.to_json() for component in plan.components]
    if not as_json and not plan.conflicts:
        emit_text(table_text(plan.summary.collections))
    if not as_json:
        for change in plan.changes if dry_run else ():
            emit_text(change_line(change))
    if plan.conflicts:
        print_conflicts(plan.conflicts, plan.diagnostics, document, folder=plan.folder, as_json=as_json)
        return
    conclude(plan.diagnostics if as_json else few(plan.diagnostics), document, as_json=as_json)
    if not as_json:
        note(_summary(plan, dry_run))


MOST_NOTES = 3
"""Notes of one kind that people see one by one."""


def few(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """*diagnostics* with a word instead of the rest where many notes say the same of other variables."""
    from collections import Counter

    counts = Counter(found.code for found in diagnostics if found.severity == "info")
    shown: Counter[str] = Counter()
    kept = []
    for found in diagnostics:
        many = found.severity == "info" and counts[found.code] > MOST_NOTES + 1
        shown[found.code] += 1
        if not many or shown[found.code] <= MOST_NOTES:
            kept.append(found)
        elif shown[found.code] == counts[found.code]:
            rest = counts[found.code] - MOST_NOTES
            kept.append(replace(found, message=f"the same of {rest} more; --json lists all", path=None, hint=None))
    return kept


def _summary(plan: SyncPlan, dry_run: bool) -> str:
    from .. import files
    from .conflicts import counted

    verb = "would be written" if dry_run else "written"
    parts = [f"{len(plan.paths)} files below {files.shown(plan.folder)}, {len(plan.contents)} {verb}"]
    parts += [f"{len(plan.removed)} removed"] if plan.removed else []
    parts += [f"{len(plan.components)} components"] if plan.components is not None else []
    parts += [f"{counted(len(plan.decided), 'conflict')} decided"] if plan.decided else []
    return ", ".join(parts)


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
