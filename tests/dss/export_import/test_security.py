"""The six names of the first specification, as it wrote them down."""

from __future__ import annotations

import io
import json
import multiprocessing
import sqlite3
import threading
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from archive_forge import package

from dss.export_import.faults import ArchiveError
from dss.export_import.locking import ActiveJob, StoreBusyError
from dss.export_import.metrics import Event
from dss.export_import.package import write_archive
from dss.export_import.security import (
    ArchiveIntegrity,
    DatabaseLockingStrategy,
    MemoryLimitManager,
    StreamingJsonLoader,
    TimestampConflictResolver,
    ZipSlipValidator,
)
from dss_tokens.errors import RemoteError


@pytest.mark.parametrize(
    ("names", "unsafe"),
    [
        ([], []),
        (["manifest.json", "tokens/a.jsonl", "tokens/"], []),
        (["ok.json", "../x", "a/../../b"], ["../x", "a/../../b"]),
        (["a", "b", "a"], ["a"]),
        (["tokens/Base.json", "tokens/base.json", "TOKENS/x"], ["tokens/base.json", "TOKENS/x"]),
        (["tokens", "tokens/a"], ["tokens/a"]),
        (["/etc/passwd", "C:\\x", "con", "a\0b", "", "v1..2.jsonl"], ["/etc/passwd", "C:\\x", "con", "a\0b", ""]),
        (["../x", "../x"], ["../x", "../x"]),
        (["e\u0301", "é"], ["e\u0301"]),
    ],
)
def test_every_name_is_judged(names: list[str], unsafe: list[str]) -> None:
    assert ZipSlipValidator.validate_archive_members(names) == (not unsafe, unsafe)


def test_names_may_come_from_the_standard_library() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("../evil.txt", "x")
        archive.writestr("fine.txt", "x")
    with zipfile.ZipFile(content) as archive:
        safe, unsafe = ZipSlipValidator.validate_archive_members(archive.namelist())
    assert (safe, unsafe) == (False, ["../evil.txt"])


@pytest.mark.parametrize(
    ("method", "limit", "code"),
    [
        ("check_file_size", 100_000_000, "DSS640"),
        ("check_token_count", 10_000, "DSS643"),
        ("check_component_count", 1_000, "DSS643"),
    ],
)
def test_limits_are_inclusive_and_never_raise(method: str, limit: int, code: str) -> None:
    check = getattr(MemoryLimitManager(), method)
    assert check(0) == (True, None)
    assert check(limit) == (True, None)
    for wrong in (limit + 1, -1, 1.5, "7", None, True, 10**400, float("nan"), "x" * 1000):
        ok, error = check(wrong)
        assert not ok
        assert error.startswith(code + ":")
        assert len(error) < 300 or isinstance(wrong, int)
    tight = MemoryLimitManager(max_file_size=1, max_tokens=2, max_components=3)
    assert (tight.limits().max_file_size, tight.limits().max_tokens, tight.limits().max_components) == (1, 2, 3)


@pytest.mark.parametrize("as_stream", [False, True])
def test_a_document_is_loaded_piece_by_piece(as_stream: bool, tmp_path: Path) -> None:
    rows = [{"id": n, "text": "é" * n} for n in range(500)]
    content = json.dumps({"version": 1, "tokens": rows, "more": []}).encode()
    source: Any = io.BytesIO(content) if as_stream else tmp_path / "a.json"
    if not as_stream:
        source.write_bytes(content)
    assert list(StreamingJsonLoader(source).items("tokens")) == rows
    assert list(StreamingJsonLoader(json.dumps(rows).encode())) == rows
    assert dict(StreamingJsonLoader(content)) == {"version": 1, "tokens": rows, "more": []}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b'{"a":1,"a":2}', "DSS661"), (b"[NaN]", "DSS663"), (b"[1e400]", "DSS663"), (b"[9007199254740993]", "DSS663"),
        (b'["\\ud800"]', "DSS660"), (b"\xef\xbb\xbf[]", "DSS660"), (b"[1,]", "DSS660"), (b"[" + b"[" * 1000, "DSS662"),
        (b"[1] 2", "DSS660"), (b"", "DSS660"), ("[1]".encode("utf-16"), "DSS660"),
    ],
)  # fmt: skip
def test_a_document_in_pieces_is_read_strictly(text: bytes, code: str) -> None:
    with pytest.raises(ArchiveError, match=code):
        list(StreamingJsonLoader(text))


