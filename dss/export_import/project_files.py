"""The token files of a project as sets: which file is which set, and where a set's file belongs.

A set is one source file; its name is the file's path below the token folder, as ``.json``. Resolver documents go with
them under names of the same kind. Source: contract, section 3 (archives).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from dss_tokens.diagnostics import Diagnostic, has_errors
from dss_tokens.dtcg import parse
from dss_tokens.dtcg.legacy import is_first_draft, upgrade_first_draft
from dss_tokens.errors import InputError
from dss_tokens.model import Source, is_resolver

from .. import files, globbing
from ..project import Project, sources_of
from .faults import fault
from .names import NameRegister
from .records import set_name_fault

DEFAULT_FOLDER = "tokens"
_NO_FILES = "DSS113"

Json = Any


class Decoder(Protocol):
    """What is needed of :class:`dss.service.reading.Reader`, which lies above this package."""

    understood: Callable[[Json], Json]
    """A decoded file of any dialect as a DTCG token or resolver document."""

    def decode_bytes(self, data: bytes, suffix: str, file: str) -> Any:
        """The decoded content with its diagnostics."""

    def files_of(self, path: Path) -> Sequence[Path]:
        """A resolver document and the files that it names, which are not opened."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the project."""

    name: str
    """Of the set or theme it is."""

    path: Path
    sha256: str
    is_theme: bool
    """Whether it is a resolver document."""

    def relative(self, root: Path) -> str:
        """Its path below *root*, with ``/``."""
        return self.path.resolve().relative_to(root.resolve()).as_posix()


@dataclass(frozen=True, slots=True)
class Document:
    """The content of a file."""

    name: str
    value: dict[str, Json]
    """A DTCG document without errors, or a resolver document."""


def token_folder(project: Project) -> Path:
    """Where sets return to: the part of the first source before its first wildcard."""
    config = project.config
    if config is not None and config.project.resolver and not config.project.sources:
        return (project.root / config.project.resolver).parent
    sources = config.project.sources if config is not None else ()
    if not sources:
        return project.root / DEFAULT_FOLDER
    parts = PurePosixPath(sources[0]).parts
    plain = list(_before_wildcard(parts))
    folder = project.root.joinpath(*plain)
    is_file = len(plain) == len(parts) and (folder.is_file() or folder.suffix in files.SUFFIXES)
    return folder.parent if is_file else folder


def _before_wildcard(parts: Iterable[str]) -> Iterable[str]:
    for part in parts:
        if globbing.is_pattern(part):
            return
        yield part


def read_files(project: Project, decoder: Decoder) -> list[SourceFile]:
    """The files of *project* by name; none where it has no tokens yet.

    Raises:
        InputError: A file cannot be read, lies where no set can, or two are one set.
    """
    folder = token_folder(project)
    names = NameRegister()
    found: list[SourceFile] = []
    faults: list[Diagnostic] = []
    for path in _paths(project, decoder):
        name = _name(path, folder, project.root)
        problem = "it lies outside the project" if name is None else set_name_fault(name)
        if name is not None and problem is None and (clash := names.add(name)) is not None:
            problem = clash[1]
        if name is None or problem is not None:
            faults.append(fault("NAME_FORBIDDEN", f"this file cannot be a set: {problem}", file=files.shown(path)))
            continue
        content = files.read(path)
        is_theme = _is_resolver(content, path, decoder)
        found.append(SourceFile(name, path, hashlib.sha256(content).hexdigest(), is_theme))
    if faults:
        raise InputError(*faults)
    return sorted(found, key=lambda file: file.name)


def _paths(project: Project, decoder: Decoder) -> list[Path]:
    config = project.config
    if config is not None and config.project.resolver:
        path = project.root / config.project.resolver
        return list(decoder.files_of(path)) if path.exists() else []
    try:
        paths = sources_of(project, ())
    except InputError as error:
        if error.code == _NO_FILES:
            return []
        raise
    resolvers = [path for path in paths if _is_resolver(files.read(path), path, decoder)]
    if len(resolvers) == 1:
        named = {path.resolve() for path in paths}
        paths += [path for path in decoder.files_of(resolvers[0]) if path.resolve() not in named]
    return paths


_NAMELESS = "give the token a name, or take $value out"

_RESOLVER_MARKS = (b"resolutionOrder", b"$themes", b"$metadata")
"""One of these is in every file that is a resolver document, or is read as one."""


def _is_resolver(content: bytes, path: Path, decoder: Decoder) -> bool:
    if not any(mark in content for mark in _RESOLVER_MARKS):
        return False
    read = decoder.decode_bytes(content, path.suffix.lower(), files.shown(path))
    return is_resolver(decoder.understood(read.value))


def _name(path: Path, folder: Path, root: Path) -> str | None:
    """The set that a file is; one outside the token folder is named from the project's root."""
    resolved = path.resolve()
    for base in (folder.resolve(), root.resolve()):
        if resolved.is_relative_to(base):
            relative = resolved.relative_to(base).as_posix()
            return relative if relative.endswith(".json") else relative[: -len(path.suffix)] + ".json"
    return None


def read_document(file: SourceFile, decoder: Decoder) -> Document:
    """The content of *file* as DTCG, whatever its dialect.

    Raises:
        InputError: With every error in it: what does not parse cannot be exchanged. ``DSS683``: it changed meanwhile.
    """
    shown = files.shown(file.path)
    content = files.read(file.path)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise InputError(fault("REVISION_MOVED", "the file changed while it was read", hint="try again", file=shown))
    read = decoder.decode_bytes(content, file.path.suffix.lower(), shown)
    if has_errors(read.diagnostics):
        raise InputError(*(error for error in read.diagnostics if error.severity == "error"))
    document = decoder.understood(read.value)
    if file.is_theme:
        return Document(file.name, document)
    if isinstance(document, dict) and is_first_draft(document):
        document = upgrade_first_draft(document)
    found = parse(document, Source(shown)).diagnostics
    if has_errors(found):
        raise InputError(*(error for error in found if error.severity == "error"))
    if isinstance(document, dict) and "$value" in document:  # elsewhere a warning; an archive may hide no token
        raise InputError(*(replace(d, severity="error", hint=_NAMELESS) for d in found if d.at == ("$value",)))
    return Document(file.name, document)
