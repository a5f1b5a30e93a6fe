"""``dss figma status``."""

from __future__ import annotations

from pathlib import Path

import click

from .figma_options import base_url_option, figma_project, file_argument, folder_option, library_option, payload_option
from .options import json_option
from .output import conclude, emit_text


@click.command("status")
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
    """Say how much changed on which side since the last pull.

    \b
    Example:
      dss figma status
    """
    found = figma_project(file, output, base_url, payloads, libraries).compare()
    document = {"pulled": found.was_pulled, "local": len(found.local), "remote": len(found.remote)}
    if not as_json:
        emit_text(_text(found.was_pulled, len(found.local), len(found.remote)))
    conclude(found.diagnostics, document, as_json=as_json)


def _text(was_pulled: bool, local: int, remote: int) -> str:
    if not was_pulled:
        return "never pulled into this folder\nnext: dss figma pull\n"
    text = f"files: {local} changes since the last pull\nFigma: {remote} changes since the last pull\n"
    if local and remote:
        return text + "next: dss figma pull brings both together\n"
    return text + ("next: dss figma pull\n" if remote else "next: dss figma push\n" if local else "")
