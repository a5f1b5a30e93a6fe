"""``dss convert``."""

from __future__ import annotations

from pathlib import Path

import click

from dss_tokens.diagnostics import has_errors

from .options import dry_run_option, json_option, resolver_option, sources_argument, strict_option
from .output import conclude, note


@click.command("convert")
@sources_argument
@click.option("--to", "dialect", required=True, metavar="DIALECT", help="dtcg, style-dictionary, tokens-studio, figma.")
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, metavar="DIR",
    help="The folder to write.",
)  # fmt: skip
@resolver_option
@click.option("--dialect", "given", metavar="NAME", help="Read every file as this dialect instead of recognising it.")
@strict_option
@dry_run_option
@json_option
def command(
    sources: tuple[str, ...],
    dialect: str,
    output: Path,
    resolver: Path | None,
    given: str | None,
    strict: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write token files as another tool's: DTCG, Style Dictionary, Tokens Studio or Figma's export of modes.

    What the target has no form for is told, and kept in $extensions where that is possible, so that converting back
    gives the same tokens.

    \b
    Example:
      dss convert tokens --to style-dictionary -o old
    """
    from .. import files, wiring
    from ..service import converting

    reading = wiring.read(sources, resolver, strict=strict, dialect=given)
    made = converting.plan(wiring.converter(), reading, dialect, output, strict=strict)
    if not dry_run and not has_errors(made.diagnostics):
        made.apply()
    changed = set(made.changed)
    document = {"files": [{"path": files.shown(path), "changed": path in changed} for path in made.files]}
    conclude(made.diagnostics, document, as_json=as_json)
    if not as_json:
        for path in made.files:
            what = ("would change" if dry_run else "written") if path in changed else "unchanged"
            note(f"{files.shown(path)}: {what}")
