"""One set after a merge: the lines that are alike on all sides, and the records that the merge made of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import orjson

from .differences import Lines
from .merged_records import MergedRecords, newest_same
from .records import Record, encode, sealed
from .sides import meta_of
from .views import SetView

Home = Literal["local", "remote"]


@dataclass(frozen=True, slots=True)
class MergedMember:
    """One member of the result."""

    lines: list[bytes]
    """Its encoded records, by id."""

    home: Home | None
    """The side whose member it is, line by line."""

    is_as_local: bool
    """Whether the documents are the same; stamps may differ."""


def merged_member(
    member: str, view: SetView, result: MergedRecords, local: Lines, theirs: Mapping[str, bytes | None]
) -> MergedMember:
    """The member of a set that is not alike on all sides.

    Args:
        theirs: The lines of the remote side, ``None`` for those it lacks; who is not in it is alike.
    """
    live, graves = result.built.get(member, {}), result.graves.get(member, {})
    found: dict[str, bytes] = {}
    for identifier, line in local.items():
        if identifier not in view.seen:
            other = theirs.get(identifier) or line
            found[identifier] = line if other == line else _newest(line, other)
    for records in (live, graves):
        for identifier, record in records.items():
            found[identifier] = encode(record)
    lines = [found[identifier] for identifier in sorted(found)]
    home: Home | None = None
    if lines == list(local.values()):
        home = "local"
    elif all(
        found.get(identifier) == theirs.get(identifier, local.get(identifier))
        for identifier in (*view.seen, *theirs, *live, *graves)
    ):
        home = "remote"
    return MergedMember(lines, home, home == "local" or _is_alike(live, view, local, found))


def _newest(ours: bytes, theirs: bytes) -> bytes:
    """Two records that mean the same, with the later of their stamps."""
    record = orjson.loads(ours)
    newest = newest_same(record["rev"], map(meta_of, (record, orjson.loads(theirs))))
    assert newest is not None
    return encode(sealed(record, newest.hlc, newest.history, newest.stamps))


def _is_alike(live: Mapping[str, Record], view: SetView, local: Lines, found: Mapping[str, bytes]) -> bool:
    """Whether the live records are those of the local side, but for stamps."""
    for identifier in view.seen | live.keys():
        before, now = local.get(identifier), live.get(identifier)
        if before is not None and before == found.get(identifier):
            continue
        was = orjson.loads(before) if before is not None else None
        if was is not None and "deleted" in was:
            was = None
        if was is None or now is None:
            if was is not now:
                return False
        elif (was["rev"], was.get("order")) != (now["rev"], now.get("order")):
            return False
    return True
