"""Several files changed as one: a run that is killed leaves the old state or the new one, and the next run finishes it.

New contents are first written beside their targets and flushed; then a journal names every rename and removal; then
they are done; then the journal goes. A journal that is found is done to its end: all it needs is on the disk.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from . import files

FOLDER = ".dss"
_PREFIX = "journal-"


def write_all(root: Path, contents: Mapping[Path, bytes], removed: Iterable[Path] = ()) -> list[Path]:
    """Writes what differs of *contents* and removes *removed*, all or nothing; gives the files written.

    Args:
        root: A folder around all of them; the journal lies in its ``.dss``.
        contents: Path -> content.
        removed: Files that go; those that do not exist are passed over.

    Raises:
        OSError: Nothing was changed.
    """
    changed = files.differing(contents)
    gone = [path for path in removed if path.exists()]
    if not changed and not gone:
        return []
    staged: list[tuple[Path, Path]] = []
    home = root.resolve()
    journal = home / FOLDER / f"{_PREFIX}{os.urandom(6).hex()}.json"
    try:
        for path in changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            staged.append((files.staged(path, contents[path]), path))
        steps = {
            "rename": [[_inside(home, temporary), _inside(home, path)] for temporary, path in staged],
            "remove": [_inside(home, path) for path in gone],
        }
        files.write({journal: json.dumps(steps).encode()})
    except BaseException:
        for temporary, _ in staged:
            with suppress(OSError):
                temporary.unlink()
        raise
    _finish(home, journal)
    return changed


def recover(root: Path) -> int:
    """Finishes what killed runs began; gives how many there were."""
    home = root.resolve()
    found = sorted((home / FOLDER).glob(f"{_PREFIX}*.json"))
    for journal in found:
        _finish(home, journal)
    return len(found)


def _inside(home: Path, path: Path) -> str:
    """*path* as a journal names it: relative, so that a journal reaches nothing outside its project."""
    return (path.parent.resolve() / path.name).relative_to(home).as_posix()


def _finish(home: Path, journal: Path) -> None:
    """Does a journal to its end; what is done already is passed over."""
    steps = json.loads(journal.read_bytes())
    for temporary, path in steps["rename"]:
        with suppress(FileNotFoundError):
            files.contained(home, temporary).replace(files.contained(home, path))
    for path in steps["remove"]:
        with suppress(FileNotFoundError):
            files.contained(home, path).unlink()
    journal.unlink()
