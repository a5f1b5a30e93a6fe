"""Bytes put aside in a file without a name, to be fetched again: a plan of a million tokens does not stay in memory."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Spooled:
    """Some bytes in a :class:`Spool`."""

    size: int
    _offset: int = field(repr=False)
    _file: BinaryIO = field(repr=False)

    def read(self) -> bytes:
        """The bytes."""
        self._file.seek(self._offset)
        return self._file.read(self.size)


class Spool:
    """Takes bytes until it is closed."""

    def __init__(self, folder: Path | None = None) -> None:
        """Args:
        folder: Where the file lies.
        """
        self._file: BinaryIO = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 -- closed by close()

    def put(self, content: bytes) -> Spooled:
        """Put *content* aside."""
        offset = self._file.seek(0, os.SEEK_END)
        self._file.write(content)
        return Spooled(len(content), offset, self._file)

    def close(self) -> None:
        """Forget everything."""
        self._file.close()

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
