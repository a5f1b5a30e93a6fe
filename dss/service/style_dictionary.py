"""``dss translate --config config.json``: a Style Dictionary configuration, run as Style Dictionary runs it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from dss_tokens.diagnostics import Diagnostic, Related
from dss_tokens.errors import DssError, InputError

from .. import files
from .plan import Plan
from .reading import YAML_SUFFIXES, Reader, content

_JAVASCRIPT = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")
SUFFIXES = (".json", ".jsonc", ".json5", *YAML_SUFFIXES, *_JAVASCRIPT)
"""What a Style Dictionary configuration is called; a dss.toml ends in ``.toml``."""


class Engine(Protocol):
    """What :mod:`translators.style_dictionary` offers, handed in by the wiring."""

    def load_config(self, data: Any, *, file: str) -> Any:
        """The configuration."""

    def build(self, config: Any, sources: Sequence[Any], **more: Any) -> Any:
        """The files of its platforms."""

    def functions_of_program(self, text: str, file: str) -> Iterator[Diagnostic]:
        """A fault for each function of a JavaScript program."""

    def function_at(self, fault: Diagnostic, text: str) -> Diagnostic:
        """A fault of syntax, told as what it is where a function stands."""

    SourceDocument: Any


def is_configuration(path: Path) -> bool:
    """Whether a ``--config`` file is one of Style Dictionary's."""
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
        config = engine.load_config(_decoded(engine, path), file=files.shown(path))
        found = _Documents(engine, config, folder)
        folder = found.folder
        made = engine.build(
            config,
            [*found.of("include", config.include), *found.of("source", config.source)],
            platforms=list(platforms) or None,
            read_asset=lambda name: files.read(folder / name),
            working_directory=folder.resolve().as_posix(),
        )
    except DssError as error:
        raise type(error)(*(_shown(fault, folder, path) for fault in error.diagnostics)) from error
    placed = partial(_target, config.file, folder, output)
    contents = {placed(file.path): file.text.encode() for file in made.files}
    for copy in made.actions:
        for destination, data in _copied(folder / copy.source, placed(copy.destination)):
            if contents.setdefault(destination, data) != data:
                raise InputError(_twice(destination, copy.source))
    diagnostics = [_shown(diagnostic, folder, path) for diagnostic in (*found.unmatched, *made.diagnostics)]
    return Plan(contents, files.differing(contents), diagnostics)


def _twice(path: Path, source: str) -> Diagnostic:
    message = f"{files.shown(path)} is written twice: {source} would replace another file"
    return Diagnostic(code="DSS311", message=message, hint="rename one of them")


def _target(config: str, folder: Path, output: Path | None, name: str) -> Path:
    """Where an output goes: below *output*, or where the configuration says, which may be anywhere.

    Raises:
        InputError: It would lie outside *output*, or no file can have the name.
    """
    try:
        if output is not None:
            return files.contained(output, name)
        if "\0" not in name and (folder / name).name:
            return folder / name
    except InputError as error:
        hint = "without -o it goes where the configuration says"
        raise InputError(
            *(replace(one, file=config, at=("platforms",), hint=hint) for one in error.diagnostics)
        ) from error
    message = f"no file can be called {name}"
    raise InputError(Diagnostic(code="DSS115", message=message, file=config, at=("platforms",)))


def _decoded(engine: Engine, path: Path) -> Any:
    """A file as Style Dictionary reads it: JSON5 whatever its suffix, or YAML.

    Raises:
        InputError: It cannot be read, or only Node could.
    """
    data = files.read(path)
    file, suffix = files.shown(path), path.suffix.lower()
    if suffix in _JAVASCRIPT:
        raise InputError(_program(file), *engine.functions_of_program(data.decode("utf-8", "replace"), file))
    reader = Reader()
    read = reader.decode_bytes(data, suffix, file)
    if read.value is None and suffix == ".json":
        read = reader.decode_bytes(data, ".json5", file)
    try:
        return content(read, file)
    except InputError as error:
        text = data.decode("utf-8-sig", "replace")
        raise InputError(*(engine.function_at(fault, text) for fault in error.diagnostics)) from error


