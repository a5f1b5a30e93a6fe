"""Three-way merge of token documents: by identity and field, with conflicts as data."""

from __future__ import annotations

from .changes import Change
from .conflicts import Answer, Conflict, MergeConflictError, MergeStrategy, Resolution, read_resolutions
from .sides import Place, Side, Stamps, Tombstone, default_id
from .strategies import strategies
from .threeway import Merged, merge

__all__ = (
    "Answer", "Change", "Conflict", "MergeConflictError", "MergeStrategy", "Merged", "Place", "Resolution", "Side",
    "Stamps", "Tombstone", "default_id", "merge", "read_resolutions", "strategies",
)  # fmt: skip
