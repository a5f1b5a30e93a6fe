"""``dss.lock``: who stands elsewhere than where it was first seen. Text, one sorted line each, meant for git.

Whoever never moved is not in it: its id follows from its place (:mod:`.identity`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError

from .faults import fault, printable
from .identity import group_id, named_id, namespace, set_id
from .manifest import UUID

NAME = "dss.lock"
_HEAD = "# Tokens that were renamed or moved; written by dss, keep it in version control.\n"
_KINDS = ("set", "group", "token")


class Seat(NamedTuple):
    """Where something stands: a ``set``, ``group`` or ``token``, the set's name, and the path in it."""

    kind: str
    set: str
    path: str


@dataclass(frozen=True, slots=True)
class IdentityLock:
    """The content of a ``dss.lock``."""

    seats: Mapping[Seat, str] = field(default_factory=dict)
    """Seat to id."""

    def ids(self) -> set[str]:
        """All ids in it."""
        return set(self.seats.values())

    def to_text(self) -> str:
        """The file; empty where there is nothing to remember."""
        lines = sorted(f"{found}\t{seat.kind}\t{seat.set}\t{seat.path}\n" for seat, found in self.seats.items())
        return _HEAD + "".join(lines) if lines else ""


def read_lock(text: str, *, file: str | None = None) -> IdentityLock:
    """The content of a ``dss.lock``.

    Raises:
        InputError: ``DSS664`` with the line that is none.
    """
    seats: dict[Seat, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        parts = line.removesuffix("\r").split("\t")
        if len(parts) != 4 or not UUID.fullmatch(parts[0]) or parts[1] not in _KINDS:
            raise InputError(_malformed(number, line, file))
        seat = Seat(*parts[1:])
        if seat in seats:
            raise InputError(_malformed(number, line, file))
        seats[seat] = parts[0]
    if len(set(seats.values())) != len(seats):
        raise InputError(fault("ID_DUPLICATE", "an id stands twice; a merge conflict may be left", file=file))
    return IdentityLock(seats)


def _malformed(number: int, line: str, file: str | None) -> Diagnostic:
    hint = "each line holds an id, its kind, its set and its path, with tabs between"
    return fault("JSON_SHAPE", f"line {number} is none of {NAME}: {printable(line)}", hint=hint, file=file)


class SeatIds:
    """The ids of one set's entities: from the lock, from Figma's key, else from the place. Each is given once."""

    def __init__(self, project: str, set_name: str, lock: IdentityLock, taken: set[str]) -> None:
        """Args:
        taken: Ids given so far in the whole project; grows.
        """
        self._project, self._set = project, set_name
        self._namespace = namespace(project)
        self._seats = lock.seats
        self._locked = lock.ids()
        self._taken = taken

    def __call__(self, kind: str, path: str, node: Mapping[str, Any] | None = None) -> str:
        """The id of what stands at *path*."""
        known = self._seats.get(Seat(kind, self._set, path)) if self._seats else None
        if known is not None and known not in self._taken:
            self._taken.add(known)
            return known
        found = self._default(kind, path, node)
        number = 2
        wanted = found
        while found in self._taken or found in self._locked:
            found = named_id(self._namespace, f"{wanted}\0{number}")
            number += 1
        self._taken.add(found)
        return found

    def _default(self, kind: str, path: str, node: Mapping[str, Any] | None) -> str:
        if kind == "token":
            key = _figma_key(node) if node is not None and "$extensions" in node else None
            if key is None:
                return named_id(self._namespace, f"token\0{self._set}\0{path}")
            return figma_id(self._project, self._set, key)
        return group_id(self._project, self._set, path) if kind == "group" else set_id(self._project, self._set)


def figma_id(project: str, set_name: str, key: str) -> str:
    """The id of a token that Figma knows: the variable may be renamed there, and stays itself."""
    return named_id(namespace(project), f"figma\0{set_name}\0{key}")


def _figma_key(node: Mapping[str, Any] | None) -> str | None:
    extensions = node.get("$extensions") if node else None
    figma = extensions.get("com.figma") if isinstance(extensions, dict) else None
    key = figma.get("key") if isinstance(figma, dict) else None
    return key if isinstance(key, str) and key else None


def moved(seats: Iterable[tuple[Seat, str, Mapping[str, Any] | None]], project: str) -> IdentityLock:
    """The lock of a state: whoever's id does not follow from where it stands."""
    found: dict[Seat, str] = {}
    expected: dict[str, SeatIds] = {}
    for seat, identifier, node in seats:
        ids = expected.get(seat.set) or expected.setdefault(seat.set, SeatIds(project, seat.set, IdentityLock(), set()))
        if ids(seat.kind, seat.path, node) != identifier:
            found[seat] = identifier
    return IdentityLock(found)
