"""Webhook bodies: only those with the passcode count, each once, and only some ask for a pull."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from figma.webhooks import MOST_BYTES, Event, Repetitions, WebhookRefusedError, read_event


def body(kind: str = "FILE_UPDATE", passcode: Any = "open sesame", **more: Any) -> bytes:
    event = {"event_type": kind, "passcode": passcode, "timestamp": "2026-01-01T00:00:00Z", "webhook_id": "22"}
    return json.dumps(event | more).encode()


def test_an_event_is_read() -> None:
    event = read_event(body(file_key="KEY", file_name="Tokens"), "open sesame")
    assert event == Event("FILE_UPDATE", "22", "2026-01-01T00:00:00Z", "KEY", None)
    assert event.asks_for_pull
    assert read_event(body(webhook_id=22), "open sesame").identity == event.identity, "a number is the same id"


@pytest.mark.parametrize(
    ("sent", "passcode", "status"),
    [
        (body(passcode="wrong"), "open sesame", 403),
        (body(passcode=""), "open sesame", 403),
        (body(passcode=None), "open sesame", 403),
        (body(passcode=["open sesame"]), "open sesame", 403),
        (body(passcode="\ud800"), "open sesame", 403),
        (body(passcode=""), "", 403),
        (b"[]", "open sesame", 400),
        (b"{", "open sesame", 400),
        (b"\xff", "open sesame", 400),
        (b"[" * 100_000, "open sesame", 400),
        (json.dumps({"passcode": "open sesame"}).encode(), "open sesame", 400),
        (b" " * (MOST_BYTES + 1), "open sesame", 413),
    ],
)
def test_anything_else_is_refused(sent: bytes, passcode: str, status: int) -> None:
    with pytest.raises(WebhookRefusedError) as refused:
        read_event(sent, passcode)
    assert refused.value.status == status
    assert "sesame" not in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "more", "asks"),
    [
        ("FILE_UPDATE", {}, True),
        ("FILE_VERSION_UPDATE", {}, True),
        ("LIBRARY_PUBLISH", {"modified_variables": [{"key": "k", "name": "n"}]}, True),
        ("LIBRARY_PUBLISH", {"created_variables": [], "modified_variables": []}, False),
        ("LIBRARY_PUBLISH", {"created_styles": [{"key": "k"}]}, False),
        ("PING", {}, False),
        ("FILE_COMMENT", {}, False),
        ("SOMETHING_NEW", {}, False),
    ],
)
def test_only_what_may_change_variables_asks_for_a_pull(kind: str, more: Any, asks: bool) -> None:
    assert read_event(body(kind, **more), "open sesame").asks_for_pull is asks


def test_repetitions_count_once_and_memory_is_bounded() -> None:
    seen = Repetitions(most=2)
    first, second, third = (read_event(body(timestamp=str(n)), "open sesame") for n in range(3))
    assert [seen.is_new(event) for event in (first, first, second, first)] == [True, False, True, False]
    assert [seen.is_new(event) for event in (third, second, first)] == [True, False, True]


def test_recorded_events_are_read(team_data: Path) -> None:
    files = sorted((team_data / "figma" / "handmade" / "webhooks").glob("*.json"))
    events = {}
    for file in files:
        document = json.loads(file.read_text("utf-8"))
        if "event_type" in document and "passcode" in document and "timestamp" in document:
            events[file.stem] = read_event(file.read_bytes(), document["passcode"])
    assert events["library-publish.variables"].asks_for_pull
    assert events["file-update"].asks_for_pull
    assert not events["ping"].asks_for_pull
