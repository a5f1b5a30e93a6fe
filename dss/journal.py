"""Several files changed as one: a run that is killed leaves the old state or the new one, and the next run finishes it.

A thin door onto :mod:`.export_import.file_journal` for changes that no store has a part in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
    changed = {path: contents[path] for path in files.differing(contents)}
    replace_all(root, changed, removed)
    return list(changed)


def replace_all(
    root: Path, contents: Mapping[Path, bytes], removed: Iterable[Path] = (), check: Callable[[], None] | None = None
) -> None:
    """Like :func:`write_all` for *contents* that are known to differ.

    Args:
        root: See :func:`write_all`.
        contents: Path -> content.
        removed: Files that go.
        check: Called when no other program can be at work; what it raises stops everything.

    Raises:
        OSError: Nothing was changed, or the next run finishes it.
        RemoteError: ``DSS680``: another program works on the same files.
    """
    from .export_import import file_journal

    gone = [path for path in removed if path.exists()]
    if not contents and not gone:
        return
    home = root.resolve()
    changes = [(_inside(home, path), partial(contents.__getitem__, path)) for path in contents]
    with file_journal.exclusive(home):
        if check is not None:
            check()
        transaction = file_journal.stage(home, [*changes, *((_inside(home, path), None) for path in gone)])
        file_journal.decide(home, transaction)
        file_journal.finish(home, transaction)


def recover(root: Path) -> None:
    """Finishes what killed runs began.

    Raises:
        RemoteError: ``DSS680``: another program is at work.
    """
    from .export_import.file_journal import is_pending

    if is_pending(root):
        from .export_import.session import recover_project

        recover_project(root)


def _inside(home: Path, path: Path) -> str:
    """*path* as a journal names it: relative, so that a journal reaches nothing outside its project."""
    return (path.parent.resolve() / path.name).relative_to(home).as_posix()
