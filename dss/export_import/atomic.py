"""A file that appears whole or not at all, even when the program is killed. Source: reference "archives", section 8."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from dss_tokens.errors import InputError

from .faults import fault

_TEMPORARY = re.compile(r"\..*\.(\d+)-[0-9a-f]{16}\.tmp")


@contextmanager
def replacing(target: Path, *, overwrite: bool = True) -> Iterator[tuple[BinaryIO, Path]]:
    """An empty file beside *target*, and its path; at the end of the block it takes the place of *target*.

    The block may look at the path, e.g. to verify what was written; what it wrote is on the disk by then only
    after it called ``flush``. Where the block fails, *target* is as it was.

    Raises:
        InputError: ``DSS682``: *target* exists and *overwrite* is false.
        OSError: The disk is full, the folder is missing, …
    """
    folder = target.parent
    sweep(folder)
    temporary = folder / f".{target.name[:100]}.{os.getpid()}-{secrets.token_hex(8)}.tmp"
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(_opened(temporary, flags, target), "w+b") as file:
            yield file, temporary
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        _put(temporary, target, overwrite)
    finally:
        with suppress(OSError):
            temporary.unlink()
    fsync_folder(folder)


@contextmanager
def private_folder(place: Path) -> Iterator[Path]:
    """A folder in *place* for us alone, which goes with the block; those that killed programs left go, too."""
    sweep(place)
    folder = place / f".work.{os.getpid()}-{secrets.token_hex(8)}.tmp"
    folder.mkdir(0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _opened(temporary: Path, flags: int, target: Path) -> int:
    try:
        return os.open(temporary, flags, 0o600)
    except OSError as error:  # nobody knows the temporary name
        raise OSError(error.errno, error.strerror, str(target)) from error


def _put(temporary: Path, target: Path, overwrite: bool) -> None:
    if overwrite:
        temporary.replace(target)
        return
    try:
        os.link(temporary, target)  # unlike a rename it fails where the target exists
    except FileExistsError as error:
        hint = "--overwrite replaces it, of 'dss upgrade' --force"
        raise InputError(fault("IO_ERROR", f"{target.name} exists", hint=hint)) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def fsync_folder(folder: Path) -> None:
    """Make a rename in *folder* last. Does nothing where folders cannot be opened (Windows)."""
    with suppress(PermissionError, IsADirectoryError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def sweep(folder: Path) -> None:
    """Remove what earlier writers left in *folder* when they were killed."""
    with suppress(OSError):
        for path in list(folder.iterdir()):
            found = _TEMPORARY.fullmatch(path.name)
            if found and not _is_alive(int(found[1])):
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                    continue
                with suppress(OSError):
                    path.unlink()


def _is_alive(process: int) -> bool:
    if process == os.getpid() or os.name == "nt":  # there, signal 0 is no question but an interrupt
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
