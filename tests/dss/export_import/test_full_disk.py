"""A disk that is really full, at every stage: the project is in its old state or in its new one, and goes on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dss.export_import import DSSProjectService
from dss.export_import.session import recover_project
from dss.export_import.verify import verify

CONFIG = '[project]\nname = "acme"\nsources = ["tokens/**/*.json"]\n'
PAGE = 4096
SIZE = 2 * 1024 * 1024

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")]


def tokens(first: int) -> dict[str, Any]:
    """Enough for several pages of every file that is written on the way."""
    return {f"t{n}": {"$type": "number", "$value": (n + first) * 7919 % 10007} for n in range(400)}


OLD = {"base.json": tokens(0), "gone.json": {"x": {"$type": "number", "$value": 3}}}
NEW = {"base.json": tokens(5), "deep/new.json": tokens(9)}


def write(root: Path, documents: dict[str, Any]) -> Path:
    for name, document in documents.items():
        path = root / "tokens" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document), "utf-8")
    (root / "dss.toml").write_text(CONFIG, "utf-8")
    return root


def read(root: Path) -> dict[str, Any]:
    folder = root / "tokens"
    return {path.relative_to(folder).as_posix(): json.loads(path.read_text("utf-8")) for path in folder.rglob("*.json")}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in its old state; ``new.dss`` beside it holds the new one."""
    root = tmp_path / "project"
    write(_made(root), OLD)
    service = DSSProjectService()
    assert service.export_project(root, tmp_path / "old.dss").success
    other = write(_made(tmp_path / "other"), {})
    assert service.import_project(tmp_path / "old.dss", project=other).success
    (other / "tokens" / "gone.json").unlink()
    write(other, NEW)
    assert service.export_project(other, tmp_path / "new.dss").success
    return root


def _made(root: Path) -> Path:
    (root / "tokens").mkdir(parents=True)
    return root


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("needs the right to mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def operations(archives: Path) -> dict[str, Callable[[Path], Any]]:
    service = DSSProjectService()
    return {
        "import": lambda root: service.import_project(archives / "new.dss", project=root),
        "merge": lambda root: service.merge_project(root, archives / "new.dss", "keep_remote"),
        "export": lambda root: service.export_project(root, root / "out.dss"),
    }


def assert_old_or_new(root: Path, done: Any, *, exported: bool) -> None:
    if not done.success:
        assert str(done.error).startswith("DSS682"), done.error
    elif exported:
        assert verify(root / "out.dss").ok


@pytest.mark.parametrize("operation", ["import", "merge", "export"])
def test_a_full_file_system_leaves_the_old_state_or_the_new_one(
    operation: str, project: Path, disk: Path, tmp_path: Path
) -> None:
    work = operations(tmp_path)[operation]
    outcomes = set()
    for pages in (0, 1, 3, 8, 16, 24, 32, 48, 96, 160):
        root = Path(shutil.copytree(project, disk / "project"))
        if operation == "export":
            write(root, {"more.json": tokens(3)})
        before = read(root)
        filler = disk / "filler"
        _fill(filler, disk, pages)
        done = work(root)
        outcomes.add(done.success)
        assert_old_or_new(root, done, exported=operation == "export")
        filler.unlink()
        recover_project(root)  # as every reading command does first
        assert read(root) in ((before,) if operation == "export" else (OLD, NEW)), pages
        again = work(root)
        assert again.success, (pages, again.error)
        assert read(root) == (before if operation == "export" else NEW), pages
        assert not (root / ".dss" / "pending").exists()
        assert not list(root.rglob("*.tmp"))
        shutil.rmtree(root)
    assert outcomes == {True, False}, "the disk was full for some and not for others"


def _fill(filler: Path, disk: Path, pages: int) -> None:
    """Leave so many pages free."""
    state = os.statvfs(disk)
    with filler.open("wb") as file:
        for _ in range(state.f_bavail * state.f_bsize // PAGE - pages):
            file.write(bytes(PAGE))


@pytest.mark.parametrize("operation", ["import", "merge", "export"])
def test_no_file_may_grow_beyond_a_limit(operation: str, project: Path, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    work = operations(tmp_path)[operation]
    outcomes = set()
    for kilobytes in (0, 8, 24, 40, 128, 1024):
        root = Path(shutil.copytree(project, tmp_path / "copy"))
        if operation == "export":
            write(root, {"more.json": tokens(3)})
        before = read(root)
        child = os.fork()
        if child == 0:
            limit = kilobytes * 1024
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            os._exit(0 if work(root).success else 1)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        assert code in (0, 1)
        outcomes.add(code)
        recover_project(root)
        assert read(root) in ((before,) if operation == "export" else (OLD, NEW))
        again = work(root)
        assert again.success, (kilobytes, again.error)
        assert read(root) == (before if operation == "export" else NEW)
        assert not (root / ".dss" / "pending").exists()
        shutil.rmtree(root)
    assert outcomes == {0, 1}