def test_a_document_is_never_held(tmp_path: Path) -> None:
    read = 0

    class Endless(io.RawIOBase):
        def readinto(self, target: Any) -> int:
            nonlocal read
            row = b'{"a":[1,2,3]},'
            chunk = (b"[" if not read else b"") + row * ((len(target) - 1) // len(row))
            read += len(chunk)
            target[: len(chunk)] = chunk
            return len(chunk)

        def readable(self) -> bool:
            return True

    rows = iter(StreamingJsonLoader(Endless()))  # type: ignore[arg-type]
    for _ in range(20_000):
        next(rows)
    assert read < 20_000 * 14 + 200_000


HOUR = timedelta(hours=1)
NOON = datetime(2025, 1, 1, 12)


@pytest.mark.parametrize(
    ("local", "remote", "winner", "warns"),
    [
        (NOON, NOON + timedelta(minutes=1), "remote", False),
        (NOON + timedelta(minutes=1), NOON, "local", False),
        (NOON, NOON + HOUR, "remote", False),
        (NOON, NOON + HOUR + timedelta(milliseconds=1), "remote", True),
        (datetime(2025, 1, 1), datetime(2025, 1, 2), "remote", True),
        (NOON.replace(tzinfo=UTC), NOON, "local", False),
        (NOON.replace(tzinfo=timezone(2 * HOUR)), NOON.replace(tzinfo=UTC), "remote", True),
        (None, NOON, "remote", True),
        (NOON, None, "local", True),
        (None, None, "local", True),
    ],
)
def test_the_later_side_wins(local: datetime | None, remote: datetime | None, winner: str, warns: bool) -> None:
    found, warning = TimestampConflictResolver().resolve_conflict(local, remote)
    assert (found, warning is not None) == (winner, warns)


def test_two_replicas_choose_the_same_on_a_tie() -> None:
    resolve = TimestampConflictResolver().resolve_conflict
    assert resolve(NOON, NOON, local_revision="a", remote_revision="b")[0] == "remote"
    assert resolve(NOON, NOON, local_revision="b", remote_revision="a")[0] == "local"


def test_an_archive_is_intact_or_it_is_said_which_member_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.dss"
    write_archive(package(), path)
    assert ArchiveIntegrity().verify(path) == (True, None)
    assert ArchiveIntegrity().structure(path).ok
    with zipfile.ZipFile(path) as archive:
        info = archive.infolist()[1]
    content = bytearray(path.read_bytes())
    content[info.header_offset + 30 + len(info.filename) + 20] ^= 255
    path.write_bytes(content)
    ok, error = ArchiveIntegrity().verify(path)
    assert not ok
    assert error is not None
    assert error.startswith("DSS6")
    assert info.filename in error
    ok, error = ArchiveIntegrity(require_signature=True).verify(path)
    assert error is not None
    assert error.startswith("DSS653")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    connection = DatabaseLockingStrategy().connect(path)
    connection.execute("CREATE TABLE t (n INTEGER)")
    connection.close()
    return path


def test_a_connection_has_the_settings(database: Path) -> None:
    connection = DatabaseLockingStrategy(busy_timeout_ms=1234).connect(database)
    for name, value in {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 1234}.items():
        assert connection.execute(f"PRAGMA {name}").fetchone() == (value,)
    assert connection.isolation_level is None
    connection.close()


def test_what_fails_inside_a_transaction_is_taken_back_and_counted(database: Path) -> None:
    events: list[Event] = []
    strategy = DatabaseLockingStrategy(listener=events.append)
    connection = strategy.connect(database)
    with strategy.writing(connection):
        connection.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(ZeroDivisionError), strategy.writing(connection):
        connection.execute("INSERT INTO t VALUES (2)")
        raise ZeroDivisionError
    assert connection.execute("SELECT n FROM t").fetchall() == [(1,)]
    assert [found.metric for found in events] == [
        "dss_database_locked_delays_seconds", "dss_database_locked_delays_seconds", "dss_rollbacks_total"
    ]  # fmt: skip
    connection.close()


def test_a_writer_waits_its_time_and_no_longer(database: Path) -> None:
    events: list[Event] = []
    holder = DatabaseLockingStrategy().connect(database)
    patient = DatabaseLockingStrategy(busy_timeout_ms=300, listener=events.append)
    waiting = patient.connect(database)
    with DatabaseLockingStrategy().writing(holder):
        with pytest.raises(StoreBusyError, match="DSS680") as caught, patient.writing(waiting):
            pass
        assert caught.value.exit_status == 3
    assert 0.25 <= events[0].value < 5, "the wait is measured although it was in vain"
    with patient.writing(waiting):
        waiting.execute("INSERT INTO t VALUES (7)")
    holder.close()
    waiting.close()


def test_a_writer_gets_the_lock_as_soon_as_it_is_free(database: Path) -> None:
    strategy = DatabaseLockingStrategy()
    holder = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.3, lambda: holder.execute("COMMIT"))
    release.start()
    waiting = strategy.connect(database)
    with strategy.writing(waiting):
        waiting.execute("INSERT INTO t VALUES (1)")
    release.join()
    waiting.close()
    holder.close()


