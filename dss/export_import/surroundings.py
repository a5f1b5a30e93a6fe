"""Whom else a merge has to look at: who stands at the paths that somebody left or took, and whom aliases lead to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import orjson

from dss_tokens.mentions import extended_path, mentions

from .closure import references
from .differences import Difference, Everything, Lines
from .records import Record

AllLines = Callable[[], Iterable[tuple[str, Lines]]]
"""Member and lines of every set of the local side."""


class Surroundings:
    """What stands around the differences of all sets."""

    def __init__(self, differences: Mapping[str, Difference], all_lines: AllLines) -> None:
        """Args:
        differences: By member.
        all_lines: Asked only where it is needed.
        """
        self._differences, self._all_lines = differences, all_lines

    def wanted(self) -> dict[str, set[str]]:
        """Member to the ids of who is to be looked at besides.

        Raises:
            Everything: One place belongs to different tokens on different sides, so that references which read alike
                mean different ones.
        """
        disturbed = self._disturbed_paths()
        referred_to = {path.removesuffix(".value") for path in self._references()}
        follow = self._may_close_a_ring() or not disturbed.isdisjoint(referred_to)
        waiting = disturbed | set(self._references()) if follow else disturbed
        seen: set[str] = set()
        found: dict[str, set[str]] = {}
        while waiting:
            # older tools write ".value" behind the path
            waiting |= {path[: -len(".value")] for path in waiting if path.endswith(".value")}
            seen |= waiting
            more: set[str] = set()
            for member, record in self._holders(waiting):
                found.setdefault(member, set()).add(record["id"])
                if follow:
                    more.update(referred(record))
            waiting = more - seen
        return found

    def _references(self) -> Iterator[str]:
        """The paths that those who are looked at refer to."""
        for difference in self._differences.values():
            for side in difference.records:
                for record in side.values():
                    if "deleted" not in record:
                        yield from referred(record)

    def _holders(self, paths: set[str]) -> Iterator[tuple[str, Record]]:
        """Who stands at *paths* on the local side, in any set. Read anew: an index of everybody takes too much room."""
        names = {orjson.dumps(path.rpartition(".")[2])[1:-1] for path in paths}
        for member, lines in self._all_lines():
            for line in lines.values():
                if _encoded_name(line) in names:
                    record = orjson.loads(line)
                    if "deleted" not in record and _path(record, lines) in paths:
                        yield member, record

    def _disturbed_paths(self) -> set[str]:
        """The paths that somebody has on one side and not, or not in that set, on another one."""
        sides = len(next(iter(self._differences.values())).records) if self._differences else 0
        places: list[dict[tuple[str, str], str]] = [{} for _ in range(sides)]
        for difference in self._differences.values():
            for side, there in zip(difference.records, places, strict=True):
                there.update(_places(side))
        if places and _crossed(*places):
            raise Everything
        disturbed: set[str] = set()
        for one in places:
            for other in places:
                for place, identifier in one.items():
                    there_is = other.get(place)
                    if there_is is None:
                        disturbed.add(place[1])
                    elif there_is != identifier:
                        raise Everything
        return disturbed - {""}

    def _may_close_a_ring(self) -> bool:
        """Whether aliases may lead in a circle only together.

        That takes changed references of both sides, or of one that the other one changed in another way.
        """
        anew = [False, False]
        for difference in self._differences.values():
            for identifier in difference.changed:
                base, *sides = difference.live(identifier)
                for number, now in enumerate(sides):
                    if (paths := referred(now)) and paths != referred(base):
                        anew[number] = True
                        if not _is_as(sides[1 - number], base):
                            return True
        return all(anew)


def _crossed(*places: Mapping[tuple[str, str], str]) -> bool:
    """Whether one path, which stands in two sets, was left on each side in another set: nobody may be at it then."""
    base, *sides = places
    left = [{place for place in base if place[1] and place not in side} for side in sides]
    paths = [{path for _, path in one} for one in left]
    return len(left) == 2 and any(place not in left[1] for place in left[0] if place[1] in paths[1])


def is_settled(differences: Iterable[Difference]) -> bool:
    """Whether the result of a merge hangs together as one of its sides does, whatever conflicts are decided to.

    So it is where the other side left all places and references as they were, and what both changed kept its own on
    both. Then nothing that one side alone does not have can come about.
    """
    keeps = [True, True]
    for difference in differences:
        for identifier in difference.changed:
            base, *sides = difference.live(identifier)
            kept = [_hangs_as(side, base) for side in sides]
            if not all(kept) and not any(_is_as(side, base) for side in sides):
                return False
            keeps = [one and other for one, other in zip(keeps, kept, strict=True)]
            if not any(keeps):
                return False
    return True


def _is_as(record: Record | None, base: Record | None) -> bool:
    return record is base if record is None or base is None else bool(record["rev"] == base["rev"])


def _hangs_as(record: Record | None, base: Record | None) -> bool:
    """Whether an entity stands where it stood and refers to what it referred to."""
    if record is None or base is None:
        return record is base
    return (
        all(record.get(key) == base.get(key) for key in ("kind", "name", "parent"))
        and referred(record) == referred(base)
        and _edges(record) == _edges(base)
    )


def _edges(record: Record) -> list[str]:
    return references(orjson.dumps(record["node"]), is_token=record["kind"] == "token")[0]


def referred(record: Record | None) -> list[str]:
    """The paths that a token, or a group by ``$extends``, refers to."""
    if record is None or "node" not in record:
        return []
    return _referred(record["node"], record["kind"])


def _referred(node: Mapping[str, Any], kind: str) -> list[str]:
    if kind == "token":
        return mentions(node["$value"] if "$value" in node else {"$ref": node.get("$ref")})
    path = extended_path(node.get("$extends", node.get("$ref")))
    return [path] if path else []


def _places(records: Mapping[str, Record]) -> Iterator[tuple[tuple[str, str], str]]:
    """Set and path of each live entity, and its id. All groups around them are there."""
    paths: dict[str, tuple[str, str]] = {}

    def place(identifier: str) -> tuple[str, str]:
        if identifier not in paths:
            record = records[identifier]
            if "parent" not in record:
                paths[identifier] = record["name"], ""
            else:
                set_name, prefix = place(record["parent"])
                paths[identifier] = set_name, f"{prefix}.{record['name']}" if prefix else record["name"]
        return paths[identifier]

    for identifier, record in records.items():
        if "deleted" not in record:
            yield place(identifier), identifier


_NAME = re.compile(rb'"name":"([^"\\]*(?:\\.[^"\\]*)*)"')


def _encoded_name(line: bytes) -> bytes | None:
    """The name in *line*, as we spell it."""
    found = _NAME.search(line, 52)
    if found is None or b"\\" not in found[1]:
        return found[1] if found else None
    return orjson.dumps(orjson.loads(b'"%b"' % found[1]))[1:-1]  # others may escape more than we do


def _path(record: Record, lines: Lines) -> str:
    """Where a live entity stands in its set."""
    names: list[str] = []
    while "parent" in record:
        names.append(record["name"])
        record = orjson.loads(lines[record["parent"]])
    return ".".join(reversed(names))
