"""Fixtures every suite may use: run the command, find the team's data, compare with golden files."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent


def _share(name: str, file: str) -> None:
    """Make a module of the tests importable: tests are no packages, and their folders are not on the path."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tests" / file)
    assert spec is not None and spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)


_share("test_strategies", "strategies.py")
_share("dtcg_cases", "dss_tokens/dtcg_cases.py")

# A shell has what it starts in the background ignore Ctrl-C, and everything that is started from there, too.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("dev", deadline=None)
# Reproducible: a red run in CI is red on every machine, and machines differ in speed, not in truth.
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files; read them in review")


@dataclass(frozen=True)
class Outcome:
    """How a run of ``dss`` ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document of ``--json``."""
        return json.loads(self.out)


@pytest.fixture
def dss(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run ``dss ARGUMENTS`` in this process: quick, and a failing test shows where."""
    from dss.cli.main import run

    def call(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        return Outcome(status, *capsys.readouterr())

    return call


@pytest.fixture
def dss_process() -> Callable[..., Outcome]:
    """Run ``dss ARGUMENTS`` as its own process, as a user does; ``env`` and ``cwd`` as for subprocess."""

    def call(*arguments: str | Path, **options: Any) -> Outcome:
        command = [sys.executable, "-m", "dss", *map(str, arguments)]
        options["env"] = {**os.environ, **options.get("env", {})}
        ended = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False, **options)
        return Outcome(ended.returncode, ended.stdout, ended.stderr)

    return call


@pytest.fixture(scope="session")
def team_data() -> Path:
    """The data that the team shares beside the checkout; tests that need it are skipped without it."""
    folder = Path(os.environ.get("DSS_TEST_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("DSS_TEST_DATA names no folder")
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str | bytes], None]:
    """Compare *content* with the bytes of a file; ``--update-golden`` writes it instead."""

    def compare(file: Path, content: str | bytes) -> None:
        data = content.encode() if isinstance(content, str) else content
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        assert file.exists(), f"no golden file {file}: run pytest --update-golden, then read it"
        assert data.decode(errors="backslashreplace") == file.read_bytes().decode(errors="backslashreplace")

    return compare


@pytest.fixture
def growth() -> Callable[[Callable[[int], object], int], float]:
    """How much longer a thing takes for 32 times as much, at its best of three: 32 where time is linear, 1024 where
    it is quadratic. A bound of 200 leaves room for memory that is slower to get in large pieces.
    """
    from time import process_time

    def best(run: Callable[[int], object], size: int) -> float:
        taken = []
        for _ in range(3):
            start = process_time()
            run(size)
            taken.append(process_time() - start)
        return min(taken)

    return lambda run, size: best(run, 32 * size) / best(run, size)
