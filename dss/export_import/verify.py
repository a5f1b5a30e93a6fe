"""Checks of an archive that write nothing: its structure alone, or everything."""

from __future__ import annotations

from .container import Container
from .content import check_content
from .encryption import LOCKED, Unlock
from .faults import ArchiveError
from .limits import DEFAULTS, Limits
from .locations import Location
from .reader import Archive
from .report import Report
from .trust import NO_KEYS, SignedBy, Trust


def verify_structure(path: Location, limits: Limits = DEFAULTS) -> Report:
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


def verify(
    path: Location,
    limits: Limits = DEFAULTS,
    trust: Trust = NO_KEYS,
    unlock: Unlock = LOCKED,
) -> Report:
    """Steps 1 to 11: is the file at *path* an archive that can be imported, whole and undamaged, and whose is it?

    Raises:
        InputError: *path* cannot be opened.
    """
    intact = False
    signed_by: SignedBy | None = None
    try:
        with Archive.open(path, limits, trust, unlock) as archive:
            signed_by = archive.signed_by
            archive.check_bytes()
            intact = True
            content = check_content(archive)
            return Report(
                file=str(path),
                size=archive.container.size,
                members=len(archive.container.members),
                inflated_size=sum(member.size for member in archive.container.members),
                intact=True,
                signed_by=signed_by,
                digest=archive.manifest_digest,
                content=content,
            )
    except ArchiveError as error:
        return Report(file=str(path), diagnostics=tuple(error.diagnostics), intact=intact, signed_by=signed_by)
