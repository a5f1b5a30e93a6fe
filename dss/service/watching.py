"""Waits until files change on which a result depends, as an editor or a program leaves them behind."""

from __future__ import annotations

import queue
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any

from .. import files
from ..dependencies import Record

QUIET = 0.1
"""Seconds without an event until a change counts as done: editors write a file in several steps."""

SETTLED = 0.005
"""The same where every file was closed or renamed, which not all systems tell: several are often written together."""

LONGEST = 2.0
"""Seconds after which a change counts as done although more goes on."""

_STARTED = ("created", "modified")
_DONE = ("moved", "deleted", "closed")


class Watcher:
    """Tells when the content of files changed that a :class:`.dependencies.Record` names, or when files came or went.

    Folders are watched, not files: an editor that writes a new file and renames it leaves no file to watch.
    """

    def __init__(self) -> None:
        self._events: queue.SimpleQueue[tuple[str, bool]] = queue.SimpleQueue()
        self._observer: Any = None
        self._watched: dict[Path, bool] = {}

    def __enter__(self) -> Watcher:
        self._start(polling=False)
        return self

    def __exit__(self, *_: object) -> None:
        self._observer.stop()
        self._observer.join()

    def _start(self, *, polling: bool) -> None:
        if polling:
            from watchdog.observers.polling import PollingObserver as Observer
        else:
            from watchdog.observers import Observer  # type: ignore[assignment]
        self._observer = Observer()
        self._observer.start()

    def follow(self, record: Record) -> None:
        """Watches the folders of what was read; those once watched stay so."""
        wanted = {path.absolute().parent: False for path in record.contents}
        wanted |= {folder.absolute(): True for folder in record.folders}
        for folder, deep in wanted.items():
            while not folder.is_dir() and folder != folder.parent:
                folder = folder.parent  # until it is there
                deep = False
            if self._watched.get(folder, False) >= deep and folder in self._watched:
                continue
            self._watch(folder, deep)

    def _watch(self, folder: Path, deep: bool) -> None:
        handler = _Handler(self._events)
        self._watched[folder] = deep
        try:
            self._observer.schedule(handler, str(folder), recursive=deep)
        except OSError:  # the system watches no more folders: look at them from time to time instead
            self._observer.stop()
            self._start(polling=True)
            for known, is_deep in self._watched.items():
                with suppress(OSError):
                    self._observer.schedule(handler, str(known), recursive=is_deep)

    def wait(self, record: Record, made: Collection[Path]) -> set[Path]:
        """The files of *record* whose content is another one, and files that came or went where it was searched.

        Args:
            record: What the last result depends on.
            made: What was written; changes of it do not count.
        """
        own = {path.absolute() for path in made}
        while True:
            paths = self._some()
            found = changed(record, paths, own)
            if found:
                return found

    def _some(self) -> set[Path]:
        """The paths of events up to the next pause. Wakes up now and then, so that an interrupt is noticed."""
        paths: set[Path] = set()
        written: set[str] = set()  # and not closed yet
        started = 0.0
        while True:
            try:
                name, is_done = self._events.get(timeout=(QUIET if written else SETTLED) if paths else 0.5)
                paths.add(Path(name))
                (written.discard if is_done else written.add)(name)
                started = started or monotonic()
            except queue.Empty:
                if paths:
                    return paths
            if paths and monotonic() - started > LONGEST:
                return paths


def changed(record: Record, paths: Collection[Path], own: Collection[Path]) -> set[Path]:
    """Those of *paths* that matter to a result that depends on *record*."""
    known = {path.absolute(): content for path, content in record.contents.items()}
    folders = [folder.absolute() for folder in record.folders]
    found = set()
    for path in paths:
        if path in own:
            continue
        if path in known:
            if files.content_of(path) != known[path]:
                found.add(path)
        elif path.suffix in files.SUFFIXES and path.is_file() and any(path.is_relative_to(f) for f in folders):
            found.add(path)
        elif any(other.is_relative_to(path) and not other.exists() for other in known):
            found.add(path)  # a whole folder went
    return found


class _Handler:
    """Puts the paths of events into a queue; looking at a file is none."""

    def __init__(self, events: queue.SimpleQueue[tuple[str, bool]]) -> None:
        self.events = events

    def dispatch(self, event: Any) -> None:
        """Called by watchdog, in its own thread."""
        if event.is_directory and event.event_type == "modified":
            return  # something in it came or went, which has an event of its own
        if event.event_type in _STARTED or event.event_type in _DONE:
            for path in filter(None, (event.src_path, event.dest_path)):
                self.events.put((str(path), event.event_type in _DONE))
