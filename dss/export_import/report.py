"""What a check of an archive found: one frozen value, for every door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dss_tokens.diagnostics import Diagnostic, has_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of a verification. "Intact" and "signed by" are two different statements."""

    file: str
    diagnostics: tuple[Diagnostic, ...] = ()
    size: int = 0
    """Bytes of the archive."""

    members: int = 0
    """Members, once the structure was found good."""

    inflated_size: int = 0
    """Bytes of all members, as they were counted."""

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against using the archive."""
        return not has_errors(self.diagnostics)

    def to_json(self) -> dict[str, Any]:
        """The shape of the contract, section 3 (archives)."""
        return {
            "ok": self.ok,
            "file": self.file,
            "size": self.size,
            "members": self.members,
            "inflated_size": self.inflated_size,
            "diagnostics": [found.to_json() for found in self.diagnostics],
        }
