"""The errors every package shares: a code, a place, a hint and an exit status (contract, section 2)."""

from __future__ import annotations

from collections.abc import Sequence

from .diagnostics import Diagnostic


class DssError(Exception):
    """Something a person can mend. Holds diagnostics; the wording is not part of the API, the codes are."""

    exit_status = 1

    def __init__(self, *diagnostics: Diagnostic) -> None:
        self.diagnostics: Sequence[Diagnostic] = diagnostics
        super().__init__("; ".join(f"{d.code}: {d.message}" for d in diagnostics))

    @property
    def code(self) -> str:
        """The code of the first diagnostic."""
        return self.diagnostics[0].code


class InputError(DssError):
    """The input is wrong (status 1)."""


class RemoteError(DssError):
    """A remote failed: Figma, network, broker, database (status 3)."""

    exit_status = 3


class RefusedError(DssError):
    """An archive or file was refused for safety or integrity; nothing was changed (status 4)."""

    exit_status = 4


class ConflictError(DssError):
    """Conflicts are left to decide (status 5)."""

    exit_status = 5
