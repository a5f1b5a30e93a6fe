"""What is counted and timed, and when that is an alert. Data and pure functions; whoever listens does the rest.

Labels come from closed lists, never from an archive. Source: reference "archives", section 17.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Literal

from .faults import CODES, ArchiveError

Kind = Literal["counter", "histogram", "gauge"]
Level = Literal["info", "warning", "critical"]
Labels = tuple[str, ...]
"""The values of a metric's labels, in the order of :attr:`Metric.labels`."""

OPERATIONS: Final = ("export", "import", "merge", "analyze", "verify", "inspect", "upgrade")
OUTCOMES: Final = ("done", "failed", "refused", "conflict", "background", "busy")
STRATEGIES: Final = ("replace", "merge", "keep_local", "keep_remote", "keep_newest", "manual")
STAGES: Final = ("structure", "manifest", "bytes", "content", "plan", "apply", "write")
CONFLICTS: Final = (
    "both_modified", "delete_modify", "rename_rename", "move_cycle", "type_change", "add_add",
    "alias_target_deleted", "alias_cycle", "context_removed",
)  # fmt: skip
SECONDS: Final = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
BYTES: Final = (1e4, 1e5, 1e6, 1e7, 1e8)
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
               {"limit": ("file", "members", "inflated", "records", "line", "resolved")}),
        Metric("dss_replay_attempts_total", "counter", "Archives older than what was taken in before."),
        Metric("dss_database_locked_delays_seconds", "histogram", "Waiting for the store's lock.", {}, SECONDS),
        Metric("dss_clock_skew_seconds", "histogram", "Difference between an archive's clock and ours.", {}, SECONDS),
        Metric("dss_clock_skew_warnings_total", "counter", "Clocks that differ by more than an hour."),
        Metric("dss_merge_conflicts_total", "counter", "Conflicts.", {"kind": CONFLICTS, "strategy": STRATEGIES}),
        Metric("dss_rollbacks_total", "counter", "Transactions that were taken back."),
        Metric("dss_jobs_queued", "gauge", "Jobs that wait."),
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


@dataclass(frozen=True, slots=True)
class AlertRule:
    """When somebody should look."""

    metric: str
    level: Level
    threshold: float
    """The increase within the window, or the quantile's value, from which on it holds."""

    window: float = 3600.0
    """Seconds."""

    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Count only series with one of these values."""

    quantile: float | None = None
    """For histograms: which part must lie above the threshold; ``None`` counts."""


ALERTS: Final[tuple[AlertRule, ...]] = (
    AlertRule("dss_zip_slip_attempts_total", "critical", 1),
    AlertRule("dss_archive_rejected_total", "warning", 3),
    AlertRule("dss_bomb_rejected_total", "critical", 1),
    AlertRule("dss_integrity_check_failures_total", "critical", 1, labels={"what": ("digest", "signature")}),
    AlertRule("dss_integrity_check_failures_total", "warning", 1, labels={"what": ("crc", "truncated")}),
    AlertRule("dss_memory_limit_exceeded_total", "warning", 1),
    AlertRule("dss_replay_attempts_total", "critical", 1),
    AlertRule("dss_database_locked_delays_seconds", "warning", 1.0, window=300.0, quantile=0.95),
    AlertRule("dss_clock_skew_warnings_total", "warning", 1),
    AlertRule("dss_rollbacks_total", "critical", 1),
    AlertRule("dss_operations_total", "warning", 5, labels={"outcome": ("failed", "refused")}),
    AlertRule("dss_operation_duration_seconds", "warning", 60.0, window=900.0, quantile=0.95),
    AlertRule("dss_migrations_performed_total", "info", 1),
    AlertRule("dss_merge_conflicts_total", "info", 1),
)


@dataclass(frozen=True, slots=True)
class Alert:
    """A rule that holds now."""

    rule: AlertRule
    value: float


def alerts(snapshots: Sequence[Snapshot], rules: Iterable[AlertRule] = ALERTS) -> list[Alert]:
    """The rules that hold at the last of *snapshots*, which are in order of time; the worst first."""
    found = []
    for rule in rules:
        value = _value(rule, snapshots)
        if value >= rule.threshold:
            found.append(Alert(rule, value))
    order: dict[Level, int] = {"critical": 0, "warning": 1, "info": 2}
    return sorted(found, key=lambda alert: order[alert.rule.level])


def _value(rule: AlertRule, snapshots: Sequence[Snapshot]) -> float:
    if not snapshots:
        return 0.0
    now = snapshots[-1]
    before = next((s for s in reversed(snapshots) if s.time <= now.time - rule.window), Snapshot(now.time, {}, {}))
    if rule.quantile is None:
        return sum(count - before.counts.get(s, 0.0) for s, count in now.counts.items() if _matches(rule, s))
    return max(
        (_since(histogram, before.histograms.get(series)).quantile(rule.quantile)
         for series, histogram in now.histograms.items() if _matches(rule, series)),
        default=0.0,
    )  # fmt: skip


def _matches(rule: AlertRule, series: Series) -> bool:
    name, values = series
    if name != rule.metric:
        return False
    labels = dict(zip(METRICS[name].labels, values, strict=True))
    return all(labels[key] in wanted for key, wanted in rule.labels.items())


def _since(now: Histogram, before: Histogram | None) -> Histogram:
    if before is None:
        return now
    counts = tuple(one - other for one, other in zip(now.counts, before.counts, strict=True))
    return Histogram(now.bounds, counts, now.total - before.total)
