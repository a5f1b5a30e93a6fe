"""Time, processor and memory of whole processes, from start to exit (Linux, macOS)."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from rows import Contender, Row

HERE = Path(__file__).parent
BYTECODE = {
    "PYTHONDONTWRITEBYTECODE": "",
    "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "dss-bench-bytecode"),
}
PATIENCE = 10
"""How many times the limit a process may take in all, waiting included."""


@dataclass(frozen=True)
class Sample:
    """One run."""

    wall: float
    """Seconds from start to exit."""

    cpu: float
    """Seconds of processor time, user and system, children included."""

    memory: float
    """Peak resident size in MiB."""


class TooSlowError(Exception):
    """A run was stopped at the limit."""


def run(
    command: tuple[str, ...], environment: Mapping[str, str], folder: Path, *, limit: int = 600, status: int = 0,
    tells: bool = False, proof: Callable[[bytes], bool] = lambda output: True,
) -> Sample:  # fmt: skip
    """Run *command* in *folder*, with its bytecode at hand, as an installed program has it.

    Raises:
        RuntimeError: It left with another status than *status*; with its last words. Or what it printed does not
            fulfil *proof*.
        TooSlowError: It took more than *limit* seconds of processor time and was stopped.
    """
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **BYTECODE, **environment, "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            # Processor time: on a busy machine a process waits more than it works.
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1)),
        )
        alarm = threading.Timer(PATIENCE * limit, process.kill)
        alarm.start()
        _, ended, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        alarm.cancel()
        process.returncode = os.waitstatus_to_exitcode(ended)
        if process.returncode == -signal.SIGXCPU or wall >= PATIENCE * limit:
            raise TooSlowError
        if process.returncode != status:
            errors.seek(0)
            raise RuntimeError(f"{command[0]} left with {process.returncode}: {errors.read()[-600:].decode()}")
        output.seek(0)
        printed = output.read()
        if not proof(printed):
            raise RuntimeError(f"{' '.join(command)} did not do its work")
        if tells:
            return Sample(**json.loads(printed))
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB here
    return Sample(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 2**20)


def measure(
    row: Row, size: int, work: Path, *, rounds: int, limit: int, without: set[str]
) -> dict[str, dict[str, float]]:
    """The medians of each contender at *size*: ``{"dss": {"wall": …, "cpu": …, "memory": …, …}}``,
    or ``{"beyond": seconds}`` for one that was stopped.

    All run once per round, in turn, so that a drift of the machine's speed meets all alike; the first round fills
    the caches and is not counted.

    Args:
        limit: A contender that needs more seconds of processor time is stopped, and not run at larger sizes.
        without: Names that are left out; those beyond the limit are added.
    """
    data = _data(row, size, work) if size else work  # a size of 0: work without tokens
    samples: dict[str, list[Sample]] = {}
    beyond: dict[str, dict[str, float]] = {}
    for number in range(rounds + 1):
        for name, contender in row.contenders.items():
            if name in without:
                continue
            try:
                sample = _once(contender, size, data, work, limit=limit, is_first=not number)
            except TooSlowError:
                without.add(name)
                beyond[name] = {"beyond": limit}
                continue
            if number:
                samples.setdefault(name, []).append(sample)
    return {name: _medians(found) for name, found in samples.items()} | beyond


def _data(row: Row, size: int, work: Path) -> Path:
    """The folder of the row's corpus, made when it is not there."""
    program, *options = (word.format(percent=size // 100) for word in row.corpus)
    folder = work / "-".join([program.removesuffix(".py"), str(size), *(word.strip("-") for word in options)])
    # In a process of its own: the peak memory of a new process counts from what its parent held at the fork.
    subprocess.run([sys.executable, HERE / program, str(size), folder, *options], check=True)
    return folder


def _once(contender: Contender, size: int, data: Path, work: Path, *, limit: int, is_first: bool) -> Sample:
    out = work / "out"
    if not contender.keeps:
        shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    places = {"data": str(data), "out": str(out)}
    command = tuple(word.format(**places) for word in contender.command)
    environment = {name: value.format(**places) for name, value in contender.environment.items()}
    folder = contender.folder or data
    before = _stamps(out)
    sample = run(
        command, environment, folder, limit=limit, status=contender.status, tells=contender.tells,
        proof=lambda output: contender.proof(output, size),
    )  # fmt: skip
    if contender.keeps and not is_first and _stamps(out) != before:
        raise RuntimeError(f"{' '.join(command)} touched files that were to stay")
    return sample


def _stamps(folder: Path) -> set[tuple[str, int, int]]:
    """What tells whether a file below *folder* was touched: when it changed, and which one it is."""
    found = [(str(path), path.stat()) for path in folder.rglob("*")]
    return {(name, at.st_mtime_ns, at.st_ino) for name, at in found}


def _medians(samples: list[Sample]) -> dict[str, float]:
    cpu = [sample.cpu for sample in samples]
    return {
        "wall": round(median(sample.wall for sample in samples), 4),
        "cpu": round(median(cpu), 4),
        "cpu_least": round(min(cpu), 4),
        "cpu_most": round(max(cpu), 4),
        "memory": round(median(sample.memory for sample in samples), 1),
        "runs": len(samples),
    }
