"""Writes archives: equal content gives equal bytes, in constant memory, and a failure leaves what was there.

The manifest stands first but digests what follows, so members are first deflated into an unnamed temporary file.
Source: reference "archives", sections 3 and 8.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from dss_tokens.errors import InputError

from . import structure as zip_
from .faults import fault
from .manifest import MANIFEST, SIGNATURE, Asset, Entry, Kind
from .records import Record, encode

LEVEL = 6
"""How hard an archive is compressed."""

QUICK = 1
"""How hard what is only kept is compressed, in a third of the time; a sixth larger."""

DATE = 1 << 5 | 1
"""1980-01-01 as DOS writes it; the time is 0."""

MADE_BY = 3 << 8 | 20
"""Unix, version 2.0."""

NEEDED = 20
EXTERNAL = 0o100644 << 16

_STEP = 256 * 1024
# Where compressed bytes happen to spell an end record near the end of the file (once in 65,000 archives), readers
# could not tell it from the true one: then all is compressed in the next of these ways, and what does not compress is
# cut wherever it spells one itself.
_STRATEGIES = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED, zlib.Z_HUFFMAN_ONLY, zlib.Z_FIXED)


@dataclass(frozen=True, slots=True)
class _Member:
    name: bytes
    crc: int
    compressed_size: int
    size: int
    offset: int
    """In the spool."""

    level: int = LEVEL


@dataclass(frozen=True, slots=True)
class PackedMember:
    """The content of a member as it stands in an archive: it can be put into another one as it is."""

    sha256: str
    """Of the inflated bytes."""

    size: int
    """Inflated bytes."""

    crc: int
    data: bytes
    """Deflated."""

    level: int = LEVEL
    """How hard."""

    def lines(self) -> Iterator[bytes]:
        """The lines of a member of records, without their ends."""
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        rest = b""
        for at in range(0, len(self.data), _STEP):
            *lines, rest = (rest + stream.decompress(self.data[at : at + _STEP])).split(b"\n")
            yield from lines


class ArchiveWriter:
    """Takes members one after the other, then writes the archive. Use as a context manager."""

    def __init__(self, folder: Path | None = None, level: int = LEVEL) -> None:
        """Args:
        folder: Where temporary bytes go; it needs as much room as the archive.
        level: How hard members are compressed for the time being; an archive is at :data:`LEVEL` whatever this is.
        """
        self.was_hardened = False
        """Whether :meth:`finish` had to compress members anew."""

        self._level = level
        self._spool: BinaryIO = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 -- closed by close()
        self._members: list[_Member] = []

    def add(self, name: str, chunks: Iterable[bytes]) -> tuple[int, str]:
        """Take in a member; gives its size and its SHA-256."""
        digest = hashlib.sha256()
        self._members.append(self._deflated(name.encode(), _counted(chunks, digest.update), self._level))
        return self._members[-1].size, digest.hexdigest()

    def add_packed(self, name: str, packed: PackedMember) -> None:
        """Take in a member that was deflated before."""
        at = self._spool.seek(0, os.SEEK_END)
        self._append(at, packed.data)
        self._members.append(_Member(name.encode(), packed.crc, len(packed.data), packed.size, at, packed.level))

    def forget(self) -> None:
        """Start anew."""
        self._members.clear()
        self._spool.seek(0)
        self._spool.truncate()

    def drop(self, name: str) -> None:
        """Leave out a member that was taken in."""
        self._members = [member for member in self._members if member.name != name.encode()]

    def lines(self, name: str, sha256: str = "") -> Iterator[bytes]:
        """The lines of a member of records that was taken in."""
        return self.packed(name, sha256).lines()

    def packed(self, name: str, sha256: str) -> PackedMember:
        """The member *name*, taken in before, whose inflated bytes have the digest *sha256*."""
        member = next(found for found in self._members if found.name == name.encode())
        return PackedMember(sha256, member.size, member.crc, b"".join(self._raw(member)), member.level)

    def add_records(self, name: str, kind: Kind, records: Iterable[Record]) -> Entry:
        """Take in a member of records, which are sorted by id; gives its row of the manifest."""
        return self.add_lines(name, kind, map(encode, records))

    def add_lines(self, name: str, kind: Kind, encoded: Iterable[bytes]) -> Entry:
        """Take in a member of encoded records, which are sorted by id; gives its row of the manifest."""
        count = 0

        def lines() -> Iterator[bytes]:
            nonlocal count
            batch: list[bytes] = []
            for line in encoded:
                batch.append(line)
                count += 1
                if len(batch) >= 512:
                    yield b"\n".join(batch) + b"\n"
                    batch.clear()
            if batch:
                yield b"\n".join(batch) + b"\n"

        size, sha256 = self.add(name, lines())
        return Entry(name=name, kind=kind, size=size, sha256=sha256, records=count)

    def add_asset(self, asset: Asset, chunks: Iterable[bytes]) -> None:
        """Take in the content of *asset*, unless one of equal content was taken in before.

        Raises:
            InputError: ``DSS682``: the content is not what *asset* says, so the file changed meanwhile.
        """
        if any(member.name == asset.member.encode() for member in self._members):
            return
        if self.add(asset.member, chunks) != (asset.size, asset.sha256):
            raise InputError(fault("IO_ERROR", f"the asset {asset.path} changed while it was read"))

    def finish(self, manifest: bytes, signature: bytes | None, out: BinaryIO) -> None:
        """Write the archive to *out*, an empty seekable file."""
        first = [(MANIFEST, manifest)] + ([(SIGNATURE, signature)] if signature is not None else [])
        self.was_hardened = any(member.level != LEVEL for member in self._members)
        self._members = [
            self._deflated(member.name, self._inflated(member)) if member.level != LEVEL else member
            for member in self._members
        ]
        members = [self._deflated(name.encode(), [content]) for name, content in first] + self._members
        for attempt in range(len(_STRATEGIES)):
            if attempt:
                members = [self._deflated(m.name, self._inflated(m), attempt=attempt) for m in members]
            out.seek(0)
            out.truncate()
            self._write(members, out)
            if _end_is_unique(out):
                return
        raise InputError(fault("ARC_EOCD_AMBIGUOUS", "no compression gives an archive with one end record"))

    def _deflated(self, name: bytes, chunks: Iterable[bytes], level: int = LEVEL, attempt: int = 0) -> _Member:
        start = at = self._spool.seek(0, os.SEEK_END)
        stream = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, _STRATEGIES[attempt])
        size = crc = 0
        for chunk in _cut(chunks) if attempt else chunks:
            size += len(chunk)
            crc = zlib.crc32(chunk, crc)
            at += self._append(at, stream.compress(chunk))
            if attempt:
                at += self._append(at, stream.flush(zlib.Z_FULL_FLUSH))
        at += self._append(at, stream.flush())
        return _Member(name, crc, at - start, size, start, level)

    def _append(self, at: int, content: bytes) -> int:
        if content:
            self._spool.seek(at)  # reading the chunks may have moved it
            self._spool.write(content)
        return len(content)

    def _inflated(self, member: _Member) -> Iterator[bytes]:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        for chunk in self._raw(member):
            yield stream.decompress(chunk)

    def _raw(self, member: _Member) -> Iterator[bytes]:
        at, end = member.offset, member.offset + member.compressed_size
        while at < end:
            self._spool.seek(at)
            chunk = self._spool.read(min(_STEP, end - at))
            at += len(chunk)
            yield chunk

    def _write(self, members: list[_Member], out: BinaryIO) -> None:
        directory = bytearray()
        offset = 0
        for member in members:
            directory += _central(member, offset)
            out.write(_local(member))
            for chunk in self._raw(member):
                out.write(chunk)
            offset += zip_.LOCAL.size + len(member.name) + member.compressed_size
        out.write(directory)
        count = len(members)
        out.write(zip_.END.pack(zip_.END_SIGNATURE, 0, 0, count, count, len(directory), offset, 0))

    def close(self) -> None:
        """Let go of the temporary bytes."""
        self._spool.close()

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _counted(chunks: Iterable[bytes], update: Callable[[bytes], None]) -> Iterator[bytes]:
    for chunk in chunks:
        update(chunk)
        yield chunk


def _cut(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in other pieces: none holds the signature of an end record, it is cut in two."""
    half = len(zip_.END_SIGNATURE) // 2
    rest = b""
    for chunk in chunks:
        rest += chunk
        while (at := rest.find(zip_.END_SIGNATURE)) >= 0:
            yield rest[: at + half]
            rest = rest[at + half :]
        if len(rest) > _STEP:
            yield rest[:-half]
            rest = rest[-half:]
    yield rest


