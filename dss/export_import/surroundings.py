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
from .rows import Row, decoded

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
        if not disturbed and not self._may_close_a_ring():
            return {}
        index = _Index(self._all_lines())
        found: dict[str, set[str]] = {}
        waiting = [*disturbed, *(path for record in self._records() for path in referred(record))]
        seen: set[str] = set()
        while waiting:
            path = waiting.pop()
            if path in seen:
                continue
            seen.add(path)
            if path.endswith(".value"):  # older tools write it behind the path
                waiting.append(path[: -len(".value")])
            for member, identifier in index.at(path):
                found.setdefault(member, set()).add(identifier)
                waiting += index.referred(identifier)
        return found

    def _records(self) -> Iterator[Record]:
        for difference in self._differences.values():
            for side in difference.records:
                yield from (record for record in side.values() if "deleted" not in record)

    def _disturbed_paths(self) -> set[str]:
        """The paths that somebody has on one side and not, or not in that set, on another one."""
        sides = len(next(iter(self._differences.values())).records) if self._differences else 0
        places: list[dict[tuple[str, str], str]] = [{} for _ in range(sides)]
        for difference in self._differences.values():
            for side, there in zip(difference.records, places, strict=True):
                there.update(_places(side))
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


_LISTED = re.compile(rb'","\$[^"]*"[\],]')


def _may_refer(line: bytes) -> bool:
    """Whether *line* may refer to others: a brace that opens no object, a pointer, a text that begins with ``$``."""
    return (
        line.count(b"{") != line.count(b'{"')
        or any(mark in line for mark in (b'"$ref"', b'$extends"', b':"$', b'["$'))
        or _LISTED.search(line) is not None
    )


class _Index:
    """Everybody of the local side by path, in any set."""

    def __init__(self, members: Iterable[tuple[str, Lines]]) -> None:
        self._roots: list[tuple[str, bytes]] = []
        self._children: dict[bytes, dict[bytes, bytes]] = {}
        self._nodes: dict[bytes, bytes] = {}
        """The lines of those who refer to others."""

        for member, lines in members:
            for line in lines.values():
                self._add(member, line)

    def _add(self, member: str, line: bytes) -> None:
        found = decoded(line)
        if type(found) is Row:
            identifier, parent, name = found.id, found.parent, found.name
        elif "deleted" in found:
            return
        else:
            identifier, name = found["id"].encode(), found["name"].encode()
            if "parent" not in found:
                self._roots.append((member, identifier))
                return
            parent = found["parent"].encode()
        self._children.setdefault(parent, {})[name] = identifier
        if _may_refer(line):
            self._nodes[identifier] = line

    def at(self, path: str) -> Iterator[tuple[str, str]]:
        """Member and id of who stands at *path*."""
        names = path.encode().split(b".")
        for member, identifier in self._roots:
            found: bytes | None = identifier
            for name in names:
                found = self._children.get(found, {}).get(name) if found is not None else None
            if found is not None:
                yield member, found.decode()

    def referred(self, identifier: str) -> list[str]:
        """The paths that somebody refers to."""
        line = self._nodes.get(identifier.encode())
        return referred(orjson.loads(line)) if line is not None else []
