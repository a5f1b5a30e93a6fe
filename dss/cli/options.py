"""Options that several commands share, with one spelling and one help text each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
Option = Callable[[Command], Command]

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


def json_option(command: Command) -> Command:
    """``--json`` as ``as_json: bool``."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def strict_option(command: Command) -> Command:
    """``--strict`` as ``strict: bool``."""
    help = "Make legacy forms and other leniencies errors."
    return click.option("--strict", is_flag=True, help=help)(command)


def dialect_option(command: Command) -> Command:
    """``--dialect NAME`` as ``dialect: str | None``."""
    help = "Read every file as this dialect instead of recognising it."
    return click.option("--dialect", metavar="NAME", help=help)(command)


def renames_option(command: Command) -> Command:
    """``--no-renames`` as ``no_renames: bool``."""
    help = "Do not take equal values under new names for renames."
    return click.option("--no-renames", is_flag=True, help=help)(command)


def sources_argument(command: Command) -> Command:
    """``[SOURCE]...`` as ``sources: tuple[str, ...]``: files, folders or globs."""
    return click.argument("sources", metavar="[SOURCE]...", nargs=-1)(command)


def resolver_option(command: Command) -> Command:
    """``--resolver F`` as ``resolver: Path | None``."""
    help = "A DTCG resolver document; its files are relative to it."
    return click.option("--resolver", type=FILE, metavar="FILE", help=help)(command)


def input_option(command: Command) -> Command:
    """``--input M=C`` as ``inputs: dict[str, str]``: modifier -> context; the last one holds."""
    return click.option(
        "--input",
        "inputs",
        multiple=True,
        metavar="MODIFIER=CONTEXT",
        callback=_inputs,
        help="Choose a context of a modifier; repeatable.",
    )(command)


def _inputs(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    inputs = {}
    for value in values:
        name, equals, choice = value.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"'{value}' is not MODIFIER=CONTEXT", ctx=context, param=parameter)
        inputs[name] = choice
    return inputs


def output_option(default: str | None = None, *, help: str = "Where to write.", file: bool = False) -> Option[Command]:
    """``-o``/``--output`` as ``output: Path`` (``None`` without *default*); *file*: not a folder."""

    def decorate(command: Command) -> Command:
        return click.option(
            "-o",
            "--output",
            type=FILE if file else FOLDER,
            default=Path(default) if default is not None else None,
            show_default=default,
            metavar="FILE" if file else "DIR",
            help=help,
        )(command)

    return decorate


def config_option(command: Command) -> Command:
    """``-c``/``--config`` as ``config: Path | None``."""
    help = "dss.toml, or a Style Dictionary configuration (JSON, JSON5, YAML)."
    return click.option("-c", "--config", type=FILE, metavar="FILE", help=help)(command)


def dry_run_option(command: Command) -> Command:
    """``--dry-run`` as ``dry_run: bool``."""
    help = "Print what would change and write nothing."
    return click.option("--dry-run", is_flag=True, help=help)(command)
