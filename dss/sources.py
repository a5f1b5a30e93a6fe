"""The files that diagnostics speak of: positions and excerpts, read only when a fault is shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Any

from dss_tokens.source import Location, Span

from .files import JSON5_SUFFIXES, YAML_SUFFIXES

MOST_BYTES = 64 * 1024 * 1024
"""A larger file is not read again for an excerpt."""

_SETS = "$defs"
"""Where the readers of dialects put the sets of a file that holds several."""


class Sources:
    """Reads each file once. Names are relative to the working folder, as in the diagnostics."""

    def __init__(self) -> None:
        self._texts: dict[str, str | None] = {}
        self._lines: dict[str, list[str]] = {}

    def text(self, file: str) -> str | None:
        """The file's text, undecodable bytes replaced; ``None`` when it cannot be read or is too large."""
        if file not in self._texts:
            self._texts[file] = None
            with suppress(OSError, ValueError):
                path = Path(file)
                if path.is_file() and path.stat().st_size <= MOST_BYTES:
                    # No universal newlines: columns and lines are counted as the readers count them.
                    self._texts[file] = path.read_bytes().decode("utf-8-sig", "replace")
        return self._texts[file]

    def line(self, file: str, number: int) -> str | None:
        """A line, counted from 1, without its end."""
        if file not in self._lines:
            self._lines[file] = (self.text(file) or "").split("\n")
        lines = self._lines[file]
        return lines[number - 1].rstrip("\r") if number <= len(lines) and self.text(file) else None

    def spans(self, file: str, locations: Sequence[Location]) -> Sequence[Span | None]:
        """Where the values at *locations* of a JSON, JSON5 or YAML file stand."""
        text = self.text(file)
        if text is None:
            return [None] * len(locations)
        # Whatever is wrong with the text was reported when it was read: here it only has no positions.
        suffix = PurePath(file).suffix.lower()
        locations = _as_written(text, suffix, locations)
        if suffix in YAML_SUFFIXES:
            from .yaml_reader import yaml_spans

            return yaml_spans(text, locations)
        from dss_tokens.json_positions import spans

        with suppress(ValueError, LookupError, RecursionError):
            return spans(text, locations, json5=suffix in JSON5_SUFFIXES)
        return [None] * len(locations)


def _as_written(text: str, suffix: str, locations: Sequence[Location]) -> Sequence[Location]:
    """Where a file of another dialect has what its reader put elsewhere: sets at the root, members without ``$``."""
    if "$value" in text and not any(location[:1] == (_SETS,) for location in locations):
        return locations
    document = _decoded(text, suffix)
    return [_in_document(document, location) for location in locations]


def _decoded(text: str, suffix: str) -> Any:
    if suffix in YAML_SUFFIXES:
        from .yaml_reader import read_yaml

        return read_yaml(text.encode(), file="").value
    with suppress(ValueError, RecursionError):
        return json.loads(text)
    from dss_tokens.json_scanner import scan

    return scan(text, json5=suffix in JSON5_SUFFIXES).value


def _in_document(document: Any, location: Location) -> Location:
    found: list[str | int] = []
    node = document
    for key in location:
        if isinstance(key, str) and isinstance(node, dict) and key not in node:
            if key == _SETS and node is document:
                continue
            key = key[1:] if key[:1] == "$" and key[1:] in node else key
        node = node.get(key) if isinstance(node, dict) else None
        found.append(key)
    return tuple(found)
