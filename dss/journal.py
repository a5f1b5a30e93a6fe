"""Several files changed as one: a run that is killed leaves the old state or the new one, and the next run finishes it.

A thin door onto :mod:`.export_import.file_journal` for changes that no store has a part in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from . import files

FOLDER = ".dss"


def write_all(root: Path, contents: Mapping[Path, bytes], removed: Iterable[Path] = ()) -> list[Path]:
    """Writes what differs of *contents* and removes *removed*, all or nothing; gives the files written.

    Args:
        root: A folder around all of them; what is under way lies in its ``.dss``.
        contents: Path -> content.
        removed: Files that go; those that do not exist are passed over.

    Raises:
        OSError: Nothing was changed, or the next run finishes it.
        RemoteError: ``DSS680``: another program works on the same files.
    """
    from .export_import import file_journal

    changed = files.differing(contents)
    gone = [path for path in removed if path.exists()]
    if not changed and not gone:
        return []
    home = root.resolve()
    changes = [(_inside(home, path), partial(contents.__getitem__, path)) for path in changed]
    with file_journal.exclusive(home):
        transaction = file_journal.stage(home, [*changes, *((_inside(home, path), None) for path in gone)])
        file_journal.decide(home, transaction)
        file_journal.finish(home, transaction)
    return changed


def recover(root: Path) -> None:
    """Finishes what killed runs began.

    Raises:
        RemoteError: ``DSS680``: another program is at work.
    """
    from .export_import.session import recover_project

    recover_project(root)


def _inside(home: Path, path: Path) -> str:
    """*path* as a journal names it: relative, so that a journal reaches nothing outside its project."""
    return (path.parent.resolve() / path.name).relative_to(home).as_posix()