def _local(member: _Member) -> bytes:
    return (
        zip_.LOCAL.pack(
            zip_.LOCAL_SIGNATURE, NEEDED, 0, zip_.DEFLATED, 0, DATE, member.crc, member.compressed_size, member.size,
            len(member.name), 0,
        )
        + member.name
    )  # fmt: skip


def _central(member: _Member, offset: int) -> bytes:
    return (
        zip_.CENTRAL.pack(
            zip_.CENTRAL_SIGNATURE, MADE_BY, NEEDED, 0, zip_.DEFLATED, 0, DATE, member.crc, member.compressed_size,
            member.size, len(member.name), 0, 0, 0, 0, EXTERNAL, offset,
        )
        + member.name
    )  # fmt: skip


def _end_is_unique(out: BinaryIO) -> bool:
    size = out.seek(0, os.SEEK_END)
    out.seek(max(0, size - zip_.END.size - zip_.MAX_16))
    return out.read().count(zip_.END_SIGNATURE) == 1


def is_canonical(record: zip_.CentralRecord) -> bool:
    """Whether a member's header is, bit for bit, one that :class:`ArchiveWriter` writes."""
    return (
        record.made_by, record.needed, record.flags, record.method, record.time, record.date, record.internal,
        record.external, record.extra, record.comment,
    ) == (MADE_BY, NEEDED, 0, zip_.DEFLATED, 0, DATE, 0, EXTERNAL, b"", b"")  # fmt: skip
