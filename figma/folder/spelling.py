"""One value spelled in two ways: ``#f00`` without its alpha, ``1rem`` for 16 px. To Figma they are the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..variables.raw import Notation, same_raw, to_figma
from .identities import Seat
from .spaces import origin_of

Json = dict[str, Any]


def respelled(
    other: Mapping[str, Any], seats: Mapping[Seat, str], local: Mapping[str, Any], own_seats: Mapping[Seat, str],
    notation: Notation,
) -> dict[str, Any]:  # fmt: skip
    """*other* with the spelling of *local* where both say the same: then only what differs in meaning is an edit.

    Args:
        other: File -> content, of Figma or of the last pull.
        seats: Who stands where in it.
        local: The token files of a person.
        own_seats: Who stands where in those.
        notation: How lengths and colours are counted.
    """
    there = {identity: seat for seat, identity in seats.items()}
    found = dict(other)
    copied: set[tuple[str, ...]] = set()
    for (file, path), identity in own_seats.items():
        seat = there.get(identity)
        if seat is None or local[file] is other.get(seat[0]):
            continue
        ours, theirs = token_at(local[file], path), token_at(found[seat[0]], seat[1])
        if ours.get("$value") != theirs.get("$value") and _same(ours, theirs, notation):
            put(found, seat, {**theirs, "$value": ours["$value"]}, copied)
    return found


def token_at(document: Any, path: str) -> Json:
    """The token at *path*, names joined with ``.``."""
    for name in path.split("."):
        document = document[name]
    token: Json = document
    return token


def _same(ours: Json, theirs: Json, notation: Notation) -> bool:
    """Whether two literals are one for Figma. References are compared as they are written."""
    origin = origin_of(theirs)
    resolved = origin.get("resolvedType")
    kinds = ours.get("$type", theirs.get("$type")), theirs.get("$type")
    if not isinstance(resolved, str) or not all(isinstance(kind, str) for kind in kinds):
        return False
    if any("$value" not in token or _refers(token["$value"]) for token in (ours, theirs)):
        return False
    one = to_figma(kinds[0], ours["$value"], resolved, origin, notation)
    other = to_figma(kinds[1], theirs["$value"], resolved, origin, notation)
    return kinds[0] == kinds[1] and None not in (one.value, other.value) and same_raw(one.value, other.value)


def _refers(value: Any) -> bool:
    if isinstance(value, dict):
        return "$ref" in value
    return isinstance(value, str) and value[:1] == "{"


def put(documents: dict[str, Any], seat: Seat, token: Json, copied: set[tuple[str, ...]]) -> None:
    """Replaces a token; what stands around it is copied once, as *copied* remembers, the rest is shared."""
    file, path = seat
    names = path.split(".")
    if (file,) not in copied:
        documents[file] = dict(documents[file])
        copied.add((file,))
    group = documents[file]
    for length, name in enumerate(names[:-1], 1):
        key = (file, *names[:length])
        if key not in copied:
            group[name] = dict(group[name])
            copied.add(key)
        group = group[name]
    group[names[-1]] = token
