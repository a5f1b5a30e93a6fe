"""``dss keys new``."""

from __future__ import annotations

from pathlib import Path

import click

from .options import FILE


@click.command("new")
@click.argument("file", type=FILE)
@click.option(
    "--comment", default="", metavar="TEXT", help="Whose key it is; anyone who gets the public half reads it."
)
def command(file: Path, comment: str) -> None:
    """Make a key that signs archives: FILE (secret) and FILE.pub (for others). Replaces nothing.

    \b
    Example:
      dss keys new team.key --comment "Design systems"
    """
    from ..export_import.trust import generate_key, write_key_pair
    from .output import emit_text, note

    if "\n" in comment or not comment.isprintable():
        raise click.BadParameter("one printable line", param_hint="--comment")
    key = generate_key(comment)
    public = write_key_pair(key, file)
    emit_text(key.public.to_text())
    note(f"secret: {file}, keep it; public: {public}, give it to those who shall trust it")
