"""Measures dss beside its peers as whole processes and prints a table.

    python benchmarks/run.py                                  all rows; half an hour, most of it the peers'
    python benchmarks/run.py --sizes 100,1000 --rounds 3      a quick look
    python benchmarks/run.py --only help
    python benchmarks/run.py --publish                        the figures and the picture of docs/benchmarks.md

Run it with the Python that has dss. The peers are installed by npm at the first run, from the lock beside them.
Results also go to build/bench/: results.json, table.md, growth.svg.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from measure import measure
from report import Results, picture, table
from rows import PEERS, ROWS, Row

ROOT = Path(__file__).parent.parent
PUBLISHED = Path(__file__).parent / "results.json"
PAGE = ROOT / "docs" / "benchmarks.md"
PICTURE = ROOT / "docs" / "images" / "benchmarks.svg"
GOALS = {row.name: row.goals for row in ROWS}
START, END = "<!-- figures: made by benchmarks/run.py --publish -->\n", "<!-- end of figures -->\n"


def main() -> None:
    """Read the options, measure, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="runs that count, of each contender at each size")
    parser.add_argument("--sizes", type=_numbers, help="only these numbers of tokens, e.g. 100,1000")
    parser.add_argument("--only", default="", help="only rows whose name contains this")
    parser.add_argument("--limit", type=int, default=60, help="cpu seconds after which a contender drops out")
    parser.add_argument("--without-peers", action="store_true", help="measure dss alone; needs no Node")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "bench", help="where corpora and results go")
    parser.add_argument("--publish", action="store_true", help="put the results into the repository")
    options = parser.parse_args()
    rows = [row for row in ROWS if options.only in row.name]
    if not options.without_peers:
        install_peers()
    results: Results = {}
    for row in rows:
        results[row.name] = _measured(row, options)
    made = {"machine": machine(), "rounds": options.rounds, "results": results}
    print(table(results, GOALS))
    report(made, options.work)
    if options.publish:
        publish(made)


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.replace("_", "").split(",")]


def _measured(row: Row, options: argparse.Namespace) -> dict[str, dict[str, dict[str, float]]]:
    found: dict[str, dict[str, dict[str, float]]] = {}
    without = {name for name in row.contenders if options.without_peers and name != "dss"}
    for size in row.sizes:
        if size and options.sizes and size not in options.sizes:
            continue
        print(f"{row.name}, {size:,} tokens …", file=sys.stderr, flush=True)
        figures = measure(
            row, size, options.work.resolve(), rounds=options.rounds, limit=options.limit, without=without
        )
        for name, medians in figures.items():
            formats = row.contenders[name].formats
            found.setdefault(f"{name} ({formats})" if formats else name, {})[str(size)] = medians
    return found


def install_peers() -> None:
    """Install the pinned peers unless they are there."""
    if (PEERS / "node_modules" / ".bin" / "node").exists():
        return
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("the peers need npm; --without-peers measures dss alone")
    subprocess.run([npm, "ci", "--silent"], cwd=PEERS, check=True)


def machine() -> dict[str, Any]:
    """What the figures depend on."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "dss": version("dss-design-tokens"),
    }


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    lines = file.read_text().splitlines() if file.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown")


def growing(results: Results) -> dict[str, dict[str, dict[str, float]]] | None:
    """The row for the picture: the first with several sizes."""
    return next((row for row in results.values() if any(len(sizes) > 1 for sizes in row.values())), None)


def report(made: dict[str, Any], folder: Path) -> None:
    """Write results, table and picture into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(made, indent=2) + "\n")
    (folder / "table.md").write_text(table(made["results"], GOALS))
    if row := growing(made["results"]):
        (folder / "growth.svg").write_text(picture(row))


def publish(made: dict[str, Any]) -> None:
    """Put the results into the repository: ``results.json``, the page's table, the picture."""
    PUBLISHED.write_text(json.dumps(made, indent=2) + "\n")
    if row := growing(made["results"]):
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        PICTURE.write_text(picture(row))
    before, _, rest = PAGE.read_text().partition(START)
    PAGE.write_text(before + START + figures(made) + END + rest.partition(END)[2])


def figures(made: dict[str, Any]) -> str:
    """The part of the page that is made from the results."""
    return "\n" + table(made["results"], GOALS) + "\n" + _circumstances(made["machine"].items(), made["rounds"]) + "\n"


def _circumstances(machine: Iterable[tuple[str, Any]], rounds: int) -> str:
    words = ", ".join(f"{name} {value}" for name, value in machine)
    return f"Medians of {rounds} runs in turn, in one go on one machine: {words}.\n"


if __name__ == "__main__":
    main()
