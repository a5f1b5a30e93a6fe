"""The targets of the fuzzer hold on their seeds; with atheris installed, a short run of each."""

from __future__ import annotations

import importlib.util
import random
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

FUZZ = Path(__file__).parents[2] / "fuzz"
DOORS = ("structure", "whole", "records", "legacy", "manifest")


@pytest.fixture(scope="module")
def targets() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_targets", FUZZ / "targets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("door", DOORS)
def test_a_door_takes_its_seeds(door: str, targets: ModuleType) -> None:
    accepted = {name for name, content in targets.seeds(door).items() if targets.one_input(door, content)}
    wanted = {
        "structure": {"container", "utf8", "tiny", "themes", "version-1"},
        "whole": {"tiny", "themes", "version-1"},
        "records": {"tiny", "base", "dark"},
        "legacy": {"tokens", "none"},
        "manifest": {"themes"},
    }
    assert accepted == wanted[door]


def test_the_doors_are_those_of_the_fuzzer(targets: ModuleType) -> None:
    assert tuple(targets.DOORS) == DOORS


@pytest.mark.parametrize("door", DOORS)
def test_damaged_seeds_are_refused_in_order(door: str, targets: ModuleType) -> None:
    rng = random.Random(door)
    seeds = list(targets.seeds(door).values())
    for _ in range(300):
        damaged = bytearray(rng.choice(seeds))
        for _ in range(rng.randrange(1, 5)):
            at = rng.randrange(len(damaged))
            damaged[at : at + rng.randrange(3)] = rng.randbytes(rng.randrange(3))
        targets.one_input(door, bytes(damaged))


def test_a_difference_between_readers_is_a_finding(targets: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets.zipfile.ZipFile, "read", lambda self, info: b"other")
    with pytest.raises(AssertionError, match="two readers"):
        targets.one_input("structure", targets.seeds("structure")["tiny"])


@pytest.mark.parametrize("door", DOORS)
def test_the_fuzzer_runs(door: str, tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("the extra 'fuzz' is not installed")
    command = [sys.executable, str(FUZZ / "fuzz_reader.py"), door, "corpus", "-runs=500", "-seed=1"]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, timeout=250)
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert "Done 500 runs" in ended.stderr
