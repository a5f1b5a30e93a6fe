"""``dss figma pull``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from .options import dry_run_option, json_option
from .output import conclude, emit_text, note


@click.command("pull")
@click.argument("file", required=False)
@click.option(
    "--from-file", "payload", type=click.Path(exists=True, path_type=Path), metavar="PAYLOAD",
    help="Read a saved answer or export (a file, a folder or a zip) instead of the network.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
    help="The token folder.  [default: tokens, or what dss.toml says]",
)  # fmt: skip
@dry_run_option
@json_option
def command(file: str | None, payload: Path | None, output: Path | None, dry_run: bool, as_json: bool) -> None:
    """Read variables from Figma into token files: one per collection and mode, and a resolver document.

    \b
    Example:
      dss figma pull --from-file variables.json -o tokens
    """
    from .. import files, wiring
    from ..project import find_project
    from ..service import pulling

    if payload is None:
        raise click.UsageError("name a saved answer with --from-file PAYLOAD")
    project = find_project()
    config = project.config
    table = config.figma if config is not None else None
    folder = output or (project.root / table.out if table is not None else Path("tokens"))
    pulled = wiring.read_figma(pulling.payload_documents(payload), pulling.options_of(table))
    plan = pulling.plan_pull(pulled, folder)
    if not dry_run:
        pulling.apply_pull(plan)
    changed = set(plan.changed)
    document = {
        "summary": plan.summary.to_json(),
        "files": [{"path": files.shown(path), "changed": path in changed} for path in plan.contents],
    }
    if not as_json:
        emit_text(table_text(plan.summary.collections))
    conclude(plan.diagnostics, document, as_json=as_json)
    if not as_json:
        verb = "would be written" if dry_run else "written"
        note(f"{len(plan.contents)} files below {files.shown(folder)}, {len(changed)} {verb}")


_COLUMNS = ("collection", "modes", "kind", "variables", "written", "references", "inlined", "left out")


def table_text(rows: Sequence[Any]) -> str:
    """The summary as a table: a row a collection."""
    from .rendering import escaped

    cells = [_COLUMNS]
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
