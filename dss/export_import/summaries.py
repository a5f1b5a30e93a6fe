"""What an operation did, as one frozen value: the user's names, with more beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dss_tokens.diagnostics import Diagnostic

if TYPE_CHECKING:
    from .locations import Location
    from .plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What every operation says of itself. Expected failures are told here; only defects raise."""

    success: bool
    error: str | None = None
    """``None``, or text that begins with the code."""

    project_name: str | None = None
    archive_path: Location | None = None
    file_size_bytes: int = 0
    item_counts: Mapping[str, int] = field(default_factory=dict)
    """``tokens``, ``components``, ``themes``, ``assets``; zeros for what did not happen."""

    requires_background_job: bool = False
    """Nothing was changed: the work is too large for now; repeat the call with ``background=True`` in a job."""

    duration_seconds: float = 0.0
    diagnostics: tuple[Diagnostic, ...] = ()
    exit_status: int = 0
    """Of the command line (contract, section 2)."""

    snapshot: str | None = None
    """The project's state afterwards."""

    def to_json(self) -> dict[str, Any]:
        """The document that ``--json`` prints; without the duration, so that equal runs print equal bytes."""
        return {
            "ok": self.success,
            "error": self.error,
            "project": self.project_name,
            "archive": None if self.archive_path is None else str(self.archive_path),
            "size": self.file_size_bytes,
            "counts": dict(self.item_counts),
            "snapshot": self.snapshot,
            "diagnostics": [found.to_json() for found in self.diagnostics],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSummary(Summary):
    """An export."""

    digest: str | None = None
    """SHA-256 of the manifest: the name of this very archive."""

    sequence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary(Summary):
    """An import, or what it would do."""

    strategy: str = "replace"
    plan: Plan | None = None
    dry_run: bool = False
    unchanged: bool = False
    """Everything was there already."""

    def to_json(self) -> dict[str, Any]:
        """See :meth:`Summary.to_json`."""
        document = Summary.to_json(self)
        document |= {"strategy": self.strategy, "dry_run": self.dry_run, "unchanged": self.unchanged}
        return document | (self.plan.to_json() if self.plan is not None else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeSummary(ImportSummary):
    """A merge, or the analysis of one."""

    @property
    def conflicts(self) -> tuple[Any, ...]:
        """Every conflict, those decided with their answer."""
        return self.plan.conflicts if self.plan is not None else ()

    @property
    def base(self) -> str | None:
        """The state both sides come from; ``None`` without one."""
        return self.plan.base if self.plan is not None else None
