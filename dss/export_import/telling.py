"""An operation as a summary, whatever became of it, and as what is counted and timed."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter
from typing import TypeVar

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import DssError
from dss_tokens.merge.clock import Stamp, parse_stamp

from .faults import CODES, ArchiveError, fault
from .metrics import HOUR_MS, Event, Listener, event, of_archive, of_clock, of_refusal
from .reader import Archive
from .summaries import Summary

Found = TypeVar("Found", bound=Summary)


class Teller:
    """Tells a listener, if there is one."""

    def __init__(self, listener: Listener | None) -> None:
        self._listener = listener
        self._skewed: set[int] = set()
        """The nodes that were told of."""

    def summary(self, operation: str, run: Callable[[], Found], empty: Found) -> Found:
        """The summary of *run*, or *empty* with why it failed; with its duration, and counted."""
        start = perf_counter()
        try:
            done = run()
        except DssError as error:
            if isinstance(error, ArchiveError):
                self._tell(of_refusal(error))
            done = replace(
                empty, error=error_text(error.diagnostics), diagnostics=tuple(error.diagnostics),
                exit_status=error.exit_status,
            )  # fmt: skip
        except OSError as error:
            found = _system_fault(error)
            done = replace(empty, error=error_text([found]), diagnostics=(found,), exit_status=1)
        seconds = perf_counter() - start
        outcome = _outcome(done)
        self.tell("dss_operation_duration_seconds", seconds, operation=operation, outcome=outcome)
        self.tell("dss_operations_total", operation=operation, outcome=outcome, code=_code(done))
        _log(operation, outcome, done, seconds)
        return replace(done, duration_seconds=seconds)

    def archive(self, archive: Archive, operation: str, now: int) -> None:
        """Tell what is known of *archive* before anything of it is taken in.

        Args:
            now: Milliseconds since 1970.
        """
        size, members = archive.container.size, archive.container.members
        inflated = sum(member.size for member in members)
        self.tell("dss_archive_size_bytes", size, operation=operation)
        self._tell(of_archive(size, len(members), inflated, archive.manifest.counts.tokens, archive.limits))
        self._clock(parse_stamp(archive.manifest.stamp), now)

    def _clock(self, stamp: Stamp, now: int) -> None:
        self._tell(of_clock(stamp.ms - now))
        if stamp.ms - now > HOUR_MS and stamp.node not in self._skewed:
            self._skewed.add(stamp.node)
            self.tell("dss_clock_skewed_nodes_total")

    @contextmanager
    def stage(self, stage: str) -> Iterator[None]:
        """Time the block, however it ends."""
        start = perf_counter()
        try:
            yield
        finally:
            self.tell("dss_validation_stage_seconds", perf_counter() - start, stage=stage)

    def tell(self, metric: str, value: float = 1.0, **labels: str) -> None:
        """Tell one event."""
        self._tell([event(metric, value, **labels)])

    def _tell(self, events: Iterable[Event]) -> None:
        if self._listener is not None:
            for found in events:
                self._listener(found)


def error_text(diagnostics: Sequence[Diagnostic]) -> str:
    """The first of *diagnostics* as text that begins with its code."""
    first = diagnostics[0]
    return f"{first.code}: {first.message}"


def _outcome(done: Summary) -> str:
    if done.success:
        return "done"
    if done.requires_background_job:
        return "background"
    if done.exit_status == 3:
        return "busy" if _code(done) == CODES["STORE_BUSY"] else "failed"
    return {4: "refused", 5: "conflict"}.get(done.exit_status, "failed")


def _code(done: Summary) -> str:
    return (done.error or "").partition(":")[0]


def _log(operation: str, outcome: str, done: Summary, seconds: float) -> None:
    """One line for each operation, with what is counted and nothing that an archive says."""
    import logging

    fields = {"operation": operation, "outcome": outcome, "code": _code(done), "archive_size": done.file_size_bytes}
    text = " ".join(f"{name}={value}" for name, value in fields.items())
    logging.getLogger(__name__).info("%s seconds=%.3f", text, seconds, extra=fields | {"seconds": seconds})


def _system_fault(error: OSError) -> Diagnostic:
    symbol = "STORE_FULL" if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else "IO_ERROR"
    file = error.filename if isinstance(error.filename, str) else None
    message = (error.strerror or "the file could not be read or written").lower()
    return fault(symbol, message, hint="nothing was changed", file=file)
