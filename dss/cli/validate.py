"""``dss validate``."""

from __future__ import annotations

from pathlib import Path

import click

from .options import dialect_option, resolver_option, sources_argument, strict_option
from .output import conclude, note


@click.command("validate")
@sources_argument
@resolver_option
@strict_option
@dialect_option
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "sarif", "github"]), default="text", show_default=True,
    help="How to print what was found.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def command(
    sources: tuple[str, ...], resolver: Path | None, strict: bool, dialect: str | None, style: str, as_json: bool
) -> None:
    """Check token files; list every fault with its place. All contexts of a resolver document are checked.

    \b
    Example:
      dss validate tokens --strict
    """
    from .. import wiring
    from ..service.resolving import resolve_all

    reading = wiring.read(sources, resolver, strict=strict, dialect=dialect)
    resolved = resolve_all(reading, {}, strict=strict)
    if as_json or style == "json":
        conclude(resolved.diagnostics, as_json=True)
        return
    if style != "text":
        from .reports import report

        report(resolved.diagnostics, style)
        return
    conclude(resolved.diagnostics)
    note(f"{len(resolved.base.tokens)} tokens in {len(reading.files)} files: no errors")
