"""Bytes of an archive at a position, from one open descriptor: a file is never opened twice by its name."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Protocol

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError

from .faults import ArchiveError, fault
from .limits import DEFAULTS, Limits

_COPY_STEP = 256 * 1024


class Positioned(Protocol):
    """Something of known size that gives bytes by position."""

    @property
    def size(self) -> int:
        """Bytes altogether."""

    def read(self, offset: int, count: int) -> bytes:
        """The *count* bytes from *offset*; fewer only where the end comes first."""


class Readable(Protocol):
    """A stream, e.g. a pipe or the answer of a server."""

    def read(self, count: int, /) -> bytes:
        """The next bytes, nothing at the end."""


class Memory:
    """An archive held in memory."""

    def __init__(self, content: bytes) -> None:
        self._content = memoryview(content)

    @property
    def size(self) -> int:
        """Bytes altogether."""
        return len(self._content)

    def read(self, offset: int, count: int) -> bytes:
        """See :class:`Positioned`."""
        return bytes(self._content[offset : offset + count])


class Descriptor:
    """An archive on disk, held by its descriptor until :meth:`close`."""

    def __init__(self, number: int, size: int) -> None:
        self._number = number
        self._size = size

    @property
    def size(self) -> int:
        """Bytes altogether, from ``fstat`` when it was opened."""
        return self._size

    def read(self, offset: int, count: int) -> bytes:
        """See :class:`Positioned`."""
        parts = []
        while count > 0:
            part = _pread(self._number, count, offset)
            if not part:
                break
            parts.append(part)
            offset += len(part)
            count -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def close(self) -> None:
        """Let go of the file; a second call does nothing."""
        if self._number >= 0:
            os.close(self._number)
            self._number = -1

    def __enter__(self) -> Descriptor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _pread(number: int, count: int, offset: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(number, count, offset)
    os.lseek(number, offset, os.SEEK_SET)  # Windows
    return os.read(number, count)


def open_file(path: Path, limits: Limits = DEFAULTS) -> Descriptor:
    """Step 1 for a file on disk: regular, no link, not above the limit of size.

    Raises:
        ArchiveError: ``DSS610`` for anything but a regular file, ``DSS640`` above the limit.
        InputError: ``DSS682`` where it cannot be opened.
    """
    # O_NONBLOCK: opening a pipe that nobody writes to must not hang
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    try:
        number = os.open(path, flags)
    except OSError as error:
        if path.is_symlink():
            raise ArchiveError(
                fault("ARC_NOT_ZIP", "the file is a symbolic link", hint="name the file itself", file=str(path))
            ) from error
        raise InputError(fault("IO_ERROR", f"cannot open: {error.strerror}", file=str(path))) from error
    found = Descriptor(number, 0)
    try:
        return _checked(found, os.fstat(number), str(path), limits)
    except BaseException:
        found.close()
        raise


def _checked(found: Descriptor, status: os.stat_result, file: str, limits: Limits) -> Descriptor:
    if not stat.S_ISREG(status.st_mode):
        raise ArchiveError(fault("ARC_NOT_ZIP", "not a regular file", hint="name the file of the archive", file=file))
    if status.st_size > limits.max_file_size:
        raise ArchiveError(too_large(status.st_size, limits, file))
    found._size = status.st_size
    return found


def too_large(size: int, limits: Limits, file: str | None) -> Diagnostic:
    """The finding for an archive above the limit of size."""
    return fault(
        "LIMIT_FILE_SIZE",
        f"the archive has {size:,} bytes, limit file_size {limits.max_file_size:,}",
        hint="raise it by --limit file_size=N or under [limits] in dss.toml",
        file=file,
    )


def copy_stream(stream: Readable, limits: Limits = DEFAULTS, *, folder: Path | None = None) -> Descriptor:
    """Step 1 for a pipe, an upload, a bucket: a private copy without a name, counted while copying.

    Raises:
        ArchiveError: ``DSS640``, as soon as one byte above the limit was read.
    """
    with tempfile.TemporaryFile(dir=folder) as copy:
        size = 0
        while part := stream.read(_COPY_STEP):
            size += len(part)
            if size > limits.max_file_size:
                raise ArchiveError(too_large(size, limits, None))
            copy.write(part)
        copy.flush()
        return Descriptor(os.dup(copy.fileno()), size)
