"""``dss translate --watch``: builds, waits, builds again, and goes on when something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from dss_tokens.diagnostics import has_errors
from dss_tokens.errors import DssError

from .. import files
from ..dependencies import Record, recording
from ..service.plan import Plan
from ..service.watching import Watcher
from .output import note, warn


def keep_building(build: Callable[[set[Path] | None], Plan]) -> NoReturn:
    """Calls *build* and writes what changed, again whenever a file changes that it has read; until interrupted.

    *build* is told which files changed, ``None`` the first time.
    """
    import gc

    changed: set[Path] | None = None
    seen = Record.empty()
    made: dict[Path, None] = {}
    with Watcher() as watcher:
        while True:
            with recording() as record:
                try:
                    plan = build(changed)
                    is_good = not has_errors(plan.diagnostics)
                    if is_good:
                        plan.apply()
                        made |= dict.fromkeys(plan.files)
                    warn(plan.diagnostics)
                    for path in plan.changed if is_good else ():
                        note(f"{files.shown(path)}: written")
                except DssError as error:
                    is_good = False
                    warn(error.diagnostics)
                except OSError as error:
                    is_good = False
                    note(f"not written: {error}")
            seen = seen.updated(record, whole=is_good and changed is None)
            watcher.follow(seen)
            note("waiting for changes" if is_good else "waiting for changes; nothing was written")
            gc.collect()  # now that nobody waits
            changed = watcher.wait(seen, made)
            for path in sorted(changed):
                note(f"changed: {files.shown(path)}")
