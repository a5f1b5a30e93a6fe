"""``dss figma diff``."""

from __future__ import annotations

from pathlib import Path

import click

from .figma_options import base_url_option, figma_project, file_argument, folder_option, library_option, payload_option
from .options import json_option
from .output import conclude, emit_text


@click.command("diff")
@file_argument
@payload_option
@library_option
@folder_option
@base_url_option
@json_option
def command(
    file: str | None, payloads: tuple[Path, ...], libraries: dict[str, Path], output: Path | None,
    base_url: str | None, as_json: bool,
) -> None:  # fmt: skip
    """List what changed in the files and in Figma since the last pull, token by token.

    \b
    Example:
      dss figma diff
    """
    from .conflicts import change_line, counted

    found = figma_project(file, output, base_url, payloads, libraries).compare()
    document = {
        "pulled": found.was_pulled,
        "local": [change.to_json() for change in found.local],
        "remote": [change.to_json() for change in found.remote],
    }
    if not as_json:
        for title, changes in (("in the files", found.local), ("in Figma", found.remote)):
            lines = [line for change in changes if (line := change_line(change))]
            emit_text(f"{title}: {counted(len(lines), 'change')}\n" + "".join(lines))
    conclude(found.diagnostics, document, as_json=as_json)
