"""Step 3 and 4: the central directory, record by record, and the names in it."""

from __future__ import annotations

import stat

from . import structure as zip_
from .descriptor import Positioned
from .faults import ArchiveError, Findings, fault, printable
from .limits import Limits
from .names import NameRegister, name_fault

Named = tuple[str, zip_.CentralRecord]

_FORBIDDEN_EXTRA = {
    0x7075: "another name for the member",
    0x6375: "a comment",
    0x9901: "encryption",
    0x0017: "encryption",
    0x000D: "a link target",
    0x756E: "a link target",
    # read by streaming readers of libarchive in place of the directory's attributes
    0x6C78: "another file kind",
}
_NEWEST_VERSION = 63
_DOS_FOLDER = 0x10
# volume label, device, reparse point (a link on Windows)
_DOS_SPECIAL = 0x08 | 0x40 | 0x400


def read_directory(source: Positioned, end: zip_.EndRecord, limits: Limits, file: str | None) -> list[Named]:
    """All records with their names, in the directory's order.

    Raises:
        ArchiveError: The records do not fill the directory exactly, one of them asks for something that is
            not supported, or a name is unsafe.
    """
    records = _records(source.read(end.directory_offset, end.directory_size), end.count, file)
    found = Findings(limits.max_findings, file)
    for record in records:
        if problem := record_fault(record):
            found.add(problem[0], f"member {printable(record.raw_name)}: {problem[1]}")
    found.raise_if_any()
    return _with_names(records, found)


def _records(data: bytes, count: int, file: str | None) -> list[zip_.CentralRecord]:
    records: list[zip_.CentralRecord] = []
    offset = 0
    while len(records) < count:
        step = zip_.central_record(data, offset)
        if step is None:
            symbol = "ARC_COUNT_MISMATCH" if offset == len(data) else "ARC_CD_MISMATCH"
            message = f"the directory holds {len(records)} readable records, the end record counts {count}"
            raise ArchiveError(fault(symbol, message, file=file))
        record, offset = step
        records.append(record)
    if offset != len(data):
        message = f"{len(data) - offset} bytes of the directory belong to no counted member"
        raise ArchiveError(fault("ARC_COUNT_MISMATCH", message, file=file))
    return records


def record_fault(record: zip_.CentralRecord) -> tuple[str, str] | None:
    """Step 3 for one record, the name aside."""
    if record.flags & zip_.ENCRYPTION_FLAGS:
        return "ARC_ENCRYPTED", "encrypted inside the ZIP; encrypt the whole archive instead"
    if record.method not in (zip_.STORED, zip_.DEFLATED):
        return "ARC_METHOD_UNSUPPORTED", f"compression method {record.method}; 0 and 8 are read"
    if record.flags & ~zip_.ALLOWED_FLAGS:
        return "ARC_FLAG_UNSUPPORTED", f"flags {record.flags:#06x}"
    if record.flags & zip_.STREAMED and record.method == zip_.STORED:
        return "ARC_FLAG_UNSUPPORTED", "a stored member whose size stands after its data"
    if record.needed & 0xFF > _NEWEST_VERSION:
        return "ARC_FLAG_UNSUPPORTED", f"asks for version {(record.needed & 0xFF) / 10} of the ZIP format"
    if record.disk:
        return "ARC_MULTI_DISK", f"on disk {record.disk}"
    if record.comment:
        return "ARC_COMMENT_FORBIDDEN", f"a comment of {len(record.comment)} bytes"
    fields = zip_.extra_fields(record.extra)
    if fields is None:
        return "ARC_EXTRA_MALFORMED", "malformed extra fields"
    if zip_.ZIP64_EXTRA in fields or zip_.MAX_32 in (record.size, record.compressed_size, record.offset):
        return "ARC_ZIP64_INCONSISTENT", "ZIP64 sizes, which no archive of this size needs"
    return forbidden_extra(fields) or _kind_fault(record)


def forbidden_extra(fields: dict[int, bytes]) -> tuple[str, str] | None:
    """The first extra field by which another reader would see something else."""
    for identifier in fields:
        if identifier in _FORBIDDEN_EXTRA:
            return "ARC_EXTRA_FORBIDDEN", f"extra field {identifier:#06x}: {_FORBIDDEN_EXTRA[identifier]}"
    return None


def _kind_fault(record: zip_.CentralRecord) -> tuple[str, str] | None:
    mode, attributes = record.external >> 16, record.external & zip_.MAX_16
    is_folder = record.raw_name.endswith(b"/")
    # Python's own writer stores no file kind at all: 0 is regular
    expected = (0, stat.S_IFDIR) if is_folder else (0, stat.S_IFREG)
    if stat.S_IFMT(mode) not in expected or attributes & _DOS_SPECIAL:
        return (
            "ARC_ENTRY_TYPE",
            f"neither a regular file nor a folder (mode {mode:#o}, attributes {attributes:#x})",
        )
    if attributes & _DOS_FOLDER and not is_folder:
        return "ARC_ENTRY_TYPE", "marked as a folder, but named as a file"
    if mode & (stat.S_ISUID | stat.S_ISGID):
        return "ARC_ENTRY_TYPE", f"set-id bits (mode {mode:#o})"
    if is_folder and record.size:
        return "ARC_ENTRY_TYPE", f"a folder with {record.size} bytes of content"
    return None


def _with_names(records: list[zip_.CentralRecord], found: Findings) -> list[Named]:
    """Step 4."""
    register = NameRegister()
    named: list[Named] = []
    for record in records:
        if (name := _decoded(record, found)) is None:
            continue
        named.append((name, record))
        problem = name_fault(name)
        if problem:
            found.add(*problem)
        # a name in another normal form is at fault, and still tells what it collides with
        if (problem is None or problem[0] == "NAME_NOT_NFC") and (clash := register.add(name)):
            found.add(*clash)
    found.raise_if_any()
    return named


def _decoded(record: zip_.CentralRecord, found: Findings) -> str | None:
    try:
        name = record.raw_name.decode("utf-8")
    except UnicodeDecodeError:
        found.add("NAME_ENCODING", f"member {printable(record.raw_name)}: the name is not UTF-8")
        return None
    if not name.isascii() and not record.flags & zip_.UTF8:
        found.add("NAME_ENCODING", f"member {printable(name)}: a name beyond ASCII that is not marked as UTF-8")
        return None
    return name
