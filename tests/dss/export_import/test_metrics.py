"""Counting and alerting: closed labels, pure rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from zip_forge import Forged, build

from dss.export_import.container import Container
from dss.export_import.faults import CODES, ArchiveError, fault
from dss.export_import.metrics import ALERTS, METRICS, AlertRule, Event, Registry, Snapshot, alerts, event, of_refusal


def refusal(content: bytes) -> ArchiveError:
    with pytest.raises(ArchiveError) as caught:
        Container.from_bytes(content)
    return caught.value


def test_a_refusal_is_counted_by_what_it_means() -> None:
    slip = of_refusal(refusal(build([Forged(b"../evil\x1b"), Forged(b"../other")])))
    assert slip == [Event("dss_archive_rejected_total", ("DSS600",)), Event("dss_zip_slip_attempts_total", ("DSS600",))]
    bomb = of_refusal(refusal(build([Forged(b"a", bytes(11_000_000))])))
    assert {found.metric for found in bomb} == {
        "dss_archive_rejected_total", "dss_bomb_rejected_total", "dss_memory_limit_exceeded_total"
    }  # fmt: skip
    assert of_refusal(ArchiveError(fault("ROLLBACK", "old")))[1] == Event("dss_replay_attempts_total")
    assert Event("dss_integrity_check_failures_total", ("digest",)) in of_refusal(
        ArchiveError(fault("DIGEST_MISMATCH", ""))
    )


def test_every_symbol_can_be_counted() -> None:
    registry = Registry()
    for symbol in CODES:
        for found in of_refusal(ArchiveError(fault(symbol, "x"))):
            registry.count(found)
    rejected = sum(n for (name, _), n in registry.snapshot(0).counts.items() if name == "dss_archive_rejected_total")
    assert rejected == len(CODES)


def test_labels_never_come_from_outside() -> None:
    assert event("dss_operations_total", operation="rm -rf", outcome="done", code="x").labels == (
        "other",
        "done",
        "other",
    )
    with pytest.raises(KeyError):
        event("dss_unknown")
    with pytest.raises(KeyError):
        event("dss_operations_total", operation="export")


def counted(*events: Event, time: float = 0.0, registry: Registry | None = None) -> Snapshot:
    registry = registry or Registry()
    for found in events:
        registry.count(found)
    return registry.snapshot(time)


def test_histograms_know_their_quantiles() -> None:
    waits = [event("dss_database_locked_delays_seconds", value) for value in [0.004] * 94 + [0.9] * 5 + [400.0]]
    (found,) = counted(*waits).histograms.values()
    assert (found.quantile(0.5), found.quantile(0.95), found.quantile(1.0)) == (0.01, 1.0, float("inf"))
    assert sum(found.counts) == 100
    at_bound = counted(event("dss_database_locked_delays_seconds", 0.01))
    assert at_bound.histograms["dss_database_locked_delays_seconds", ()].counts[0] == 1


def test_gauges_keep_the_last_value() -> None:
    assert counted(event("dss_jobs_queued", 5), event("dss_jobs_queued", 2)).counts["dss_jobs_queued", ()] == 2


def test_an_alert_holds_from_its_threshold_on_within_its_window() -> None:
    rule = AlertRule("dss_archive_rejected_total", "warning", 3, window=3600)
    registry = Registry()
    one = event("dss_archive_rejected_total", code="DSS610")
    old = counted(one, one, time=0, registry=registry)
    assert alerts([old], [rule]) == []
    recent = counted(one, time=3000, registry=registry)
    assert [found.value for found in alerts([old, recent], [rule])] == [3]
    later = counted(one, time=3600, registry=registry)
    assert alerts([old, recent, later], [rule]) == [], "the first two lie outside the window"
    assert alerts([], [rule]) == []


def test_the_worst_alert_comes_first() -> None:
    snapshot = counted(
        event("dss_integrity_check_failures_total", what="crc"), event("dss_migrations_performed_total"),
        event("dss_zip_slip_attempts_total", code="DSS600"),
    )  # fmt: skip
    assert [found.rule.level for found in alerts([snapshot])] == ["critical", "warning", "info"]


def test_rules_and_metrics_name_only_what_exists() -> None:
    for rule in ALERTS:
        metric = METRICS[rule.metric]
        assert (rule.quantile is None) == (metric.kind != "histogram")
        assert all(set(values) <= set(metric.labels[label]) for label, values in rule.labels.items())
    for metric in METRICS.values():
        assert metric.name.startswith("dss_")
        assert bool(metric.buckets) == (metric.kind == "histogram")


def test_no_metric_takes_a_path(tmp_path: Path) -> None:
    assert not any("path" in label or "name" in label for metric in METRICS.values() for label in metric.labels)
