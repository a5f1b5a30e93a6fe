"""Killed at every point: the project is in its old state or in its new one, and the next command makes it whole."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dss import wiring
from dss.export_import import DSSProjectService, atomic, file_journal
from dss.export_import.locking import DatabaseLockingStrategy
from dss.export_import.verify import verify
from dss.project import find_project

CONFIG = '[project]\nname = "acme"\nsources = ["tokens/**/*.json"]\n'
EFFECTS = ("fsync", "replace", "link", "unlink", "mkdir", "rmdir", "chmod", "open")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def number(value: int) -> dict[str, Any]:
    return {"$type": "number", "$value": value}


OLD = {"base.json": {"a": number(1), "b": number(2)}, "gone.json": {"x": number(3)}}
NEW = {"base.json": {"a": number(10), "c": number(4)}, "deep/new.json": {"y": number(5)}}


def write(root: Path, documents: dict[str, Any]) -> Path:
    for name, document in documents.items():
        path = root / "tokens" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document), "utf-8")
    root.mkdir(exist_ok=True)
    (root / "dss.toml").write_text(CONFIG, "utf-8")
    return root


def read(root: Path) -> dict[str, Any]:
    """The tokens as every reading command sees them, which finishes or undoes what was interrupted."""
    reading = wiring.read((), project=find_project(root))
    assert not [found for found in reading.diagnostics if found.severity == "error"]
    folder = root.resolve() / "tokens"
    return {source.path.resolve().relative_to(folder).as_posix(): source.document for source in reading.sources}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in its old state, and ``new.dss`` beside it."""
    root = write(tmp_path / "project", OLD)
    service = DSSProjectService()
    assert service.export_project(root, tmp_path / "old.dss").success
    other = write(tmp_path / "other", {})
    assert service.import_project(tmp_path / "old.dss", project=other).success
    (other / "tokens" / "gone.json").unlink()
    write(other, NEW)
    assert service.export_project(other, tmp_path / "new.dss").success
    return root


def killed_at(point: int, work: Callable[[], Any]) -> bool:
    """Run *work* in a child that dies at its effect number *point*; whether it came so far."""
    child = os.fork()
    if child == 0:
        count = 0

        def step(*_: object) -> None:
            nonlocal count
            count += 1
            if count == point:
                os._exit(9)

        for name in EFFECTS:
            setattr(os, name, _counted(getattr(os, name), step))
        connect = DatabaseLockingStrategy.connect

        def traced(self: DatabaseLockingStrategy, path: Path) -> sqlite3.Connection:
            connection = connect(self, path)
            connection.set_trace_callback(step)
            return connection

        DatabaseLockingStrategy.connect = traced  # type: ignore[method-assign,assignment]
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 9


def _counted(function: Callable[..., Any], step: Callable[[], None]) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        step()  # before the effect
        result = function(*arguments, **options)
        step()  # after it
        return result

    return call


def points(every: int) -> Iterator[int]:
    """Every point where a run may end; in the quick run one in *every*."""
    return iter(range(1, 2000, 1 if os.environ.get("DSS_TEST_EVERY_POINT") else every))


def assert_whole(root: Path) -> None:
    connection = sqlite3.connect(root / ".dss" / "store.db")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    assert not (root / ".dss" / "pending").exists()
    assert not list(root.rglob("*.tmp"))
    archive = root / "check.dss"
    done = DSSProjectService().export_project(root, archive)
    assert done.success, done.error
    assert verify(archive).ok
    archive.unlink()


@pytest.mark.parametrize("operation", ["import", "merge"])
def test_a_run_that_is_killed_leaves_the_old_state_or_the_new_one(
    operation: str, project: Path, tmp_path: Path
) -> None:
    service = DSSProjectService()

    def work(root: Path) -> Any:
        if operation == "import":
            return service.import_project(tmp_path / "new.dss", project=root)
        return service.merge_project(root, tmp_path / "new.dss")

    seen = set()
    for point in points(11):
        root = Path(shutil.copytree(project, tmp_path / "copy"))
        reached = killed_at(point, lambda root=root: work(root))  # type: ignore[misc]
        state = read(root)
        assert state in (OLD, NEW), f"point {point}"
        seen.add(json.dumps(state, sort_keys=True))
        assert_whole(root)
        again = work(root)
        assert again.success, (point, again.error)
        assert read(root) == NEW
        assert_whole(root)
        shutil.rmtree(root)
        if not reached:
            break
    else:
        pytest.fail("it never came to its end")
    assert len(seen) == 2, "some runs died before the commit, some after it"


