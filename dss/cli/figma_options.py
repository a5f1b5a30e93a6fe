"""What the Figma commands share: which file, which folder, which server, and how waits are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError

from .output import note

if TYPE_CHECKING:
    from ..project import Project

Command = TypeVar("Command", bound=Callable[..., Any])

STRATEGIES = ("manual", "keep_local", "keep_remote", "keep_newest")


class Target(NamedTuple):
    """What a command works on."""

    project: Project
    folder: Path
    """The token folder."""

    key: str | None
    """The file's key; ``None`` where a saved answer stands in for it."""

    options: dict[str, Any]
    """Of the reader."""

    base_url: str | None


def file_argument(command: Command) -> Command:
    """``[FILE]``: a file key or any Figma URL; default from dss.toml."""
    return click.argument("file", required=False)(command)


def folder_option(command: Command) -> Command:
    """``-o``: the token folder."""
    return click.option(
        "-o", "--output", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
        help="The token folder.  [default: tokens, or what dss.toml says]",
    )(command)  # fmt: skip


def base_url_option(command: Command) -> Command:
    """``--base-url``."""
    return click.option("--base-url", metavar="URL", help="Another server, e.g. https://api.figma-gov.com.")(command)


def payload_option(command: Command) -> Command:
    """``--from-file``."""
    return click.option(
        "--from-file", "payload", type=click.Path(exists=True, path_type=Path), metavar="PAYLOAD",
        help="Read a saved answer or export (a file, a folder or a zip) instead of the network.",
    )(command)  # fmt: skip


def strategy_option(command: Command) -> Command:
    """``-s``/``--strategy``."""
    return click.option(
        "-s", "--strategy", type=click.Choice(STRATEGIES), default="manual", show_default=True,
        help="How to decide conflicts: local = the files, remote = Figma.",
    )(command)  # fmt: skip


def target(file: str | None, output: Path | None, base_url: str | None, payload: Path | None = None) -> Target:
    """Which file and folder a command means.

    Raises:
        InputError: Neither the command nor dss.toml names a file.
    """
    from .. import wiring
    from ..project import find_project
    from ..service import sync

    project = find_project()
    table = project.config.figma if project.config is not None else None
    folder = output or (project.root / table.out if table is not None else Path("tokens"))
    named = file or (table.file if table is not None else None)
    key = wiring.figma_key(named) if named and payload is None else None
    if key is None and payload is None:
        raise InputError(
            Diagnostic(
                code="DSS416", message="no Figma file is named",
                hint='name its key or URL, set file = "…" below [figma] in dss.toml, or use --from-file',
            )
        )  # fmt: skip
    server = base_url or (table.base_url if table is not None else None)
    return Target(project, folder, key, sync.options_of(table), server)


def tell_wait(wait: Any) -> None:
    """Says that and why the client waits: a pull never blocks in silence."""
    note(f"waiting {wait.seconds:.0f} s: {wait.reason}")
