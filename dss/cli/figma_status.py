"""``dss figma status``."""

from __future__ import annotations

from collections.abc import Mapping
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
    from .conflicts import change_line

    found = figma_project(file, output, base_url, payloads, libraries).compare()
    local, remote = (sum(bool(change_line(one)) for one in changes) for changes in (found.local, found.remote))
    document = {"pulled": found.was_pulled, "local": local, "remote": remote, "unheld": dict(found.unheld)}
    if not as_json:
        emit_text(_text(local, remote, found.unheld) if found.was_pulled else _NEVER)
    conclude(found.diagnostics, document, as_json=as_json)


_NEVER = "never pulled into this folder\nnext: dss figma pull\n"


def _text(local: int, remote: int, unheld: Mapping[str, int]) -> str:
    from .conflicts import counted

    left = sum(unheld.values())
    sides = (("files", local), ("Figma", remote))
    text = "".join(f"{side}: {counted(number, 'change')} since the last pull\n" for side, number in sides)
    if left:
        text += f"{left} of the files' changes stay here: Figma has no variables for {', '.join(sorted(unheld))}\n"
    if local and remote:
        return text + "next: dss figma pull brings both together\n"
    return text + ("next: dss figma pull\n" if remote else "next: dss figma push\n" if local > left else "")