def count_up(path: Path, times: int) -> None:
    strategy = DatabaseLockingStrategy(busy_timeout_ms=30_000)
    connection = strategy.connect(path)
    for _ in range(times):
        with strategy.writing(connection):
            ((n,),) = connection.execute("SELECT COALESCE(MAX(n), 0) FROM t").fetchall()
            connection.execute("INSERT INTO t VALUES (?)", (n + 1,))
    connection.close()


def test_processes_that_read_and_then_write_lose_no_update(database: Path) -> None:
    workers = [multiprocessing.get_context("spawn").Process(target=_counting, args=(str(database),)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    connection = sqlite3.connect(database)
    assert connection.execute("SELECT COUNT(*), MAX(n) FROM t").fetchone() == (40, 40)
    connection.close()


def _counting(path: str) -> None:
    count_up(Path(path), 20)


def test_a_live_job_is_seen_and_a_stale_one_is_not(database: Path) -> None:
    strategy = DatabaseLockingStrategy()
    connection = strategy.connect(database)
    assert strategy.active_job(connection, "p", 1000.0) is None
    connection.execute("CREATE TABLE jobs (project TEXT, owner TEXT, purpose TEXT, started REAL, heartbeat REAL)")
    connection.execute("INSERT INTO jobs VALUES ('p', 'worker 1', 'import', 900.0, 970.0)")
    assert strategy.active_job(connection, "p", 1000.0) == ActiveJob("worker 1", "import", 900.0)
    assert strategy.active_job(connection, "p", 1000.1) is None
    assert strategy.active_job(connection, "other", 1000.0) is None
    connection.close()


def test_what_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"no database" * 100)
    with pytest.raises(RemoteError, match="DSS682"):
        DatabaseLockingStrategy().connect(path)
    with pytest.raises(RemoteError, match="DSS682"):
        DatabaseLockingStrategy().connect(tmp_path / "missing" / "store.db")
    for wrong in (-1, 1.5, True):
        with pytest.raises(ValueError):
            DatabaseLockingStrategy(wrong)  # type: ignore[arg-type]
