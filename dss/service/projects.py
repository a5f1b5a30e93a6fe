"""Projects of the store: listed, made from a folder, brought back to an earlier revision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError
from dss_tokens.model import is_resolver

from .. import files
from ..environment import setting
from ..export_import.project_files import read_files
from ..project import Project
from .reading import Reader
from .store import Content, NoProjectError, Revision, Store, StoredProject
from .store_opening import open_store

DEFAULT = ".dss/store.db"


def store_url(root: Path) -> str:
    """Which store a project uses: what ``DSS_STORE`` says, else the file in its ``.dss``."""
    found = setting("DSS_STORE", root)
    if found is None:
        return f"sqlite:///{(root / DEFAULT).resolve().as_posix()}"
    prefix = "sqlite:///"
    if found.startswith(prefix) and not found.startswith(f"{prefix}/") and found != f"{prefix}:memory:":
        return f"{prefix}{(root / found.removeprefix(prefix)).resolve().as_posix()}"
    return found


@contextmanager
def project_store(root: Path) -> Iterator[Store]:
    """The store of the project at *root*, open.

    Raises:
        StoreError: It is out of reach, busy, or of a newer version.
    """
    store = open_store(store_url(root))
    try:
        yield store
    finally:
        store.close()


def known_project(store: Store, name: str) -> StoredProject | None:
    """The project with that id or name; ``None`` where there is none."""
    try:
        return store.project(name)
    except NoProjectError:
        return None


def folder_content(project: Project, reader: Reader) -> Content:
    """The token files and resolver documents of a folder, as authored.

    Raises:
        InputError: A file cannot be read.
    """
    sets: dict[str, Any] = {}
    themes: dict[str, Any] = {}
    faults: list[Diagnostic] = []
    for source in read_files(project, reader):
        read = reader.decode_bytes(files.read(source.path), source.path.suffix.lower(), files.shown(source.path))
        errors = [found for found in read.diagnostics if found.severity == "error"]
        faults += errors
        if not errors:
            (themes if is_resolver(read.value) else sets)[source.name] = read.value
    if faults:
        raise InputError(*faults)
    return Content(sets=sets, themes=themes)


def create_project(store: Store, name: str, folder: Project | None, reader: Reader) -> StoredProject:
    """A new project; its first revision holds what *folder* holds.

    Raises:
        NameTakenError: There is one of that name.
        InputError: A file of the folder cannot be read.
    """
    content = folder_content(folder, reader) if folder is not None else None
    root = folder.root.resolve().as_posix() if folder is not None else None
    config = folder.config if folder is not None else None
    made = store.create_project(name, id=config.project.id if config is not None else None, root=root)
    if content is not None:
        store.commit(made.id, content, expected=0, operation="create")
    return store.project(made.id)


def revert_project(store: Store, project: StoredProject, number: int) -> Revision:
    """A new revision with the content of an earlier one: what came between stays in the history.

    Raises:
        NoRevisionError: There is none of that number.
        RevisionMovedError: Somebody else changed the project meanwhile.
    """
    content = store.content(project.id, number)
    message = f"back to revision {number}"
    return store.commit(project.id, content, expected=project.revision, operation="revert", message=message)
