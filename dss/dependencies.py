"""What a result depends on: the files that were read, and what a search for files found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

Fingerprint = tuple[int, int]
"""Length and checksum. Whoever makes another file of the same one deceives only themselves: a cryptographic hash,
ten times as slow, would cost a build more than it saves the next one."""

Search = tuple[tuple[str, ...], Path]
"""SOURCEs and the folder they are relative to."""


def fingerprint(data: bytes) -> Fingerprint:
    """What tells a file's content from another one."""
    return len(data), crc32(data)


class Record(NamedTuple):
    """What was read in a while: see :func:`recording`."""

    contents: dict[Path, Fingerprint | None]
    """File -> its content, ``None`` where it could not be read."""

    folders: set[Path]
    """Where files were searched for, with everything below."""

    searches: dict[Search, tuple[Path, ...]]
    """What was searched for -> the files found."""

    @classmethod
    def empty(cls) -> Record:
        """One to be filled."""
        return cls({}, set(), {})

    def updated(self, later: Record, *, whole: bool) -> Record:
        """With what was read *later*, which is all that counts when it is *whole*."""
        if whole:
            return later
        contents, searches = {**self.contents, **later.contents}, {**self.searches, **later.searches}
        return Record(contents, self.folders | later.folders, searches)


_records: list[Record] = []


@contextmanager
def recording() -> Iterator[Record]:
    """Keeps a record of the files that are read and the folders that are searched."""
    record = Record.empty()
    _records.append(record)
    try:
        yield record
    finally:
        _records.remove(record)


def record_content(path: Path, data: bytes | None) -> None:
    """A file was read; ``None``: it could not be."""
    if _records:
        content = None if data is None else fingerprint(data)
        for record in _records:
            record.contents[path] = content


def record_folder(folder: Path) -> None:
    """A folder was looked through for files."""
    for record in _records:
        record.folders.add(folder)


def record_search(search: Search, found: tuple[Path, ...]) -> None:
    """SOURCEs were looked up."""
    for record in _records:
        record.searches[search] = found
