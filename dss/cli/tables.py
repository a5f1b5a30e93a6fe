"""Plain tables: columns as wide as their longest cell, no lines."""

from __future__ import annotations

from collections.abc import Sequence

from .rendering import escaped


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """*rows* below their heads."""
    cells = [tuple(heads), *(tuple(map(escaped, row)) for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(heads))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
                     for row in cells)  # fmt: skip
