"""Where something was written: lines and columns, counted from 1, columns in characters."""

from __future__ import annotations

from dataclasses import dataclass

Location = tuple[str | int, ...]
"""The keys and indices that lead from a document's root to a value, e.g. ``("color", "red", "$value")``."""


@dataclass(frozen=True, slots=True)
class Span:
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
