"""Where something was written: lines and columns, counted from 1, columns in characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import NamedTuple

Location = tuple[str | int, ...]
"""The keys and indices that lead from a document's root to a value, e.g. ``("color", "red", "$value")``."""


class Span(NamedTuple):
    """A stretch of a text file."""

    line: int
    column: int
    end_line: int
    end_column: int


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The line and column of the character at *offset*, both counted from 1."""
    before = text.rfind("\n", 0, offset)
    return text.count("\n", 0, offset) + 1, offset - before


def span(text: str, start: int, end: int) -> Span:
    """The :class:`Span` of ``text[start:end]``."""
    return Span(*line_and_column(text, start), *line_and_column(text, end))


class Lines:
    """Offsets of one text as lines and columns, many at once."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Like :func:`line_and_column`."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """Like :func:`span`."""
        return Span(*self.place(start), *self.place(end))

    def nearest(self, extents: Mapping[Location, tuple[int, int]], location: Location) -> Span | None:
        """The span of *location* in *extents*, or of the nearest value around it that is there."""
        while location not in extents:
            if not location:
                return None
            location = location[:-1]
        return self.span(*extents[location])
