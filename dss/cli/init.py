"""``dss init``."""

from __future__ import annotations

from pathlib import Path

import click

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError

from .output import note


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path(), metavar="[DIR]")
def command(folder: Path) -> None:
    """Write a dss.toml and sample tokens: a light and a dark theme. Nothing that exists is overwritten.

    \b
    Example:
      dss init my-tokens
    """
    from .. import files
    from ..service.starting import starter_files

    made = {folder / name: data for name, data in starter_files(folder.resolve().name).items()}
    existing = [path for path in made if path.exists()]
    if existing:
        raise InputError(
            *(
                Diagnostic(
                    code="DSS117", message=f"{files.shown(path)} exists; nothing was written", file=files.shown(path),
                    hint="name another folder, or remove it first",
                )
                for path in existing
            )
        )  # fmt: skip
    files.write(made)
    for path in made:
        note(f"{files.shown(path)}: written")
    note("next: dss translate" if folder == Path() else f"next: cd {files.shown(folder)} && dss translate")
