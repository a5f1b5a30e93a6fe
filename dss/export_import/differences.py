"""One set on all sides of a merge, compared line by line: what is not alike, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import orjson

from .records import Record

Lines = Mapping[str, bytes]
"""Id to encoded record."""

_PARENT = re.compile(rb'"parent":"([0-9a-f-]{36})"')
"""The first one in a line is that of the record: only its name stands before it. A set has none, which does no harm."""

_ODD_NAMES = ("value", "resolutionOrder")
"""Names that may make a part of a document look like a document of another kind."""


class Everything(Exception):  # noqa: N818 -- a way out, not a fault
    """A part is not enough: the merge has to look at everything."""


@dataclass(slots=True)
class Difference:
    """What is looked at of one set."""

    records: list[dict[str, Record]]
    """Of each side, by id; tombstones only where they are not alike on all sides."""

    changed: set[str] = field(default_factory=set)
    """Live entities that do not mean the same on all sides, or are not on all of them."""

    whole_groups: set[str] = field(default_factory=set)
    """Groups that are looked at with all their children: only there a place among siblings can change."""

    theirs: dict[str, bytes | None] = field(default_factory=dict)
    """The remote side's lines, or their absence, of all that is not written alike on all sides."""

    @classmethod
    def of_equals(cls, sides: int) -> Difference:
        """Of a set that is alike on all sides."""
        return cls([{} for _ in range(sides)])

    @property
    def seen(self) -> set[str]:
        """The ids of all that is looked at."""
        return {identifier for side in self.records for identifier in side}

    def live(self, identifier: str) -> list[Record | None]:
        """An entity on each side where it lives."""
        found = [side.get(identifier) for side in self.records]
        return [None if record is None or "deleted" in record else record for record in found]

    def add(self, ids: Iterable[str], lines: list[Lines]) -> None:
        """Look at more: *ids*, the groups around them, and what has to be seen with those.

        Raises:
            Everything: That would not be enough.
        """
        waiting = list(ids)
        while waiting:
            identifier = waiting.pop()
            for side, there in zip(self.records, lines, strict=True):
                if identifier in side or identifier not in there:
                    continue
                record = side[identifier] = orjson.loads(there[identifier])
                if "deleted" in record:
                    continue
                if record["name"] in _ODD_NAMES:
                    raise Everything
                if "parent" in record:
                    waiting.append(record["parent"])
                if record["kind"] != "token" and "$ref" in record["node"]:  # without its children it would be a token
                    waiting += self._whole(identifier, lines)

    def _whole(self, group: str, lines: list[Lines]) -> list[str]:
        """Looks at a group with its children, whose ids it gives."""
        if group in self.whole_groups:
            return []
        self.whole_groups.add(group)
        return children([group], lines)

    def orders(self) -> dict[str, int]:
        """The place of those whose siblings are not all looked at: they keep it."""
        return {
            identifier: record["order"]
            for side in self.records
            for identifier, record in side.items()
            if "order" in record and record["parent"] not in self.whole_groups
        }


def children(groups: Iterable[str], lines: list[Lines]) -> list[str]:
    """The ids of what stands in *groups* on any side."""
    wanted = {group.encode() for group in groups}
    if not wanted:
        return []
    distinct = {id(side): side for side in lines}.values()
    return [
        identifier
        for side in distinct
        for identifier, line in side.items()
        if (found := _PARENT.search(line)) and found[1] in wanted
    ]


def compare(lines: list[Lines]) -> Difference:
    """What is not alike in one set.

    Args:
        lines: Of each side.

    Raises:
        Everything: A group or set stands elsewhere, or is called something else, on another side.
    """
    found = Difference.of_equals(len(lines))
    changed: dict[str, list[Record]] = {}
    for identifier in _unlike(lines):
        found.theirs[identifier] = lines[-1].get(identifier)
        records = [None if identifier not in side else orjson.loads(side[identifier]) for side in lines]
        live = [record for record in records if record is not None and "deleted" not in record]
        if live and not _means_the_same(live, len(lines)):
            changed[identifier] = live
        for side, record in zip(found.records, records, strict=True):
            if record is not None and "deleted" in record:
                side[identifier] = record
        if any(record.get("order") != live[0].get("order") for record in live):
            found.whole_groups |= {record["parent"] for record in live}
    deep: set[str] = set()
    for identifier, live in changed.items():
        found.changed.add(identifier)
        if len({record["kind"] for record in live}) > 1:
            raise Everything
        if _has_moved(live):
            if live[0]["kind"] != "token":
                raise Everything
            found.whole_groups |= {record["parent"] for record in live}
        if len(live) < len(lines):
            found.whole_groups |= {record["parent"] for record in live if "parent" in record}
        if live[0]["kind"] != "token" and len({orjson.dumps(record["node"].get("$type")) for record in live}) > 1:
            deep.add(identifier)
    while deep:
        found.whole_groups |= deep
        deep = set(children(deep, lines)) - found.whole_groups
    found.add([*changed, *children(found.whole_groups, lines)], lines)
    return found


def _unlike(lines: list[Lines]) -> Iterable[str]:
    """The ids whose lines are not the same on all sides."""
    first, *others = lines
    for identifier, line in first.items():
        if any(side.get(identifier) != line for side in others):
            yield identifier
    seen: set[str] = set()
    for side in others:
        yield from (more := side.keys() - first.keys() - seen)
        seen |= more


def _means_the_same(live: list[Record], sides: int) -> bool:
    return len(live) == sides and all(record["rev"] == live[0]["rev"] for record in live)


def _has_moved(live: list[Record]) -> bool:
    return any((record["name"], record.get("parent")) != (live[0]["name"], live[0].get("parent")) for record in live)
