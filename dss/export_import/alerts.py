"""When somebody should look: rules as data, and a pure function over what was counted (:mod:`.metrics`).

Source: reference "archives", section 17.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from .metrics import METRICS, Histogram, Series, Snapshot

Level = Literal["info", "warning", "critical"]


@dataclass(frozen=True, slots=True)
class AlertRule:
    """When somebody should look."""

    metric: str
    level: Level
    threshold: float
    """The increase within the window from which on it holds; the value, of a gauge; of a histogram, the value that the
    quantile must pass."""

    window: float = 3600.0
    """Seconds; of no meaning for a gauge."""

    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Count only series with one of these values."""

    quantile: float | None = None
    """For histograms: which part of the values lies below; 1 is the greatest one. ``None`` counts."""

    share: float = 0.0
    """The part of all series of the metric that those with the labels must be above."""


ALERTS: Final[tuple[AlertRule, ...]] = (
    AlertRule("dss_zip_slip_attempts_total", "critical", 1),
    AlertRule("dss_archive_rejected_total", "warning", 3),
    AlertRule("dss_bomb_rejected_total", "critical", 1),
    AlertRule("dss_integrity_check_failures_total", "critical", 1, labels={"what": ("digest", "signature")}),
    AlertRule("dss_integrity_check_failures_total", "warning", 1, labels={"what": ("crc", "truncated")}),
    AlertRule("dss_memory_limit_exceeded_total", "warning", 1),
    AlertRule("dss_memory_limit_near_total", "warning", 1),
    AlertRule("dss_replay_attempts_total", "critical", 1),
    AlertRule("dss_database_locked_delays_seconds", "warning", 5.0, quantile=1.0),
    AlertRule("dss_database_locked_delays_seconds", "warning", 1.0, window=300.0, quantile=0.95),
    AlertRule("dss_clock_skew_warnings_total", "warning", 1),
    AlertRule("dss_clock_skew_seconds", "critical", 86_400.0, quantile=1.0),
    AlertRule("dss_clock_skewed_nodes_total", "critical", 3),
    AlertRule("dss_rollbacks_total", "critical", 1),
    AlertRule("dss_operations_total", "warning", 5, labels={"outcome": ("failed", "refused", "busy")}, share=0.05),
    AlertRule("dss_operation_duration_seconds", "warning", 60.0, window=900.0, quantile=0.95),
    AlertRule("dss_jobs_oldest_seconds", "warning", 300.0),
    AlertRule("dss_archive_size_bytes", "info", 1e8, labels={"operation": ("import", "merge")}, quantile=1.0),
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
    if not snapshots:
        return []
    found = [alert for rule in rules if (alert := _judged(rule, snapshots)) is not None]
    order: dict[Level, int] = {"critical": 0, "warning": 1, "info": 2}
    return sorted(found, key=lambda alert: order[alert.rule.level])


def _judged(rule: AlertRule, snapshots: Sequence[Snapshot]) -> Alert | None:
    now, before = snapshots[-1], _before(rule, snapshots)
    if rule.quantile is not None:
        value = _quantile(rule, rule.quantile, now, before)
        return Alert(rule, value) if value > rule.threshold else None
    if METRICS[rule.metric].kind == "gauge":
        value = max((count for series, count in now.counts.items() if _matches(rule, series)), default=0.0)
        return Alert(rule, value) if value >= rule.threshold else None
    increase = {
        series: count - before.counts.get(series, 0.0)
        for series, count in now.counts.items()
        if series[0] == rule.metric
    }
    value = sum(count for series, count in increase.items() if _matches(rule, series))
    holds = value >= rule.threshold and value > rule.share * sum(increase.values())
    return Alert(rule, value) if holds else None


def _before(rule: AlertRule, snapshots: Sequence[Snapshot]) -> Snapshot:
    start = snapshots[-1].time - rule.window
    return next((one for one in reversed(snapshots) if one.time <= start), Snapshot(start, {}, {}))


def _quantile(rule: AlertRule, part: float, now: Snapshot, before: Snapshot) -> float:
    return max(
        (
            _since(histogram, before.histograms.get(series)).quantile(part)
            for series, histogram in now.histograms.items()
            if _matches(rule, series)
        ),
        default=0.0,
    )


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
