"""Counting and alerting: closed labels, pure rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from zip_forge import Forged, build

from dss.export_import import DSSProjectService
from dss.export_import.alerts import ALERTS, AlertRule, alerts
from dss.export_import.container import Container
from dss.export_import.examples import TOKENS, make_project
from dss.export_import.faults import CODES, ArchiveError, fault
from dss.export_import.limits import DEFAULTS
from dss.export_import.metrics import (
    METRICS,
    STAGES,
    Event,
    Registry,
    Snapshot,
    event,
    of_archive,
    of_clock,
    of_refusal,
)


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


def test_failures_are_an_alert_from_a_twentieth_on() -> None:
    def ended(outcome: str, count: int) -> list[Event]:
        return [event("dss_operations_total", operation="import", outcome=outcome, code="")] * count

    def levels(*events: Event) -> list[str]:
        rules = [rule for rule in ALERTS if rule.metric == "dss_operations_total"]
        return [found.rule.level for found in alerts([counted(*events)], rules)]

    assert levels(*ended("failed", 4)) == []
    assert levels(*ended("failed", 5)) == ["warning"]
    assert levels(*ended("failed", 3), *ended("refused", 2), *ended("done", 94)) == ["warning"]
    assert levels(*ended("failed", 5), *ended("done", 95)) == []
    assert levels(*ended("conflict", 99)) == []


@pytest.mark.parametrize(
    ("metric", "values", "expected"),
    [
        ("dss_database_locked_delays_seconds", [5.0] + [0.01] * 99, []),
        ("dss_database_locked_delays_seconds", [5.1] + [0.01] * 99, ["warning"]),
        ("dss_database_locked_delays_seconds", [1.0] * 100, []),
        ("dss_database_locked_delays_seconds", [1.1] * 6 + [0.01] * 94, ["warning"]),
        ("dss_clock_skew_seconds", [86_400.0], []),
        ("dss_clock_skew_seconds", [86_401.0], ["critical"]),
        ("dss_jobs_oldest_seconds", [600.0, 299.0], []),
        ("dss_jobs_oldest_seconds", [300.0], ["warning"]),
    ],
)
def test_a_measurement_is_an_alert_above_its_bound(metric: str, values: list[float], expected: list[str]) -> None:
    found = alerts([counted(*(event(metric, value) for value in values))])
    assert [alert.rule.level for alert in found] == expected


def test_a_large_import_is_told() -> None:
    small, large = (event("dss_archive_size_bytes", size, operation="import") for size in (1e8, 1e8 + 1))
    exported = event("dss_archive_size_bytes", 1e9, operation="export")
    assert alerts([counted(small, exported)]) == []
    assert [found.rule.level for found in alerts([counted(large)])] == ["info"]


def test_an_archive_near_a_limit_is_counted() -> None:
    limits = DEFAULTS.changed({"file_size": 100, "members": 10, "total_size": 1000, "tokens": 100})
    assert of_archive(79, 7, 799, 79, limits) == []
    near = [found.labels for found in of_archive(80, 8, 800, 80, limits)]
    assert near == [("file",), ("members",), ("inflated",), ("records",)]


def test_only_a_clock_that_is_ahead_is_skewed() -> None:
    hour = 3_600_000
    assert of_clock(-9 * hour) == [Event("dss_clock_skew_seconds", (), 0.0)]
    assert of_clock(hour) == [Event("dss_clock_skew_seconds", (), 3600.0)]
    assert of_clock(hour + 1)[1:] == [Event("dss_clock_skew_warnings_total")]


def test_an_exchange_is_counted_from_end_to_end(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "dss.export_import")
    registry = Registry()
    source, target = make_project(tmp_path / "a", TOKENS), make_project(tmp_path / "b")
    archive = tmp_path / "secret-brand.dss"
    for root, call in (
        (source, lambda service: service.export_project(source, archive)),
        (target, lambda service: service.import_project(archive)),
        (target, lambda service: service.import_project(tmp_path / "missing.dss")),
    ):  # fmt: skip
        call(DSSProjectService(root=root, listener=registry.count))
    counts = registry.snapshot(0).counts
    assert counts["dss_entities_total", ("export", "tokens", "exported")] == 3
    assert counts["dss_entities_total", ("import", "tokens", "added")] == 3
    assert counts["dss_operations_total", ("import", "done", "")] == 1
    assert counts["dss_operations_total", ("import", "failed", "DSS682")] == 1
    timed = {(name, labels) for name, labels in registry.snapshot(0).histograms}
    for stage in STAGES:
        assert ("dss_validation_stage_seconds", (stage,)) in timed
    assert {("dss_archive_size_bytes", ("export",)), ("dss_archive_size_bytes", ("import",))} <= timed
    assert ("dss_clock_skew_seconds", ()) in timed
    logged = [(record.operation, record.outcome, record.code) for record in caplog.records]  # type: ignore[attr-defined]
    assert logged == [("export", "done", ""), ("import", "done", ""), ("import", "failed", "DSS682")]
    assert "secret" not in caplog.text


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
        assert rule.quantile is None or rule.threshold in metric.buckets, "a histogram knows no other values"
        assert all(set(values) <= set(metric.labels[label]) for label, values in rule.labels.items())
    for metric in METRICS.values():
        assert metric.name.startswith("dss_")
        assert bool(metric.buckets) == (metric.kind == "histogram")


def test_no_metric_takes_a_path(tmp_path: Path) -> None:
    assert not any("path" in label or "name" in label for metric in METRICS.values() for label in metric.labels)