def _program(file: str) -> Diagnostic:
    return Diagnostic(
        code="DSS351",
        message=f"{file} is a program; dss reads data, it runs none",
        file=file,
        hint="write it as JSON, JSON5 or YAML; functions become Jinja templates or Python plug-ins: docs/plugins.md",
    )


class _Documents:
    """The token files that the patterns of a configuration match, each read once."""

    def __init__(self, engine: Engine, config: Any, folder: Path) -> None:
        """*folder* is that of the configuration.

        Raises:
            InputError: No pattern matches anything.
        """
        self.engine = engine
        self.config = config
        self.folder = folder
        """What all paths are relative to: that folder, or the working one where only that has any of the sources."""
        self.unmatched: list[Diagnostic] = []
        """Where no tokens are found, if the configuration lets warnings be told."""

        self._read: dict[Path, Any] = {}
        self._patterns = [*config.include, *config.source]
        self._matches = self._matches_in(folder)
        if config.tokens or any(self._matches.values()):
            return
        if not self._patterns:
            if config.platforms:
                self._tell("the configuration names no tokens: it has neither source nor include nor tokens", None)
            return
        elsewhere = self._matches_in(Path())
        if not any(elsewhere.values()):
            raise InputError(*self._missing("include", config.include), *self._missing("source", config.source))
        self.folder, self._matches = Path(), elsewhere
        self._tell(
            "nothing matches beside the configuration: its paths are taken from the working folder",
            "Style Dictionary takes all from there; with paths that start at the configuration any folder will do",
        )

    def _matches_in(self, folder: Path) -> dict[str, list[Path]]:
        return {pattern: files.matching(pattern, folder) for pattern in self._patterns}

    def _tell(self, message: str, hint: str | None) -> None:
        if self.config.log.level() is not None:
            file = self.config.file
            self.unmatched.append(
                Diagnostic(code="DSS113", severity="warning", message=message, hint=hint, file=file, at=())
            )

    def of(self, key: str, patterns: Sequence[str]) -> Iterator[Any]:
        """The documents of the patterns under *key*: in the order of the patterns, by path within each.

        A file that two patterns match is there twice: it overrides what came between.
        """
        if self.config.log.level() is not None:
            self.unmatched += (replace(found, severity="warning") for found in self._missing(key, patterns))
        for pattern in patterns:
            for path in self._matches[pattern]:
                inside = path.is_relative_to(self.folder)
                name = (path.relative_to(self.folder) if inside else path).as_posix()
                if path not in self._read:
                    self._read[path] = _decoded(self.engine, path)
                yield self.engine.SourceDocument(name, self._read[path], key == "source")

    def _missing(self, key: str, patterns: Sequence[str]) -> Iterator[Diagnostic]:
        for index, pattern in enumerate(patterns):
            if self._matches[pattern]:
                continue
            is_folder = (self.folder / pattern).is_dir()
            hint = f"write {pattern.rstrip('/')}/**/*.json" if is_folder else "patterns are relative to this file"
            yield Diagnostic(
                code="DSS113",
                message=f"{key}.{index}: no file matches {pattern}",
                hint=hint,
                path=f"{key}.{index}",
                file=self.config.file,
                at=(key, index),
            )


def _copied(source: Path, destination: Path) -> Iterator[tuple[Path, bytes]]:
    if source.is_dir():
        for path in sorted(source.rglob("*")):
            if path.is_file():
                yield destination / path.relative_to(source), files.read(path)
    else:
        yield destination, files.read(source)


def _shown(found: Diagnostic, folder: Path, config: Path) -> Diagnostic:
    """A diagnostic with its files as people see them from the working folder."""
    own = files.shown(config)

    def shown(file: str | None) -> str | None:
        return files.shown(folder / file) if file not in (None, own) and (folder / file).exists() else file

    related = tuple(Related(r.message, r.path, shown(r.file), r.span, r.at) for r in found.related)
    return replace(found, file=shown(found.file), related=related)
