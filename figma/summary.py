"""What a pull read and wrote, per collection: for the table that the command prints."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(slots=True, kw_only=True)
class CollectionSummary:
    """One row. Counts are variables unless said otherwise."""

    name: str
    modes: tuple[str, ...]
    kind: str
    """``set``, ``modifier``, ``extension``, ``remote`` or ``empty``."""

    modifier: str | None = None
    """The modifier that chooses among its modes."""

    variables: int = 0
    """All that the source holds."""

    written: int = 0
    remote: int = 0
    deleted: int = 0
    unknown: int = 0
    """Of a type without a token."""

    values: int = 0
    """Values written, over all modes."""

    references: int = 0
    """Values written as references."""

    inlined: int = 0
    """Aliases written as literals."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole pull."""

    form: str
    """How the source was recognised."""

    collections: tuple[CollectionSummary, ...]

    @property
    def written(self) -> int:
        """Variables written."""
        return sum(row.written for row in self.collections)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"form": self.form, "collections": [asdict(row) for row in self.collections]}
