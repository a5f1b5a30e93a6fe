"""Step 10: the content of one member in bounded steps, checked against every number that was declared."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from . import structure as zip_
from .descriptor import Positioned
from .faults import ArchiveError, fault, printable

IN_STEP = 64 * 1024
"""Compressed bytes read at once."""

OUT_STEP = 256 * 1024
"""Inflated bytes given at once, at most."""


def inflated(
    source: Positioned, record: zip_.CentralRecord, data_offset: int, name: str, file: str | None
) -> Iterator[bytes]:
    """The content of the member at *data_offset*, at most its declared size, in steps of at most 256 KiB.

    Raises:
        ArchiveError: ``DSS622``; the content that was yielded before is not to be used.
    """
    raw = _raw(source, data_offset, record.compressed_size)
    steps = raw if record.method == zip_.STORED else _deflated(raw)
    size = crc = 0
    shown = printable(name)
    try:
        for step in steps:
            size += len(step)
            if size > record.size:
                message = f"member {shown}: more than the declared {record.size:,} bytes"
                raise ArchiveError(fault("ARC_SIZE_MISMATCH", message, file=file))
            crc = zlib.crc32(step, crc)
            yield step
    except (zlib.error, EOFError) as error:
        message = f"member {shown}: damaged after {size:,} bytes ({error})"
        raise ArchiveError(fault("ARC_STREAM_CORRUPT", message, file=file)) from error
    if size != record.size:
        message = f"member {shown}: {size:,} bytes, declared {record.size:,}"
        raise ArchiveError(fault("ARC_SIZE_MISMATCH", message, file=file))
    if crc != record.crc:
        message = f"member {shown}: CRC-32 {crc:08x}, declared {record.crc:08x}"
        raise ArchiveError(fault("ARC_CRC_MISMATCH", message, file=file))


def _raw(source: Positioned, offset: int, count: int) -> Iterator[bytes]:
    """Raises :class:`EOFError` where the file became shorter."""
    while count:
        step = source.read(offset, min(count, IN_STEP))
        if not step:
            raise EOFError("the file ends inside it")
        offset += len(step)
        count -= len(step)
        yield step


def _deflated(raw: Iterator[bytes]) -> Iterator[bytes]:
    """Raises :class:`EOFError` unless the deflate stream ends exactly at the end of *raw*."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for step in raw:
        while step:
            if stream.eof:
                raise EOFError("bytes after the end of its deflate stream")
            if output := stream.decompress(step, OUT_STEP):
                yield output
            step = stream.unconsumed_tail or stream.unused_data
            if stream.eof and step:
                raise EOFError("bytes after the end of its deflate stream")
    while not stream.eof:
        # output may be left inside the decompressor when the input ends
        output = stream.decompress(b"", OUT_STEP)
        if not output and not stream.eof:
            raise EOFError("its deflate stream has no end")
        if output:
            yield output
