"""A project: the folder with ``dss.toml``, found and read once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError

from . import files

if TYPE_CHECKING:
    from .config import Config

CONFIG = "dss.toml"


@dataclass(frozen=True)
class Project:
    """A folder of tokens, with or without a ``dss.toml``."""

    root: Path
    config_file: Path | None = None

    @cached_property
    def config(self) -> Config | None:
        """Its configuration; ``None`` without a file, so that nothing heavy is imported then."""
        if self.config_file is None:
            return None
        from .config import load

        shown = files.shown(self.config_file)
        try:
            text = files.read(self.config_file).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message, hint = "the file is not UTF-8", "save it as UTF-8"
            raise InputError(Diagnostic(code="DSS101", message=message, file=shown, hint=hint)) from error
        return load(text, file=shown)


def find_project(start: Path | None = None) -> Project:
    """The project around *start* (default: the working folder).

    ``DSS_BASE_PATH`` names the root; else it is the nearest folder upwards with a ``dss.toml``, else *start*.
    """
    base = os.environ.get("DSS_BASE_PATH")
    start = Path(base) if base else (start or Path())
    folders = (start,) if base else (start, *start.resolve().parents)
    for folder in folders:
        if (folder / CONFIG).is_file():
            return Project(folder, folder / CONFIG)
    return Project(start)


def named_config(file: Path) -> Project:
    """The project that a ``dss.toml`` of any name configures.

    Raises:
        InputError: There is no such file.
    """
    if not file.is_file():
        raise InputError(files.unreadable(file, FileNotFoundError()))
    return Project(file.parent, file)


def sources_of(project: Project, given: tuple[str, ...]) -> list[Path]:
    """The token files of a command: the SOURCEs given, else the project's.

    Raises:
        InputError: Nothing is given and the project names none.
    """
    if given:
        return files.find_sources(given, Path())
    config = project.config
    if config is not None and config.project.sources:
        return files.find_sources(config.project.sources, project.root)
    if (project.root / "tokens").is_dir():
        return files.find_sources(("tokens",), project.root)
    raise InputError(
        Diagnostic(
            code="DSS113",
            message="no token files: nothing was named, and there is no dss.toml with sources and no folder tokens/",
            hint="name files or folders, or run 'dss init'",
        )
    )
