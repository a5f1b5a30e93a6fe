"""What is counted and timed. Data and pure functions; whoever listens does the rest (:mod:`.alerts` among them).

Labels come from closed lists, never from an archive. Source: reference "archives", section 17.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Literal

from .faults import CODES, ArchiveError
from .limits import Limits

Kind = Literal["counter", "histogram", "gauge"]
Labels = tuple[str, ...]
"""The values of a metric's labels, in the order of :attr:`Metric.labels`."""

OPERATIONS: Final = ("export", "import", "merge", "analyze", "verify", "inspect", "upgrade")
OUTCOMES: Final = ("done", "failed", "refused", "conflict", "background", "busy")
STRATEGIES: Final = ("replace", "merge", "keep_local", "keep_remote", "keep_newest", "manual")
STAGES: Final = ("open", "plan", "apply", "write")
"""Steps 1 to 9 of reading; steps 10 and 11 and the comparison with the project; the import; the export."""

CONFLICTS: Final = (
    "both_modified", "delete_modify", "rename_rename", "move_cycle", "type_change", "add_add",
    "alias_target_deleted", "alias_cycle", "context_removed",
)  # fmt: skip
SECONDS: Final = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
HOURS: Final = (1.0, 60.0, 600.0, 3600.0, 21_600.0, 86_400.0, 604_800.0)
BYTES: Final = (1e4, 1e5, 1e6, 1e7, 1e8)
LIMITS: Final = ("file", "members", "inflated", "records", "line", "resolved")
NEAR: Final = 0.8
"""From which part of a limit on an archive is near to it."""
HOUR_MS: Final = 3_600_000
_CODES: Final = tuple(sorted(set(CODES.values())))
OTHER: Final = "other"
"""Stands for a label's value that is on no list."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One thing that is measured."""

    name: str
    kind: Kind
    help: str
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Label to its closed list of values."""

    buckets: tuple[float, ...] = ()
    """Upper bounds, for histograms."""


METRICS: Final[dict[str, Metric]] = {
    metric.name: metric
    for metric in (
        Metric("dss_operation_duration_seconds", "histogram", "How long operations took.",
               {"operation": OPERATIONS, "outcome": OUTCOMES}, SECONDS),
        Metric("dss_operations_total", "counter", "Operations that ended.",
               {"operation": OPERATIONS, "outcome": OUTCOMES, "code": ("", *_CODES)}),
        Metric("dss_zip_slip_attempts_total", "counter", "Unsafe names of members.", {"code": _CODES}),
        Metric("dss_archive_rejected_total", "counter", "Archives that were refused.", {"code": _CODES}),
        Metric("dss_bomb_rejected_total", "counter", "Archives that inflate to too much."),
        Metric("dss_integrity_check_failures_total", "counter", "Archives that are not what they say.",
               {"what": ("digest", "signature", "crc", "truncated")}),
        Metric("dss_memory_limit_exceeded_total", "counter", "Limits that were passed.",
               {"limit": LIMITS}),
        Metric("dss_memory_limit_near_total", "counter", "Archives that came near a limit.", {"limit": LIMITS}),
        Metric("dss_replay_attempts_total", "counter", "Archives older than what was taken in before."),
        Metric("dss_database_locked_delays_seconds", "histogram", "Waiting for the store's lock.", {}, SECONDS),
        Metric("dss_clock_skew_seconds", "histogram", "How far an archive's clock is ahead of ours.", {}, HOURS),
        Metric("dss_clock_skew_warnings_total", "counter", "Archives whose clock is more than an hour ahead."),
        Metric("dss_clock_skewed_nodes_total", "counter", "Nodes whose clock is more than an hour ahead, each once."),
        Metric("dss_merge_conflicts_total", "counter", "Conflicts.", {"kind": CONFLICTS, "strategy": STRATEGIES}),
        Metric("dss_rollbacks_total", "counter", "Transactions that were taken back."),
        Metric("dss_jobs_queued", "gauge", "Jobs that wait."),
        Metric("dss_jobs_oldest_seconds", "gauge", "How long the oldest of them waits."),
        Metric("dss_archive_size_bytes", "histogram", "Size of archives.", {"operation": OPERATIONS}, BYTES),
        Metric("dss_entities_total", "counter", "Entities that were exported or changed.",
               {"operation": OPERATIONS, "kind": ("tokens", "components", "themes", "assets"),
                "change": ("exported", "added", "changed", "deleted", "moved")}),
        Metric("dss_validation_stage_seconds", "histogram", "Stages of reading archives.", {"stage": STAGES}, SECONDS),
        Metric("dss_migrations_performed_total", "counter", "Archives of an older format version."),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """One count or measurement."""

    metric: str
    labels: Labels = ()
    value: float = 1.0


Listener = Callable[[Event], None]
"""Takes events as they happen; must not raise."""


def event(name: str, value: float = 1.0, **labels: str) -> Event:
    """The event of the metric *name*; a label's value that is on no list counts as ``other``.

    Raises:
        KeyError: There is no such metric, or a label is missing.
    """
    known = METRICS[name].labels
    return Event(name, tuple(labels[key] if labels[key] in values else OTHER for key, values in known.items()), value)


_INTEGRITY: Final = {
    "DIGEST_MISMATCH": "digest",
    "SIGNATURE_INVALID": "signature",
    "SIGNATURE_MISSING": "signature",
    "KEY_UNKNOWN": "signature",
    "DECRYPT_FAILED": "signature",
    "ARC_CRC_MISMATCH": "crc",
    "ARC_SIZE_MISMATCH": "crc",
    "ARC_STREAM_CORRUPT": "crc",
    "ARC_TRUNCATED": "truncated",
}
_LIMITS: Final = {
    "LIMIT_FILE_SIZE": "file",
    "LIMIT_ENTRY_COUNT": "members",
    "LIMIT_CD_SIZE": "members",
    "LIMIT_ENTRY_SIZE": "inflated",
    "LIMIT_TOTAL_SIZE": "inflated",
    "LIMIT_RATIO": "inflated",
    "LIMIT_TOKENS": "records",
    "LIMIT_COMPONENTS": "records",
    "LIMIT_LINE_LENGTH": "line",
    "LIMIT_VALUE_SIZE": "line",
    "LIMIT_NAME_LENGTH": "line",
    "LIMIT_RESOLVED_SIZE": "resolved",
}
_BOMBS: Final = frozenset(("LIMIT_RATIO", "LIMIT_ENTRY_SIZE", "LIMIT_TOTAL_SIZE", "LIMIT_RESOLVED_SIZE", "ARC_OVERLAP"))


def of_refusal(error: ArchiveError) -> list[Event]:
    """What a refusal counts as: once for each kind of finding, however many findings there are."""
    events = [event("dss_archive_rejected_total", code=error.code)]
    for symbol, code in sorted({(found.rule or "", found.code) for found in error.diagnostics}):
        if symbol.startswith("NAME_") and "DSS600" <= code <= "DSS607":
            events.append(event("dss_zip_slip_attempts_total", code=code))
        if symbol in _BOMBS:
            events.append(event("dss_bomb_rejected_total"))
        if symbol in _INTEGRITY:
            events.append(event("dss_integrity_check_failures_total", what=_INTEGRITY[symbol]))
        if symbol in _LIMITS:
            events.append(event("dss_memory_limit_exceeded_total", limit=_LIMITS[symbol]))
        if symbol == "ROLLBACK":
            events.append(event("dss_replay_attempts_total"))
    return events


def of_archive(size: int, members: int, inflated: int, tokens: int, limits: Limits) -> list[Event]:
    """What an archive that was let in counts as: which limits it came near to."""
    parts = {
        "file": size / limits.max_file_size,
        "members": members / limits.max_members,
        "inflated": inflated / limits.max_total_size,
        "records": tokens / limits.max_tokens,
    }
    return [event("dss_memory_limit_near_total", limit=limit) for limit, part in parts.items() if part >= NEAR]


def of_clock(milliseconds: int) -> list[Event]:
    """What an archive counts as whose clock is so far ahead; old archives are behind, which means nothing."""
    ahead = max(0, milliseconds)
    events = [event("dss_clock_skew_seconds", ahead / 1000)]
    return [*events, event("dss_clock_skew_warnings_total")] if ahead > HOUR_MS else events


@dataclass(frozen=True, slots=True)
class Histogram:
    """A distribution: counts by upper bound, the last one without bound."""

    bounds: tuple[float, ...]
    counts: tuple[int, ...]
    total: float

    def quantile(self, part: float) -> float:
        """The upper bound below which *part* of the values lie; infinite above the last bound, 0 without values."""
        wanted = part * sum(self.counts)
        if not wanted:
            return 0.0
        seen = 0
        for bound, count in zip((*self.bounds, float("inf")), self.counts, strict=True):
            seen += count
            if seen >= wanted:
                return bound
        return float("inf")


Series = tuple[str, Labels]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that was counted up to one moment."""

    time: float
    """Seconds, of any clock."""

    counts: Mapping[Series, float]
    histograms: Mapping[Series, Histogram]


class Registry:
    """Counts events in this process. Its :meth:`count` is a :data:`Listener`; safe for threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: dict[Series, float] = {}
        self._observed: dict[Series, tuple[list[int], float]] = {}

    def count(self, found: Event) -> None:
        """Take in one event."""
        metric, series = METRICS[found.metric], (found.metric, found.labels)
        with self._lock:
            if metric.kind == "histogram":
                counts, total = self._observed.setdefault(series, ([0] * (len(metric.buckets) + 1), 0.0))
                counts[bisect_left(metric.buckets, found.value)] += 1
                self._observed[series] = (counts, total + found.value)
            elif metric.kind == "gauge":
                self._counts[series] = found.value
            else:
                self._counts[series] = self._counts.get(series, 0.0) + found.value

    def snapshot(self, time: float) -> Snapshot:
        """What was counted so far."""
        with self._lock:
            histograms = {
                series: Histogram(METRICS[series[0]].buckets, tuple(counts), total)
                for series, (counts, total) in self._observed.items()
            }
            return Snapshot(time, dict(self._counts), histograms)
