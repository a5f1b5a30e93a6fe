"""Steps 1 to 6: the ZIP container, read once by one strict reader; everything else is refused.

Both views of a ZIP, its directory and its local headers, are reconciled byte for byte with nothing left
over, so that no two readers can see two contents in one file. Source: reference "archives", sections 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO

from . import structure as zip_
from .descriptor import Descriptor, Memory, Positioned, copy_stream, too_large
from .directory import read_directory
from .faults import ArchiveError, Findings, fault, printable
from .inflate import inflated
from .limits import DEFAULTS, Limits
from .locations import Location
from .opening import open_location
from .spans import reconcile

_TAIL = zip_.END.size + zip_.MAX_16  # the end record with the longest comment: 65,557 bytes


@dataclass(frozen=True, slots=True)
class Member:
    """One member whose header, directory record and place in the file agree."""

    name: str
    record: zip_.CentralRecord
    data_offset: int
    """Where the compressed bytes start."""

    has_plain_header: bool
    """The local header repeats the record in every field, has no extra field, and nothing follows the data."""

    @property
    def size(self) -> int:
        """Inflated bytes, as declared: true only once the member was read."""
        return self.record.size

    @property
    def is_folder(self) -> bool:
        """Whether it only names a folder."""
        return self.name.endswith("/")


class Container:
    """A ZIP whose structure was checked, steps 1 to 6; its data is checked while it is read (:meth:`chunks`).

    Use as a context manager; it holds one descriptor.
    """

    def __init__(self, source: Positioned, limits: Limits = DEFAULTS, *, file: str | None = None) -> None:
        """Check *source*.

        Raises:
            ArchiveError: Any fault of its structure; the findings of the first step that fails.
        """
        self._source = source
        self.limits = limits
        self.file = file
        self.size = source.size
        end = _find_end(source, limits, file)
        records = read_directory(source, end, limits, file)
        places = reconcile(source, records, end.directory_offset, file)
        self.members = tuple(
            Member(name, record, places[index].data_offset, places[index].is_plain)
            for index, (name, record) in enumerate(records)
        )
        _check_totals(self.members, limits, file)

    @classmethod
    def open(cls, path: Location, limits: Limits = DEFAULTS) -> Container:
        """Check the regular file or the object at *path*, which is opened once and never again by name.

        Raises:
            ArchiveError: See the class.
            InputError: It cannot be opened.
        """
        return cls.owning(open_location(path, limits), limits, str(path))

    @classmethod
    def from_stream(cls, stream: BinaryIO, limits: Limits = DEFAULTS, *, file: str | None = None) -> Container:
        """Check what *stream* gives, copied to a private file first (pipe, upload, bucket).

        Raises:
            ArchiveError: See the class.
        """
        return cls.owning(copy_stream(stream, limits), limits, file)

    @classmethod
    def from_bytes(cls, content: bytes, limits: Limits = DEFAULTS, *, file: str | None = None) -> Container:
        """Check an archive in memory.

        Raises:
            ArchiveError: See the class.
        """
        return cls(Memory(content), limits, file=file)

    @classmethod
    def owning(cls, source: Descriptor, limits: Limits, file: str | None) -> Container:
        """Check what *source* holds, and close it with the container, or at once where it is refused.

        Raises:
            ArchiveError: See the class.
        """
        try:
            return cls(source, limits, file=file)
        except BaseException:
            source.close()
            raise

    def chunks(self, member: Member) -> Iterator[bytes]:
        """The content of *member* in steps of bounded size: step 10.

        What was yielded is true only when the iterator came to its end.

        Raises:
            ArchiveError: ``DSS622``: damaged, or its size or CRC-32 is not the declared one.
        """
        return inflated(self._source, member.record, member.data_offset, member.name, self.file)

    def raw(self, member: Member) -> bytes:
        """The bytes of *member* as they stand in the file, compressed and not checked."""
        return self._source.read(member.data_offset, member.record.compressed_size)

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._source, Descriptor):
            self._source.close()

    def __enter__(self) -> Container:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _find_end(source: Positioned, limits: Limits, file: str | None) -> zip_.EndRecord:
    """Steps 1 and 2."""
    if source.size > limits.max_file_size:
        raise ArchiveError(too_large(source.size, limits, file))
    head = source.read(0, 4)
    tail_start = max(0, source.size - _TAIL)
    tail = source.read(tail_start, source.size - tail_start)
    found = _occurrences(tail, zip_.END_SIGNATURE)
    if symbol_message := _end_fault(head, tail, found):
        raise ArchiveError(fault(*symbol_message, file=file))
    position = tail_start + found[0]
    end = zip_.end_record(tail[found[0] :])
    before = source.read(max(0, position - zip_.LOCATOR_SIZE), min(position, zip_.LOCATOR_SIZE))
    if symbol_message := _end_content_fault(end, position, before):
        raise ArchiveError(fault(*symbol_message, file=file))
    if end.count > limits.max_members:
        message = f"{end.count:,} members, limit members {limits.max_members:,}"
        raise ArchiveError(fault("LIMIT_ENTRY_COUNT", message, file=file))
    if end.directory_size > limits.max_directory_size:
        message = f"a directory of {end.directory_size:,} bytes, limit directory_size {limits.max_directory_size:,}"
        raise ArchiveError(fault("LIMIT_CD_SIZE", message, file=file))
    return end


def _occurrences(data: bytes, pattern: bytes) -> list[int]:
    """Where *pattern* stands in *data*; the first three places are enough to judge."""
    found: list[int] = []
    at = data.find(pattern)
    while at >= 0 and len(found) < 3:
        found.append(at)
        at = data.find(pattern, at + 1)
    return found


def _end_fault(head: bytes, tail: bytes, found: list[int]) -> tuple[str, str] | None:
    if head != zip_.LOCAL_SIGNATURE:
        if not found:
            return "ARC_NOT_ZIP", "not a ZIP archive"
        if head == zip_.END_SIGNATURE and len(tail) == zip_.END.size:
            return "ARC_EMPTY", "an archive without members"
        return "ARC_PREPENDED_DATA", "the file does not start with a member"
    if not found:
        return "ARC_TRUNCATED", "no end record: the archive is cut off"
    if len(found) > 1:
        return "ARC_EOCD_AMBIGUOUS", "more than one end record: readers would disagree about the content"
    rest = len(tail) - found[0] - zip_.END.size
    if rest < 0:
        return "ARC_TRUNCATED", "the end record is cut off"
    comment = zip_.end_record(tail[found[0] :]).comment_length
    if comment > rest:
        return "ARC_TRUNCATED", "the end record promises more bytes than there are"
    if comment < rest:
        return "ARC_TRAILING_DATA", f"{rest - comment} bytes after the end of the archive"
    if comment:
        return "ARC_COMMENT_FORBIDDEN", f"an archive comment of {comment} bytes"
    return None


def _end_content_fault(end: zip_.EndRecord, position: int, before: bytes) -> tuple[str, str] | None:
    markers = zip_.MAX_16 in (end.count, end.count_here) or zip_.MAX_32 in (
        end.directory_size,
        end.directory_offset,
    )
    if end.disk or end.directory_disk:
        return "ARC_MULTI_DISK", "a part of an archive over several files"
    if end.count != end.count_here:
        return "ARC_COUNT_MISMATCH", f"the end record counts {end.count} members and {end.count_here} members"
    if before.startswith(zip_.ZIP64_LOCATOR_SIGNATURE) or markers:
        return "ARC_ZIP64_INCONSISTENT", "the archive uses ZIP64, which no archive of this size needs"
    if end.count == 0:
        return "ARC_EMPTY", "an archive without members in its directory"
    if end.directory_offset + end.directory_size != position:
        return "ARC_CD_MISMATCH", "the directory does not end where the end record starts"
    return None


def _check_totals(members: tuple[Member, ...], limits: Limits, file: str | None) -> None:
    """Step 6: what the headers declare; what is really there is counted while it is read."""
    found = Findings(limits.max_findings, file)
    for member in members:
        size, compressed = member.record.size, member.record.compressed_size
        shown = printable(member.name)
        if size > limits.max_member_size:
            message = f"member {shown}: {size:,} bytes, limit member_size {limits.max_member_size:,}"
            found.add("LIMIT_ENTRY_SIZE", message)
        elif _is_bomb(size, compressed, limits):
            message = f"member {shown}: {size:,} bytes from {compressed:,}, limit ratio {limits.max_ratio}"
            found.add("LIMIT_RATIO", message)
    size = sum(member.record.size for member in members)
    compressed = sum(member.record.compressed_size for member in members)
    if size > limits.max_total_size:
        found.add("LIMIT_TOTAL_SIZE", f"{size:,} bytes inflated, limit total_size {limits.max_total_size:,}")
    elif not found and _is_bomb(size, compressed, limits):
        found.add("LIMIT_RATIO", f"{size:,} bytes from {compressed:,}, limit ratio {limits.max_ratio}")
    found.raise_if_any()


def _is_bomb(size: int, compressed: int, limits: Limits) -> bool:
    return size > limits.ratio_floor and size > limits.max_ratio * compressed
