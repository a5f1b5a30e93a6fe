"""Step 5: members, directory and end record fill the file exactly; local headers repeat the directory."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from . import structure as zip_
from .descriptor import Positioned
from .directory import Named, forbidden_extra
from .faults import ArchiveError, fault, printable

Problem = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a member stands in the file."""

    data_offset: int
    """Where its compressed bytes start."""

    end: int
    """Where its data and descriptor end."""

    is_plain: bool
    """The local header repeats the record in every field, has no extra field, and nothing follows the data."""


def reconcile(source: Positioned, records: list[Named], directory_offset: int, file: str | None) -> dict[int, Place]:
    """The place of every record by its number in *records*, in the order of the file.

    Raises:
        ArchiveError: The first overlap, gap, unlisted or missing local header, or header that disagrees
            with the directory: whatever follows would rest on a wrong place.
    """
    order = sorted(range(len(records)), key=lambda index: records[index][1].offset)
    starts = [records[index][1].offset for index in order] + [directory_offset]
    places: dict[int, Place] = {}
    expected = 0
    for number, index in enumerate(order):
        name, record = records[index]
        placed = _start_fault(source, starts[number], expected) or _place(source, record, starts[number + 1])
        if isinstance(placed, tuple):
            raise ArchiveError(fault(placed[0], f"member {printable(name)}: {placed[1]}", file=file))
        places[index] = placed
        expected = placed.end
    if problem := _start_fault(source, directory_offset, expected):
        raise ArchiveError(fault(problem[0], f"before the directory: {problem[1]}", file=file))
    return places


def _start_fault(source: Positioned, start: int, expected: int) -> Problem | None:
    """Whether something stands between *expected* and *start*, or runs over *start*."""
    if start == expected:
        return None
    if start < expected:
        return "ARC_OVERLAP", f"starts at byte {start}, inside the bytes before it, which end at {expected}"
    gap = f"{start - expected} bytes at {expected}"
    if source.read(expected, 4) == zip_.LOCAL_SIGNATURE:
        return "ARC_ORPHAN_LOCAL", f"{gap} in front hold a member that the directory does not list"
    if expected == 0:
        return "ARC_PREPENDED_DATA", f"{gap} before the first member"
    return "ARC_GAP_DATA", f"{gap} in front belong to no member"


def _place(source: Positioned, record: zip_.CentralRecord, limit: int) -> Place | Problem:
    """Where *record* stands; the next thing of the file starts at *limit*."""
    header = _header(source, record)
    if header is None:
        return "ARC_LOCAL_MISSING", f"no local header at byte {record.offset}"
    fields = zip_.extra_fields(header.extra)
    if fields is None:
        return "ARC_EXTRA_MALFORMED", "malformed extra fields in the local header"
    if problem := _header_fault(header, fields, record):
        return problem
    data_offset = record.offset + header.length
    data_end = data_offset + record.compressed_size
    if data_end > limit:
        return "ARC_OVERLAP", f"its data runs to byte {data_end}, over what starts at {limit}"
    same = (header.needed, header.time, header.date) == (record.needed, record.time, record.date)
    is_plain = same and not header.extra and not record.flags & zip_.STREAMED
    if not record.flags & zip_.STREAMED:
        return Place(data_offset, data_end, is_plain)
    length = _descriptor_length(source, record, data_end, limit, zip_.ZIP64_EXTRA in fields)
    if length is None:
        return "ARC_DESCRIPTOR_MISMATCH", "the descriptor after its data disagrees with the directory"
    return Place(data_offset, data_end + length, is_plain)


def _header(source: Positioned, record: zip_.CentralRecord) -> zip_.LocalHeader | None:
    # one short read for honest archives; the longest possible header only where that was not enough
    usual = zip_.LOCAL.size + len(record.raw_name) + 256
    longest = zip_.LOCAL.size + 2 * zip_.MAX_16
    return zip_.local_header(source.read(record.offset, usual)) or zip_.local_header(
        source.read(record.offset, longest)
    )


def _header_fault(header: zip_.LocalHeader, fields: dict[int, bytes], record: zip_.CentralRecord) -> Problem | None:
    mismatch = "ARC_LOCAL_CENTRAL_MISMATCH"
    if header.raw_name != record.raw_name:
        return mismatch, f"the local header names it {printable(header.raw_name)}"
    if header.flags != record.flags:
        return (
            mismatch,
            f"flags {header.flags:#06x} in the local header, {record.flags:#06x} in the directory",
        )
    if header.method != record.method:
        return mismatch, f"method {header.method} in the local header, {record.method} in the directory"
    if problem := forbidden_extra(fields):
        return problem
    is_streamed = bool(record.flags & zip_.STREAMED)
    if header.crc != record.crc and not (is_streamed and header.crc == 0):
        return mismatch, f"CRC-32 {header.crc:08x} in the local header, {record.crc:08x} in the directory"
    stated = (header.size, header.compressed_size)
    if zip_.ZIP64_EXTRA in fields or zip_.MAX_32 in stated:
        field = fields.get(zip_.ZIP64_EXTRA, b"")
        if stated != (zip_.MAX_32, zip_.MAX_32) or len(field) != 16:
            return "ARC_ZIP64_INCONSISTENT", "ZIP64 sizes in the local header that it does not need"
        stated = struct.unpack("<QQ", field)
    wanted = (record.size, record.compressed_size)
    if stated != wanted and not (is_streamed and stated == (0, 0)):
        return mismatch, f"sizes {stated} in the local header, {wanted} in the directory"
    if record.method == zip_.STORED and record.size != record.compressed_size:
        return "ARC_SIZE_MISMATCH", f"stored, but {record.size} bytes come from {record.compressed_size}"
    return None


def _descriptor_length(
    source: Positioned, record: zip_.CentralRecord, start: int, limit: int, is_zip64: bool
) -> int | None:
    """Bytes of the descriptor at *start*; ``None`` where none agrees with *record*.

    The signature is optional, and ZIP64 doubles the sizes: of the forms that agree, the one that fills the
    space up to *limit* wins.
    """
    content = struct.pack("<LQQ" if is_zip64 else "<LLL", record.crc, record.compressed_size, record.size)
    forms = [zip_.DESCRIPTOR_SIGNATURE + content, content]
    agreeing = [len(form) for form in forms if source.read(start, len(form)) == form]
    return min(agreeing, key=lambda length: abs(limit - start - length), default=None)
