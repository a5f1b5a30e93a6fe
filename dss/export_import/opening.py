"""Step 1 of reading an archive, wherever it is."""

from __future__ import annotations

from .descriptor import Descriptor, open_file
from .limits import DEFAULTS, Limits
from .locations import CloudObject, Location


def open_location(location: Location, limits: Limits = DEFAULTS) -> Descriptor:
    """A file on disk, or a private copy of an object.

    Raises:
        ArchiveError: ``DSS610`` for anything but a regular file, ``DSS640`` above the limit.
        InputError: ``DSS682`` where it cannot be opened.
        RemoteError: ``DSS684`` where the cloud does not give it.
    """
    if isinstance(location, CloudObject):
        from .cloud import open_object

        return open_object(location, limits)
    return open_file(location, limits)
