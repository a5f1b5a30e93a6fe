"""What a command is about to write."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from dss_tokens.diagnostics import Diagnostic

from .. import files


class Plan(NamedTuple):
    """Files that are made and not yet written."""

    files: Mapping[Path, bytes]
    changed: list[Path]
    """Those that differ from the disk."""

    diagnostics: list[Diagnostic]
    literals: Any = None
    """What the next plan for much the same tokens has at hand."""

    def apply(self) -> None:
        """Writes what differs, all or nothing."""
        files.write({path: self.files[path] for path in self.changed})
