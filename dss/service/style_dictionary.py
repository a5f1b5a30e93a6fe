"""``dss translate --config config.json``: a Style Dictionary configuration, run as Style Dictionary runs it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from dss_tokens.diagnostics import Diagnostic, Related
from dss_tokens.errors import DssError, InputError

from .. import files
from .reading import YAML_SUFFIXES, Reader, content
from .translating import Plan

SUFFIXES = (".json", ".jsonc", ".json5", *YAML_SUFFIXES)
"""What a Style Dictionary configuration is called; a dss.toml ends in ``.toml``."""

_JAVASCRIPT = (".js", ".mjs", ".cjs", ".ts", ".mts")


class Engine(Protocol):
    """What :mod:`translators.style_dictionary` offers, handed in by the wiring."""

    def load_config(self, data: Any, *, file: str) -> Any:
        """The configuration."""

    def build(self, config: Any, sources: Sequence[Any], **more: Any) -> Any:
        """The files of its platforms."""

    SourceDocument: Any


def is_configuration(path: Path) -> bool:
    """Whether a ``--config`` file is one of Style Dictionary's.

    Raises:
        InputError: It is one that only Node can run.
    """
    if path.suffix.lower() in _JAVASCRIPT:
        raise InputError(
            Diagnostic(
                code="DSS353",
                message=f"{files.shown(path)} is a program; dss reads configurations, it runs none",
                file=files.shown(path),
                hint="write it as JSON, JSON5 or YAML; functions become Jinja templates or Python plug-ins",
            )
        )
    return path.suffix.lower() in SUFFIXES


def plan(engine: Engine, path: Path, *, platforms: Sequence[str], output: Path | None) -> Plan:
    """Makes every file of a configuration in memory.

    Args:
        engine: See :class:`Engine`.
        path: The configuration.
        platforms: Only these; all where empty.
        output: A folder to write below, instead of where the configuration says.

    Raises:
        InputError: With every error found; nothing was made.
    """
    folder = path.parent
    try:
        config = engine.load_config(_decoded(path), file=path.name)
        documents = [
            *_documents(engine, config.include, folder, False),
            *_documents(engine, config.source, folder, True),
        ]
        made = engine.build(
            config,
            documents,
            platforms=list(platforms) or None,
            read_asset=lambda name: files.read(folder / name),
            working_directory=folder.resolve().as_posix(),
        )
    except DssError as error:
        raise type(error)(*(_shown(found, folder) for found in error.diagnostics)) from error
    target = output if output is not None else folder
    contents = {_target(target, file.path): file.text.encode() for file in made.files}
    for copy in made.actions:
        contents |= dict(_copied(folder / copy.source, _target(target, copy.destination)))
    found = [_shown(diagnostic, folder) for diagnostic in made.diagnostics]
    return Plan(contents, files.differing(contents), found)


def _target(folder: Path, name: str) -> Path:
    """Where an output goes. A ``buildPath`` may be absolute or lead upwards, as it may in Style Dictionary."""
    return folder / name


def _decoded(path: Path) -> Any:
    """A file as Style Dictionary reads it: JSON5 whatever its suffix, or YAML.

    Raises:
        InputError: It cannot be read.
    """
    data = files.read(path)
    suffix = path.suffix.lower()
    reader = Reader()
    read = reader.decode_bytes(data, suffix, files.shown(path))
    if read.value is None and suffix == ".json":
        read = reader.decode_bytes(data, ".json5", files.shown(path))
    return content(read, files.shown(path))


def _documents(engine: Engine, patterns: Sequence[str], folder: Path, is_source: bool) -> Iterator[Any]:
    """The token files that patterns match: in the order of the patterns, by path within each.

    A file that two patterns match is there twice: it overrides what came between.
    """
    read: dict[Path, Any] = {}
    for pattern in patterns:
        for path in files.matching(pattern, folder):
            name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()
            if path.suffix.lower() in _JAVASCRIPT:
                is_configuration(path)
            if path not in read:
                read[path] = _decoded(path)
            yield engine.SourceDocument(name, read[path], is_source)


def _copied(source: Path, destination: Path) -> Iterator[tuple[Path, bytes]]:
    if source.is_dir():
        for path in sorted(source.rglob("*")):
            if path.is_file():
                yield destination / path.relative_to(source), files.read(path)
    else:
        yield destination, files.read(source)


def _shown(found: Diagnostic, folder: Path) -> Diagnostic:
    """A diagnostic with its files as people see them from the working folder."""

    def shown(file: str | None) -> str | None:
        return files.shown(folder / file) if file is not None and not Path(file).exists() else file

    related = tuple(Related(r.message, r.path, shown(r.file), r.span, r.at) for r in found.related)
    return replace(found, file=shown(found.file), related=related)
