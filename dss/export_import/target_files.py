"""The state that a plan leads to -> the files that change. Names from an archive become paths here, and only here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dss_tokens.model import is_resolver
from dss_tokens.renaming import edited_resolver

from .. import files
from ..json_text import json_bytes
from ..project import Project
from .faults import ArchiveError, fault, printable
from .plan import FileChange
from .project_files import SourceFile, token_folder
from .records import set_name_fault
from .spool import Spool
from .state_store import SourceMark


class TargetFiles:
    """Collects what becomes of the project's files, one after the other."""

    def __init__(self, project: Project, sources: Iterable[SourceFile], spool: Spool) -> None:
        """Args:
        sources: The project's files as they are now.
        spool: Takes the new contents.
        """
        self._root = project.root.resolve()
        self._folder = token_folder(project).resolve()
        self._sources = {source.name: source for source in sources}
        self._paths = {source.path.resolve() for source in self._sources.values()}
        self._spool = spool
        self._seen: set[str] = set()
        self.changes: list[FileChange] = []
        self.marks: dict[str, SourceMark] = {}

    def keep(self, name: str, member: str) -> None:
        """The file of this set stays as it is."""
        source = self._sources[name]
        self._seen.add(name)
        self.marks[name] = SourceMark(source.relative(self._root), source.sha256, member)

    def put(self, name: str, document: Mapping[str, Any], member: str) -> None:
        """The file of this set becomes *document*.

        Raises:
            ArchiveError: ``DSS683`` where a file stands that is none of the project's, ``DSS665`` for the name,
                ``DSS600`` where it is a resolver document that names files outside the project.
        """
        source = self._sources.get(name)
        path = self._path(name)
        if is_resolver(document):
            self._check_references(name, path, document)
        content = json_bytes(document)
        self._seen.add(name)
        if source is not None and source.path.resolve() != path:
            self._remove(source)  # it was YAML or JSON5: sets come back as JSON
        relative = path.relative_to(self._root).as_posix()
        self.changes.append(FileChange(relative, self._spool.put(content), path in self._paths))
        self.marks[name] = SourceMark(relative, hashlib.sha256(content).hexdigest(), member)

    def has(self, name: str) -> bool:
        """Whether the project has a file of this set now."""
        return name in self._sources

    def remove_others(self) -> None:
        """The files of all sets that were neither kept nor put go."""
        for name, source in self._sources.items():
            if name not in self._seen:
                self._remove(source)

    def _remove(self, source: SourceFile) -> None:
        self.changes.append(FileChange(source.relative(self._root), None, True))

    def _check_references(self, name: str, path: Path, document: Mapping[str, Any]) -> None:
        """What the document names will be read, and end up in what is built."""

        def refer(reference: str) -> str:
            file = reference.partition("#")[0]
            try:
                is_inside = (path.parent / file).resolve().is_relative_to(self._root)
            except (OSError, RuntimeError, ValueError):  # no name of a file: links in a ring, a null character
                is_inside = False
            if not is_inside:
                message = f"{printable(name)} names a file outside the project: {printable(file)}"
                raise ArchiveError(fault("NAME_TRAVERSAL", message))
            return reference

        edited_resolver(document, lambda inline: inline, refer)

    def _path(self, name: str) -> Path:
        if (found := set_name_fault(name)) is not None:
            raise ArchiveError(fault("NAME_FORBIDDEN", found))
        source = self._sources.get(name)
        if source is not None and source.path.suffix == ".json":
            return source.path.resolve()
        path = self._folder / name
        # a folder on the way may be a link that leads out of the project
        if not path.resolve().is_relative_to(self._root) or path.parent.resolve() != path.parent:
            raise ArchiveError(fault("NAME_TRAVERSAL", f"the set {printable(name)} would lie outside the project"))
        if (path.exists() or path.is_symlink()) and path not in self._paths:
            message = f"{files.shown(path)} exists and is none of the project's token files"
            raise ArchiveError(
                fault("PROJECT_MISMATCH", message, hint="move it away, or list it under sources in dss.toml")
            )
        return path
