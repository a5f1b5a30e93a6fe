"""The names that the product's first specification wrote down: doors onto the modules of this package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from dss_tokens.merge.clock import TimestampConflictResolver

from .faults import ArchiveError
from .json_stream import JsonStream, file_chunks
from .limits import DEFAULTS, Limits, within
from .locations import Location, location
from .locking import DatabaseLockingStrategy
from .names import judge_names
from .report import Report
from .strict_json import JsonError
from .trust import trusted
from .verify import verify, verify_structure

__all__ = (
    "ArchiveIntegrity",
    "DatabaseLockingStrategy",
    "MemoryLimitManager",
    "StreamingJsonLoader",
    "TimestampConflictResolver",
    "ZipSlipValidator",
)


class ZipSlipValidator:
    """Judges the names of an archive's members: step 4 of reading one, alone."""

    @staticmethod
    def validate_archive_members(names: Iterable[str]) -> tuple[bool, list[str]]:
        """Whether all of *names* are safe on every system, and those that are not, in order.

        Of names that mean one place, each after the first is unsafe.
        """
        listed = [str(name) for name in names]
        unsafe = [name for name, found in zip(listed, judge_names(listed), strict=True) if found]
        return not unsafe, unsafe


class MemoryLimitManager:
    """Compares sizes and counts with limits. Inclusive: exactly at the limit is accepted. Never raises."""

    def __init__(self, max_file_size: int = 100_000_000, max_tokens: int = 10_000, max_components: int = 1_000) -> None:
        self.max_file_size = max_file_size
        self.max_tokens = max_tokens
        self.max_components = max_components

    def check_file_size(self, size: int) -> tuple[bool, str | None]:
        """Whether an archive of *size* bytes is accepted, and why not."""
        return within("file_size", size, self.max_file_size)

    def check_token_count(self, count: int) -> tuple[bool, str | None]:
        """Whether *count* tokens are accepted, and why not."""
        return within("tokens", count, self.max_tokens)

    def check_component_count(self, count: int) -> tuple[bool, str | None]:
        """Whether *count* components are accepted, and why not."""
        return within("components", count, self.max_components)

    def limits(self) -> Limits:
        """These limits, with the defaults for the others."""
        return DEFAULTS.changed(
            {"file_size": self.max_file_size, "tokens": self.max_tokens, "components": self.max_components}
        )


class StreamingJsonLoader:
    """Iterates over a JSON document of any size without holding it; as strict as every reader of archives."""

    def __init__(self, source: Path | str | bytes | BinaryIO, limits: Limits = DEFAULTS) -> None:
        """Args:
        source: A path, the bytes themselves, or a binary stream.
        """
        self._source = source
        self._limits = limits

    def __iter__(self) -> Iterator[Any]:
        """The elements of the array that the document is, or the ``(key, value)`` pairs of the object.

        Raises:
            ArchiveError: ``DSS66x``; what was given before is not to be used.
        """
        return self._translated(self._top())

    def items(self, key: str) -> Iterator[Any]:
        """The elements of the array under *key* of the object that the document is; the other members are checked.

        Raises:
            ArchiveError: ``DSS66x``.
        """
        return self._translated(self._under(key))

    def _top(self) -> Iterator[Any]:
        stream = JsonStream(file_chunks(self._source), self._limits)
        if stream.starts_array():
            yield from stream.elements()
        else:
            for key in stream.members():
                yield key, stream.value()
        stream.end()

    def _under(self, wanted: str) -> Iterator[Any]:
        stream = JsonStream(file_chunks(self._source), self._limits)
        for key in stream.members():
            if key == wanted:
                yield from stream.elements()
            else:
                stream.value()
        stream.end()

    @staticmethod
    def _translated(values: Iterator[Any]) -> Iterator[Any]:
        try:
            yield from values
        except JsonError as error:
            raise error.refusal() from error


class ArchiveIntegrity:
    """Whether an archive is what it says, and by whom: which member is wrong, and how."""

    def __init__(
        self, trusted_keys: Iterable[str] = (), *, require_signature: bool = False, limits: Limits = DEFAULTS
    ) -> None:
        """Args:
        trusted_keys: Lines of public keys, or paths of their files.
        """
        self._trust = trusted(trusted_keys, required=require_signature)
        self._limits = limits

    def verify(self, path: Location | str) -> tuple[bool, str | None]:
        """Whether the archive at *path* is intact, complete, and signed where that is required; and why not."""
        try:
            report = self.report(path)
        except ArchiveError as error:
            return False, str(error)
        first = next((found for found in report.diagnostics if found.severity == "error"), None)
        return report.ok, None if first is None else f"{first.code}: {first.message}"

    def report(self, path: Location | str) -> Report:
        """All that is found; "intact" and "signed by" are two statements of it."""
        return verify(location(path), self._limits, self._trust)

    def structure(self, path: Location | str) -> Report:
        """What is found of the ZIP container alone."""
        return verify_structure(location(path), self._limits)
