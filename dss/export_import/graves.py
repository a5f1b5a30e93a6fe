"""The tombstones of a project's files: one for whoever is gone, none for who lives, in whatever set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .identity_lock import IdentityLock
from .records import Record, tombstone
from .rows import identifier_of


class Graves:
    """Made for one pass over all sets. Who comes back in another set is known only at its end."""

    def __init__(self, lock: IdentityLock, revived: frozenset[str] = frozenset()) -> None:
        """Args:
        lock: Who stands elsewhere.
        revived: Who lives although a tombstone is known.
        """
        self._sets = {identifier: seat.set for seat, identifier in lock.seats.items()}
        self._revived = revived
        self._buried: set[str] = set()
        self._came: set[str] = set()

    def of(self, gone: Iterable[Record], set_name: str, stamp: Callable[[], str]) -> Iterator[Record]:
        """The tombstones of *gone*; earlier ones stay as they are, and who lives in another set has none."""
        for record in gone:
            identifier = record["id"]
            if identifier in self._revived or (
                "deleted" not in record and self._sets.get(identifier, set_name) != set_name
            ):
                continue
            self._buried.add(identifier)
            yield record if "deleted" in record else tombstone(record, stamp())

    def without(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """*lines* of a set that did not change, but for the tombstones of those who live."""
        for line in lines:
            if b'"deleted":true' in line:
                identifier = identifier_of(line)
                if identifier in self._revived:
                    continue
                self._buried.add(identifier)
            yield line

    def came(self, identifiers: Iterable[str]) -> None:
        """Take in who was not in a set before."""
        self._came.update(identifiers)

    def revived(self) -> frozenset[str]:
        """Who came, and has a tombstone in another set: everything starts over without that."""
        return frozenset(self._came & self._buried)
