"""The records of a ZIP file as they stand, one frozen value each: numbers only, nothing believed yet.

Source: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

LOCAL_SIGNATURE: Final = b"PK\x03\x04"
CENTRAL_SIGNATURE: Final = b"PK\x01\x02"
END_SIGNATURE: Final = b"PK\x05\x06"
ZIP64_LOCATOR_SIGNATURE: Final = b"PK\x06\x07"
DESCRIPTOR_SIGNATURE: Final = b"PK\x07\x08"

LOCAL: Final = struct.Struct("<4s5H3L2H")
CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
END: Final = struct.Struct("<4s4H2LH")
LOCATOR_SIZE: Final = 20

STORED, DEFLATED = 0, 8
MAX_16, MAX_32 = 0xFFFF, 0xFFFFFFFF
ENCRYPTED, STREAMED, UTF8 = 1 << 0, 1 << 3, 1 << 11
ENCRYPTION_FLAGS: Final = ENCRYPTED | 1 << 6 | 1 << 13
ALLOWED_FLAGS: Final = 1 << 1 | 1 << 2 | STREAMED | UTF8

ZIP64_EXTRA: Final = 0x0001


@dataclass(frozen=True, slots=True)
class EndRecord:
    """The end of the central directory."""

    disk: int
    directory_disk: int
    count_here: int
    count: int
    directory_size: int
    directory_offset: int
    comment_length: int


@dataclass(frozen=True, slots=True)
class CentralRecord:
    """One member as the directory describes it."""

    made_by: int
    needed: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    compressed_size: int
    size: int
    disk: int
    internal: int
    external: int
    offset: int
    """Where the local header stands."""

    raw_name: bytes
    extra: bytes
    comment: bytes


@dataclass(frozen=True, slots=True)
class LocalHeader:
    """One member as the header in front of its data describes it."""

    needed: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    compressed_size: int
    size: int
    raw_name: bytes
    extra: bytes

    @property
    def length(self) -> int:
        """Bytes from the signature to the data."""
        return LOCAL.size + len(self.raw_name) + len(self.extra)


def end_record(data: bytes) -> EndRecord:
    """The end record at the start of *data* (22 bytes or more)."""
    return EndRecord(*END.unpack_from(data)[1:])


def central_record(data: bytes, offset: int) -> tuple[CentralRecord, int] | None:
    """The record at *offset* and where the next one starts; ``None`` where no whole record stands."""
    if len(data) - offset < CENTRAL.size:
        return None
    (signature, made_by, needed, flags, method, time, date, crc, compressed, size, name_length, extra_length,
     comment_length, disk, internal, external, local) = CENTRAL.unpack_from(data, offset)  # fmt: skip
    name = offset + CENTRAL.size
    extra = name + name_length
    comment = extra + extra_length
    end = comment + comment_length
    if signature != CENTRAL_SIGNATURE or end > len(data):
        return None
    return CentralRecord(
        made_by, needed, flags, method, time, date, crc, compressed, size, disk, internal, external, local,
        data[name:extra], data[extra:comment], data[comment:end],
    ), end  # fmt: skip


def local_header(data: bytes) -> LocalHeader | None:
    """The header at the start of *data*; ``None`` where no whole header stands."""
    if len(data) < LOCAL.size:
        return None
    (signature, needed, flags, method, time, date, crc, compressed, size, name_length,
     extra_length) = LOCAL.unpack_from(data)  # fmt: skip
    name_end = LOCAL.size + name_length
    end = name_end + extra_length
    if signature != LOCAL_SIGNATURE or end > len(data):
        return None
    return LocalHeader(
        needed,
        flags,
        method,
        time,
        date,
        crc,
        compressed,
        size,
        data[LOCAL.size : name_end],
        data[name_end:end],
    )


def extra_fields(data: bytes) -> dict[int, bytes] | None:
    """The extra fields of a header by id; ``None`` where they are malformed or one id stands twice."""
    found: dict[int, bytes] = {}
    offset = 0
    while offset < len(data):
        if len(data) - offset < 4:
            return None
        identifier, length = struct.unpack_from("<HH", data, offset)
        start = offset + 4
        offset = start + length
        if offset > len(data) or identifier in found:
            return None
        found[identifier] = data[start:offset]
    return found
