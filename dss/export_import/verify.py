"""Checks of an archive that write nothing: its structure alone, or everything."""

from __future__ import annotations

from pathlib import Path

from .container import Container
from .faults import ArchiveError
from .limits import DEFAULTS, Limits
from .report import Report


def verify_structure(path: Path, limits: Limits = DEFAULTS) -> Report:
    """Steps 1 to 6 and 10: is the file at *path* a ZIP that every reader understands alike, and undamaged?

    Any ZIP may pass: the manifest and the product's own naming are not looked at.

    Raises:
        InputError: *path* cannot be opened.
    """
    try:
        with Container.open(path, limits) as container:
            inflated_size = sum(len(step) for member in container.members for step in container.chunks(member))
            return Report(
                file=str(path),
                size=container.size,
                members=len(container.members),
                inflated_size=inflated_size,
            )
    except ArchiveError as error:
        return Report(file=str(path), diagnostics=tuple(error.diagnostics))
