"""What the Figma commands share: which file, which folder, which server, and how waits are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError

from .output import note

if TYPE_CHECKING:
    from ..service.figma_project import FigmaProject

Command = TypeVar("Command", bound=Callable[..., Any])

STRATEGIES = ("manual", "keep_local", "keep_remote", "keep_newest")
READABLE = click.Path(exists=True, path_type=Path)


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
        "--from-file", "payloads", type=READABLE, metavar="PAYLOAD", multiple=True,
        help="Read a saved answer or export (a file, a folder or a zip) instead of asking Figma; repeatable.",
    )(command)  # fmt: skip


def library_option(command: Command) -> Command:
    """``--library``."""
    return click.option(
        "--library", "libraries", metavar="NAME=PAYLOAD", multiple=True, callback=_libraries,
        help="With --from-file: the saved answer of a library that the file refers to; repeatable.",
    )(command)  # fmt: skip


def _libraries(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, Path]:
    found = {}
    for value in values:
        name, equals, path = value.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"'{value}' is not NAME=PAYLOAD", ctx=context, param=parameter)
        found[name] = READABLE.convert(path, parameter, context)
    return found


def extent_options(command: Command) -> Command:
    """``--styles`` and ``--components``."""
    styles = click.option(
        "--styles/--no-styles", default=None, help="Pull the file's styles as well; they work on every plan."
    )
    components = click.option(
        "--components/--no-components", default=None, help="Keep the names of the file's components in the store."
    )
    return styles(components(command))


def strategy_option(command: Command) -> Command:
    """``-s``/``--strategy``."""
    return click.option(
        "-s", "--strategy", type=click.Choice(STRATEGIES), default="manual", show_default=True,
        help="How to decide conflicts: local = the files, remote = Figma.",
    )(command)  # fmt: skip


def figma_project(
    file: str | None, output: Path | None, base_url: str | None, payloads: tuple[Path, ...] = (),
    libraries: dict[str, Path] | None = None, styles: bool | None = None, components: bool | None = None,
) -> FigmaProject:  # fmt: skip
    """Which file and folder a command means.

    Raises:
        InputError: Neither the command nor dss.toml names a file, and none is saved.
    """
    from .. import wiring
    from ..project import find_project

    project = find_project()
    table = project.config.figma if project.config is not None else None
    folder = output or (project.root / table.out if table is not None else Path("tokens"))
    named = file or (table.file if table is not None else None)
    if not named and not payloads:
        raise InputError(
            Diagnostic(
                code="DSS416", message="no Figma file is named",
                hint='name its key or URL, set file = "…" below [figma] in dss.toml, or use --from-file',
            )
        )  # fmt: skip
    if libraries and not payloads:
        raise click.UsageError("--library goes with --from-file; otherwise dss.toml names libraries: [figma.libraries]")
    key = wiring.figma_key(named) if named else ""
    return wiring.figma_project(
        project, folder, key=key, styles=styles, components=components, base_url=base_url, on_wait=tell_wait,
        saved=payloads, saved_libraries=libraries,
    )  # fmt: skip


def tell_wait(wait: Any) -> None:
    """Says that and why the client waits: a pull never blocks in silence."""
    note(f"waiting {wait.seconds:.0f} s: {wait.reason}")
