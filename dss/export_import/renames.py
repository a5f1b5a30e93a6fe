"""Renames by hand: who left a place of the known state, who came to one, and who of them is probably the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import orjson

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.merge import Place, Side
from dss_tokens.merge.identity import identified, probably_renamed

from .identity_lock import IdentityLock, Seat, moved
from .records import Record
from .token_sets import TokenSetContent

Lines = Mapping[str, bytes]
"""Id to encoded record."""


class Renames:
    """Looks at the sets that changed, one after the other; keeps only those who left and who came."""

    def __init__(self) -> None:
        self._old, self._new = _Part(), _Part()
        self.diagnostics: list[Diagnostic] = []
        """What was guessed."""

    def look(self, before: Lines, now: Lines) -> None:
        """Take in one set.

        Args:
            before: Its lines in the known state, tombstones included; none of a new set.
            now: Those who live there; none of a set that is gone.
        """
        dead = {identifier for identifier, line in before.items() if _is_tombstone(line)}
        left, came = before.keys() - now.keys() - dead, (now.keys() - before.keys()) | (dead & now.keys())
        if not left and not came:
            return
        old, new = _with_groups(left, before), _with_groups(came, now)
        stay = [one for one in old | new if one in before and one in now and one not in dead]
        self._old.add(_with_groups(stay, before) | old, stay)
        self._new.add(_with_groups(stay, now) | new, stay)

    def lock(self, known: IdentityLock, project: str) -> IdentityLock:
        """*known* with those who have another place now; the same object where nobody has."""
        if not self._old.has_newcomers or not self._new.has_newcomers:
            return known
        after = identified(self._old.side(everybody=True), self._new.side(everybody=False))
        named = {place: after.side.ids[place] for place in after.side.ids if place in self._new.places}
        guessed = {place: identifier for place, identifier in named.items() if not self._new.stays(place)}
        guessed = {place: one for place, one in guessed.items() if self._is_in_one_set(place, one, guessed)}
        if not guessed:
            return known
        self.diagnostics = [
            probably_renamed(one) for one in after.renamed if one.by == "value" and Place(*one.after) in guessed
        ]
        seats = {self._new.seat(place): identifier for place, identifier in guessed.items()}
        ids = set(seats.values())
        kept = {seat: one for seat, one in known.seats.items() if seat not in seats and one not in ids}
        found = moved(((seat, identifier, self._new.node(seat)) for seat, identifier in seats.items()), project)
        return IdentityLock({**kept, **found.seats})

    def _is_in_one_set(self, place: Place, identifier: str, guessed: Mapping[Place, str]) -> bool:
        """Whether somebody stays in the set, whatever that is called now: members of archives keep their own."""
        root = Place(place.set, "")
        before = self._old.place_of(identifier)
        return self._old.places[Place(before.set, "")][1] == guessed.get(root, self._new.places[root][1])


class _Part:
    """Of one of two states: those that are not in the other one, and the groups around them."""

    def __init__(self) -> None:
        self._documents: dict[str, dict[str, object]] = {}
        self.places: dict[Place, tuple[str, str]] = {}
        """Place to kind and id."""

        self._by_id: dict[str, Place] = {}
        self._nodes: dict[Place, bytes] = {}
        self._stay: set[str] = set()

    def add(self, records: Mapping[str, Record], stay: Iterable[str]) -> None:
        """Take in a part of one set; those who *stay* are in the other state, too."""
        if not records:
            return
        content = TokenSetContent()
        for record in records.values():
            content.add(record)
        self._stay.update(stay)
        self._documents[content.name] = content.document()
        self._put(Place(content.name, ""), "set", content.id)
        for path, identifier, is_token, node in content.walk():
            self._put(Place(content.name, path), "token" if is_token else "group", identifier)
            if is_token and b'"$extensions"' in node:
                self._nodes[Place(content.name, path)] = node

    def _put(self, place: Place, kind: str, identifier: str) -> None:
        self.places[place] = (kind, identifier)
        self._by_id[identifier] = place

    @property
    def has_newcomers(self) -> bool:
        """Whether there are tokens that are not in the other state."""
        return any(kind == "token" and identifier not in self._stay for kind, identifier in self.places.values())

    def place_of(self, identifier: str) -> Place:
        """Where somebody of the part stands."""
        return self._by_id[identifier]

    def stays(self, place: Place) -> bool:
        """Whether who stands at *place* is in the other state."""
        return self.places[place][1] in self._stay

    def seat(self, place: Place) -> Seat:
        """Where somebody stands, as the lock writes it."""
        return Seat(self.places[place][0], *place)

    def node(self, seat: Seat) -> Record | None:
        """A token's object, where it has extensions: Figma's key may be among them."""
        encoded = self._nodes.get(Place(seat.set, seat.path))
        return None if encoded is None else orjson.loads(encoded)

    def side(self, *, everybody: bool) -> Side:
        """The part for the search; ids of *everybody*, or of those who stay."""
        ids = {place: one for place, (_, one) in self.places.items() if everybody or one in self._stay}
        return Side(documents=self._documents, ids=ids)


def _is_tombstone(line: bytes) -> bool:
    return b'"deleted":true' in line and "deleted" in orjson.loads(line)


def _with_groups(ids: Iterable[str], lines: Lines) -> dict[str, Record]:
    """The records of *ids*, and of the groups around them."""
    found: dict[str, Record] = {}
    for identifier in ids:
        for record in _upwards(identifier, lines):
            if record["id"] in found:
                break
            found[record["id"]] = record
    return found


def _upwards(identifier: str, lines: Lines) -> Iterator[Record]:
    while identifier:
        record: Record = orjson.loads(lines[identifier])
        yield record
        identifier = record.get("parent", "")