def test_an_export_that_is_killed_leaves_the_old_archive_or_the_new_one(project: Path, tmp_path: Path) -> None:
    service = DSSProjectService()
    target = project / "out.dss"
    assert service.export_project(project, target).success
    old = target.read_bytes()
    write(project, {"base.json": {"a": number(77)}})
    copy = Path(shutil.copytree(project, tmp_path / "reference"))
    assert service.export_project(copy, copy / "out.dss").success
    for point in points(9):
        root = Path(shutil.copytree(project, tmp_path / "copy"))
        reached = killed_at(point, lambda root=root: service.export_project(root, root / "out.dss"))  # type: ignore[misc]
        assert verify(root / "out.dss").ok
        if (root / "out.dss").read_bytes() != old:
            assert verify(root / "out.dss").to_json()["counts"]["tokens"] == 2
        assert service.export_project(root, root / "out.dss").success
        assert not list(root.rglob("*.tmp")), "what the killed run left was swept"
        assert_whole(root)
        shutil.rmtree(root)
        if not reached:
            return
    pytest.fail("it never came to its end")


@pytest.mark.slow
@pytest.mark.parametrize("operation", ["import", "merge", "export"])
def test_a_command_that_is_killed_at_a_random_moment_loses_nothing(
    operation: str, project: Path, tmp_path: Path
) -> None:
    rng = random.Random(int(os.environ.get("DSS_TEST_SEED", "7")))
    words = {
        "import": ["import", str(tmp_path / "new.dss")],
        "merge": ["merge", str(tmp_path / "new.dss")],
        "export": ["export", "-o", "out.dss"],
    }[operation]
    for _ in range(int(os.environ.get("DSS_TEST_KILLS", "8"))):
        root = Path(shutil.copytree(project, tmp_path / "copy"))
        process = subprocess.Popen(
            [sys.executable, "-m", "dss", *words], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(rng.uniform(0.02, 0.6))
        process.send_signal(signal.SIGKILL)
        process.wait()
        expected = (OLD,) if operation == "export" else (OLD, NEW)
        assert read(root) in expected
        if (root / "out.dss").exists():
            assert verify(root / "out.dss").ok
        assert subprocess.run([sys.executable, "-m", "dss", *words], cwd=root, capture_output=True).returncode == 0
        assert read(root) == expected[-1]
        if (root / ".dss" / "store.db").exists():
            assert_whole(root)
        shutil.rmtree(root)


# --- the journal of files -------------------------------------------------------------------------------------------


def staged(root: Path) -> str:
    (root / "a.json").write_text("old", "utf-8")
    (root / "b.json").write_text("old", "utf-8")
    return file_journal.stage(
        root, [("a.json", lambda: b"new"), ("deep/c.json", lambda: b"new"), ("b.json", None)]
    )  # fmt: skip


def contents(root: Path) -> dict[str, str]:
    found = (path for path in root.rglob("*") if path.is_file() and ".dss" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in found}


def test_what_was_decided_is_done_and_the_rest_is_forgotten(tmp_path: Path) -> None:
    done, dropped = tmp_path / "done", tmp_path / "dropped"
    for root, decided in ((done, True), (dropped, False)):
        root.mkdir()
        staged(root)
        assert file_journal.is_pending(root)
        file_journal.recover(root, lambda transaction, decided=decided: decided)  # type: ignore[misc]
        assert not file_journal.is_pending(root)
    assert contents(done) == {"a.json": "new", "deep/c.json": "new"}
    assert contents(dropped) == {"a.json": "old", "b.json": "old"}


def test_finishing_twice_is_finishing_once(tmp_path: Path) -> None:
    transaction = staged(tmp_path)
    copy = Path(shutil.copytree(tmp_path / ".dss", tmp_path.parent / f"{tmp_path.name}-copy"))
    file_journal.finish(tmp_path, transaction)
    shutil.copytree(copy, tmp_path / ".dss", dirs_exist_ok=True)
    file_journal.finish(tmp_path, transaction)
    assert contents(tmp_path) == {"a.json": "new", "deep/c.json": "new"}


def test_a_mode_stays_and_an_empty_folder_goes(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.json").write_text("x", "utf-8")
    (tmp_path / "b.json").write_text("x", "utf-8")
    (tmp_path / "b.json").chmod(0o600)
    transaction = file_journal.stage(tmp_path, [("deep/a.json", None), ("b.json", lambda: b"y")])
    file_journal.finish(tmp_path, transaction)
    assert not (tmp_path / "deep").exists()
    assert (tmp_path / "b.json").stat().st_mode & 0o777 == 0o600


def test_only_one_program_works_on_a_project(tmp_path: Path) -> None:
    with (
        file_journal.exclusive(tmp_path),
        pytest.raises(Exception, match="DSS680"),
        file_journal.exclusive(tmp_path, timeout=0.1),
    ):
        pass
    with file_journal.exclusive(tmp_path, timeout=0.1):
        pass


# --- full disks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("failing", ["fsync", "replace", "write"])
@pytest.mark.parametrize("after", [0, 1, 2, 4])
def test_a_full_disk_leaves_the_old_state(
    failing: str, after: int, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def full(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > after:
            raise OSError(errno.ENOSPC, "No space left on device")
        return original(*arguments, **options)

    if failing == "write":
        original: Any = file_journal._write
        monkeypatch.setattr(file_journal, "_write", full)
    else:
        original = getattr(os, failing)
        monkeypatch.setattr(os, failing, full)
    done = DSSProjectService().import_project(tmp_path / "new.dss", project=project)
    monkeypatch.undo()
    if calls > after:
        assert not done.success or failing in ("replace", "fsync"), done
    if not done.success:
        assert done.error is not None
        assert done.error.startswith(("DSS682", "DSS680"))
    assert read(project) in (OLD, NEW)
    again = DSSProjectService().import_project(tmp_path / "new.dss", project=project)
    assert again.success, again.error
    assert read(project) == NEW
    assert_whole(project)


def test_a_full_store_leaves_the_old_state(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = DatabaseLockingStrategy.connect

    def small(self: DatabaseLockingStrategy, path: Path) -> sqlite3.Connection:
        connection = connect(self, path)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(DatabaseLockingStrategy, "connect", small)
    big = {"base.json": {f"t{n}": number(n * 7919 % 1000) for n in range(3000)}}
    other = write(tmp_path / "big", big)
    monkeypatch.undo()
    assert DSSProjectService().import_project(tmp_path / "old.dss", project=other).success
    write(other, big)
    assert DSSProjectService().export_project(other, tmp_path / "big.dss").success
    monkeypatch.setattr(DatabaseLockingStrategy, "connect", small)
    done = DSSProjectService().import_project(tmp_path / "big.dss", project=project)
    monkeypatch.undo()
    assert not done.success
    assert done.error is not None
    assert done.error.startswith("DSS682")
    assert read(project) == OLD
    assert_whole(project)


def test_an_export_into_a_folder_that_is_missing_or_closed_fails_plainly(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "missing" / "a.dss"
    done = DSSProjectService().export_project(project, target)
    assert not done.success
    assert str(done.error).startswith("DSS682")
    assert done.diagnostics[0].file == str(target), "not the name of the temporary file"


@pytest.mark.parametrize("passphrase", ["", "correct horse"])
def test_no_plain_copy_of_an_encrypted_archive_stays(passphrase: str, project: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyrage")
    left = project / ".dss" / ".work.999999999-0123456789abcdef.tmp"
    left.mkdir(parents=True)
    (left / "plain.dss").write_bytes(b"of a program that was killed")
    done = DSSProjectService().export_project(project, tmp_path / "a.dss.age", passphrase=passphrase)
    assert done.success is bool(passphrase)
    assert (tmp_path / "a.dss.age").exists() is bool(passphrase)
    assert {path.name for path in (project / ".dss").iterdir()} <= {"store.db", "lock"}
    assert not (tmp_path / "a.dss").exists()


def test_an_import_needs_no_folder_that_a_kill_could_leave(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(place: Path) -> None:
        raise AssertionError("only archives of old versions need one")

    monkeypatch.setattr(atomic, "private_folder", refused)
    monkeypatch.setattr("tempfile.mkdtemp", refused)
    assert DSSProjectService().import_project(tmp_path / "new.dss", project=project).success


# --- two at once ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_two_programs_that_import_at_once_leave_one_whole_state(project: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "dss", "import"]
    other = write(tmp_path / "third", {})
    assert DSSProjectService().import_project(tmp_path / "new.dss", project=other).success
    write(other, {"base.json": {"z": number(9)}})
    assert DSSProjectService().export_project(other, tmp_path / "third.dss").success
    third = read(other)
    for _ in range(4):
        processes = [
            subprocess.Popen([*words, str(archive)], cwd=project, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
            for archive in (tmp_path / "new.dss", tmp_path / "third.dss")
        ]
        errors = [process.communicate()[1].decode() for process in processes]
        statuses = [process.returncode for process in processes]
        assert all(status in (0, 1, 3, 4) for status in statuses), errors
        assert not any("Traceback" in text or "DSS999" in text for text in errors)
        assert 0 in statuses or read(project) in (NEW, third)
        assert read(project) in (OLD, NEW, third)
        assert_whole(project)
