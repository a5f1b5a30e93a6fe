"""Where a location of a JSON text stands: looked up only when a fault is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from .json_scanner import scan
from .source import Lines, Location, Span

_BLANK = re.compile(r"[ \t\r\n]*")
_KEY = re.compile(r'[ \t\r\n]*("(?:[^"\\]|\\.)*")[ \t\r\n]*:[ \t\r\n]*')

_Wanted = dict[str | int, Any]  # a tree of the locations asked for


def spans(text: str, locations: Sequence[Location], *, json5: bool = False) -> list[Span | None]:
    """The spans of *locations* in a JSON (or JSON5) *text*, in the order asked for.

    A location whose last key does not exist gives the span of the nearest enclosing value's key; one that names
    a whole object or array gives its key, so that a printed excerpt is short.
    """
    try:
        found = {} if json5 else _quick(text, locations)
    except (ValueError, LookupError, RecursionError, StopIteration):
        found = {}
    if not found:
        scanned = scan(text, json5=json5, positions=True)
        found = dict(scanned.spans)
        for location, extent in scanned.keys.items():
            start = found.get(location, extent)[0]
            if location not in found or text[start] in "{[":
                found[location] = extent
    lines = Lines(text)
    return [lines.nearest(found, location) for location in locations]


def _quick(text: str, locations: Sequence[Location]) -> dict[Location, tuple[int, int]]:
    """Extents in strict JSON: whatever holds no wanted location is skipped by the C scanner.

    100,000 tokens with 1,000 faults take about 0.5 s this way; scanning every value in Python takes ten times that.
    """
    wanted: _Wanted = {}
    for location in locations:
        node = wanted
        for key in location:
            node = node.setdefault(key, {})
    found: dict[Location, tuple[int, int]] = {}
    skip = json.JSONDecoder(object_pairs_hook=len).raw_decode
    match = _BLANK.match(text)
    assert match is not None
    start = match.end()
    if not wanted:
        found[()] = (start, start + 1)
        return found
    _walk(text, start, (), wanted, found, skip)
    found[()] = (start, start + 1)
    return found


def _walk(
    text: str,
    start: int,
    location: Location,
    wanted: _Wanted,
    found: dict[Location, tuple[int, int]],
    skip: Any,
) -> int:
    """Fills *found* for the wanted parts of the value at *start*; the offset behind that value."""
    opener = text[start]
    if opener not in "{[" or not wanted:
        end: int = skip(text, start)[1]
        return end
    at = start + 1
    index = 0
    closer = "}" if opener == "{" else "]"
    while True:
        blank = _BLANK.match(text, at)
        assert blank is not None
        at = blank.end()
        if text[at] == closer:
            return at + 1
        key: str | int = index
        key_extent: tuple[int, int] | None = None
        if opener == "{":
            match = _KEY.match(text, at)
            if match is None:
                raise ValueError(at)
            written = match.group(1)
            key = json.loads(written) if "\\" in written else written[1:-1]
            key_extent = match.span(1)
            at = match.end()
        inner = wanted.get(key)
        if inner is None:
            at = skip(text, at)[1]
        else:
            here = (*location, key)
            value_start = at
            at = _walk(text, at, here, inner, found, skip)
            is_container = text[value_start] in "{["
            found[here] = key_extent if key_extent and is_container else (value_start, at)
        blank = _BLANK.match(text, at)
        assert blank is not None
        at = blank.end()
        if text[at] == ",":
            at += 1
        elif text[at] != closer:
            raise ValueError(at)
        index += 1
