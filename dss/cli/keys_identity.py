"""``dss keys identity``."""

from __future__ import annotations

from pathlib import Path

import click

from .options import FILE


@click.command("identity")
@click.argument("file", type=FILE)
def command(file: Path) -> None:
    """Make an identity that opens archives encrypted for it; prints its recipient. Replaces nothing.

    \b
    Example:
      dss keys identity mine.txt
    """
    from ..export_import.encryption import write_identity
    from .output import emit_text, note

    emit_text(write_identity(file))
    note(f"secret: {file}, keep it; give the line above to those who export for you (--recipient)")
