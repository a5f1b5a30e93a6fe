"""``dss figma status``."""

from __future__ import annotations

from pathlib import Path

import click

from .figma_diff import sides
from .figma_options import base_url_option, file_argument, folder_option, payload_option, target
from .options import json_option
from .output import conclude, emit_text


@click.command("status")
@file_argument
@payload_option
@folder_option
@base_url_option
@json_option
def command(file: str | None, payload: Path | None, output: Path | None, base_url: str | None, as_json: bool) -> None:
    """Say how much changed on which side since the last pull.

    \b
    Example:
      dss figma status
    """
    goal = target(file, output, base_url, payload)
    local, remote, has_base = sides(goal, payload)
    document = {"pulled": has_base, "local": len(local), "remote": len(remote)}
    if not as_json:
        if not has_base:
            emit_text("never pulled into this folder\n")
        emit_text(
            f"files: {len(local)} changes since the last pull\nFigma: {len(remote)} changes since the last pull\n"
        )
        if local and remote:
            emit_text("next: dss figma pull brings both together\n")
        elif remote:
            emit_text("next: dss figma pull\n")
        elif local:
            emit_text("next: dss figma push\n")
    conclude([], document, as_json=as_json)
