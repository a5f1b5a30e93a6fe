"""Whether a build would make what is there already: told by the content of files, before a single token is read.

A build notes what it read, what its searches found, and what it wrote. The next one with the same options looks whether
all of that still holds. What plug-ins make is never noted: their code may look at anything.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import click

from dss_tokens.diagnostics import Diagnostic, Related, has_errors
from dss_tokens.errors import DssError
from dss_tokens.source import Location, Span

from .. import files
from ..dependencies import Fingerprint, Record, fingerprint

FOLDER = Path(".dss", "cache")
"""Below the project's root; safe to delete."""

WORTH_BYTES = 65_536
"""Of what was read. Below, a note would save no time worth a folder in the project."""

MOST_NOTES = 16
"""One for each choice of options; older ones go."""

MOST_DIAGNOSTICS = 200

_OWN = Path(__file__).parent.parent.parent
_PACKAGES = ("dss", "dss_tokens", "translators")


class Built(NamedTuple):
    """A build whose files are there."""

    files: list[Path]
    diagnostics: list[Diagnostic]


class Note:
    """What is noted of the last build of a project with the same options."""

    def __init__(self, root: Path, options: Sequence[object]) -> None:
        """Args:
        root: The project's folder.
        options: All that decides on a build, beside files.
        """
        self.folder = root / FOLDER
        self.key = json.dumps([str(Path.cwd()), *options], default=str)
        self.file = self.folder / f"translate-{crc32(self.key.encode()):08x}.json"

    def recall(self) -> Built | None:
        """The last build, where it would be the same again; ``None`` where that is not certain."""
        try:
            noted = json.loads(self.file.read_bytes())
            if noted["key"] == self.key and noted["program"] == _program() and _holds(noted):
                return Built([Path(name) for name in noted["made"]], [_diagnostic(d) for d in noted["diagnostics"]])
        except (OSError, DssError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            pass  # there is none, or it is not as we write them
        return None

    def keep(self, record: Record, made: Mapping[Path, bytes], diagnostics: Sequence[Diagnostic]) -> None:
        """Notes a build whose files were written, where that is worth it. A folder that cannot be written is left.

        Args:
            record: What was read for it.
            made: Its files.
            diagnostics: What it said.
        """
        size = sum(content[0] for content in record.contents.values() if content is not None)
        if size < WORTH_BYTES or has_errors(diagnostics) or len(diagnostics) > MOST_DIAGNOSTICS:
            return
        if "dss.service.plugins" in sys.modules:
            return
        noted = {
            "key": self.key,
            "program": _program(),
            "read": {str(path): content for path, content in record.contents.items()},
            "searches": [
                [sources, str(root), list(map(str, found))] for (sources, root), found in record.searches.items()
            ],
            "made": {str(path): fingerprint(data) for path, data in made.items()},
            "diagnostics": [asdict(found) for found in diagnostics],
        }
        ignored = self.folder / ".gitignore"
        wanted = {self.file: json.dumps(noted).encode(), ignored: b"*\n"}
        with suppress(OSError):
            files.write(wanted)
            self._forget_old()

    def _forget_old(self) -> None:
        notes = sorted(self.folder.glob("translate-*.json"), key=lambda path: path.stat().st_mtime_ns)
        for path in notes[:-MOST_NOTES]:
            path.unlink()


def _holds(noted: Mapping[str, Any]) -> bool:
    """Whether every search finds the same, and every file read or made has the same content."""
    for sources, root, found in noted["searches"]:
        if list(map(str, files.find_sources(sources, Path(root)))) != found:
            return False
    contents: list[tuple[str, Any]] = [*noted["read"].items(), *noted["made"].items()]
    return all(_content(name) == (content and tuple(content)) for name, content in contents)


def _content(name: str) -> Fingerprint | None:
    return files.content_of(Path(name))


def _program() -> list[Any]:
    """What stands for dss itself, of an installation or a checkout, and for the libraries beside it."""
    libraries = Path(click.__file__).parent.parent.stat().st_mtime_ns  # changes with whatever is installed
    own = sorted(entry for name in _PACKAGES for entry in _entries(str(_OWN / name)))
    return [sys.version, libraries, crc32(repr(own).encode())]


def _entries(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as found:
        for entry in found:
            if entry.name == "__pycache__":
                continue
            if entry.is_dir():
                yield from _entries(entry.path)
            else:
                at = entry.stat()
                yield entry.path, at.st_mtime_ns, at.st_size


def _diagnostic(noted: Mapping[str, Any]) -> Diagnostic:
    related = tuple(
        Related(message, path, file, *_place(span, at)) for message, path, file, span, at in noted["related"]
    )
    span, at = _place(noted["span"], noted["at"])
    return Diagnostic(**{**noted, "span": span, "at": at, "related": related})


def _place(span: list[int] | None, at: list[str | int] | None) -> tuple[Span | None, Location | None]:
    """Span and location, which JSON has as lists."""
    return None if span is None else Span(*span), None if at is None else tuple(at)
