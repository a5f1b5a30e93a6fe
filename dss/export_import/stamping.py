"""What a set says now, beside what it said before -> records that know when each of their fields was changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dss_tokens.json_equality import ABSENT, same
from dss_tokens.merge.fields import side_by_side

from .records import Record, revision, sealed

Stamp = Callable[[], str]
"""Gives the stamp of this moment; called only when something changed."""


def stamped(record: Record, known: Record | None, stamp: Stamp) -> Record:
    """*record* sealed: as it was where nothing changed, else with *stamp*.

    Args:
        known: What it was in the last known state, a tombstone included.
    """
    if known is None:
        return sealed(record, stamp())
    if "deleted" not in known and known["rev"] == revision(record):
        # standing elsewhere among its siblings is no change of the entity
        return {**known, "order": record["order"]} if "order" in record else known
    now = stamp()
    return sealed(record, now, [known["rev"], *known.get("history", ())], _older_fields(record, known, now))


def _older_fields(record: Record, known: Record, now: str) -> dict[str, str]:
    """The fields that are as they were, with the stamps they had."""
    if "deleted" in known or not isinstance(record.get("node", record.get("data")), dict):
        return {}
    stamps: Mapping[str, str] = known.get("stamps", {})

    def stamp_of(field: str) -> str:
        return stamps.get(field, known["hlc"])

    older: dict[str, str] = {
        key: stamp_of(key) for key in ("name", "parent") if key in record and record[key] == known.get(key)
    }
    for field, (was, is_now) in side_by_side([_content(known), _content(record)]).items():
        if is_now is not ABSENT and same(was, is_now):
            older[".".join(field)] = stamp_of(".".join(field))
    return {field: before for field, before in older.items() if before < now}


def _content(record: Record) -> Mapping[str, Any]:
    content: Mapping[str, Any] = record["node"] if "node" in record else record["data"]
    return content
