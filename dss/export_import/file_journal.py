"""Changes of several files, all or none, also when the program is killed: staged, decided, then made.

The new content lies below ``.dss/pending/<transaction>`` until the store's commit decides, or, for changes of files
alone, :func:`decide`. Whoever comes next, also a reading command, first makes the changes that were decided and drops
the others. Source: reference "archives", 8.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from dss_tokens.errors import RemoteError

from .. import files
from .atomic import fsync_folder
from .faults import fault

PENDING = ".dss/pending"
_LOCK = ".dss/lock"
_CHANGES = "changes.json"
_DECIDED = "decided"
_POLL = 0.02


def stage(root: Path, changes: Iterable[tuple[str, Callable[[], bytes] | None]]) -> str:
    """Put the new content of files aside, on the disk for good; gives the name of the transaction.

    Args:
        root: The project's root.
        changes: Path below the root, with ``/``, and what gives its new content, ``None`` to remove the file.

    Raises:
        OSError: The disk is full, …; nothing is left behind.
    """
    transaction = secrets.token_hex(16)
    folder = root / PENDING / transaction
    folder.mkdir(parents=True)
    try:
        listed: dict[str, str | None] = {}
        for number, (name, content) in enumerate(changes):
            listed[name] = None if content is None else str(number)
            if content is not None:
                _write(folder / str(number), content())
        _write(folder / _CHANGES, json.dumps(listed).encode())
        fsync_folder(folder)
        fsync_folder(folder.parent)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return transaction


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def decide(root: Path, transaction: str) -> None:
    """From now on the changes will be made, whatever happens to this program. For those that no store decides on."""
    folder = root / PENDING / transaction
    _write(folder / _DECIDED, b"")
    fsync_folder(folder)


def finish(root: Path, transaction: str) -> None:
    """Make the changes of a decided transaction; may be called again after it was interrupted.

    Raises:
        OSError: A file cannot be replaced; what is left to do stays staged.
        InputError: It names a file outside *root*; nothing was changed.
    """
    folder = root / PENDING / transaction
    if (folder / _CHANGES).exists():
        changes: dict[str, str | None] = json.loads((folder / _CHANGES).read_bytes())
        folders: set[Path] = set()
        targets = {name: files.contained(root, name) for name in changes}
        for name, staged in changes.items():
            target = targets[name]
            if staged is None:
                target.unlink(missing_ok=True)
                _drop_empty(target.parent, root)
            elif (folder / staged).exists():  # else it was moved before an interruption
                target.parent.mkdir(parents=True, exist_ok=True)
                _keep_mode(folder / staged, target)
                (folder / staged).replace(target)
            folders.add(target.parent)
        for changed in folders:
            with suppress(FileNotFoundError):
                fsync_folder(changed)
        (folder / _CHANGES).unlink()  # before the rest: a removal must not be made twice
    drop(root, transaction)


def _keep_mode(staged: Path, target: Path) -> None:
    with suppress(FileNotFoundError):
        staged.chmod(target.stat().st_mode & 0o7777)


def _drop_empty(folder: Path, root: Path) -> None:
    with suppress(OSError):
        while folder != root and folder.is_relative_to(root):
            folder.rmdir()
            folder = folder.parent


def drop(root: Path, transaction: str) -> None:
    """Forget what was staged."""
    shutil.rmtree(root / PENDING / transaction, ignore_errors=True)
    with suppress(OSError):
        (root / PENDING).rmdir()


def is_pending(root: Path) -> bool:
    """Whether something was left unfinished, or is under way. One look at the disk: every command asks."""
    return os.path.isdir(os.path.join(root, PENDING))  # noqa: PTH112, PTH118 -- a tenth of the time of pathlib


def recover(root: Path, decided: Callable[[str], bool], *, timeout: float = 5.0) -> None:
    """Finish or undo what an interrupted program left, once nobody else works on the project.

    Args:
        decided: Whether the store committed the transaction of this name.
        timeout: Seconds to wait for another program that is at work.

    Raises:
        RemoteError: ``DSS680``: another program is at work for longer.
        OSError: See :func:`finish`.
    """
    if not is_pending(root):
        return
    with exclusive(root, timeout=timeout), suppress(FileNotFoundError):
        for name in sorted(path.name for path in (root / PENDING).iterdir()):
            if decided(name) or (root / PENDING / name / _DECIDED).exists():
                finish(root, name)
            else:
                drop(root, name)
        with suppress(OSError):
            (root / PENDING).rmdir()


@contextmanager
def exclusive(root: Path, *, timeout: float = 5.0) -> Iterator[None]:
    """Be the only program that changes the project's files. Lost with the process, so that nothing stays locked.

    Raises:
        RemoteError: ``DSS680``: another one is at work for longer than *timeout* seconds.
    """
    path = root / _LOCK
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        deadline = monotonic() + timeout
        while not _try_lock(file.fileno()):
            if monotonic() > deadline:
                hint = "another program works on this project; try again"
                raise RemoteError(fault("STORE_BUSY", "the project is locked", hint=hint))
            sleep(_POLL)
        yield


def _try_lock(number: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
