"""How long ``dss translate --watch`` takes from a change of one token to the last new file.

    python benchmarks/watching.py CORPUS OUTPUT_FOLDER

Works on a copy of the corpus; prints ``{"wall": …, "cpu": …, "memory": …}`` of one change, the median of several:
seconds from the moment the changed file is closed, seconds of processor time until dss waits again, peak MiB.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

CHANGES = 9
LOOK = 0.001
"""Seconds between two looks at the files."""

PATIENCE = 300
FORMATS = ("css", "scss", "json")


class Watched:
    """A running watch over the tokens of *folder*."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log.txt"
        command = [sys.executable, "-m", "dss", "translate", "tokens", "--watch", "-o", "out"]
        for name in FORMATS:
            command += ["--to", name]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            if self.process.poll() is not None or time.monotonic() > end:
                sys.exit(f"the watch ended or hangs:\n{self.log.read_text()[-600:]}")
            time.sleep(LOOK)

    def is_waiting(self, times: int) -> bool:
        """Whether it has built *times* times."""
        return self.log.read_text().count("waiting for changes") >= times

    def used(self) -> float:
        """Seconds of processor time until now."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak(self) -> float:
        """Peak resident size in MiB."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main(corpus: Path, output: Path) -> None:
    """Watch a copy of *corpus* below *output*, change it some times, print the medians."""
    folder = output / "watched"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(corpus / "tokens", folder / "tokens")
    file, document, token = _changing(folder / "tokens")
    watched = Watched(folder)
    walls, cpus = [], []
    for number in range(1, CHANGES + 1):
        watched.until(lambda number=number: watched.is_waiting(number))  # type: ignore[misc]
        time.sleep(0.3)  # let it fall asleep
        before, used = _files(folder / "out"), watched.used()
        token["$value"]["components"] = [number / 255, 0.0, 0.0]
        token["$value"].pop("hex", None)
        file.write_text(json.dumps(document, indent=2))
        start = time.perf_counter()
        watched.until(lambda before=before: not before & _files(folder / "out"))  # type: ignore[misc]
        walls.append(time.perf_counter() - start)
        watched.until(lambda number=number: watched.is_waiting(number + 1))  # type: ignore[misc]
        cpus.append(watched.used() - used)
    memory = watched.peak()
    watched.process.terminate()
    watched.process.wait()
    print(json.dumps({"wall": median(walls), "cpu": median(cpus), "memory": memory}))


def _changing(folder: Path) -> tuple[Path, dict, dict]:  # type: ignore[type-arg]
    """A file with a literal colour, its content, and that token in it."""
    file = folder / "color-000.json"
    document = json.loads(file.read_text())
    place = document["color"]
    while "$value" not in place:
        place = next(iter(place.values()))
    return file, document, place


def _files(folder: Path) -> set[tuple[str, int]]:
    """What is there; a new file has another inode."""
    return {(path.name, path.stat().st_ino) for path in folder.iterdir() if path.name[0] != "."}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
