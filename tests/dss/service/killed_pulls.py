"""Pulls in child processes that kill themselves before the n-th change of the disk; says what each left.

``python killed_pulls.py ROOT``: ROOT holds ``old.json`` and ``new.json``. Run by :mod:`test_figma_kill`; in a process
of its own, because forks want one thread and audit hooks stay for life.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from dss import wiring
from dss.cli.main import run
from dss.project import Project
from dss.service.figma_base import digest, read_base

CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.link", "os.symlink", "os.truncate"}


def is_change(event: str, given: tuple[Any, ...]) -> bool:
    if event == "open":
        return isinstance(given[0], str) and bool((given[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event in CHANGES


def killed_at(moment: int, work: Callable[[], object]) -> bool:
    """Runs *work* in a child that dies before its change number *moment*; whether it came so far."""
    child = os.fork()
    if not child:
        left = moment

        def watch(event: str, given: tuple[Any, ...]) -> None:
            nonlocal left
            if is_change(event, given):
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        os._exit(1 if work() else 0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), status
    return status != 0


def pull(name: str) -> int:
    return run(["figma", "pull", "--from-file", f"{name}.json"])


def repair() -> None:
    """What every command does first."""
    wiring.finish_interrupted(Project(Path.cwd()))


def states(root: Path) -> dict[str, str]:
    """Digest of each file."""
    return {path.name: digest(path.read_bytes()) for path in sorted((root / "tokens").glob("*"))}


def main() -> None:
    root = Path(sys.argv[1])
    os.chdir(root)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what the pulls say
    told = os.fdopen(int(sys.argv[2]), "w")
    wanted = {}
    for name in ("new", "old"):
        assert pull(name) == 0
        wanted[name] = states(root)
    now, other, moment = "old", "new", 1
    while killed_at(moment, partial(pull, other)):
        repairs = 1
        while killed_at(repairs, repair):
            repairs += 1
        after = states(root)
        base = read_base(root, root / "tokens")
        found = {
            "moment": moment,
            "repairs": repairs,
            "state": next((name for name, files in wanted.items() if files == after), "a mixture"),
            "wanted": other,
            "base": base is not None and {name: mark.text for name, mark in base.marks.items()} == after,
            "left": [path.name for path in (root / ".dss").iterdir() if path.name not in ("bases", "lock")],
        }
        told.write(json.dumps(found) + "\n")
        if found["state"] == other:
            now, other = other, now
        moment += 1
    told.write(json.dumps({"moment": moment, "state": "done", "same": states(root) == wanted[other]}) + "\n")
    told.close()


if __name__ == "__main__":
    main()
