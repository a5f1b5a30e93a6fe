"""Archives: project states as `.dss` files, written reproducibly and read as if their author were hostile."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .service import DSSProjectService, ExportSummary, ImportSummary, MergeSummary

__all__ = ("DSSProjectService", "ExportSummary", "ImportSummary", "MergeSummary")


def __getattr__(name: str) -> Any:
    # the service brings the store and the merge engine along; a check of an archive needs neither
    if name in __all__:
        return getattr(import_module(".service", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
